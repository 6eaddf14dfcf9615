# SPDX-License-Identifier: MIT
"""Relations: every end that is refused, and what becomes of them when their tags or actors go."""

from dataclasses import replace
from typing import Any

import pytest

from annotator.model.ids import ActorId, EventId, RelationId, RelationTypeId, SpanId
from annotator.model.relation import AUTHOR, End
from annotator.ops import actors, relations, scheme, tags

NONE = "00" * 16
AGENT, PLACE, CONTENT, HOLDER, TARGET = (
    RelationTypeId(name) for name in ("AGENT", "PLACE", "CONTENT", "HOLDER", "TARGET")
)


def relate(bench: Any, kind: str, source: SpanId, end: End) -> Any:
    return relations.add_relation(bench.project, RelationTypeId(kind), source, end)


@pytest.fixture
def met(bench: Any) -> dict[str, Any]:
    """Return tags of an article: an event, an actor, a place, a stance; an actor of the registry and an event."""
    ids: dict[str, Any] = {
        "event": bench.tag("بلقاء", "EVENT"),
        "other": bench.tag("اللقاء", "EVENT"),
        "actor": bench.tag("غانتس", "ACTOR"),
        "place": bench.tag("أنقرة", "PLACE"),
        "stance": bench.tag("مهمّ", "STANCE"),
        "far": bench.tag("تركيا", "ACTOR", article=1),
    }
    ids["gantz"] = bench.actor("غانتس", "Gantz", ids["actor"], kind="PERS")
    ids["turkey"] = bench.actor("تركيا", "Türkiye", kind="GPE")
    ids["meeting"] = bench.event("لقاء أنقرة")
    return ids


def test_a_relation_to_each_kind_of_end_can_be_undone(bench: Any, met: dict[str, Any]) -> None:
    for kind, source, end in [
        ("AGENT", "event", End(span_id=met["actor"])),
        ("AGENT", "event", End(actor_id=met["turkey"])),
        ("CONTENT", "event", End(event_id=met["meeting"])),
        ("HOLDER", "stance", AUTHOR),
    ]:
        changes = bench.does(lambda k=kind, s=source, e=end: relate(bench, k, met[s], e))
        assert changes.rows[0].after.target == end
    assert len(bench.project.relations(bench.span(met["event"]).article_id)) == 4


def test_the_same_relation_again_changes_nothing(bench: Any, met: dict[str, Any]) -> None:
    relate(bench, "HOLDER", met["stance"], AUTHOR)
    before = bench.state()
    assert relate(bench, "HOLDER", met["stance"], AUTHOR).seq == 0
    assert bench.state() == before


@pytest.mark.parametrize(
    ("key", "kind", "source", "end"),
    [
        ("relation_type_unknown", "NONE", "event", "actor"),
        ("relation_not_from", "AGENT", "stance", "actor"),
        ("relation_not_from", "HOLDER", "event", "author"),
        ("relation_not_to", "AGENT", "event", "place"),
        ("relation_not_to", "HOLDER", "stance", "event"),
        ("relation_to_itself", "CONTENT", "event", "event"),
        ("relation_not_to_author", "AGENT", "event", "author"),
        ("relation_not_to_actor", "CONTENT", "event", "gantz"),
        ("relation_not_to_event", "AGENT", "event", "meeting"),
        ("relation_not_to_kind", "PLACE", "event", "gantz"),
        ("relation_not_to_kind", "PLACE", "event", "actor"),
        ("tag_unknown", "AGENT", "event", "far"),
    ],
)
def test_refused_ends(bench: Any, met: dict[str, Any], key: str, kind: str, source: str, end: str) -> None:
    ends = {"author": AUTHOR, "gantz": End(actor_id=met["gantz"]), "meeting": End(event_id=met["meeting"])}
    chosen = ends.get(end) or (AUTHOR if end == "author" else End(span_id=met[end]))
    bench.refuses(key, lambda: relate(bench, kind, met[source], chosen))


