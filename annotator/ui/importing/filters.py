# SPDX-License-Identifier: MIT
"""What file dialogs offer to choose from: made from the tables of kinds and formats."""

from annotator.i18n import tr, tr_marked
from annotator.importers.articles import KINDS
from annotator.importers.registry import FOREIGN_FORMATS


def article_filters() -> str:
    """Return the filters of a file dialog: all that articles are read from first, then each kind."""
    every = " ".join(f"*{suffix}" for kind in KINDS for suffix in kind.suffixes)
    kinds = [f"{tr_marked(kind.name)} ({' '.join(f'*{suffix}' for suffix in kind.suffixes)})" for kind in KINDS]
    return ";;".join((tr("All kinds of articles") + f" ({every})", *kinds, tr("All files") + " (*)"))


def annotation_filters() -> str:
    """Return the filters of a file dialog: all that annotations are read from first, then each format."""
    formats = [kind for kind in FOREIGN_FORMATS.values() if kind.suffixes]
    suffixes = dict.fromkeys(suffix for kind in formats for suffix in kind.suffixes)
    every = " ".join(f"*{suffix}" for suffix in suffixes)
    kinds = [
        f"{tr_marked(kind.name_key).replace('(', '').replace(')', '')} ({' '.join(f'*{end}' for end in kind.suffixes)})"
        for kind in formats
    ]
    return ";;".join((tr("All kinds of annotations") + f" ({every})", *kinds, tr("All files") + " (*)"))
