# SPDX-License-Identifier: MIT
"""The user's settings: a table that says what each is, and the file that keeps them.

The settings dialog, the command line and the tests are derived from `SETTINGS`. Besides the settings of the
table the file keeps the places of windows under keys of their own (`window.rtl.geometry`), and whatever it
does not know, so that an older program does not lose a newer one's settings. Knows nothing of Qt: a window's
state is text (base64) here.
"""

import contextlib
import getpass
import json
import logging
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from annotator.files import make_folder, private_opener, sync_folder
from annotator.i18n import LANGUAGES, N_
from annotator.paths import config_dir

RECENT_MAX = 10

_log = logging.getLogger(__name__)


class Kind(StrEnum):
    """What a setting holds, and so which control shows it."""

    TEXT = "text"
    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"
    PATH = "path"
    PATHS = "paths"


Value = str | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a setting of kind CHOICE, and what it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        key: its name in the file.
        label: what it is called in the settings dialog, an English sentence to translate.
        choices: for CHOICE: the values and their labels.
        minimum, maximum, step: for NUMBER: what the control allows.
        shown: whether the settings dialog shows it; the rest is remembered without being asked.
    """

    key: str
    kind: Kind
    default: Value
    label: str
    choices: tuple[Choice, ...] = ()
    minimum: float = 0
    maximum: float = 0
    step: float = 1
    shown: bool = True

    def accepts(self, value: object) -> bool:
        """Return whether a value fits this setting."""
        match self.kind:
            case Kind.NUMBER:
                if isinstance(value, bool) or not isinstance(value, int | float):
                    return False
                return self.minimum <= value <= self.maximum
            case Kind.SWITCH:
                return isinstance(value, bool)
            case Kind.CHOICE:
                return value in [choice.value for choice in self.choices]
            case Kind.PATHS:
                return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
            case Kind.TEXT | Kind.PATH:
                return isinstance(value, str)


SETTINGS: dict[str, Setting] = {
    setting.key: setting
    for setting in (
        Setting("annotator_name", Kind.TEXT, "", N_("Your name as annotator")),
        Setting(
            "language",
            Kind.CHOICE,
            "",
            N_("Language of the program"),
            (Choice("", N_("As the system")), *(Choice(code, name) for code, name in LANGUAGES.items())),
        ),
        Setting(
            "theme",
            Kind.CHOICE,
            "system",
            N_("Colours"),
            (Choice("system", N_("As the system")), Choice("light", N_("Light")), Choice("dark", N_("Dark"))),
        ),
        Setting(
            "text_font",
            Kind.CHOICE,
            "Noto Naskh Arabic",
            N_("Font of the article"),
            (
                Choice("Noto Naskh Arabic", N_("Naskh (Noto Naskh Arabic)")),
                Choice("Vazirmatn", N_("Plain (Vazirmatn)")),
            ),
        ),
        Setting("text_size", Kind.NUMBER, 18.0, N_("Size of the article's text"), minimum=8, maximum=72),
        Setting("line_spacing", Kind.NUMBER, 1.1, N_("Line spacing"), minimum=1, maximum=3, step=0.1),
        Setting("show_invisibles", Kind.SWITCH, default=False, label=N_("Show invisible characters")),
        Setting("show_arcs", Kind.SWITCH, default=False, label=N_("Show the relations of all tags")),
        Setting("form_at_once", Kind.SWITCH, default=True, label=N_("Ask for the rest at once")),
        Setting("mark_boilerplate", Kind.SWITCH, default=True, label=N_("Mark likely boilerplate in new articles")),
        Setting("backups_kept", Kind.NUMBER, 7.0, N_("Daily backups to keep"), maximum=365),
        Setting("recent_projects", Kind.PATHS, (), N_("Recent projects"), shown=False),
        Setting("last_folder", Kind.PATH, "", N_("Last folder"), shown=False),
    )
}


class Settings:
    """The settings of one user, read once and written at each change.

    A file that cannot be read as settings is set aside as `.bad` and the defaults apply: a broken settings
    file must not keep anyone from work.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._written_at()
        self._kept = self._load()

    def text(self, key: str) -> str:
        """Return a setting that holds text."""
        return str(self._value(key))

    def number(self, key: str) -> float:
        """Return a setting that holds a number."""
        value = self._value(key)
        assert isinstance(value, int | float)  # noqa: S101 - a key of another kind is a bug
        return float(value)

    def switch(self, key: str) -> bool:
        """Return a setting that is on or off."""
        return self._value(key) is True

    def paths(self, key: str) -> tuple[str, ...]:
        """Return a setting that holds a list of paths."""
        value = self._value(key)
        assert isinstance(value, tuple)  # noqa: S101 - as above
        return value

    def set(self, key: str, value: Value) -> None:
        """Change one setting and write the file; an OSError is the caller's to show or to log."""
        if not SETTINGS[key].accepts(value):
            msg = f"{key} cannot be {value!r}"
            raise ValueError(msg)
        self._keep(key, value)

    def add_recent(self, project: Path) -> None:
        """Put a project at the head of the recent ones."""
        newest = str(project.absolute())
        older = (path for path in self.paths("recent_projects") if path != newest)
        self.set("recent_projects", (newest, *older)[:RECENT_MAX])

    def forget_recent(self, project: str) -> None:
        """Take a project, such as one that is gone, out of the recent ones."""
        left = tuple(path for path in self.paths("recent_projects") if path != project)
        self.set("recent_projects", left)

    def get(self, key: str, default: str = "") -> str:
        """Return what was put under a key that is not in the table, such as `window.rtl.geometry`."""
        value = self._kept.get(key, default)
        return value if isinstance(value, str) else default

    def put(self, key: str, value: str) -> None:
        """Keep text under a key that is not in the table."""
        if key in SETTINGS:
            msg = f"{key} is a setting: use set()"
            raise ValueError(msg)
        self._keep(key, value)

    def _value(self, key: str) -> Value:
        setting = SETTINGS[key]
        value = self._kept.get(key, setting.default)
        if isinstance(value, list):
            value = tuple(value)
        # A value from a newer program or from a hand that edited the file may not fit.
        return value if setting.accepts(value) else setting.default  # type: ignore[return-value]

    def _keep(self, key: str, value: Value) -> None:
        plain = list(value) if isinstance(value, tuple) else value  # as JSON gives it back
        if self._kept.get(key) != plain:
            if self._written_at() != self._seen:
                self._kept = self._load()  # by another window: what it changed stays
            self._kept[key] = plain
            self._save()
            self._seen = self._written_at()

    def _written_at(self) -> int:
        try:
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0

    def _load(self) -> dict[str, object]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            _log.warning("The settings could not be read (%s); the defaults apply", error)
            return {}
        except (ValueError, RecursionError):
            kept = None
        if isinstance(kept, dict):
            return kept
        self._set_aside()
        return {}

    def _set_aside(self) -> None:
        bad = self._path.with_name(self._path.name + ".bad")
        try:
            self._path.replace(bad)
        except OSError as error:
            _log.warning("The settings file is damaged and could not be set aside (%s)", error)
            return
        _log.info("The settings file was damaged and is kept as %s", bad.name)

    def _save(self) -> None:
        make_folder(self._path.parent)
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        try:
            with open(beside, "w", encoding="utf-8", opener=private_opener) as file:
                json.dump(self._kept, file, ensure_ascii=False, indent=1, sort_keys=True)
                file.write("\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
            sync_folder(self._path.parent)
        except OSError:
            # Half of them is no good to anyone, and in the way of whoever looks for space.
            with contextlib.suppress(OSError):
                beside.unlink()
            raise


def user_settings() -> Settings:
    """Return the settings of whoever runs the program."""
    return Settings(config_dir() / "settings.json")


def system_user() -> str:
    """Return what the system calls whoever runs the program."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a number without a name, as in a container
        return "user"
