# SPDX-License-Identifier: MIT
"""Articles with all that a project can hold: every format carries it or counts it, and what goes in adds up."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotator.exporters import (
    FORMATS,
    Clitics,
    ExportOptions,
    ExportReport,
    ExportSource,
    Format,
    LabelNames,
    Overlap,
    Reason,
    Subject,
    TaggedArticle,
    Unit,
    run_export,
)
from annotator.importers.jsonl import read_jsonl
from annotator.model.attributes import AttributeValue
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import (
    ActorId,
    AnnotatorId,
    ArticleId,
    AttributeId,
    DocumentLabelId,
    DocumentTagId,
    EventId,
    LabelId,
    RelationId,
    RelationTypeId,
)
from annotator.model.registry import Actor, Event
from annotator.model.relation import AUTHOR, End, Relation
from annotator.model.span import Certainty, Origin, Span, joined_pieces

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of spaCy's own

EACH = pytest.mark.parametrize("kind", FORMATS.values(), ids=FORMATS)
FEW = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

AT = "2026-03-04T05:06:07.890Z"
NAMES = {AnnotatorId(key * 32): name for key, name in (("a", "Sami"), ("b", "ليلى"), ("c", "Третий"))}
ACTORS = {
    one.id: one
    for one in (
        Actor(ActorId("1" * 32), "بيني غانتس", "Benny Gantz", AnnotatorId("a" * 32), AT, "person", "GOV", "ISR", "Q1"),
        Actor(
            ActorId("2" * 32),
            "",
            "The two",
            AnnotatorId("b" * 32),
            AT,
            aliases=("جانتس", "\u2028غانتس"),
            members=(ActorId("1" * 32),),
            anonymous=True,
            note="مجموعة",
        ),
    )
}
EVENTS = {
    one.id: one
    for one in (
        Event(EventId("3" * 32), "زيارة أنقرة", AnnotatorId("a" * 32), AT),
        Event(
            EventId("4" * 32),
            "القمة",
            AnnotatorId("c" * 32),
            AT,
            type="MEET",
            date="2023-07",
            place="فيلنيوس",
            external_id="Q2",
            participants=tuple(ACTORS),
            note="«الأولى»\n",
        ),
    )
}
LABELS = ["ACTOR", "EVENT", "STANCE"]

WORDS = ["قال", "بأردوغان", "أردوغان", "الـــرَّئِيسُ", "Benny", "😀", " ", " ", " ", "\n", "\u2028", "\u00a0", ".", "،"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map("".join)
VALUES: st.SearchStrategy[AttributeValue] = st.one_of(
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    st.sampled_from(["named", "2023-W05", "2023-07-01/2023-08"]),
    st.lists(st.sampled_from(["a", "b", "c"]), unique=True).map(tuple),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
)
ATTRIBUTES = st.dictionaries(st.sampled_from(["mention", "type", "issue", "سمة"]).map(AttributeId), VALUES, max_size=3)
CERTAINTIES = st.sampled_from(Certainty)
AUTHORS = st.sampled_from(sorted(NAMES))
ORIGINS = st.sampled_from(Origin)


@contextmanager
def _file(name: str = "x") -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / name


class Maker:
    """Makes articles with all there is, as hypothesis wishes."""

    def __init__(self, data: st.DataObject, source: ExportSource) -> None:
        self._draw, self._source, self._number = data.draw, source, 0
        types, labels = source.scheme.relation_types, source.scheme.document_labels
        self._types = st.sampled_from([one.id for one in types])
        self._document_labels = st.sampled_from([one.id for one in labels])

    def source(self) -> ExportSource:
        """Return a source of such articles."""
        made = [self._article(tagged) for tagged in self._source.articles()]
        return replace(self._source, annotators=NAMES, actors=ACTORS, events=EVENTS, articles=lambda: iter(made))

    def _id(self) -> str:
        self._number += 1
        return f"{self._number:032x}"

    def _article(self, tagged: TaggedArticle) -> TaggedArticle:
        spans = [self._span(tagged.text, span) for span in tagged.spans]
        relations = [self._relation(spans) for _ in range(self._draw(st.integers(0, 5)))] if spans else []
        tags = [self._document_tag(tagged.article.id) for _ in range(self._draw(st.integers(0, 2)))]
        return replace(tagged, spans=tuple(spans), relations=tuple(relations), document_tags=tuple(tags))

    def _span(self, text: str, span: Span) -> Span:
        actor_id = self._draw(st.sampled_from([None, *ACTORS]))
        event_id = self._draw(st.sampled_from([None, *EVENTS]))
        pieces = self._pieces(span)
        return replace(
            span,
            annotator_id=self._draw(AUTHORS),
            origin=self._draw(ORIGINS),
            certainty=self._draw(CERTAINTIES),
            attributes=self._draw(ATTRIBUTES),
            note=self._draw(st.sampled_from(["", "ملاحظة\n"])),
            actor_id=actor_id,
            event_id=event_id,
            pieces=pieces,
            quote=text[span.start : span.end],
        )

    def _pieces(self, span: Span) -> tuple[tuple[int, int], ...]:
        """Return the span without a stretch in its midst, where it has room for that."""
        if span.end - span.start < 3 or self._draw(st.integers(0, 2)):
            return ()
        first = self._draw(st.integers(span.start + 1, span.end - 2))
        last = self._draw(st.integers(first + 1, span.end - 1))
        return joined_pieces([(span.start, first), (last, span.end)])

    def _relation(self, spans: Sequence[Span]) -> Relation:
        one = st.sampled_from
        span, actor, event = one(spans), one(sorted(ACTORS)), one(sorted(EVENTS))
        end = self._draw(
            span.map(lambda span: End(span_id=span.id))
            | actor.map(lambda key: End(actor_id=key))
            | event.map(lambda key: End(event_id=key))
            | st.just(AUTHOR)
        )
        source = self._draw(span)
        return Relation(
            RelationId(self._id()),
            source.article_id,
            RelationTypeId(self._draw(self._types)),
            source.id,
            end.span_id,
            end.actor_id,
            end.event_id,
            self._draw(ORIGINS),
            self._draw(AUTHORS),
            AT,
        )

    def _document_tag(self, article_id: ArticleId) -> DocumentTag:
        return DocumentTag(
            DocumentTagId(self._id()),
            article_id,
            DocumentLabelId(self._draw(self._document_labels)),
            self._draw(st.sampled_from(["", "عن المقال"])),
            self._draw(ORIGINS),
            self._draw(AUTHORS),
            AT,
            self._draw(CERTAINTIES),
            self._draw(ATTRIBUTES),
        )


@st.composite
def sketches(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    text = draw(TEXTS)
    edges = st.integers(0, len(text))
    drawn = draw(st.lists(st.tuples(edges, edges, st.sampled_from(LABELS)), max_size=6))
    ordered = [(min(a, b), max(a, b), label) for a, b, label in drawn]
    return text, [tag for tag in ordered if text[tag[0] : tag[1]].strip()]


CORPORA = st.lists(sketches(), min_size=1, max_size=2)
CHOICES = st.builds(
    ExportOptions,
    labels=st.none() | st.frozensets(st.sampled_from(LABELS).map(LabelId)),
    annotators=st.none() | st.frozensets(AUTHORS),
    clitics=st.sampled_from(Clitics),
    overlap=st.sampled_from(Overlap),
    unit=st.sampled_from(Unit),
    names=st.sampled_from(LabelNames),
    anonymise=st.booleans(),
)


def _lost(report: ExportReport, subject: Subject) -> int:
    return sum(loss.count for loss in report.losses if loss.left_out and loss.of is subject)


@EACH
@given(data=st.data(), corpus=CORPORA, options=CHOICES)
@FEW
def test_what_goes_in_comes_out_or_is_counted(
    source_of: Callable[..., ExportSource], kind: Format, data: st.DataObject, corpus: Any, options: ExportOptions
) -> None:
    source = Maker(data, source_of(*corpus)).source()
    with _file() as path:
        report = run_export(source, kind.id, path, options)

    by = NAMES if options.annotators is None else options.annotators
    articles = list(source.articles())
    tags = [s for one in articles for s in one.spans if options.labels is None or s.label_id in options.labels]
    assert report.tags_in == sum(span.annotator_id in by for span in tags)
    assert report.relations_in == sum(relation.annotator_id in by for one in articles for relation in one.relations)
    assert report.document_tags_in == sum(tag.annotator_id in by for one in articles for tag in one.document_tags)
    assert report.tags_in == report.tags_out + _lost(report, Subject.TAG)
    assert report.relations_in == report.relations_out + _lost(report, Subject.RELATION)
    assert report.document_tags_in == report.document_tags_out + _lost(report, Subject.DOCUMENT_TAG)
    assert {loss.reason for loss in report.losses} <= set(kind.losses)
    assert _lost(report, Subject.ACTOR) == (0 if kind.abilities.registry else len(ACTORS))
    assert _lost(report, Subject.EVENT) == (0 if kind.abilities.registry else len(EVENTS))


@given(data=st.data(), corpus=CORPORA)
@FEW
def test_jsonl_gives_everything_back(source_of: Callable[..., ExportSource], data: st.DataObject, corpus: Any) -> None:
    source = Maker(data, source_of(*corpus)).source()
    with _file() as path:
        report = run_export(source, "jsonl", path)
        header, articles = read_jsonl(path)

    assert articles == list(source.articles())
    assert [_types(one) for one in articles] == [_types(one) for one in source.articles()]
    assert header.scheme == source.scheme
    assert {one.id: one for one in header.actors} == ACTORS
    assert {one.id: one for one in header.events} == EVENTS
    assert {one.id: one.name for one in header.annotators} == NAMES
    assert report.losses == ()


def _types(tagged: TaggedArticle) -> list[list[type]]:
    """Return the types of all values: 1, 1.0 and True are the same to `==`."""
    return [list(map(type, one.attributes.values())) for one in (*tagged.spans, *tagged.document_tags)]


@given(data=st.data(), corpus=CORPORA, clitics=st.sampled_from(Clitics))
@FEW
def test_spacy_loads_what_it_can_carry(
    source_of: Callable[..., ExportSource], data: st.DataObject, corpus: Any, clitics: Clitics
) -> None:
    import spacy
    from spacy.tokens import Doc, DocBin

    source = Maker(data, source_of(*corpus)).source()
    with _file() as path:
        report = run_export(source, "spacy", path, ExportOptions(clitics=clitics))
        docs = list(DocBin().from_disk(path / "corpus" / "part-00001.spacy").get_docs(spacy.blank("ar").vocab))

    Doc.set_extension("rel", default={}, force=True)
    counts = Counter({loss.reason: loss.count for loss in report.losses})
    assert counts[Reason.DISCONTINUOUS] == sum(bool(s.pieces) for one in source.articles() for s in one.spans)
    rels = 0
    for doc, tagged in zip(docs, source.articles(), strict=True):
        there = {span.id_: span for span in doc.spans["sc"]}
        spans = {span.id: span for span in tagged.spans if span.id in there}
        known = doc.user_data["tawsim"]
        assert {key: one.kb_id_ for key, one in there.items()} == {
            key: one.actor_id or one.event_id or "" for key, one in spans.items()
        }
        assert known["tag_certainty"] == {key: "unsure" for key, one in spans.items() if one.certainty != "sure"}
        assert known["tag_events"] == {key: one.event_id for key, one in spans.items() if one.event_id}
        assert known["tag_attributes"].keys() == {key for key, one in spans.items() if one.attributes}
        assert [one["id"] for one in known["relations"]] == [
            one.id for one in tagged.relations if {one.source_id, one.target_span_id} - {None} <= spans.keys()
        ]
        assert [one["label_id"] for one in known["document_tags"]] == [one.label_id for one in tagged.document_tags]
        assert doc.cats == {one.label_id: 1.0 for one in tagged.document_tags}
        firsts = {entity.start: entity.id_ for entity in doc.ents}
        between = {(one.source_id, one.target_span_id, one.type_id) for one in tagged.relations}
        for (source_token, target_token), types in doc._.rel.items():
            rels += len(types)
            for type_id in types:
                assert (firsts[source_token], firsts[target_token], type_id) in between
    # Two annotators may have drawn the same relation between the same tags.
    assert rels <= report.relations_out - counts[Reason.NOT_IN_REL]


@given(data=st.data(), corpus=CORPORA)
@FEW
def test_conll_counts_all_of_it(source_of: Callable[..., ExportSource], data: st.DataObject, corpus: Any) -> None:
    source = Maker(data, source_of(*corpus)).source()
    with _file() as path:
        report = run_export(source, "conll", path)

    counts = Counter({loss.reason: loss.count for loss in report.losses})
    spans = [span for one in source.articles() for span in one.spans]
    assert counts[Reason.DISCONTINUOUS] == sum(bool(span.pieces) for span in spans)
    assert counts[Reason.RELATION] == sum(len(one.relations) for one in source.articles())
    assert counts[Reason.DOCUMENT_TAG] == sum(len(one.document_tags) for one in source.articles())
    if report.tags_out == report.tags_in:
        assert counts[Reason.ATTRIBUTES] == sum(bool(span.attributes) for span in spans)
        assert counts[Reason.CERTAINTY] == sum(span.certainty is Certainty.UNSURE for span in spans)
        assert counts[Reason.LINK] == sum(bool(span.actor_id or span.event_id) for span in spans)
