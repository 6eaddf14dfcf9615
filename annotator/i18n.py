# SPDX-License-Identifier: MIT
"""The program's sentences in the language of the user: gettext over `resources/translations`.

The English sentence is the key of its translation, so English needs no catalogue. Owns what errors, acts and
states are called; knows neither the model nor any window, so acts and states are keyed by their string value.

Only literal sentences are given to `tr`, `trn`, `N_` and `NP_`: extraction reads the source and cannot see
through variables. Sentences in tables are marked there (`N_`, `NP_`) and translated where they
are shown (`tr_marked`).
"""

import ctypes
import gettext
import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from errno import EACCES, EBUSY, EIO, EISDIR, ENAMETOOLONG, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS

from annotator.errors import UserError
from annotator.paths import resources

LANGUAGES = {"ar": "العربية", "en": "English"}  # each in its own words, for the one who cannot read the other
_RTL = frozenset({"ar"})
_SOURCE = "en"
_DOMAIN = "tawsim"
_FSI, _PDI = "\u2068", "\u2069"
_INITIATORS = "\u2066\u2067\u2068"
_LIST_SEPARATOR = {"ar": "، ", "en": ", "}
_MISSING = "…"


def N_(message: str) -> str:  # noqa: N802 - the name that gettext users know
    """Mark a sentence in a table for translation."""
    return message


def NP_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 - as N_
    """Mark a sentence with a plural in a table for translation; its number is the parameter `count`."""
    return singular, plural


ERROR_MESSAGES: dict[str, str] = {
    # Files that come in.
    "file_missing": N_("There is no file or folder “{path}”. Check the name, or choose another."),
    "file_unreadable": N_("“{path}” could not be read: {detail}. Check who may read it, then try again."),
    "file_empty": N_("“{path}” is empty: there is nothing to import. Leave it out or choose another file."),
    "file_too_large": N_(
        "“{path}” is too large for an article: the most is {most} MB. Split it into articles, and import these."
    ),
    "file_binary": N_("“{path}” is not a text file. Save the article as plain text (.txt) and import it again."),
    "encoding_unknown": N_(
        "There is no encoding called “{encoding}”. Choose one such as utf-8, utf-16, windows-1256 or iso-8859-6."
    ),
    "encoding_failed": N_(
        "“{path}” is not in the encoding {encoding}: byte {position} does not fit it. Choose another encoding."
    ),
    "encoding_undetected": N_(
        "The encoding of “{path}” could not be recognised. Say which it is, or save the file as UTF-8."
    ),
    "folder_empty": N_("The folder “{path}” holds no text files. Choose a folder with .txt files."),
    "nothing_to_import": N_("There is nothing new to import. The report says why for each file."),
    "duplicate": N_("The text of “{path}” is in the project already, as “{title}”."),
    # Files that go out.
    "folder_missing": N_("There is no folder “{path}”. Make it first, or choose another."),
    "path_unwritable": N_("“{path}” could not be written: {detail}. Choose another folder or name."),
    "disk_full": N_("There is no space left to write “{path}”. Free some space, then try again; nothing was lost."),
    "export_mismatch": N_(
        "“{path}” was written, but read back it differs from the project in the article “{article}”, "
        "so it was not kept. Please report this."
    ),
    "export_over_project": N_("“{path}” is a project, so nothing is exported over it. Choose another name."),
    "export_source_damaged": N_(
        "The article “{article}” was not exported: its text and its tags do not fit together. "
        "Check the project with “tawsim check”."
    ),
    "jsonl_invalid": N_("Line {line} of “{path}” is not as Tawsim writes it: {detail}."),
    "extra_missing": N_("The format {format} needs {extra}, which is not installed. Install it with: {command}"),
    "format_unknown": N_("There is no export format “{format}”. Choose one of: {known}."),
    # The project file.
    "project_exists": N_("“{path}” exists already. Open it, or choose another name."),
    "project_missing": N_("There is no project “{path}”. Check the name, or create it first."),
    "project_not_sqlite": N_("“{path}” is not a Tawsim project. Choose a file that ends in .tawsim."),
    "project_damaged": N_(
        "The project “{path}” is damaged: {detail}. It was left as it is; open a backup copy of it instead."
    ),
    "project_foreign": N_("“{path}” is a database of another program. It was left as it is; choose a Tawsim project."),
    "project_newer": N_(
        "The project “{path}” was made by a newer Tawsim (file version {version}). It was left as it is; "
        "install the newer version to open it."
    ),
    "project_moved": N_(
        "The project “{path}” was moved or deleted while it was open, so nothing more is written to it. Put it back, "
        "or close it and open it where it lies now."
    ),
    "project_locked": N_(
        "The project “{path}” is already open: {holder} on {host}, since {since}. Close it there, or open it read-only."
    ),
    "write_failed": N_(
        "The disk did not take a change to “{path}”, so nothing was changed. Check its space and that it is there, "
        "then try again."
    ),
    "project_busy": N_("Another program is writing to “{path}”. Wait a moment, then try again."),
    "project_read_only": N_("The project “{path}” is open read-only, so it cannot be changed. Open a copy of it."),
    # Acts.
    "text_unstorable": N_("“{text}” holds half a character, which cannot be stored. Enter it anew."),
    "tag_of_another": N_(
        "The tag “{quote}” was made by {annotator}, and only they can change or delete it. "
        "Work under that name, or make a tag of your own beside it."
    ),
    "annotator_name_empty": N_("The annotator's name is empty. Enter the name to be written beside each tag."),
    "span_out_of_bounds": N_(
        "Characters {start} to {end} lie outside the article, which has {length}. Select inside the text."
    ),
    "span_empty": N_("Nothing is selected. Select at least one word, then tag it."),
    "span_blank": N_("Only blanks are selected. Select at least one word, then tag it."),
    "label_unknown": N_("The scheme has no label “{label}”. Choose one of: {known}."),
    "article_unknown": N_("The project has no article “{article}”. Choose one from the list of articles."),
    "tag_unknown": N_("The tag “{tag}” is not in the project any more. Choose one from the list of tags."),
    "tag_ambiguous": N_("“{tag}” begins the ids of {count} tags. Give more of the id."),
    "tag_exists": N_("“{quote}” is tagged as {label} already. Delete one of the two tags, or choose another label."),
    "article_ambiguous": N_(
        "“{article}” begins the ids of {count} articles. Give more of the id, or the number in the list."
    ),
    "title_empty": N_("The title is empty. Enter the name by which to find the article in the list."),
    "others_tags": N_(
        "{count} tags of other annotators would be deleted with it. Their work can only be deleted by themselves."
    ),
    "scheme_unreadable": N_("The scheme “{path}” could not be read: {detail}. Correct the file or choose another."),
    "nothing_to_undo": N_("There is nothing to undo."),
    "nothing_to_redo": N_("There is nothing to redo."),
    "undo_conflict": N_(
        "“{op}” cannot be undone or redone, because what it changed was changed again by another. Nothing was changed."
    ),
    "cancelled": N_("Cancelled. Nothing was changed."),
    # The environment.
    "no_seeds": N_("The sample articles did not come with this program. Open a folder of your own articles."),
    "window_unavailable": N_(
        "The window cannot be opened: {detail}. Install what is missing, as the README says; "
        "the command line works without it."
    ),
    "no_display": N_("There is no display to open a window on. Run “{command}” instead, or start it on a desktop."),
}

