# SPDX-License-Identifier: MIT
"""The lines of `tawsim-jsonl/3` as types: made of the model's own fields, so that a new field is in the file at once.

Owns what a line may say, its bytes, and the checks of one that was read. Knows nothing of files and exports.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import MISSING, Field, dataclass, fields
from operator import attrgetter
from types import GenericAlias
from typing import Any, get_type_hints

import msgspec

from annotator.model.annotator import Annotator
from annotator.model.article import Article
from annotator.model.document_tag import DocumentTag
from annotator.model.registry import Actor, Event
from annotator.model.relation import Relation
from annotator.model.scheme import Scheme
from annotator.model.span import Span, joined_pieces
from annotator.model.tagged_article import TaggedArticle

# Readers that split lines as str.splitlines() does would cut here; inside JSON they stand in strings only.
_LINE_ENDS = {char.encode(): f"\\u{ord(char):04x}".encode() for char in ("\x85", "\u2028", "\u2029")}

# In whose line a record stands says what article it belongs to.
_OF_LINE = "article_id"
_ENUMS = frozenset({"state", "origin", "certainty"})

_Values = Callable[[Any], tuple[Any, ...]]


def _line_type(record: type, *more: Any) -> Any:
    """Return the type of a record in a file: its fields and no others, those that are as by default left out."""
    hints = get_type_hints(record)
    listed = [(field.name, hints[field.name], *_default(field)) for field in fields(record) if field.name != _OF_LINE]
    name = f"{record.__name__}Line"
    # Those without a default come first; `sorted` leaves all others where they are.
    ordered = sorted([*listed, *more], key=len)
    return msgspec.defstruct(name, ordered, omit_defaults=True, forbid_unknown_fields=True, gc=False)


def _default(field: "Field[Any]") -> tuple[Any, ...]:
    if field.default_factory is not MISSING:
        return (msgspec.field(default_factory=field.default_factory),)
    return () if field.default is MISSING else (field.default,)


def _values(line: Any) -> _Values:
    """Return what takes from a record, in their order, the values that make its line."""
    return attrgetter(*line.__struct_fields__)


def _several(line: Any) -> Any:
    return GenericAlias(tuple, (line, ...))


def _comparable(line: Any) -> _Values:
    """Return what takes from a record, or from its line, all that it is compared by, but the attributes.

    Enums by `_value_`, because their own hash is Python: it would cost as much as all other fields together.
    """
    names = (name for name in line.__struct_fields__ if name != "attributes")
    return attrgetter(*(f"{name}._value_" if name in _ENUMS else name for name in names))


SpanLine, RelationLine, DocumentTagLine = map(_line_type, (Span, Relation, DocumentTag))
_BareArticleLine, AnnotatorLine, ActorLine, EventLine = map(_line_type, (Article, Annotator, Actor, Event))
ArticleLine = _line_type(
    Article,
    ("text", str),
    ("spans", _several(SpanLine)),
    ("relations", _several(RelationLine), ()),
    ("document_tags", _several(DocumentTagLine), ()),
)

_REQUIRED = len([field for field in fields(Article) if not _default(field)])
_article_values, _span_values = _values(_BareArticleLine), _values(SpanLine)
_relation_values, _document_tag_values = _values(RelationLine), _values(DocumentTagLine)
_annotator_values, _actor_values, _event_values = map(_values, (AnnotatorLine, ActorLine, EventLine))
_comparable_article, _comparable_span = _comparable(_BareArticleLine), _comparable(SpanLine)
_comparable_relation, _comparable_document_tag = _comparable(RelationLine), _comparable(DocumentTagLine)

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ArticleLine).decode


@dataclass(frozen=True, slots=True)
class Known:
    """What lines may name by its id: all that the first line tells of."""

    annotators: frozenset[str]
    labels: frozenset[str]
    relation_types: frozenset[str]
    document_labels: frozenset[str]
    actors: frozenset[str]
    events: frozenset[str]


def known(scheme: Scheme, annotators: Iterable[str], actors: Iterable[str], events: Iterable[str]) -> Known:
    """Return what lines may name in a file of these."""
    return Known(
        frozenset(annotators),
        frozenset(part.id for part in scheme.all_labels),
        frozenset(part.id for part in scheme.relation_types),
        frozenset(part.id for part in scheme.document_labels),
        frozenset(actors),
        frozenset(events),
    )


def encode(value: object) -> bytes:
    """Return a value as one line of JSON, without the end of the line."""
    line = _encode(value)
    for char, escape in _LINE_ENDS.items():
        # The search for one byte takes no time; most texts have none that any of these begins with.
        if char[:1] in line and char in line:
            line = line.replace(char, escape)
    return line


def article_line(tagged: TaggedArticle) -> Any:
    """Return an article as its line."""
    values = _article_values(tagged.article)
    return ArticleLine(
        *values[:_REQUIRED],
        tagged.text,
        tuple([SpanLine(*_span_values(span)) for span in tagged.spans]),
        *values[_REQUIRED:],
        tuple([RelationLine(*_relation_values(relation)) for relation in tagged.relations]),
        tuple([DocumentTagLine(*_document_tag_values(tag)) for tag in tagged.document_tags]),
    )


def annotator_line(annotator: Annotator) -> Any:
    """Return an annotator as it stands in the first line."""
    return AnnotatorLine(*_annotator_values(annotator))


def actor_line(actor: Actor) -> Any:
    """Return an actor as it stands in the first line."""
    return ActorLine(*_actor_values(actor))


def event_line(event: Event) -> Any:
    """Return an event as it stands in the first line."""
    return EventLine(*_event_values(event))


def read_article(line: bytes, names: Known) -> Any:
    """Return the line of an article.

    Raises:
        ValueError: what is wrong with it.
    """
    read = _decode(line)
    if len(read.text) != read.length:
        raise ValueError(f"the text has {len(read.text)} characters, not {read.length}")
    for span in read.spans:
        _check_place(span, read.text)
    ids = frozenset([span.id for span in read.spans])
    if len(ids) != len(read.spans):
        raise ValueError("two tags have the same id")
    _check_names(read, ids, names)
    return read


def compared(article: object, text: str, of: Any) -> Hashable:
    """Return all that the file says of an article, to be compared.

    Args:
        article: the article, or its line.
        text: its text.
        of: what has its spans, relations and document tags, as they are in the project or in the line.
    """
    return (
        _comparable_article(article),
        text,
        tuple(map(_comparable_span, of.spans)),
        tuple(map(_comparable_relation, of.relations)),
        tuple(map(_comparable_document_tag, of.document_tags)),
        tuple(_attributes(of.spans)),
        tuple(_attributes(of.document_tags)),
    )


def bare_article(line: Any) -> Article:
    """Return the bare article of a line that was read."""
    return Article(**{field.name: getattr(line, field.name) for field in fields(Article)})


def tagged(line: Any) -> TaggedArticle:
    """Return the article of a line that was read."""
    article = bare_article(line)
    return TaggedArticle(
        article,
        line.text,
        tuple(Span(article_id=article.id, **msgspec.structs.asdict(one)) for one in line.spans),
        tuple(Relation(article_id=article.id, **msgspec.structs.asdict(one)) for one in line.relations),
        tuple(DocumentTag(article_id=article.id, **msgspec.structs.asdict(one)) for one in line.document_tags),
    )


def _attributes(tags: Iterable[Any]) -> Iterable[Hashable]:
    for tag in tags:
        if tag.attributes:
            # With the type, because 1, 1.0 and True are the same to Python.
            yield tag.id, tuple(sorted((key, type(value).__name__, value) for key, value in tag.attributes.items()))


def _check_place(span: Any, text: str) -> None:
    start, end, quote = span.start, span.end, span.quote
    if not 0 <= start < end <= len(text) or text[start:end] != quote:
        raise ValueError(f"a tag's quote is not the text from {start} to {end}: {quote}")
    if span.pieces:
        _check_pieces(span)


def _check_pieces(span: Any) -> None:
    whole = (span.pieces[0][0], span.pieces[-1][1]) == (span.start, span.end)
    if not whole or any(start >= end for start, end in span.pieces) or joined_pieces(span.pieces) != span.pieces:
        raise ValueError(f"a tag from {span.start} to {span.end} is not made of the pieces {span.pieces}")


def _check_names(line: Any, spans: frozenset[str], names: Known) -> None:
    """Refuse an id that nothing in the file has; by sets, because most of a file are tags."""
    nothing = {None}
    relations, tags = line.relations, line.document_tags
    for kind, ids, known_ids in (
        ("label", {span.label_id for span in line.spans}, names.labels),
        ("annotator", {one.annotator_id for one in (*line.spans, *relations, *tags)}, names.annotators),
        ("actor", {span.actor_id for span in line.spans} - nothing, names.actors),
        ("event", {span.event_id for span in line.spans} - nothing, names.events),
        ("document label", {tag.label_id for tag in tags}, names.document_labels),
        ("relation", {relation.type_id for relation in relations}, names.relation_types),
        ("tag", {relation.source_id for relation in relations}, spans),
        ("tag", {relation.target_span_id for relation in relations} - nothing, spans),
        ("actor", {relation.target_actor_id for relation in relations} - nothing, names.actors),
        ("event", {relation.target_event_id for relation in relations} - nothing, names.events),
    ):
        if not ids <= known_ids:
            raise ValueError(f"there is no {kind} {', '.join(sorted(ids - known_ids))}")
    for relation in relations:
        ends = (relation.target_span_id, relation.target_actor_id, relation.target_event_id)
        if sum(end is not None for end in ends) > 1:
            raise ValueError(f"a relation leads to more than one end: {relation.id}")
