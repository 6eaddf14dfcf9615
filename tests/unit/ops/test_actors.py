# SPDX-License-Identifier: MIT
"""Actors: what is refused, and merging, splitting and deleting with two annotators at work."""

from dataclasses import replace
from typing import Any

import pytest

from annotator.model.ids import ActorId, SpanId
from annotator.model.registry import name_key
from annotator.model.relation import End
from annotator.ops import actors, relations, scheme, tags

NONE = ActorId("00" * 16)


@pytest.fixture
def people(bench: Any) -> dict[str, Any]:
    """Return Gantz with two mentions, Gantz again under another spelling, Erdoğan, a group of them, and an event."""
    first, second = bench.tag("غانتس", "ACTOR"), bench.tag("أردوغان", "ACTOR")
    ids: dict[str, Any] = {"first": first, "second": second, "act": bench.tag("بلقاء", "EVENT")}
    ids["gantz"] = bench.actor("بيني غانتس", "", first, kind="PERS", note="وزير")
    ids["jantz"] = bench.actor("جانتس", "Gantz", sector="MIL", aliases=("بني جانتس",), note="minister")
    ids["erdogan"] = bench.actor("أردوغان", "Erdoğan", second)
    ids["group"] = bench.actor("الفريق", members=(ids["gantz"], ids["jantz"], ids["erdogan"]))
    ids["meeting"] = bench.event("لقاء", ids["act"], participants=(ids["jantz"], ids["erdogan"]))
    return ids


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("actor_nameless", {"name_ar": " ", "name_en": "\t"}),
        ("actor_nameless", {"name_ar": "\u200f\u064e", "name_en": "\ufeff"}),
        ("country_unknown", {"country": "Türkiye"}),
        ("country_unknown", {"country": "tur"}),
        ("value_not_offered", {"kind": "ALIEN"}),
        ("value_not_offered", {"sector": "ALIEN"}),
        ("actor_unknown", {"members": (NONE,)}),
        ("name_taken", {"name_ar": "جانتس"}),
        ("name_taken", {"name_ar": "بِنـي جَانتس"}),
        ("name_taken", {"name_en": "GANTZ"}),
        ("name_taken", {"aliases": ("اسم", "اردوغان")}),
    ],
)
def test_refused_actors(bench: Any, people: dict[str, Any], key: str, said: dict[str, Any]) -> None:
    made = replace(actors.draft_actor(bench.project, "جديد"), **said)
    bench.refuses(key, lambda: actors.add_actor(bench.project, made))
    known = replace(bench.project.actor(people["group"]), **said)
    bench.refuses(key, lambda: actors.change_actor(bench.project, known))


def test_refused_links(bench: Any, people: dict[str, Any]) -> None:
    erdogan = people["erdogan"]
    bench.refuses("label_links_nothing", lambda: actors.link_tags(bench.project, [people["act"]], erdogan))
    bench.refuses("tag_unknown", lambda: actors.link_tags(bench.project, [people["first"], SpanId(NONE)], erdogan))
    bench.refuses("actor_unknown", lambda: actors.link_tags(bench.project, [people["first"]], NONE))
    bench.refuses("label_links_nothing", lambda: bench.actor("جديد", "", people["act"]))
    bench.refuses("actor_unknown", lambda: bench.tag("رحّب", "ACTOR", actor_id=NONE))
    bench.refuses("label_links_nothing", lambda: bench.tag("رحّب", "EVENT", actor_id=erdogan))


def test_nobody_is_a_member_of_itself(bench: Any, people: dict[str, Any]) -> None:
    group = bench.project.actor(people["group"])
    changed = replace(group, members=(*group.members, group.id))
    bench.refuses("actor_own_member", lambda: actors.change_actor(bench.project, changed))


def test_names_are_tidied_and_quotes_become_aliases(bench: Any) -> None:
    tag = bench.tag("أردوغان", "ACTOR")
    made = replace(actors.draft_actor(bench.project, "  رجب \u00a0 طيب ", " R. T. "), aliases=(" أ ", "أ", " ", "ب  ج"))
    bench.does(lambda: actors.add_actor(bench.project, made, [tag]))
    kept = bench.project.actor(made.id)
    assert (kept.name_ar, kept.name_en, kept.aliases) == ("رجب طيب", "R. T.", ("أ", "ب ج", "أردوغان"))
    assert bench.span(tag).actor_id == made.id