def test_what_is_not_there_is_refused_however_it_is_asked(bench: Any, met: dict[str, Any]) -> None:
    bench.refuses("tag_unknown", lambda: relate(bench, "AGENT", SpanId(NONE), AUTHOR))
    missing = {
        "tag_unknown": (AGENT, End(span_id=SpanId(NONE))),
        "actor_unknown": (AGENT, End(actor_id=ActorId(NONE))),
        "event_unknown": (CONTENT, End(event_id=EventId(NONE))),
    }
    for key, (kind, end) in missing.items():
        bench.refuses(key, lambda k=kind, e=end: relate(bench, k, met["event"], e))
        bench.refuses(key, lambda k=kind, e=end: tags.fill_tag(bench.project, met["event"], ends={k: [e]}))
        bench.refuses(key, lambda k=kind, e=end: bench.tag("وقال", "EVENT", ends={k: [e]}))


def test_an_actor_whose_kind_is_not_known_may_be_a_place(bench: Any, met: dict[str, Any]) -> None:
    unclear = bench.actor("الأناضول")
    relate(bench, "PLACE", met["event"], End(actor_id=unclear))
    relate(bench, "PLACE", met["event"], End(actor_id=met["turkey"]))


def test_offered_types_are_those_that_would_be_taken(bench: Any, met: dict[str, Any]) -> None:
    def offered(source: str, end: End) -> list[str]:
        return [kind.id for kind in relations.offered_types(bench.project, bench.span(met[source]), end)]

    assert offered("event", End(span_id=met["actor"])) == ["AGENT", "RECIPIENT", "SOURCE"]
    assert offered("event", End(span_id=met["place"])) == ["PLACE"]
    assert offered("event", End(span_id=met["event"])) == []
    assert offered("event", End(actor_id=met["turkey"])) == ["AGENT", "RECIPIENT", "PLACE", "SOURCE"]
    assert offered("stance", AUTHOR) == ["HOLDER", "SOURCE"]
    assert offered("actor", AUTHOR) == []


def test_names_of_ends(bench: Any, met: dict[str, Any]) -> None:
    named = [End(span_id=met["place"]), End(actor_id=met["gantz"]), End(event_id=met["meeting"]), AUTHOR]
    assert [relations.end_name(bench.project, end) for end in named] == ["أنقرة", "غانتس", "لقاء أنقرة", ""]


def test_deleting_is_all_or_nothing(bench: Any, met: dict[str, Any]) -> None:
    first = relate(bench, "HOLDER", met["stance"], AUTHOR).rows[0].record.id
    second = relate(bench, "TARGET", met["stance"], End(span_id=met["event"])).rows[0].record.id
    bench.refuses(
        "relation_unknown", lambda: relations.delete_relations(bench.project, [first, RelationId(NONE), second])
    )
    bench.does(lambda: relations.delete_relations(bench.project, [first, second, first]))
    assert relations.delete_relations(bench.project, []).seq == 0


def test_anothers_relations_are_theirs(bench: Any, met: dict[str, Any]) -> None:
    known = relate(bench, "HOLDER", met["stance"], AUTHOR).rows[0].record.id
    bench.restart("Omar")
    bench.refuses("tag_of_another", lambda: relate(bench, "HOLDER", met["stance"], AUTHOR))
    bench.refuses("tag_of_another", lambda: relations.delete_relations(bench.project, [known]))
    mine = bench.tag("بلقاء", "EVENT")
    bench.refuses("tag_unknown", lambda: relate(bench, "AGENT", mine, End(span_id=met["actor"])))
    bench.refuses("tag_unknown", lambda: tags.fill_tag(bench.project, mine, ends={AGENT: [End(span_id=met["actor"])]}))


def test_relations_go_with_their_tag_and_come_back_with_it(bench: Any, met: dict[str, Any]) -> None:
    relate(bench, "AGENT", met["event"], End(span_id=met["actor"]))
    relate(bench, "TARGET", met["stance"], End(span_id=met["event"]))
    relate(bench, "CONTENT", met["other"], End(span_id=met["event"]))
    relate(bench, "HOLDER", met["stance"], AUTHOR)
    changes = bench.does(lambda: tags.delete_tags(bench.project, [met["event"], met["other"]]))
    assert len(changes.rows) == 5
    (left,) = bench.project.relations(bench.span(met["stance"]).article_id)
    assert left.type_id == HOLDER


