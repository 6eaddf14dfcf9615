# SPDX-License-Identifier: MIT
"""Events of the registry: what is refused, and merging, splitting and deleting."""

from dataclasses import replace
from typing import Any

import pytest

from annotator import i18n
from annotator.model.ids import ActorId, EventId, SpanId
from annotator.model.relation import End
from annotator.ops import events, relations, scheme

NONE = EventId("00" * 16)


@pytest.fixture
def told(bench: Any) -> dict[str, Any]:
    """Return two tellings of one event that the registry has twice, an actor and a stance on one of them."""
    ids: dict[str, Any] = {
        "first": bench.tag("بلقاء", "EVENT"),
        "second": bench.tag("اللقاء", "EVENT"),
        "person": bench.tag("غانتس", "ACTOR"),
        "stance": bench.tag("مهمّ", "STANCE"),
    }
    ids["gantz"] = bench.actor("غانتس", "", ids["person"])
    ids["meeting"] = bench.event("لقاء أنقرة", ids["first"], type="CONSULT", note="أ")
    ids["again"] = bench.event(
        "زيارة غانتس", ids["second"], date="2022-10", place="أنقرة", participants=(ids["gantz"],), note="ب"
    )
    return ids


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("event_untitled", {"title": " \n"}),
        ("event_untitled", {"title": "\u2067\u200b"}),
        ("value_not_offered", {"type": "NOTHING"}),
        ("value_no_date", {"date": "tomorrow"}),
        ("value_no_date", {"date": "2024-13"}),
        ("actor_unknown", {"participants": (ActorId(NONE),)}),
    ],
)
def test_refused_events(bench: Any, told: dict[str, Any], key: str, said: dict[str, Any]) -> None:
    made = replace(events.draft_event(bench.project, "حدث"), **said)
    error = bench.refuses(key, lambda: events.add_event(bench.project, made))
    for language in ("ar", "en"):
        i18n.use_language(language)
        assert "“”" not in i18n.describe(error)
        assert "«»" not in i18n.describe(error)
    known = replace(bench.project.event(told["meeting"]), **said)
    bench.refuses(key, lambda: events.change_event(bench.project, known))


def test_refused_links_of_events(bench: Any, told: dict[str, Any]) -> None:
    bench.refuses("label_links_nothing", lambda: events.link_tags(bench.project, [told["person"]], told["meeting"]))
    bench.refuses("event_unknown", lambda: events.link_tags(bench.project, [told["first"]], NONE))
    bench.refuses("tag_unknown", lambda: events.link_tags(bench.project, [SpanId(NONE)], told["meeting"]))
    bench.refuses("label_links_nothing", lambda: bench.event("حدث", told["stance"]))
    bench.refuses("event_unknown", lambda: bench.tag("وقال", "EVENT", event_id=NONE))
    bench.refuses("label_links_nothing", lambda: bench.tag("وقال", "ACTOR", event_id=told["meeting"]))


def test_events_are_tidied(bench: Any) -> None:
    made = replace(events.draft_event(bench.project, "  لقاء \n أنقرة "), date=" ٢٠٢٢-١٠-٢٧ ")
    bench.does(lambda: events.add_event(bench.project, made))
    kept = bench.project.event(made.id)
    assert (kept.title, kept.date) == ("لقاء أنقرة", "2022-10-27")


def test_acts_on_events_can_be_undone(bench: Any, told: dict[str, Any]) -> None:
    meeting = bench.project.event(told["meeting"])
    bench.does(lambda: events.change_event(bench.project, replace(meeting, place="أنقرة", external_id="Q1")))
    bench.does(lambda: events.unlink_tags(bench.project, [told["first"], told["person"]]))
    bench.does(lambda: events.link_tags(bench.project, [told["first"], told["second"]], told["again"]))


def test_merging_events(bench: Any, told: dict[str, Any]) -> None:
    for one in ("meeting", "again"):
        relations.add_relation(bench.project, "TARGET", told["stance"], End(event_id=told[one]))
    bench.does(lambda: events.merge_events(bench.project, told["meeting"], [told["again"]]))
    kept = bench.project.event(told["meeting"])
    assert (kept.title, kept.type, kept.date, kept.place) == ("لقاء أنقرة", "CONSULT", "2022-10", "أنقرة")
    assert (kept.participants, kept.note) == ((told["gantz"],), "أ\nب")
    assert len(bench.project.linked_spans([kept.id])) == 2
    assert len(bench.project.relations_to([kept.id])) == 1


def test_refused_merges_and_splits(bench: Any, told: dict[str, Any]) -> None:
    meeting, again = told["meeting"], told["again"]
    other = events.draft_event(bench.project, "آخر")
    bench.refuses("merged_into_itself", lambda: events.merge_events(bench.project, meeting, [again, meeting]))
    bench.refuses("merged_into_itself", lambda: events.merge_events(bench.project, meeting, []))
    bench.refuses("event_unknown", lambda: events.merge_events(bench.project, meeting, [NONE]))
    bench.refuses("event_unknown", lambda: events.split_event(bench.project, NONE, [told["first"]], other))
    bench.refuses("split_nothing", lambda: events.split_event(bench.project, meeting, [told["second"]], other))
    untitled = replace(other, title="")
    bench.refuses("event_untitled", lambda: events.split_event(bench.project, meeting, [told["first"]], untitled))
    bench.refuses("event_unknown", lambda: events.delete_events(bench.project, [meeting, NONE]))
    bench.refuses("event_unknown", lambda: events.change_event(bench.project, other))


def test_splitting_and_deleting_events(bench: Any, told: dict[str, Any]) -> None:
    events.link_tags(bench.project, [told["second"]], told["meeting"])
    relations.add_relation(bench.project, "TARGET", told["stance"], End(event_id=told["meeting"]))
    other = events.draft_event(bench.project, "حديث")
    bench.does(lambda: events.split_event(bench.project, told["meeting"], [told["second"]], other))
    assert bench.span(told["second"]).event_id == other.id
    bench.does(lambda: events.delete_events(bench.project, [told["meeting"], other.id]))
    assert bench.span(told["first"]).event_id is None
    assert bench.project.relations(bench.span(told["first"]).article_id) == []


def test_others_tellings_are_merged_but_not_deleted(bench: Any, told: dict[str, Any]) -> None:
    bench.restart("Omar")
    theirs = bench.tag("أعلنت", "EVENT", article=1, event_id=told["again"])
    bench.restart("Layla")
    bench.refuses("others_links", lambda: events.delete_events(bench.project, [told["again"]]))
    bench.refuses("undo_conflict", bench.project.undo)
    bench.does(lambda: events.merge_events(bench.project, told["meeting"], [told["again"]]))
    assert bench.span(theirs).event_id == told["meeting"]


def test_a_type_that_the_scheme_no_longer_knows_may_stay(bench: Any, told: dict[str, Any]) -> None:
    types = bench.project.scheme.attribute("type")
    fewer = replace(types, values=tuple(value for value in types.values if value.id != "CONSULT"))
    attributes = tuple(fewer if one.id == types.id else one for one in bench.project.scheme.attributes)
    attributes = tuple(
        replace(one, depends_on="", values=tuple(replace(value, within=()) for value in one.values))
        if one.depends_on
        else one
        for one in attributes
    )
    scheme.change_scheme(bench.project, replace(bench.project.scheme, attributes=attributes))
    events.change_event(bench.project, replace(bench.project.event(told["meeting"]), place="هنا"))
    bench.refuses("value_not_offered", lambda: bench.event("آخر", type="CONSULT"))
