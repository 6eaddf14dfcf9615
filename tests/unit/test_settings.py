# SPDX-License-Identifier: MIT
import json
import os

import pytest

from annotator import i18n
from annotator.settings import RECENT_MAX, SETTINGS, Kind, Settings


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config" / "settings.json"


def test_defaults_fit_their_own_settings():
    assert all(setting.accepts(setting.default) for setting in SETTINGS.values())


@pytest.mark.parametrize("key", sorted(SETTINGS))
def test_every_setting_has_a_label_in_arabic(key):
    i18n.use_language("ar")
    labels = [SETTINGS[key].label, *(choice.label for choice in SETTINGS[key].choices)]
    own_names = set(i18n.LANGUAGES.values())
    assert all(label in own_names or i18n.tr_marked(label) != label for label in labels)


def test_reading_alone_writes_nothing(path):
    assert Settings(path).text("theme") == "system"
    assert not path.parent.exists()


def test_what_is_set_is_there_next_time(path):
    settings = Settings(path)
    settings.set("annotator_name", "ريم")
    settings.set("text_size", 22)
    settings.set("show_invisibles", value=True)
    again = Settings(path)
    assert again.text("annotator_name") == "ريم"
    assert again.number("text_size") == 22.0
    assert again.switch("show_invisibles")


def test_two_windows_keep_what_the_other_one_changed(path):
    one, other = Settings(path), Settings(path)
    one.set("theme", "dark")
    other.set("language", "ar")
    assert (Settings(path).text("theme"), Settings(path).text("language")) == ("dark", "ar")
    assert other.text("theme") == "dark"


@pytest.mark.parametrize(
    ("key", "value"),
    [("theme", "pink"), ("text_size", 4), ("text_size", True), ("annotator_name", 3), ("show_invisibles", 1)],
)
def test_a_value_that_does_not_fit_is_refused(path, key, value):
    with pytest.raises(ValueError, match=key):
        Settings(path).set(key, value)


def test_a_value_in_the_file_that_does_not_fit_gives_the_default(path):
    path.parent.mkdir()
    path.write_text('{"theme": "pink", "text_size": 1000, "recent_projects": [1]}', encoding="utf-8")
    settings = Settings(path)
    assert settings.text("theme") == "system"
    assert settings.number("text_size") == SETTINGS["text_size"].default
    assert settings.paths("recent_projects") == ()


def test_unknown_keys_are_kept(path):
    path.parent.mkdir()
    path.write_text('{"of_the_future": {"a": 1}}', encoding="utf-8")
    Settings(path).set("theme", "dark")
    assert json.loads(path.read_text(encoding="utf-8")) == {"of_the_future": {"a": 1}, "theme": "dark"}


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe\x00"])
def test_a_damaged_file_is_set_aside(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    settings = Settings(path)
    assert settings.text("theme") == "system"
    assert path.with_name("settings.json.bad").read_bytes() == content
    settings.set("theme", "dark")
    assert Settings(path).text("theme") == "dark"


def test_a_failed_write_leaves_the_last_good_file(path, monkeypatch):
    settings = Settings(path)
    settings.set("theme", "dark")

    def fail(_fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="space"):
        settings.set("theme", "light")
    assert Settings(path).text("theme") == "dark"


def test_an_unreadable_file_gives_the_defaults(path, caplog):
    path.mkdir(parents=True)
    assert Settings(path).text("theme") == "system"
    assert "could not be read" in caplog.text


def test_recent_projects_come_newest_first(path, tmp_path):
    settings = Settings(path)
    for number in range(RECENT_MAX + 3):
        settings.add_recent(tmp_path / f"{number}.tawsim")
    settings.add_recent(tmp_path / "5.tawsim")
    recent = settings.paths("recent_projects")
    assert len(recent) == len(set(recent)) == RECENT_MAX
    assert recent[0] == str(tmp_path / "5.tawsim")
    settings.forget_recent(recent[0])
    assert Settings(path).paths("recent_projects") == recent[1:]


def test_windows_keep_their_place_under_free_keys(path):
    settings = Settings(path)
    assert settings.get("window.rtl.geometry") == ""
    settings.put("window.rtl.geometry", "AdnQ")
    assert Settings(path).get("window.rtl.geometry") == "AdnQ"
    with pytest.raises(ValueError, match="theme"):
        settings.put("theme", "dark")


def test_numbers_have_a_range():
    assert all(s.minimum < s.maximum for s in SETTINGS.values() if s.kind is Kind.NUMBER)


@pytest.mark.parametrize("value", ["{}", "[]", "5", "null"])
def test_a_value_of_another_kind_gives_the_default(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{" + ", ".join(f'"{key}": {value}' for key in SETTINGS if value != "[]") + "}")
    settings = Settings(path)
    assert settings.text("language") == ""
    assert settings.text("theme") == "system"
    assert settings.paths("recent_projects") == ()


def test_a_damaged_file_that_cannot_be_set_aside_gives_the_defaults(path, caplog):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{")
    path.with_name(path.name + ".bad").mkdir()
    assert Settings(path).text("theme") == "system"
    assert "could not be set aside" in caplog.text