@pytest.mark.parametrize(
    "said",
    [
        {"values": {"mention": "NOM"}},
        {"values": {"mention": "PRO"}},
        {"pieces": [(0, 4), (5, 10)]},
    ],
)
def test_what_is_no_name_becomes_no_alias(bench: Any, said: dict[str, Any]) -> None:
    tag = bench.tag("رحّب غانتس", "ACTOR", **said)
    made = bench.actor("بيني", "", tag)
    assert bench.project.actor(made).aliases == ()


def test_the_name_of_another_becomes_no_alias(bench: Any, people: dict[str, Any]) -> None:
    bench.does(lambda: actors.link_tags(bench.project, [people["second"]], people["jantz"]))
    assert bench.project.actor(people["jantz"]).aliases == ("بني جانتس",)
    assert bench.span(people["second"]).actor_id == people["jantz"]


def test_change_link_and_unlink_can_be_undone(bench: Any, people: dict[str, Any]) -> None:
    gantz = bench.project.actor(people["gantz"])
    bench.does(lambda: actors.change_actor(bench.project, replace(gantz, country="ISR", anonymous=True, name_ar="ب غ")))
    bench.does(lambda: actors.unlink_tags(bench.project, [people["first"], people["second"], people["act"]]))
    bench.does(lambda: actors.link_tags(bench.project, [people["first"], people["first"]], people["erdogan"]))
    assert actors.unlink_tags(bench.project, []).seq == 0
    assert actors.change_actor(bench.project, bench.project.actor(people["gantz"])).seq == 0


def test_a_kind_that_the_scheme_no_longer_knows_may_stay(bench: Any, people: dict[str, Any]) -> None:
    before = bench.project.scheme
    kinds = before.attribute("actor_kind")
    fewer = replace(kinds, values=tuple(value for value in kinds.values if value.id != "PERS"))
    attributes = tuple(fewer if one.id == kinds.id else one for one in before.attributes)
    scheme.change_scheme(bench.project, replace(before, attributes=attributes))
    gantz = bench.project.actor(people["gantz"])
    actors.change_actor(bench.project, replace(gantz, note="أخرى"))
    bench.refuses("value_not_offered", lambda: bench.actor("آخر", kind="PERS"))


def test_merging_keeps_everything_that_was_said(bench: Any, people: dict[str, Any]) -> None:
    relations.add_relation(bench.project, "AGENT", people["act"], End(actor_id=people["gantz"]))
    relations.add_relation(bench.project, "AGENT", people["act"], End(actor_id=people["jantz"]))
    relations.add_relation(bench.project, "RECIPIENT", people["act"], End(actor_id=people["jantz"]))
    bench.does(lambda: actors.merge_actors(bench.project, people["gantz"], [people["jantz"], people["jantz"]]))
    kept = bench.project.actor(people["gantz"])
    assert (kept.name_ar, kept.name_en, kept.kind, kept.sector) == ("بيني غانتس", "Gantz", "PERS", "MIL")
    assert kept.aliases == ("غانتس", "جانتس", "بني جانتس")
    assert kept.note == "وزير\nminister"
    assert bench.project.actor(people["group"]).members == (people["gantz"], people["erdogan"])
    assert bench.project.event(people["meeting"]).participants == (people["gantz"], people["erdogan"])
    found = bench.project.relations_to([people["gantz"]])
    assert sorted(one.type_id for one in found) == ["AGENT", "RECIPIENT"]


def test_merging_a_group_with_its_member(bench: Any, people: dict[str, Any]) -> None:
    bench.does(lambda: actors.merge_actors(bench.project, people["group"], [people["gantz"]]))
    assert bench.project.actor(people["group"]).members == (people["jantz"], people["erdogan"])
    bench.does(lambda: actors.merge_actors(bench.project, people["erdogan"], [people["group"]]))
    assert bench.project.actor(people["erdogan"]).members == (people["jantz"],)


def test_refused_merges(bench: Any, people: dict[str, Any]) -> None:
    gantz, jantz = people["gantz"], people["jantz"]
    bench.refuses("merged_into_itself", lambda: actors.merge_actors(bench.project, gantz, [gantz]))
    bench.refuses("merged_into_itself", lambda: actors.merge_actors(bench.project, gantz, [jantz, gantz]))
    bench.refuses("merged_into_itself", lambda: actors.merge_actors(bench.project, gantz, []))
    bench.refuses("actor_unknown", lambda: actors.merge_actors(bench.project, gantz, [jantz, NONE]))
    bench.refuses("actor_unknown", lambda: actors.merge_actors(bench.project, NONE, [jantz]))


