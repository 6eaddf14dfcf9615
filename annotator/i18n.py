# SPDX-License-Identifier: MIT
"""The program's sentences in the language of the user: gettext over `resources/translations`.

The English sentence is the key of its translation, so English needs no catalogue. What errors, acts and states are
called is in `annotator.sentences`; this knows neither the model nor any window.

Only literal sentences are given to `tr`, `trn`, `N_` and `NP_`: extraction reads the source and cannot see
through variables. Sentences in tables are marked there (`N_`, `NP_`) and translated where they
are shown (`tr_marked`).
"""

import gettext
import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from errno import EACCES, EBUSY, EIO, EISDIR, ENAMETOOLONG, ENODEV, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from typing import TYPE_CHECKING

from annotator.errors import UserError
from annotator.late import LateModule
from annotator.paths import resources
from annotator.sentences import (
    BACKUP_KINDS,
    DETAILS,
    ERROR_MESSAGES,
    ISSUE_MESSAGES,
    LOSS_MESSAGES,
    N_,
    NP_,
    OP_NAMES,
    PROBLEM_MESSAGES,
    STATE_NAMES,
    TABLE_NAMES,
)

if TYPE_CHECKING:
    import ctypes
else:
    ctypes = LateModule("ctypes")

__all__ = [
    "BACKUP_KINDS",
    "ERROR_MESSAGES",
    "LANGUAGES",
    "LOSS_MESSAGES",
    "NP_",
    "N_",
    "OP_NAMES",
    "PROBLEM_MESSAGES",
    "STATE_NAMES",
    "TABLE_NAMES",
    "describe",
    "describe_issue",
    "describe_problem",
    "is_rtl",
    "isolate",
    "language",
    "op_name",
    "size",
    "system_language",
    "tr",
    "tr_marked",
    "trn",
    "trn_marked",
    "use_language",
]

LANGUAGES = {"ar": "العربية", "en": "English"}  # each in its own words, for the one who cannot read the other
_RTL = frozenset({"ar"})
_SOURCE = "en"
_DOMAIN = "tawsim"
_FSI, _PDI = "\u2068", "\u2069"
_INITIATORS = "\u2066\u2067\u2068"
_LIST_SEPARATOR = {"ar": "، ", "en": ", "}
_MISSING = "…"
_KILO = 1024
#: Parameters of errors that are numbers of bytes.
_SIZES = ("needed", "free")


_OS_REASONS: dict[int, str] = {
    EACCES: N_("access is denied"),
    EPERM: N_("the system does not permit it"),
    ENOENT: N_("its folder does not exist"),
    ENOTDIR: N_("a part of its path is not a folder"),
    EISDIR: N_("it is a folder"),
    ENODEV: N_("it is a device or a pipe"),
    ENOSPC: N_("no space is left"),
    EROFS: N_("the disk is read-only"),
    EBUSY: N_("another program is using it"),
    EIO: N_("the disk reports an error"),
    ENAMETOOLONG: N_("its name is too long"),
}
# By the system's own words, since errors carry either the OSError or only its text.
_REASON_BY_WORDS = {os.strerror(code): sentence for code, sentence in _OS_REASONS.items()}


@dataclass(slots=True)
class _Current:
    """What the program speaks now."""

    language: str = _SOURCE
    isolates: bool = False
    catalogue: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)


# The one piece of module state: a sentence is asked for everywhere, and all of a process speaks one language.
_current = _Current()


def system_language() -> str:
    """Return the language that the user's system speaks, English if the program does not speak it."""
    if sys.platform == "win32":
        name = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    else:
        variables = ("LC_ALL", "LC_MESSAGES", "LANG")
        name = next((os.environ[variable] for variable in variables if os.environ.get(variable)), "")
    return _known(name)


def use_language(name: str, *, isolates: bool = False) -> None:
    """Speak a language from now on.

    Args:
        name: `ar`, `en`, or a locale such as `ar_EG`; empty for the system's.
        isolates: whether parameters are set off by bidi isolates; windows need them, terminals show boxes.
    """
    chosen = _known(name) if name else system_language()
    _current.language, _current.isolates = chosen, isolates
    _current.catalogue = (
        gettext.NullTranslations()
        if chosen == _SOURCE
        else gettext.translation(_DOMAIN, resources() / "translations", [chosen])
    )


def language() -> str:
    """Return the language spoken now: `ar` or `en`."""
    return _current.language


def is_rtl() -> bool:
    """Return whether the language spoken now is written from right to left."""
    return _current.language in _RTL


def tr(message: str, /, **params: object) -> str:
    """Translate a literal sentence and put its parameters in."""
    return tr_marked(message, params)