PROBLEM_MESSAGES: dict[str, str] = {
    "damaged": N_("The file is damaged: {detail}. Work on a backup copy."),
    "dangling_reference": N_("Row {row} of the table {table} points to a row of {parent} that is not there."),
    "text_changed": N_("The text of “{article}” is not the one that was imported."),
    "quote_differs": N_("The tag {tag} in “{article}” does not fit the text: “{quote}” is not what stands there."),
    "history_misfit": N_("Act {seq} of the history does not fit the acts before it."),
    "article_not_in_history": N_("The article “{article}” is not as the history left it."),
    "tag_not_in_history": N_("The tag {tag} in “{article}” is not as the history left it."),
    "row_missing": N_("Row {row} of the table {table} is gone, but the history did not delete it."),
}

OP_NAMES: dict[str, str | tuple[str, str]] = {
    "import_articles": NP_("Import {count} article", "Import {count} articles"),
    "remove_articles": NP_("Remove {count} article", "Remove {count} articles"),
    "set_article_state": NP_("Mark {count} article “{state}”", "Mark {count} articles “{state}”"),
    "set_article_note": N_("Change the note of “{title}”"),
    "set_article_title": N_("Change the title to “{title}”"),
    "add_tag": N_("Tag “{quote}” as {label}"),
    "delete_tags": NP_("Delete {count} tag", "Delete {count} tags"),
    "set_tag_label": N_("Change the label of “{quote}” to {label}"),
    "set_tag_bounds": N_("Change the bounds of the tag “{quote}”"),
    "set_tag_note": N_("Change the note of the tag “{quote}”"),
}

STATE_NAMES: dict[str, str] = {
    "untouched": N_("Untouched"),
    "in_progress": N_("In progress"),
    "done": N_("Done"),
}

_OS_REASONS: dict[int, str] = {
    EACCES: N_("access is denied"),
    EPERM: N_("the system does not permit it"),
    ENOENT: N_("its folder does not exist"),
    ENOTDIR: N_("a part of its path is not a folder"),
    EISDIR: N_("it is a folder"),
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
    return tr_marked(message, named)


def describe_problem(key: str, params: Mapping[str, object]) -> str:
    """Return the sentence that says what a check found wrong with a project."""
    message = PROBLEM_MESSAGES.get(key)
    return tr_marked(message, params) if message is not None else key


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