def test_a_form_leaves_just_the_ends_it_names(bench: Any, met: dict[str, Any]) -> None:
    relate(bench, "AGENT", met["event"], End(span_id=met["actor"]))
    relate(bench, "PLACE", met["event"], End(span_id=met["place"]))
    ends = {AGENT: [End(actor_id=met["turkey"]), End(actor_id=met["turkey"])], CONTENT: []}
    bench.does(lambda: tags.fill_tag(bench.project, met["event"], values={"type": "CONSULT"}, ends=ends))
    found = bench.project.relations(bench.span(met["event"]).article_id)
    assert {(one.type_id, one.target) for one in found} == {
        (AGENT, End(actor_id=met["turkey"])),
        (PLACE, End(span_id=met["place"])),
    }
    bench.does(lambda: tags.fill_tag(bench.project, met["event"], ends={AGENT: [], PLACE: []}))
    assert bench.project.relations(bench.span(met["event"]).article_id) == []


def test_a_form_that_is_refused_in_the_middle_changes_nothing(bench: Any, met: dict[str, Any]) -> None:
    relate(bench, "AGENT", met["event"], End(span_id=met["actor"]))
    bench.refuses(
        "relation_not_to_author",
        lambda: tags.fill_tag(bench.project, met["event"], values={"type": "CONSULT"}, ends={AGENT: [AUTHOR]}),
    )
    bench.refuses(
        "value_not_offered",
        lambda: tags.fill_tag(bench.project, met["event"], values={"type": "NONE"}, ends={AGENT: []}),
    )


def test_a_form_leaves_what_would_not_be_made_any_more(bench: Any, met: dict[str, Any]) -> None:
    place, agent = End(actor_id=met["turkey"]), End(span_id=met["actor"])
    relate(bench, "PLACE", met["event"], place)
    relate(bench, "AGENT", met["event"], agent)
    actors.change_actor(bench.project, replace(bench.project.actor(met["turkey"]), kind="ORG"))
    before = bench.project.scheme
    kinds = tuple(replace(one, archived=one.id == "AGENT") for one in before.relation_types)
    scheme.change_scheme(bench.project, replace(before, relation_types=kinds))
    ends = {PLACE: [place, End(span_id=met["place"])], AGENT: [agent]}
    bench.does(lambda: tags.fill_tag(bench.project, met["event"], values={"type": "CONSULT"}, ends=ends))
    assert len(bench.project.relations(bench.span(met["event"]).article_id)) == 3
    bench.does(lambda: tags.fill_tag(bench.project, met["event"], ends={AGENT: [], PLACE: [End(span_id=met["place"])]}))
    assert len(bench.project.relations(bench.span(met["event"]).article_id)) == 1
    bench.refuses("relation_type_archived", lambda: relate(bench, "AGENT", met["event"], agent))


def test_a_whole_stance_is_one_act(bench: Any, met: dict[str, Any]) -> None:
    bench.does(
        lambda: tags.add_tag(
            bench.project,
            bench.span(met["stance"]).article_id,
            0,
            4,
            "STANCE",
            values={"polarity": "FAVOR", "voice": "NARRATOR"},
            ends={HOLDER: [AUTHOR, End(actor_id=met["gantz"])], TARGET: [End(span_id=met["event"])]},
        )
    )


def test_the_newest_act_is_not_undone_where_another_built_on_it(bench: Any, met: dict[str, Any]) -> None:
    made = bench.actor("إسرائيل", "Israel")
    bench.restart("Omar")
    mine = bench.tag("بلقاء", "EVENT")
    relate(bench, "AGENT", mine, End(actor_id=made))
    bench.refuses("others_links", lambda: bench.restart("Layla") and actors.delete_actors(bench.project, [made]))
    bench.refuses("undo_conflict", bench.project.undo)
