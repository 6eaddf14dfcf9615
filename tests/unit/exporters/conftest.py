# SPDX-License-Identifier: MIT
"""Articles to export, without a project: plain data, as `ops` hands it over."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.exporters import ExportSource, TaggedArticle
from annotator.model.article import Article, ArticleState
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
    SpanId,
)
from annotator.model.registry import Actor, Event
from annotator.model.relation import AUTHOR, End, Relation
from annotator.model.scheme import Scheme
from annotator.model.scheme_file import parse_scheme
from annotator.model.span import Certainty, Origin, Span

SCHEME = Path(__file__).parents[3] / "resources" / "schemes" / "default.json"
WRITER = AnnotatorId("a" * 32)
OTHER = AnnotatorId("b" * 32)
AT = "2026-01-02T03:04:05.678Z"

#: What an article is made of here: its text, and its tags as (start, end, label) or (start, end, label, note).
Sketch = tuple[str, Sequence[tuple]]
SourceOf = Callable[..., ExportSource]

#: The test text of the format descriptions: nested tags, a tag inside بأردوغان, an emoji before the end.
MODEL: Sketch = (
    (
        "أعلن وزير الدفاع بيني غانتس (Benny Gantz) في 9 مارس 😀 أنّ جانتس سيزور تركيا، والتقى بأردوغان.\n"
        "وقال إردوغان: «نرحّب بالزيارة» على تويتر @RTErdogan.\n"
    ),
    [
        (17, 27, "ACTOR"),
        (29, 40, "ACTOR", "بالإنجليزية"),
        (58, 63, "ACTOR"),
        (64, 69, "EVENT"),
        (85, 92, "ACTOR"),
        (99, 106, "ACTOR"),
        (109, 123, "STANCE"),
        (116, 123, "EVENT"),
    ],
)

#: Everything that broke an exporter once, or could: NBSP, U+2028, U+0085, harakat, tatweel, ZWNJ, marks, blanks.
ODD: Sketch = (
    "  عنوان\n\n  قالَ\u00a0الرَّئِيسُ\u2028إنّ\u0085الســـلام  \tممكن\u200c؛ \u200fنعم\u200e 👩\u200d👩\u200d👧 \u061c.  ",
    [
        (0, 7, "STANCE"),
        (11, 26, "ACTOR"),
        (15, 26, "ACTOR"),
        (26, 30, "EVENT"),
        (31, 43, "EVENT", 'a "quoted"\nnote \\'),
        (55, 60, "ACTOR"),
    ],
)
UNTAGGED: Sketch = ("لا شيء هنا.", [])
EMPTY: Sketch = ("", [])
BLANK: Sketch = (" \n\u00a0 ", [])


def _span(article_id: str, number: int, text: str, tag: tuple, author: AnnotatorId) -> Span:
    start, end, label, note = (*tag, "")[:4]
    return Span(
        SpanId(f"{article_id[:16]}{number:016x}"),
        ArticleId(article_id),
        LabelId(label),
        start,
        end,
        text[start:end],
        note,
        Origin.MANUAL,
        author,
        AT,
    )


def _tagged(number: int, sketch: Sketch) -> TaggedArticle:
    text, tags = sketch
    key = f"{number:016x}{0:016x}"
    article = Article(
        id=ArticleId(key),
        position=number,
        title=text.strip().split("\n")[0][:40],
        state=ArticleState.DONE if number % 2 else ArticleState.IN_PROGRESS,
        note="ملاحظة" if number == 1 else "",
        source=f"/corpus/{number}.txt",
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        raw_sha256="0" * 64,
        length=len(text),
        encoding="windows-1256",
        bom=False,
        newline="crlf*3,lf*2",
        exact=True,
        annotator_id=WRITER,
        created_at=AT,
    )
    authors = (WRITER, OTHER)
    spans = (_span(key, n, text, tag, authors[n % 2]) for n, tag in enumerate(tags))
    return TaggedArticle(article, text, tuple(sorted(spans, key=lambda s: (s.start, -s.end, s.id))))


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    return parse_scheme(SCHEME.read_text(encoding="utf-8"), where=SCHEME.name)


@pytest.fixture(scope="session")
def source_of(scheme: Scheme) -> SourceOf:
    """Return a function that makes a source of articles from sketches."""

    def build(*sketches: Sketch) -> ExportSource:
        def articles() -> Iterator[TaggedArticle]:
            return (_tagged(number, sketch) for number, sketch in enumerate(sketches, start=1))

        names = {OTHER: "ليلى", WRITER: "Sami"}
        return ExportSource("p" * 32, "مشروع", scheme, names, len(sketches), articles)

    return build


@pytest.fixture(scope="session")
def corpus(source_of: SourceOf) -> ExportSource:
    """Return one of everything."""
    return source_of(MODEL, ODD, UNTAGGED, EMPTY, BLANK)


@pytest.fixture(scope="session")
def model(source_of: SourceOf) -> ExportSource:
    """Return the test text of the format descriptions."""
    return source_of(MODEL)


GANTZ = Actor(ActorId("1" * 32), "بيني غانتس", "Benny Gantz", WRITER, AT, kind="person", aliases=("جانتس",))
VISIT = Event(EventId("3" * 32), "زيارة أنقرة", WRITER, AT, date="2022-03", participants=(GANTZ.id,))


def _relation(number: int, type_id: str, source: Span, end: End, author: AnnotatorId = WRITER) -> Relation:
    return Relation(
        RelationId(f"{number:032x}"),
        source.article_id,
        RelationTypeId(type_id),
        source.id,
        end.span_id,
        end.actor_id,
        end.event_id,
        Origin.MANUAL,
        author,
        AT,
    )


@pytest.fixture(scope="session")
def full(model: ExportSource) -> ExportSource:
    """Return the test text with attributes, links, relations, a tag of two pieces, and a document tag."""
    [tagged] = model.articles()
    spans = list(tagged.spans)
    spans[0] = replace(spans[0], actor_id=GANTZ.id, attributes={AttributeId("mention"): "named"})
    spans[3] = replace(spans[3], event_id=VISIT.id, certainty=Certainty.UNSURE)
    spans[6] = replace(spans[6], attributes={AttributeId("polarity"): "positive", AttributeId("n"): 2})
    event = replace(spans[3], id=SpanId("e" * 32), start=0, end=69, quote=tagged.text[:69], pieces=((0, 4), (64, 69)))
    spans.insert(0, event)
    gantz, erdogan, visit, stance = spans[1], spans[5], spans[4], spans[7]
    relations = (
        _relation(1, "AGENT", visit, End(span_id=gantz.id)),
        _relation(2, "RECIPIENT", visit, End(span_id=erdogan.id), OTHER),
        _relation(3, "HOLDER", stance, AUTHOR),
        _relation(4, "TARGET", stance, End(actor_id=GANTZ.id)),
        _relation(5, "TARGET", stance, End(event_id=VISIT.id)),
        _relation(6, "AGENT", event, End(span_id=gantz.id)),
    )
    about = DocumentTag(
        DocumentTagId("d" * 32),
        tagged.article.id,
        DocumentLabelId("doc_stance"),
        "عن المقال",
        Origin.MANUAL,
        OTHER,
        AT,
        attributes={AttributeId("issue"): "التطبيع", AttributeId("doc_label"): ("a", "b")},
    )
    made = replace(tagged, spans=tuple(spans), relations=relations, document_tags=(about,))
    return replace(model, articles=lambda: iter([made]), actors={GANTZ.id: GANTZ}, events={VISIT.id: VISIT})
