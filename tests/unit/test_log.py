# SPDX-License-Identifier: MIT
import faulthandler
import json
import logging
import os
import re
import stat
import warnings

import pytest

from annotator.errors import UserError
from annotator.log import FILE_NAME, bare_traceback, earlier_death, last_words, setup_logging, shut_logging

SECRET = "غانتس"


@pytest.fixture(autouse=True)
def restored_logging():
    level = logging.getLogger().level
    yield
    shut_logging()
    logging.getLogger().setLevel(level)


def test_the_log_goes_to_the_users_folder(user_home):
    path = setup_logging()
    logging.getLogger("annotator.store").info("opened")
    assert path == user_home / "log" / FILE_NAME
    assert "INFO" in path.read_text(encoding="utf-8")
    assert "annotator.store: opened" in path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("caplog")
def test_of_warnings_of_python_the_place_is_logged():
    path = setup_logging()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"{SECRET} in the old way", DeprecationWarning, stacklevel=1)
    logged = path.read_text(encoding="utf-8")
    assert re.search(r"py.warnings: .*test_log.py:[0-9]+: DeprecationWarning\n", logged)
    assert SECRET not in logged


@pytest.mark.usefixtures("caplog")
def test_of_libraries_the_place_is_logged():
    path = setup_logging()
    logging.getLogger("some_library").error("discarding data: %s", SECRET)
    logging.getLogger().warning("parsed " + SECRET)  # noqa: G003 - as libraries do
    logged = path.read_text(encoding="utf-8")
    assert re.search(r"some_library: .*test_log.py:[0-9]+\n", logged)
    assert SECRET not in logged


@pytest.mark.usefixtures("caplog")
def test_of_exceptions_the_place_is_logged():
    path = setup_logging()
    try:
        try:
            json.loads(f'{{"text": "{SECRET}"')
        except ValueError as error:
            raise UserError("text_unstorable", text=SECRET) from error
    except UserError:
        logging.getLogger("annotator.ops").exception("met")
    logged = path.read_text(encoding="utf-8")
    assert SECRET not in logged
    assert logged.index("json.decoder.JSONDecodeError") < logged.index("annotator.errors.UserError")
    assert "test_log.py" in logged


def test_the_whole_chain_is_told_without_a_message():
    def fail() -> None:
        try:
            raise KeyError(SECRET)
        except KeyError:
            raise RuntimeError(SECRET)  # noqa: B904 - met while another was dealt with

    def hide() -> None:
        try:
            raise KeyError(SECRET)
        except KeyError:
            raise ValueError(SECRET) from None

    with pytest.raises(RuntimeError) as met:
        fail()
    told = bare_traceback(met.value)
    assert "KeyError" in told
    assert told.endswith("RuntimeError")
    with pytest.raises(ValueError, match=SECRET) as met:
        hide()
    assert "KeyError" not in bare_traceback(met.value)
    around = ValueError(SECRET)
    around.__cause__ = around
    assert bare_traceback(around) == "ValueError"


@pytest.mark.skipif(os.name != "posix", reason="no such rights here")
def test_the_log_is_its_owners_alone(user_home):
    older = user_home / "log" / FILE_NAME
    older.parent.mkdir(parents=True)
    older.touch(mode=0o644)
    path = setup_logging()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_verbose_shows_details_on_standard_error(capsys):
    setup_logging(verbose=True)
    logging.getLogger("annotator").debug("a detail")
    assert "a detail" in capsys.readouterr().err


def test_setting_up_again_does_not_log_twice():
    setup_logging()
    path = setup_logging()
    logging.getLogger("annotator").info("once")
    assert path.read_text(encoding="utf-8").count("once") == 1


def test_a_folder_that_cannot_be_written_is_no_obstacle(user_home):
    (user_home / "log").write_text("in the way")
    assert setup_logging() is None
    logging.getLogger("annotator").info("goes nowhere")


def test_a_death_is_told_once(user_home):
    path = setup_logging()
    assert earlier_death() == ""
    (path.parent / "fatal-1.log").write_text("Fatal Python error")
    (path.parent / "fatal-2.log").touch()
    (path.parent / "fatal-3.log").touch()
    os.utime(path.parent / "fatal-3.log", (0, 0))
    logging.getLogger("annotator.log").disabled = True  # a critical record fails a test
    try:
        assert earlier_death() == "Fatal Python error"
    finally:
        logging.getLogger("annotator.log").disabled = False
    assert earlier_death() == ""
    # An empty one may belong to a window that is open.
    assert sorted(item.name for item in path.parent.iterdir()) == ["fatal-2.log", FILE_NAME]


def test_last_words_are_written_where_nobody_else_asked_for_them(user_home, monkeypatch):
    setup_logging()
    enabled = []
    monkeypatch.setattr(faulthandler, "is_enabled", lambda: False)
    monkeypatch.setattr(faulthandler, "enable", enabled.append)
    monkeypatch.setattr(faulthandler, "disable", enabled.pop)
    file = user_home / "log" / f"fatal-{os.getpid()}.log"
    with last_words():
        assert enabled
        assert stat.S_IMODE(file.stat().st_mode) == 0o600 or os.name == "nt"
    assert not enabled
    assert not file.exists()
    (user_home / "log" / FILE_NAME).parent.rename(user_home / "gone")
    with last_words():
        assert not enabled


def test_a_long_log_makes_room_for_itself(user_home, monkeypatch):
    monkeypatch.setattr("annotator.log._BYTES", 200)
    path = setup_logging()
    for number in range(40):
        logging.getLogger("annotator.test").info("number %d of many lines that fill it", number)
    logs = sorted(each.name for each in path.parent.iterdir())
    assert logs == ["tawsim.log", "tawsim.log.1", "tawsim.log.2", "tawsim.log.3"]
    assert "number 39" in path.read_text(encoding="utf-8") + (path.parent / "tawsim.log.1").read_text(encoding="utf-8")
    assert all(each.stat().st_size < 400 and each.stat().st_mode & 0o077 == 0 for each in path.parent.iterdir())
