# SPDX-License-Identifier: MIT
"""What a file of annotations holds, before anything is taken from it: one reading from end to end, nothing kept."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import UserError
from annotator.importers.foreign import ForeignFormat
from annotator.model import exchange
from annotator.model.scheme_mapping import Names


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file holds.

    Attributes:
        rebuilt: how many of its documents have a text that was put together from tokens.
        untexted: how many have no text of their own, so that an article of the project must be found for them.
        annotators: their names, with how many tags each made; "" for tags that name none.
    """

    path: Path
    format_id: str
    header: exchange.Header
    documents: int
    tags: int
    relations: int
    document_tags: int
    rebuilt: int
    untexted: int
    names: Names
    annotators: dict[str, int] = field(default_factory=dict)


def survey(path: Path, kind: ForeignFormat, progress: Callable[[int], bool] | None = None) -> Survey:
    """Read a file from end to end, so that whatever is wrong with it is known before anything is taken.

    Args:
        path: the file or folder.
        kind: its format.
        progress: told how many documents were read; returns False to cancel.

    Raises:
        UserError: `cancelled`, `foreign_missing` for a folder without such files, or what the reader refuses.
    """
    _refuse_strange_folder(path, kind)
    header = kind.header(path)
    counts: Counter[str] = Counter()
    labels, relations, document_labels, attributes, annotators = (Counter[str]() for _ in range(5))
    for document in kind.read(path):
        if progress and not progress(counts["documents"]):
            raise UserError("cancelled")
        counts["documents"] += 1
        counts["rebuilt"] += document.rebuilt
        counts["untexted"] += not document.text
        counts["tags"] += len(document.tags)
        counts["relations"] += len(document.relations)
        counts["document_tags"] += len(document.document_tags)
        labels.update(tag.label for tag in document.tags)
        relations.update(one.type for one in document.relations)
        document_labels.update(tag.label for tag in document.document_tags)
        said: tuple[exchange.Tag | exchange.DocumentTag, ...] = (*document.tags, *document.document_tags)
        for tag in said:
            attributes.update(tag.attributes.keys())
            annotators[tag.annotator] += 1
    names = Names(*(dict(sorted(one.items())) for one in (labels, relations, document_labels, attributes)))
    return Survey(
        path=path,
        format_id=kind.id,
        header=header,
        documents=counts["documents"],
        tags=counts["tags"],
        relations=counts["relations"],
        document_tags=counts["document_tags"],
        rebuilt=counts["rebuilt"],
        untexted=counts["untexted"],
        names=names,
        annotators=dict(sorted(annotators.items())),
    )


def _refuse_strange_folder(path: Path, kind: ForeignFormat) -> None:
    """Refuse a folder in which nothing is of the format: a wrong folder would be one without documents."""
    if not path.is_dir() or not kind.suffixes or kind.recognise(path):
        return
    if not any(one.suffix.lower() in _endings(kind) for one in path.rglob("*")):
        raise UserError("foreign_missing", path=path, place=", ".join(f"*{suffix}" for suffix in kind.suffixes))


def _endings(kind: ForeignFormat) -> set[str]:
    return {Path(f"x{suffix}").suffix for suffix in kind.suffixes}
