# SPDX-License-Identifier: MIT
"""Likely the same, in a project: found among the tags, linked as one act, undone as one."""

import pytest

from annotator.errors import UserError
from annotator.model.changes import Op
from annotator.model.ids import ActorId, ArticleId, LabelId, SpanId
from annotator.ops import actors, candidates, history, tags
from annotator.ops.importing import import_files
from annotator.project import Project

ACTOR = LabelId("ACTOR")
NAMES = "غانتس جانتس غانتس أردوغان إردوغان وزير سليمان سلمان"


@pytest.fixture
def named(project: Project, tmp_path) -> Project:  # type: ignore[no-untyped-def]
    path = tmp_path / "names.txt"
    path.write_text(NAMES, encoding="utf-8")
    import_files(project, [path])
    article_id = project.articles()[0].id
    at = 0
    for word in NAMES.split():
        at = NAMES.index(word, at)
        tags.add_tag(project, article_id, at, at + len(word), ACTOR)
        at += len(word)
    return project


def article(project: Project) -> ArticleId:
    return project.articles()[0].id


def shown(project: Project) -> dict[str, set[str]]:
    found = candidates.find_candidates(project, project.annotator.id)
    return {group.name: {c.form.quote for c in group.candidates if c.sure} for group in found}


def quotes_of(project: Project, actor_id: ActorId) -> list[str]:
    return sorted(span.quote for span in project.linked_spans([actor_id]))


def test_unlinked_mentions_are_found(named: Project) -> None:
    assert shown(named)["غانتس"] == {"غانتس", "جانتس"}
    assert {"أردوغان", "إردوغان"} in shown(named).values()


def test_an_actor_is_made_of_forms_as_one_act(named: Project) -> None:
    actor = actors.draft_actor(named, name_ar="بيني غانتس")
    changes = candidates.add_actor_of_forms(named, actor, ["غانتس", "جانتس"])
    assert changes.op is Op.ADD_ACTOR
    assert quotes_of(named, actor.id) == ["جانتس", "غانتس", "غانتس"]
    assert set(named.actor(actor.id).aliases) == {"غانتس", "جانتس"}
    assert "غانتس" not in shown(named)
    history.undo(named)
    assert named.actors == {}
    assert shown(named)["غانتس"] == {"غانتس", "جانتس"}


def test_forms_are_linked_to_an_actor_as_one_act(named: Project) -> None:
    actor = actors.draft_actor(named, name_ar="رجب طيب أردوغان")
    actors.add_actor(named, actor)
    changes = candidates.link_forms(named, ["أردوغان", "إردوغان"], actor.id)
    assert changes.op is Op.LINK_TAGS
    assert quotes_of(named, actor.id) == ["أردوغان", "إردوغان"]
    history.undo(named)
    assert quotes_of(named, actor.id) == []


def test_what_is_no_name_is_no_candidate(named: Project) -> None:
    spans = {span.quote: span for span in named.spans(article(named))}
    tags.set_attributes(named, [spans["جانتس"].id], {actors.MENTION: "NOM"})
    assert shown(named)["غانتس"] == {"غانتس"}
    assert len(candidates.unlinked_mentions(named, ["غانتس", "جانتس"])) == 2


def test_what_is_linked_is_no_candidate(named: Project) -> None:
    actor = actors.draft_actor(named, name_ar="غيره")
    linked = [span.id for span in named.spans(article(named)) if span.quote == "غانتس"]
    actors.add_actor(named, actor, linked)
    (group,) = (g for g in candidates.find_candidates(named, None) if "جانتس" in {c.form.quote for c in g.candidates})
    assert group.actor_id == actor.id
    assert candidates.unlinked_mentions(named, ["غانتس"]) == []


def test_the_mentions_of_others_are_left_alone(named: Project) -> None:
    path = named.path
    named.close()
    with Project.open(path, annotator="Omar") as other:
        assert list(candidates.find_candidates(other, other.annotator.id)) == []
        assert list(candidates.find_candidates(other, None)) != []
        assert candidates.unlinked_mentions(other, ["غانتس"]) == []


def test_an_unknown_actor_and_an_actor_without_a_name_are_refused(named: Project) -> None:
    with pytest.raises(UserError) as refused:
        candidates.link_forms(named, ["غانتس"], ActorId("0" * 32))
    assert refused.value.key == "actor_unknown"
    with pytest.raises(UserError) as refused:
        candidates.add_actor_of_forms(named, actors.draft_actor(named, name_ar=" "), ["غانتس"])
    assert refused.value.key == "actor_nameless"


def test_forms_that_nobody_has_change_nothing(named: Project) -> None:
    actor = actors.draft_actor(named, name_ar="فلان")
    actors.add_actor(named, actor)
    before = named.history(limit=1)[0].seq
    assert candidates.link_forms(named, ["لا أحد"], actor.id).seq == 0
    assert named.history(limit=1)[0].seq == before
    assert candidates.unlinked_mentions(named, []) == []
    assert SpanId("") not in candidates.unlinked_mentions(named, ["غانتس"])
