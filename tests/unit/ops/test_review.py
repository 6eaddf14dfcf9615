# SPDX-License-Identifier: MIT
"""Going through a project for what is missing or does not fit any more."""

from dataclasses import replace
from typing import Any

from annotator.model.relation import AUTHOR, End
from annotator.ops import actors, document_tags, relations, scheme, tags
from annotator.ops.review import review, review_article


def listed(bench: Any) -> list[tuple[str, set[str]]]:
    return [(getattr(one.tag, "quote", "—"), {issue.key for issue in one.issues}) for one in review(bench.project)]


def test_what_is_missing_goes_as_it_is_given(bench: Any) -> None:
    stance = bench.tag("مهمّ", "STANCE")
    bench.tag("غانتس", "ACTOR")
    assert listed(bench) == [("مهمّ", {"value_missing", "relation_missing"})]
    tags.set_attributes(bench.project, [stance], {"polarity": "FAVOR", "issue": "القضية"})
    (one,) = review(bench.project)
    assert [str(issue.params["relation"]["en"]) for issue in one.issues] == ["Holder"]
    relations.add_relation(bench.project, "HOLDER", stance, AUTHOR)
    assert listed(bench) == []


def test_it_is_article_by_article_and_can_be_stopped(bench: Any) -> None:
    bench.tag("أعلنت", "EVENT", article=1)
    bench.tag("بلقاء", "EVENT")
    document_tags.add_document_tag(bench.project, bench.project.articles()[0].id, "doc_stance", values={})
    assert [quote for quote, _ in listed(bench)] == ["بلقاء", "—", "أعلنت"]
    answers = iter([True, False])
    assert len(list(review(bench.project, lambda: next(answers)))) == 2
    assert len(list(review_article(bench.project, bench.project.articles()[1].id))) == 1


def test_everyones_tags_are_reviewed_each_among_their_own(bench: Any) -> None:
    event = bench.tag("بلقاء", "EVENT", values={"type": "CONSULT"})
    actor = bench.tag("غانتس", "ACTOR")
    for kind in ("AGENT", "RECIPIENT"):
        relations.add_relation(bench.project, kind, event, End(span_id=actor))
    assert listed(bench) == []
    bench.restart("Omar")
    bench.tag("بلقاء", "EVENT")
    assert listed(bench) == [("بلقاء", {"value_missing"})]


def test_a_kind_of_actor_that_a_relation_does_not_lead_to(bench: Any) -> None:
    event = bench.tag("بلقاء", "EVENT", values={"type": "AGREE"})
    place = bench.tag("أنقرة", "PLACE")
    made = bench.actor("أنقرة", "", place)
    relations.add_relation(bench.project, "PLACE", event, End(actor_id=made))
    relations.add_relation(bench.project, "PLACE", event, End(span_id=place))
    assert listed(bench) == []
    actors.change_actor(bench.project, replace(bench.project.actor(made), kind="PERS"))
    ((quote, keys),) = listed(bench)
    assert (quote, keys) == ("بلقاء", {"relation_unfit"})
    bench.project.undo()
    assert listed(bench) == []


def test_relabelled_tags_are_listed_with_their_links_and_relations(bench: Any) -> None:
    actor = bench.tag("غانتس", "ACTOR", values={"mention": "NOM"})
    bench.actor("غانتس", "", actor)
    event = bench.tag("بلقاء", "EVENT", values={"type": "AGREE"})
    bench.event("لقاء", event)
    relations.add_relation(bench.project, "AGENT", event, End(span_id=actor))
    tags.set_label(bench.project, actor, "TIME")
    assert dict(listed(bench)) == {
        "غانتس": {"attribute_unasked", "actor_link_unfit"},
        "بلقاء": {"relation_unfit"},
    }
    tags.set_label(bench.project, event, "ACTOR")
    assert dict(listed(bench))["بلقاء"] == {"attribute_unasked", "event_link_unfit", "relation_unfit"}


def test_a_change_of_scheme_is_listed_and_undone_with_it(bench: Any) -> None:
    article = bench.project.articles()[0].id
    document_tags.add_document_tag(bench.project, article, "doc_stance", values={"doc_label": "FAVOR"})
    before = bench.project.scheme
    attributes = tuple(
        replace(one, values=one.values[1:]) if one.id == "doc_label" else one for one in before.attributes
    )
    scheme.change_scheme(bench.project, replace(before, attributes=attributes))
    assert listed(bench) == [("—", {"value_unfit"})]
    bench.project.undo()
    assert listed(bench) == []
