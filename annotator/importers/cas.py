# SPDX-License-Identifier: MIT
"""What a UIMA CAS says, as INCEpTION and WebAnno use it: from feature structures to a document with tags.

Owns what is a tag, a relation, a slot and metadata of a document. Knows neither XML nor JSON: the readers of both give
feature structures. Offsets are UTF-16 until here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import UserError
from annotator.importers.inception import (
    ANNOTATOR,
    ARTICLE,
    METADATA,
    document_tag_of,
    is_layer_of_tags,
    label_of,
    tag_of,
)
from annotator.model import exchange
from annotator.text.offsets import Utf16Map

SOFA = "uima.cas.Sofa"
INITIAL_VIEW = "_InitialView"
GOVERNOR, DEPENDENT, ROLE, TARGET = "Governor", "Dependent", "role", "target"
#: What leads from a chain, as of coreference, to its first element, and from each to the next.
CHAINED = ("first", "next")


@dataclass(slots=True)
class FeatureStructure:
    """One thing in a CAS.

    Attributes:
        id: by which others name it.
        sofa: the id of the text that it is about; "" for what is about none.
        begin_utf16: where an annotation begins; None for anything else, as `end_utf16`.
        values: its features of strings, numbers and truth values, as text.
        references: its features that lead to others, by their ids.
    """

    id: str
    type: str
    sofa: str = ""
    begin_utf16: int | None = None
    end_utf16: int | None = None
    values: dict[str, str] = field(default_factory=dict)
    references: dict[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a view; `members` are the ids of what is in its index, or None where the file says nothing of it."""

    id: str
    name: str
    text: str
    members: frozenset[str] | None = None


def files_of(path: Path, suffix: str) -> list[Path]:
    """Return the files of a folder and of the folders in it, or the one file."""
    return sorted(path.rglob(f"*{suffix}")) if path.is_dir() else [path]


def position(value: object, path: Path, place: str) -> int:
    """Return a whole number that is not negative, from a number or from digits.

    Raises:
        UserError: `foreign_malformed`.
    """
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    raise UserError("foreign_malformed", path=path, place=place, detail=f"no position: {str(value)[:40]}")


def document_of(
    texts: Sequence[Text], structures: Mapping[str, FeatureStructure], path: Path, name: str
) -> exchange.Document:
    """Return the document that a CAS holds.

    Args:
        texts: its views.
        structures: everything else, by id.
        path: the file, for messages.
        name: the document's id where the file gives none.

    Raises:
        UserError: `foreign_missing` without a text, or `foreign_offsets`.
    """
    if not texts:
        raise UserError("foreign_missing", path=path, place=SOFA)
    view = next((text for text in texts if text.name == INITIAL_VIEW), texts[0])
    return _Cas(view, structures, path).document(name)


class _Cas:
    def __init__(self, view: Text, structures: Mapping[str, FeatureStructure], path: Path) -> None:
        self._view, self._all, self._path = view, structures, path
        self._map = Utf16Map(view.text)
        self._length_utf16 = self._map.to_utf16(len(view.text))
        members = view.members
        self._here = [
            one for one in structures.values() if one.sofa == view.id and (members is None or one.id in members)
        ]
        self._skipped = 0

    def document(self, name: str) -> exchange.Document:
        tags = {one.id: self._tag(one) for one in self._here if self._is_tag(one)}
        relations = [*self._of_layers(tags), *self._of_slots(tags)]
        document_tags = tuple(self._document_tags())
        fields = self._values(ARTICLE)
        metadata = self._values(METADATA)
        return exchange.Document(
            text=self._view.text,
            id=metadata.get("documentId") or name,
            title=metadata.get("documentTitle", ""),
            source=fields.get("source", ""),
            outlet=fields.get("outlet", ""),
            url=fields.get("url", ""),
            author=fields.get("author", ""),
            date=fields.get("date", ""),
            tags=tuple(tags.values()),
            relations=tuple(relations),
            document_tags=document_tags,
            skipped={exchange.Skipped.KIND: self._skipped} if self._skipped else {},
        )

    def _is_tag(self, one: FeatureStructure) -> bool:
        if one.begin_utf16 is None or not is_layer_of_tags(one.type) or _is_relation(one):
            return False
        if one.begin_utf16 == one.end_utf16:
            self._skipped += 1  # of no width
            return False
        return True

    def _tag(self, one: FeatureStructure) -> exchange.Tag:
        start_utf16, end_utf16 = one.begin_utf16 or 0, one.end_utf16 or 0
        if not start_utf16 < end_utf16 <= self._length_utf16:
            raise UserError("foreign_offsets", path=self._path, place=one.id, start=start_utf16, end=end_utf16)
        start, end = self._map.from_utf16(start_utf16), self._map.from_utf16(end_utf16)
        return tag_of(one.type, one.values, start, end, id=one.id, quote=self._view.text[start:end], place=one.id)

    def _of_layers(self, tags: Mapping[str, exchange.Tag]) -> Iterator[exchange.Relation]:
        for one in self._here:
            if not _is_relation(one) or not is_layer_of_tags(one.type):
                continue
            source, target = (one.references[name][0] for name in (GOVERNOR, DEPENDENT))
            if source in tags and target in tags:
                label, annotator = label_of(one.type, one.values), one.values.get(ANNOTATOR, "")
                yield exchange.Relation(label, source, target, annotator=annotator, place=one.id)
            else:
                self._skipped += 1  # it relates words

    def _of_slots(self, tags: Mapping[str, exchange.Tag]) -> Iterator[exchange.Relation]:
        for one in self._here:
            if one.id not in tags:
                continue
            for name, references in one.references.items():
                for link in (self._all[key] for key in references if key in self._all):
                    target = link.references.get(TARGET, ("",))[0]
                    if target in tags:
                        yield exchange.Relation(link.values.get(ROLE) or name, one.id, target, place=one.id)

    def _document_tags(self) -> Iterator[exchange.DocumentTag]:
        for one in self._here:
            if one.begin_utf16 is not None or not is_layer_of_tags(one.type) or one.type == ARTICLE:
                continue
            if CHAINED[0] in one.references:
                self._skipped += 1
            else:
                yield document_tag_of(one.type, one.values, place=one.id)

    def _values(self, type_name: str) -> Mapping[str, str]:
        return next((one.values for one in self._here if one.type == type_name), {})


def _is_relation(one: FeatureStructure) -> bool:
    return all(one.references.get(name) for name in (GOVERNOR, DEPENDENT))
