# SPDX-License-Identifier: MIT
"""What a project holds is what an export is given: read from the file, in one and the same state."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.importers.jsonl import read_jsonl
from annotator.model.attributes import AttributeKind
from annotator.model.ids import ArticleId, AttributeId, DocumentLabelId, RelationTypeId
from annotator.model.relation import AUTHOR, End
from annotator.model.span import Certainty
from annotator.ops import scheme as scheme_acts
from annotator.ops.document_tags import add_document_tag
from annotator.ops.exporting import export
from annotator.ops.relations import add_relation

AGENT, HOLDER, TARGET = map(RelationTypeId, ("AGENT", "HOLDER", "TARGET"))


def _fill(bench: Any) -> ArticleId:
    """Make one of everything, by the acts that the window does."""
    gantz = bench.tag("غانتس", "ACTOR", certainty=Certainty.UNSURE)
    meeting = bench.tag("بلقاء", "EVENT", values={AttributeId("negated"): True})
    welcome = bench.tag("رحّب غانتس بلقاء", "STANCE", pieces=((0, 4), (11, 16)))
    actor = bench.actor("بيني غانتس", "Benny Gantz", gantz, aliases=("جانتس",), external_id="Q1")
    event = bench.event("لقاء أنقرة", meeting, participants=(actor,))
    add_relation(bench.project, AGENT, meeting, End(span_id=gantz))
    add_relation(bench.project, HOLDER, welcome, AUTHOR)
    add_relation(bench.project, TARGET, welcome, End(event_id=event))
    article_id: ArticleId = bench.project.articles()[0].id
    values = {AttributeId("issue"): "التطبيع"}
    add_document_tag(bench.project, article_id, DocumentLabelId("doc_stance"), values=values, note="عنه")
    return article_id


def test_everything_in_a_project_is_exported(bench: Any, tmp_path: Path) -> None:
    article_id = _fill(bench)

    report = export(bench.project, "jsonl", tmp_path / "x.jsonl")

    project = bench.project
    header, articles = read_jsonl(tmp_path / "x.jsonl")
    assert (report.tags_out, report.relations_out, report.document_tags_out) == (3, 3, 1)
    assert articles[0].article == project.article(article_id)
    assert articles[0].spans == tuple(project.spans(article_id))
    assert articles[0].relations == tuple(project.relations(article_id))
    assert articles[0].document_tags == tuple(project.document_tags(article_id))
    assert {actor.id: actor for actor in header.actors} == project.actors
    assert {event.id: event for event in header.events} == project.events
    assert header.scheme == project.scheme


def test_a_scheme_that_was_changed_is_exported_as_it_is(bench: Any, tmp_path: Path) -> None:
    _fill(bench)
    scheme = bench.project.scheme
    first, *others = scheme.attributes
    more = replace(first, id=AttributeId("weight"), kind=AttributeKind.NUMBER, values=(), default=None, depends_on="")
    labels = tuple(replace(label, archived=label.id == "STANCE") for label in scheme.all_labels)
    changed = replace(scheme, all_labels=labels, attributes=(*others, more, replace(first, archived=True))).numbered()
    scheme_acts.change_scheme(bench.project, changed)

    export(bench.project, "jsonl", tmp_path / "x.jsonl")

    known = bench.project.scheme
    assert known.version > 0
    assert read_jsonl(tmp_path / "x.jsonl")[0].scheme == known
