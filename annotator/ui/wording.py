# SPDX-License-Identifier: MIT
"""Names for the user: of acts, labels and errors, with labels called by their names instead of their ids."""

from collections.abc import Mapping

from annotator import i18n
from annotator.errors import UserError
from annotator.files import SUFFIX
from annotator.i18n import tr
from annotator.model.changes import ActKind
from annotator.model.scheme import Label, Scheme
from annotator.ops.naming import with_names

_QUOTE = 40


def label_name(label: Label) -> str:
    """Return a label's name in the language of the interface."""
    return label.name.in_language(i18n.language())


def author_name() -> str:
    """Return what the author or outlet is called."""
    return tr("Author or outlet")


def act_name(scheme: Scheme, op: str, params: Mapping[str, object], kind: ActKind = ActKind.DO) -> str:
    """Return what an act is called, such as: Tag “غانتس” as Actor."""
    name = i18n.op_name(op, _named(scheme, params))
    match kind:
        case ActKind.DO:
            return name
        case ActKind.UNDO:
            return tr("Undone: {act}", act=name)
        case ActKind.REDO:
            return tr("Redone: {act}", act=name)


def describe(error: UserError, scheme: Scheme | None) -> str:
    """Return the sentence for an error, with labels by name."""
    if scheme is None:
        return i18n.describe(error)
    return i18n.describe(UserError(error.key, **_named(scheme, error.params)))


def shortened(text: str, length: int = _QUOTE) -> str:
    """Return the beginning of a quote, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _named(scheme: Scheme, params: Mapping[str, object]) -> dict[str, object]:
    named = with_names(scheme, params)
    for key in ("quote", "old_quote", "title", "target", "event", "name"):
        if isinstance(text := named.get(key), str):
            named[key] = shortened(text)
    return named


def project_filter() -> str:
    """Return what a dialog for files shows of projects."""
    return tr("Tawsim projects") + f" (*{SUFFIX})"