def test_merging_links_the_tags_of_others_anew(bench: Any, people: dict[str, Any]) -> None:
    bench.restart("Omar")
    theirs = bench.tag("تركيا", "ACTOR", article=1, actor_id=people["jantz"])
    before = bench.span(theirs)
    bench.restart("Layla")
    bench.does(lambda: actors.merge_actors(bench.project, people["gantz"], [people["jantz"]]))
    assert bench.span(theirs) == replace(before, actor_id=people["gantz"])
    bench.restart("Omar")
    # Their own act did something else to that tag since.
    bench.refuses("undo_conflict", bench.project.undo)
    tags.set_note(bench.project, theirs, "x")
    tags.set_note(bench.project, theirs, "")
    bench.restart("Layla").undo()
    assert bench.span(theirs) == before


def test_a_merge_is_not_undone_where_another_has_linked_the_tag_elsewhere(bench: Any, people: dict[str, Any]) -> None:
    bench.restart("Omar")
    theirs = bench.tag("تركيا", "ACTOR", article=1, actor_id=people["jantz"])
    bench.restart("Layla")
    actors.merge_actors(bench.project, people["gantz"], [people["jantz"]])
    bench.restart("Omar")
    actors.unlink_tags(bench.project, [theirs])
    bench.restart("Layla")
    bench.refuses("undo_conflict", bench.project.undo)


def test_splitting_takes_the_aliases_that_only_its_mentions_have(bench: Any, people: dict[str, Any]) -> None:
    actors.link_tags(bench.project, [people["second"]], people["gantz"])
    gantz = bench.project.actor(people["gantz"])
    actors.change_actor(bench.project, replace(gantz, aliases=(*gantz.aliases, "ب. غ.")))
    other = actors.draft_actor(bench.project, "إيلي غانتس")
    bench.does(lambda: actors.split_actor(bench.project, gantz.id, [people["first"], people["act"]], other))
    assert bench.project.actor(gantz.id).aliases == ("ب. غ.",)
    assert bench.project.actor(other.id).aliases == ("غانتس",)
    assert [span.id for span in bench.project.linked_spans([gantz.id])] == [people["second"]]


def test_the_name_itself_may_go_to_the_new_actor_only_where_it_leaves(bench: Any, people: dict[str, Any]) -> None:
    gantz = people["gantz"]
    again = bench.tag("وقال", "ACTOR", actor_id=gantz)
    taken = actors.draft_actor(bench.project, "بيني غانتس")
    bench.refuses("name_taken", lambda: actors.split_actor(bench.project, gantz, [people["first"]], taken))
    own = actors.draft_actor(bench.project, "غانتس")
    bench.does(lambda: actors.split_actor(bench.project, gantz, [people["first"]], own))
    assert bench.span(again).actor_id == gantz


def test_refused_splits(bench: Any, people: dict[str, Any]) -> None:
    other = actors.draft_actor(bench.project, "آخر")
    split = actors.split_actor
    bench.refuses("split_nothing", lambda: split(bench.project, people["gantz"], [people["second"]], other))
    bench.refuses("split_nothing", lambda: split(bench.project, people["gantz"], [], other))
    bench.refuses("actor_unknown", lambda: split(bench.project, NONE, [people["first"]], other))
    bench.refuses(
        "actor_nameless",
        lambda: split(bench.project, people["gantz"], [people["first"]], replace(other, name_ar="")),
    )
    bench.restart("Omar")
    bench.refuses("tag_of_another", lambda: split(bench.project, people["gantz"], [people["first"]], other))


def test_deleting_takes_the_links_and_leaves_the_tags(bench: Any, people: dict[str, Any]) -> None:
    relations.add_relation(bench.project, "AGENT", people["act"], End(actor_id=people["jantz"]))
    bench.does(lambda: actors.delete_actors(bench.project, [people["gantz"], people["jantz"]]))
    assert bench.span(people["first"]).actor_id is None
    assert bench.project.actor(people["group"]).members == (people["erdogan"],)
    assert bench.project.event(people["meeting"]).participants == (people["erdogan"],)
    assert actors.delete_actors(bench.project, []).seq == 0
    bench.refuses("actor_unknown", lambda: actors.delete_actors(bench.project, [people["erdogan"], NONE]))


def test_deleting_a_group_together_with_its_members(bench: Any, people: dict[str, Any]) -> None:
    bench.does(lambda: actors.delete_actors(bench.project, [people["group"], people["gantz"], people["erdogan"]]))
    assert list(bench.project.actors) == [people["jantz"]]


