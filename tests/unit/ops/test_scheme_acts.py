# SPDX-License-Identifier: MIT
"""Acts on the scheme: none loses a tag, whatever is dropped, merged or moved."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from annotator import paths
from annotator.model.ids import AttributeId, LabelId, LayerId
from annotator.model.names import Name
from annotator.model.relation import AUTHOR, End
from annotator.model.scheme import Label, Layer, Scheme
from annotator.model.scheme_file import dump_scheme, parse_scheme
from annotator.model.span import Certainty
from annotator.ops import document_tags, events, history, relations, scheme, tags
from annotator.ops.checking import check
from annotator.ops.projects import default_scheme, load_scheme
from annotator.ops.review import review

ACTOR, EVENT, STANCE, PLACE, TIME = (LabelId(name) for name in ("ACTOR", "EVENT", "STANCE", "PLACE", "TIME"))


def shipped(name: str) -> Scheme:
    return load_scheme(paths.resources() / "schemes" / f"{name}.json")


def without(before: Scheme, *labels: str) -> Scheme:
    """Return a scheme without labels, and without what speaks of nothing else."""
    left = {label.id for label in before.all_labels} - set(labels)
    kept = {*map(str, left), *(label.id for label in before.document_labels)}
    return replace(
        before,
        all_labels=tuple(label for label in before.all_labels if label.id in left),
        attributes=tuple(
            replace(one, labels=tuple(label for label in one.labels if label in kept)) for one in before.attributes
        ),
        relation_types=tuple(one for one in before.relation_types if {*one.sources, *one.targets} <= left),
    )


def unfit(bench: Any) -> dict[str, set[str]]:
    """Return, by what is tagged, the issues of a project that are not about what is missing."""
    found: dict[str, set[str]] = {}
    for one in review(bench.project):
        keys = {issue.key for issue in one.issues if not issue.missing}
        if keys:
            found[getattr(one.tag, "quote", "")] = keys
    return found


@pytest.fixture
def full(bench: Any) -> dict[str, Any]:
    """Return a project in which every label, several attributes and several relation types are in use."""
    ids: dict[str, Any] = {
        "event": bench.tag("بلقاء", "EVENT", values={"type": "CONSULT", "mode": "visit", "negated": True}),
        "actor": bench.tag("غانتس", "ACTOR", values={"mention": "NOM"}),
        "place": bench.tag("أنقرة", "PLACE"),
        "stance": bench.tag("مهمّ", "STANCE", values={"polarity": "FAVOR", "issue": "القضية"}),
        "time": bench.tag("وقال", "TIME", values={"value": "2022"}),
    }
    ids["gantz"] = bench.actor("غانتس", "", ids["actor"], kind="PERS", sector="MIL")
    ids["turkey"] = bench.actor("تركيا", kind="GPE")
    ids["meeting"] = bench.event("لقاء", ids["event"], type="CONSULT")
    for kind, source, end in [
        ("AGENT", "event", End(actor_id=ids["gantz"])),
        ("PLACE", "event", End(actor_id=ids["turkey"])),
        ("TIME", "event", End(span_id=ids["time"])),
        ("HOLDER", "stance", AUTHOR),
        ("TARGET", "stance", End(event_id=ids["meeting"])),
    ]:
        relations.add_relation(bench.project, kind, ids[source], end)
    article = bench.project.articles()[0].id
    document_tags.add_document_tag(bench.project, article, "doc_stance", values={"doc_label": "FAVOR"})
    return ids


@pytest.mark.parametrize("name", ["actors", "stance"])
def test_a_smaller_scheme_keeps_all_that_is_in_use(bench: Any, full: dict[str, Any], name: str) -> None:
    before, spans = bench.project.scheme, list(bench.project.all_spans())
    wanted = shipped(name)
    clashes = scheme.scheme_clashes(bench.project, wanted)
    assert EVENT in {clash.part.id for clash in clashes}
    assert all(clash.uses for clash in clashes)
    bench.does(lambda: scheme.change_scheme(bench.project, wanted))
    assert list(bench.project.all_spans()) == spans
    after = bench.project.scheme
    assert (after.id, after.name, after.guideline) == (wanted.id, wanted.name, wanted.guideline)
    assert [label.id for label in after.labels] == [label.id for label in wanted.labels]
    assert all(after.label(span.label_id) for span in spans)
    assert {clash.part.id for clash in clashes} <= {part.id for part in after.parts() if part.archived}
    assert scheme.scheme_clashes(bench.project, wanted) == []
    assert "label_archived" in unfit(bench)["بلقاء"]
    assert after.attribute("actor_kind").value("PERS") is not None
    bench.does(lambda: scheme.change_scheme(bench.project, before))
    assert bench.project.scheme == replace(before, version=bench.project.scheme.version)
    assert unfit(bench) == {}


@pytest.mark.parametrize("name", ["actors", "stance"])
def test_one_tag_holds_what_it_needs_and_no_more(bench: Any, name: str) -> None:
    """A value in use points to relation types and values that are gone with what is not in use."""
    tag = bench.tag("بلقاء", "EVENT", values={"type": "COOPERATE", "mode": None})
    scheme.change_scheme(bench.project, shipped(name))
    after = bench.project.scheme
    assert after.label(EVENT).archived
    assert after.attribute("type").archived
    assert "mode" not in {attribute.id for attribute in after.attributes}
    assert unfit(bench)["بلقاء"] == {"label_archived", "attribute_unasked"}
    assert bench.span(tag).attributes["type"] == "COOPERATE"
    assert parse_scheme(dump_scheme(after), where="") == replace(after, version=0)


def test_a_dependent_attribute_outlives_the_one_it_depends_on(bench: Any) -> None:
    tag = bench.tag("بلقاء", "EVENT", values={"type": "CONSULT", "mode": "visit"})
    tags.set_label(bench.project, tag, STANCE)
    before = bench.project.scheme
    attributes = tuple(one for one in before.attributes if one.id not in ("mode", "type"))
    scheme.change_scheme(bench.project, replace(before, attributes=attributes))
    assert {one.id for one in bench.project.scheme.attributes if one.archived} == {"type", "mode"}
    values = bench.project.scheme.attribute("type").values
    other = replace(before.attribute("type"), values=(replace(values[0], id="OTHER", within=(), needs=()),))
    attributes = tuple(other if one.id == "type" else one for one in before.attributes if one.id != "mode")
    scheme.change_scheme(bench.project, replace(before, attributes=attributes))
    assert bench.project.scheme.attribute("mode").archived
    assert unfit(bench)["بلقاء"] == {"attribute_unasked"}


def test_nothing_in_use_nothing_kept(bench: Any) -> None:
    wanted = shipped("stance")
    assert scheme.scheme_clashes(bench.project, wanted) == []
    bench.does(lambda: scheme.change_scheme(bench.project, wanted))
    assert replace(bench.project.scheme, version=0) == wanted.numbered()
    assert scheme.change_scheme(bench.project, wanted).seq == 0
    assert scheme.change_scheme(bench.project, bench.project.scheme).seq == 0


def test_the_version_is_the_act_that_made_it(bench: Any) -> None:
    assert bench.project.scheme.version == 0
    changes = scheme.change_scheme(bench.project, shipped("actors"))
    assert bench.project.scheme.version == changes.seq == len(bench.project.history())
    bench.project.undo()
    assert bench.project.scheme.version == 0


@pytest.mark.parametrize("how", ["no labels", "twice", "nameless", "layer", "color", "end", "asked"])
def test_a_scheme_that_cannot_be_changes_nothing(bench: Any, full: dict[str, Any], how: str) -> None:
    before = bench.project.scheme
    label = before.all_labels[0]
    wrong = {
        "no labels": replace(before, all_labels=()),
        "twice": replace(before, all_labels=(*before.all_labels, label)),
        "nameless": replace(before, all_labels=(replace(label, name=Name()), *before.all_labels[1:])),
        "layer": replace(before, all_labels=(replace(label, layer_id=LayerId("none")), *before.all_labels[1:])),
        "color": replace(before, all_labels=(replace(label, color="red"), *before.all_labels[1:])),
        "end": replace(before, relation_types=(replace(before.relation_types[0], sources=(LabelId("NONE"),)),)),
        "asked": replace(before, attributes=(replace(before.attributes[0], labels=("NONE",)), *before.attributes[1:])),
    }[how]
    bench.refuses("scheme_invalid", lambda: scheme.change_scheme(bench.project, wrong))
    assert bench.project.scheme == before


def test_a_dropped_label_is_kept_archived_with_its_layer(bench: Any, full: dict[str, Any]) -> None:
    before = bench.project.scheme
    fewer = without(before, STANCE)
    fewer = replace(fewer, layers=tuple(layer for layer in fewer.layers if layer.id != "stance"))
    bench.does(lambda: scheme.change_scheme(bench.project, fewer))
    kept = bench.project.scheme.label(STANCE)
    assert kept.archived
    assert next(layer for layer in bench.project.scheme.layers if layer.id == "stance").archived
    assert unfit(bench)["مهمّ"] >= {"label_archived"}
    bench.refuses("label_archived", lambda: bench.tag("غانتس", "STANCE"))
    bench.refuses("label_archived", lambda: tags.set_label(bench.project, full["actor"], STANCE))
    bench.refuses("label_archived", lambda: scheme.move_tags(bench.project, ACTOR, STANCE))
    bench.refuses(
        "relation_type_archived", lambda: relations.add_relation(bench.project, "HOLDER", full["stance"], AUTHOR)
    )
    tags.set_note(bench.project, full["stance"], "noch da")
    # Once nothing has it any more, the next change lets it go.
    tags.delete_tags(bench.project, [full["stance"]])
    bench.does(lambda: scheme.change_scheme(bench.project, fewer))
    assert STANCE not in {label.id for label in bench.project.scheme.all_labels}
    assert "stance" not in {layer.id for layer in bench.project.scheme.layers}


def test_an_attribute_of_another_kind_leaves_its_values_for_review(bench: Any, full: dict[str, Any]) -> None:
    before = bench.project.scheme
    fewer = tuple(
        replace(one, values=tuple(value for value in one.values if value.id != "NOM")) if one.id == "mention" else one
        for one in before.attributes
    )
    bench.does(lambda: scheme.change_scheme(bench.project, replace(before, attributes=fewer)))
    assert unfit(bench) == {"غانتس": {"value_unfit"}}
    bench.project.undo()
    assert unfit(bench) == {}


def test_labels_move_reorder_and_get_new_layers(bench: Any, full: dict[str, Any]) -> None:
    before = bench.project.scheme
    layer = Layer(LayerId("new"), Name("New", "جديد"))
    labels = tuple(replace(label, layer_id=layer.id, shortcut="") for label in reversed(before.all_labels))
    added = Label(LabelId("FRAME"), layer.id, Name("Frame"), Name(), "9", "#abcdef")
    wanted = replace(before, layers=(layer,), all_labels=(*labels, added))
    bench.does(lambda: scheme.change_scheme(bench.project, wanted))
    assert [one.id for one in bench.project.scheme.labels] == [*(label.id for label in labels), "FRAME"]


@pytest.mark.parametrize(("label", "into"), list(permutations([ACTOR, EVENT, STANCE, PLACE, TIME], 2)))
def test_any_label_merges_into_any_other(bench: Any, full: dict[str, Any], label: LabelId, into: LabelId) -> None:
    before = list(bench.project.all_spans())
    bench.does(lambda: scheme.merge_labels(bench.project, label, into))
    after = {span.id: span for span in bench.project.all_spans()}
    assert len(after) == len(before)
    assert label not in {one.label_id for one in after.values()}
    assert label not in {one.id for one in bench.project.scheme.all_labels}
    for span in before:
        kept = after[span.id]
        assert {**kept.attributes, **span.attributes} == dict(kept.attributes)
        assert (kept.actor_id, kept.event_id) == (span.actor_id, span.event_id)


def test_merging_takes_keys_from_relations_that_would_share_one(bench: Any, full: dict[str, Any]) -> None:
    before = bench.project.scheme
    kinds = tuple(replace(one, shortcut="X") if one.id in ("AGENT", "HOLDER") else one for one in before.relation_types)
    scheme.change_scheme(bench.project, replace(before, relation_types=kinds))
    bench.does(lambda: scheme.merge_labels(bench.project, STANCE, EVENT))
    after = bench.project.scheme
    assert (after.relation_type("AGENT").shortcut, after.relation_type("HOLDER").shortcut) == ("X", "")


def test_of_two_tags_that_say_the_same_one_is_left(bench: Any) -> None:
    project = bench.project
    twin, plain = bench.tag("غانتس", "ACTOR"), bench.tag("غانتس", "PLACE")
    noted = [bench.tag("أردوغان", "ACTOR"), bench.tag("أردوغان", "PLACE", note="مهم")]
    unsure = [bench.tag("أنقرة", "ACTOR"), bench.tag("أنقرة", "PLACE", certainty=Certainty.UNSURE)]
    linked = [bench.tag("وقال", "ACTOR"), bench.tag("وقال", "PLACE")]
    bench.actor("القائل", "", linked[1])
    related = [bench.tag("NATO", "ACTOR"), bench.tag("NATO", "PLACE")]
    event = bench.tag("بلقاء", "EVENT")
    relations.add_relation(project, "PLACE", event, End(span_id=related[1]))
    pieces = [bench.tag("رحّب غانتس", "ACTOR"), bench.tag("رحّب غانتس", "PLACE", pieces=[(0, 4), (5, 10)])]
    bench.restart("Omar")
    theirs = bench.tag("غانتس", "PLACE")
    bench.restart("Layla")
    bench.does(lambda: scheme.merge_labels(bench.project, PLACE, ACTOR))
    left = {span.id for span in bench.project.all_spans()}
    assert plain not in left
    assert {twin, *noted, *unsure, *linked, *related, event, *pieces, theirs} == left
    assert {span.label_id for span in bench.project.all_spans()} == {ACTOR, EVENT}


def test_moving_counts_and_leaves_the_label(bench: Any, full: dict[str, Any]) -> None:
    bench.tag("تركيا", "ACTOR", article=1)
    changes = bench.does(lambda: scheme.move_tags(bench.project, ACTOR, PLACE))
    assert changes.params["count"] == 2
    assert bench.project.scheme.label(ACTOR)
    assert bench.span(full["actor"]).actor_id == full["gantz"]
    assert unfit(bench)["غانتس"] == {"attribute_unasked"}
    assert scheme.move_tags(bench.project, ACTOR, PLACE).seq == 0


def test_refused_merges_and_moves(bench: Any) -> None:
    none = LabelId("NONE")
    for act in (scheme.merge_labels, scheme.move_tags):
        bench.refuses("labels_the_same", lambda a=act: a(bench.project, ACTOR, ACTOR))
        bench.refuses("label_unknown", lambda a=act: a(bench.project, none, ACTOR))
        bench.refuses("label_unknown", lambda a=act: a(bench.project, ACTOR, none))
        bench.refuses("label_unknown", lambda a=act: a(bench.project, ACTOR, LabelId("doc_stance")))


def test_a_scheme_that_another_changed_since_is_not_undone(bench: Any) -> None:
    first = bench.project.scheme
    scheme.change_scheme(bench.project, replace(first, name=Name("Mine")))
    bench.restart("Omar")
    labels = tuple(replace(label, color="#123456") for label in first.all_labels)
    scheme.change_scheme(bench.project, replace(bench.project.scheme, all_labels=labels))
    bench.restart("Layla")
    bench.refuses("undo_conflict", bench.project.undo)
    bench.restart("Omar").undo()
    bench.restart("Layla").undo()
    assert bench.project.scheme == first


def test_a_label_with_which_another_tagged_is_not_undone(bench: Any) -> None:
    first = bench.project.scheme
    added = Label(LabelId("FRAME"), first.layers[0].id, Name("Frame"), Name(), "", "#abcdef")
    scheme.change_scheme(bench.project, replace(first, all_labels=(*first.all_labels, added)))
    bench.restart("Omar")
    bench.tag("غانتس", "FRAME")
    bench.restart("Layla")
    bench.refuses("undo_conflict", bench.project.undo)


def test_merging_labels_of_others_is_refused_undoing_only_where_they_went_on(bench: Any) -> None:
    bench.restart("Omar")
    theirs = bench.tag("غانتس", "PLACE")
    bench.restart("Layla")
    scheme.merge_labels(bench.project, PLACE, ACTOR)
    bench.restart("Omar")
    bench.refuses("undo_conflict", bench.project.undo)
    tags.set_label(bench.project, theirs, EVENT)
    bench.restart("Layla")
    bench.refuses("undo_conflict", bench.project.undo)
    bench.restart("Omar").undo()
    bench.restart("Layla").undo()
    assert bench.span(theirs).label_id == PLACE


def test_a_project_of_schema_1_takes_part_in_everything(old_bench: Any) -> None:
    bench = old_bench
    assert check(bench.project).problems == ()
    links = {label.id: label.links for label in bench.project.scheme.all_labels}
    assert links == {"ACTOR": "actor", "EVENT": "event", "STANCE": ""}
    spans = {span.label_id: span for span in bench.project.all_spans()}
    made = bench.actor("وزير الخارجية", "", spans[ACTOR].id, aliases=("الوزير",))
    event = events.draft_event(bench.project, "لقاء")
    bench.does(lambda: events.add_event(bench.project, event, [spans[EVENT].id]))
    bench.does(lambda: scheme.change_scheme(bench.project, default_scheme()))
    assert {label.id for label in bench.project.scheme.labels} == {ACTOR, EVENT, STANCE, PLACE, TIME}
    assert [span.id for span in bench.project.linked_spans([made])] == [spans[ACTOR].id]
    issues = {one.tag.quote: {issue.key for issue in one.issues} for one in review(bench.project)}
    assert issues == {"التقى": {"value_missing"}, "رحّب بالزيارة": {"value_missing", "relation_missing"}}
    values: Any = {AttributeId("type"): "CONSULT"}
    bench.does(lambda: tags.fill_tag(bench.project, spans[EVENT].id, values=values))
    bench.does(lambda: scheme.merge_labels(bench.project, PLACE, ACTOR))
    while bench.project.undoable():
        history.undo(bench.project)
    assert bench.project.article_count() == 0
    assert check(bench.project).problems == ()
    while bench.project.redoable():
        history.redo(bench.project)
    assert bench.span(spans[EVENT].id).attributes["type"] == "CONSULT"
    assert check(bench.project).problems == ()


def test_the_labels_of_an_archived_layer_are_not_offered(bench: Any, full: dict[str, Any]) -> None:
    before = bench.project.scheme
    layers = tuple(replace(layer, archived=layer.id == "stance") for layer in before.layers)
    scheme.change_scheme(bench.project, replace(before, layers=layers))
    assert not bench.project.scheme.label(STANCE).archived
    bench.refuses("label_archived", lambda: bench.tag("غانتس", "STANCE"))
    bench.refuses("label_archived", lambda: scheme.merge_labels(bench.project, PLACE, STANCE))
    assert unfit(bench) == {"مهمّ": {"label_archived"}}
