# SPDX-License-Identifier: MIT
import logging
import warnings

import pytest

from annotator.log import FILE_NAME, setup_logging, shut_logging


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


def test_warnings_of_python_are_logged(caplog):
    path = setup_logging()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old way", DeprecationWarning, stacklevel=1)
    assert "old way" in path.read_text(encoding="utf-8")


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