def trn(singular: str, plural: str, n: int, /, **params: object) -> str:
    """Translate a literal sentence in the form that `n` asks for; `n` is a parameter as well."""
    return _filled(_current.catalogue.ngettext(singular, plural, n), {**params, "n": n})


def tr_marked(message: str, params: Mapping[str, object] | None = None) -> str:
    """Translate a sentence that was marked by `N_` in a table."""
    # The empty string is the key of a catalogue's header.
    return _filled(_current.catalogue.gettext(message), params or {}) if message else ""


def trn_marked(message: tuple[str, str], n: int, /) -> str:
    """Translate, in the form that `n` asks for, a sentence with a plural that was marked by `NP_` in a table."""
    return _filled(_current.catalogue.ngettext(*message, n), {"n": n})


def isolate(text: str) -> str:
    """Set a name, path or quote off, so that its direction does not disturb the sentence around it."""
    if text.startswith(_FSI) and text.endswith(_PDI) and _balanced(text[1:-1]) == text[1:-1]:
        return text  # is one already
    return f"{_FSI}{_balanced(text)}{_PDI}"


def describe(error: UserError) -> str:
    """Return the sentence that tells the user what happened, to which thing, and what to do."""
    message = ERROR_MESSAGES.get(error.key)
    if message is None:
        return tr("Something unexpected went wrong: {details}. Please report this.", details=str(error))
    named = error.params
    if "op" in named:
        named = {**named, "op": op_name(str(named["op"]), named)}
    if named.get("detail") in DETAILS:
        named = {**named, "detail": tr_marked(DETAILS[str(named["detail"])])}
    for name in _SIZES:
        if isinstance(count := named.get(name), int):
            named = {**named, name: size(count)}
    if named.get("place") == "":
        named = {**named, "place": tr("the file as a whole")}
    return tr_marked(message, named)


def describe_problem(key: str, params: Mapping[str, object]) -> str:
    """Return the sentence that says what a check found wrong with a project."""
    message = PROBLEM_MESSAGES.get(key)
    return tr_marked(message, params) if message is not None else key


def size(count: int) -> str:
    """Return a number of bytes as people say it."""
    if count < _KILO**2:
        return tr("{n} KB", n=max(min(count, 1), round(count / _KILO)))
    if count < _KILO**3:
        return tr("{n} MB", n=_rounded(count / _KILO**2))
    return tr("{n} GB", n=_rounded(count / _KILO**3))


def _rounded(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def describe_issue(key: str, params: Mapping[str, object]) -> str:
    """Return what a tag lacks, or what of it does not fit the scheme."""
    return tr_marked(ISSUE_MESSAGES[key], params)


def op_name(op: str, params: Mapping[str, object]) -> str:
    """Return what an act of the history is called, as in “Undo: …”."""
    message = OP_NAMES.get(op)
    if message is None:
        return str(op)
    named = {**params, "state": _state_name(params.get("state"))}
    if isinstance(message, str):
        return tr_marked(message, named)
    count = params.get("count", 1)
    number = count if isinstance(count, int) else 1
    return _filled(_current.catalogue.ngettext(*message, number), {**named, "count": number})


def _state_name(state: object) -> str:
    return tr_marked(STATE_NAMES[str(state)]) if str(state) in STATE_NAMES else _MISSING


def _known(name: str) -> str:
    code = name.replace("-", "_").split("_")[0].split(".")[0].lower()
    return code if code in LANGUAGES else _SOURCE


class _Shown(dict[str, object]):
    """The parameters of a sentence; one that is missing must not cost the user the message."""

    def __missing__(self, key: str) -> str:
        return _MISSING


def _filled(message: str, params: Mapping[str, object]) -> str:
    return message.format_map(_Shown({name: _shown(value) for name, value in params.items()}))


def _shown(value: object) -> object:
    """Return a parameter as it is written into a sentence."""
    if value is None or isinstance(value, bool | int | float):
        return _MISSING if value is None else value
    if isinstance(value, Mapping):  # a name in several languages
        value = value.get(_current.language) or next(iter(value.values()), _MISSING)
    if isinstance(value, list | tuple | set | frozenset):
        return _LIST_SEPARATOR[_current.language].join(str(_shown(item)) for item in value)
    if isinstance(value, OSError):
        value = value.strerror or str(value)
    text = str(value)
    if text in _REASON_BY_WORDS:
        return tr_marked(_REASON_BY_WORDS[text])
    return isolate(text) if _current.isolates else text


def _balanced(text: str) -> str:
    """Drop what would close the isolate around the text early, and close what the text leaves open."""
    kept, depth = [], 0
    for char in text:
        if char in _INITIATORS:
            depth += 1
        elif char == _PDI:
            if not depth:
                continue
            depth -= 1
        kept.append(char)
    return "".join(kept) + _PDI * depth