def test_what_others_linked_is_not_deleted(bench: Any, people: dict[str, Any]) -> None:
    bench.restart("Omar")
    bench.tag("تركيا", "ACTOR", article=1, actor_id=people["jantz"])
    bench.restart("Layla")
    error = bench.refuses("others_links", lambda: actors.delete_actors(bench.project, [people["jantz"]]))
    assert error.params["count"] == 1


@pytest.mark.parametrize("how", ["member", "participant"])
def test_an_actor_that_is_gone_does_not_come_back_as_a_member(bench: Any, how: str) -> None:
    bench.actor("تركيا")
    bench.restart("Omar")
    made = bench.actor("إسرائيل")
    bench.restart("Layla")
    if how == "member":
        bench.actor("الجيران", members=(made,))
    else:
        bench.event("لقاء", participants=(made,))
    bench.project.undo()
    bench.restart("Omar").undo()
    bench.restart("Layla")
    bench.refuses("undo_conflict", bench.project.redo)


@pytest.mark.parametrize("how", ["member", "participant", "tag"])
def test_an_actor_does_not_go_from_under_what_others_say_of_it(bench: Any, how: str) -> None:
    made = bench.actor("إسرائيل")
    bench.restart("Omar")
    if how == "member":
        bench.actor("الجيران", members=(made,))
    elif how == "participant":
        bench.event("لقاء", participants=(made,))
    else:
        bench.tag("إسرائيل", "ACTOR", article=1, actor_id=made)
    bench.restart("Layla")
    bench.refuses("undo_conflict", bench.project.undo)
    for actor in bench.project.actors.values():
        actors.change_actor(bench.project, replace(actor, note="x"))


def test_an_act_on_an_actor_that_another_changed_is_not_undone(bench: Any, people: dict[str, Any]) -> None:
    gantz = bench.project.actor(people["gantz"])
    actors.change_actor(bench.project, replace(gantz, note="أولى"))
    bench.restart("Omar")
    actors.change_actor(bench.project, replace(bench.project.actor(gantz.id), note="ثانية"))
    bench.restart("Layla")
    bench.refuses("undo_conflict", bench.project.undo)
    bench.restart("Omar").undo()
    bench.restart("Layla").undo()
    assert bench.project.actor(gantz.id) == gantz


@pytest.mark.parametrize("cached", [True, False])
@pytest.mark.parametrize("how", ["added", "deleted", "renamed"])
def test_a_name_that_another_gave_away_meanwhile_does_not_come_back(bench: Any, how: str, cached: bool) -> None:
    made = bench.actor("تركيا")
    acts: dict[str, Any] = {
        "added": bench.project.undo,
        "deleted": lambda: actors.delete_actors(bench.project, [made]),
        "renamed": lambda: actors.change_actor(bench.project, replace(bench.project.actor(made), name_ar="الترك")),
    }
    acts[how]()
    bench.restart("Omar")
    bench.actor("الجمهورية", aliases=("تُركيا",))
    bench.restart("Layla")
    if cached:
        assert bench.project.owners_of_names
    bench.refuses("undo_conflict", bench.project.redo if how == "added" else bench.project.undo)
    bench.restart("Omar").undo()
    bench.restart("Layla")
    (bench.project.redo if how == "added" else bench.project.undo)()
    assert bench.project.actor(made).name_ar == "تركيا"


def test_names_are_kept_tidy(bench: Any, people: dict[str, Any]) -> None:
    nothing = ("\u200f", "\u0640", "\u064b", "", " ")
    made = bench.actor(
        "\u200f",
        " Turkey  State ",
        aliases=("تركيا", *nothing, "Turkey State", "تركيا"),
        members=2 * (people["gantz"],),
    )
    actor = bench.project.actor(made)
    assert (actor.name_ar, actor.name_en, actor.aliases) == ("", "Turkey State", ("تركيا",))
    assert actor.members == (people["gantz"],)
    other = bench.actor("إيران", aliases=nothing)
    assert bench.project.actor(other).aliases == ()
    event = bench.event("لقاء", participants=2 * (made,))
    assert bench.project.event(event).participants == (made,)


def test_owners_of_names(bench: Any, people: dict[str, Any]) -> None:
    assert bench.project.owners_of_names[name_key("اردوغان")] == people["erdogan"]
    assert bench.project.owners_of_names[name_key("gantz")] == people["jantz"]
    actors.merge_actors(bench.project, people["erdogan"], [people["jantz"]])
    assert bench.project.owners_of_names[name_key("gantz")] == people["erdogan"]
    bench.project.undo()
    assert bench.project.owners_of_names[name_key("gantz")] == people["jantz"]
