# SPDX-License-Identifier: MIT
"""Tagging all occurrences in the sample articles and in others, and finding tags again."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.model.changes import Op
from annotator.model.ids import ActorId, AnnotatorId, ArticleId, LabelId, SpanId
from annotator.model.span import Certainty, Origin
from annotator.ops import actors, history, tags
from annotator.ops.evidence import evidence
from annotator.ops.importing import import_files
from annotator.ops.occurrences import Hit, find_occurrences, find_tags, names_of, tag_occurrences
from annotator.project import Project
from annotator.text.occurrences import Doubt
from annotator.text.proclitics import Evidence

ACTOR, EVENT = LabelId("ACTOR"), LabelId("EVENT")
GANTZ, GANTZ_TOO = "غانتس", "جانتس"


@pytest.fixture
def seeds(project: Project, seed_paths: list[Path]) -> Project:
    """Return a project with the five sample articles."""
    import_files(project, seed_paths)
    return project


@pytest.fixture
def known(seeds: Project) -> Evidence:
    """Return what the sample articles tell of words."""
    return evidence(seeds, {})


def tag_first(project: Project, word: str, label: LabelId = ACTOR) -> SpanId:
    """Tag the first place of a word, wherever that is."""
    article, text = next((article, text) for article, text in project.texts() if word in text)
    start = text.index(word)
    changes = tags.add_tag(project, article.id, start, start + len(word), label)
    return SpanId(changes.rows[0].record.id)


def link(project: Project, *span_ids: SpanId) -> ActorId:
    actor = actors.draft_actor(project, "بيني غانتس", "Benny Gantz")
    actors.add_actor(project, actor, span_ids)
    return actor.id


def find(project: Project, names: tuple[str, ...], known: Evidence = Evidence(), label: LabelId = ACTOR) -> list[Hit]:  # noqa: B008 - frozen
    return list(find_occurrences(project, names, known, label, annotator_id=project.annotator.id))


def test_three_spellings_of_one_actor_are_tagged_in_all_articles_in_one_step(seeds: Project, known: Evidence) -> None:
    first, second = tag_first(seeds, GANTZ), tag_first(seeds, GANTZ_TOO)
    actor_id = link(seeds, first, second)
    hits = find(seeds, names_of(seeds, seeds.span(first)), known)
    changes = tag_occurrences(seeds, hits, ACTOR, actor_id=actor_id)
    mentions = seeds.linked_spans([actor_id])
    assert sum(GANTZ in span.quote for span in mentions) == 20
    assert sum(GANTZ_TOO in span.quote for span in mentions) == 6
    assert (changes.op, changes.params["count"]) == (Op.TAG_OCCURRENCES, len(hits))
    assert {span.origin for span in mentions if span.id not in (first, second)} == {Origin.PROPAGATED}
    assert all(seeds.text(span.article_id)[span.start : span.end] == span.quote for span in mentions)
    history.undo(seeds)
    assert {span.id for span in seeds.all_spans()} == {first, second}
    history.redo(seeds)
    assert seeds.linked_spans([actor_id]) == mentions
    assert find(seeds, seeds.actor(actor_id).names, known) == []


def test_what_is_tagged_with_the_label_is_left_out_and_with_another_is_not(seeds: Project, known: Evidence) -> None:
    everywhere = find(seeds, (GANTZ,), known)
    tag_first(seeds, f"بيني {GANTZ}")
    assert len(find(seeds, (GANTZ,), known)) == len(everywhere) - 1
    assert len(find(seeds, (GANTZ,), known, EVENT)) == len(everywhere)


def test_another_spelling_that_is_no_alias_wants_a_second_look(seeds: Project, known: Evidence) -> None:
    hits = find(seeds, (GANTZ,), known)
    assert {hit.quote for hit in hits if hit.doubt is Doubt.SPELLING} == {GANTZ_TOO}
    assert {hit.name for hit in hits} == {GANTZ}


def test_a_word_of_the_name_in_another_known_spelling_needs_no_second_look(seeds: Project, known: Evidence) -> None:
    hits = find(seeds, ("بيني غانتس", GANTZ_TOO), known)
    assert {hit.doubt for hit in hits if hit.quote == "بيني جانتس"} == {None}


def test_a_spelling_that_is_confirmed_becomes_an_alias_and_undo_takes_it_back(seeds: Project, known: Evidence) -> None:
    actor_id = link(seeds, tag_first(seeds, GANTZ))
    before = seeds.actor(actor_id)
    tag_occurrences(seeds, find(seeds, before.names, known), ACTOR, actor_id=actor_id)
    assert GANTZ_TOO in seeds.actor(actor_id).aliases
    history.undo(seeds)
    assert seeds.actor(actor_id) == before


def test_only_the_articles_asked_for_are_searched_and_it_can_be_stopped(seeds: Project, known: Evidence) -> None:
    last = seeds.articles()[-1].id
    asked: list[tuple[int, int]] = []

    def goes_on(done: int, total: int) -> bool:
        asked.append((done, total))
        return done < 1

    own = seeds.annotator.id
    here = list(find_occurrences(seeds, ["أردوغان"], known, ACTOR, annotator_id=own, article_ids=[last]))
    assert {hit.article_id for hit in here} <= {last}
    found = list(find_occurrences(seeds, ["أردوغان"], known, ACTOR, annotator_id=own, goes_on=goes_on))
    assert {hit.article_id for hit in found} <= {seeds.articles()[0].id}
    assert asked == [(0, 5), (1, 5)]


def test_a_reader_in_a_thread_finds_the_same(seeds: Project, known: Evidence) -> None:
    with seeds.reader() as reader:
        hits = list(find_occurrences(reader, (GANTZ,), known, ACTOR, annotator_id=seeds.annotator.id))
    assert hits == find(seeds, (GANTZ,), known)


@pytest.mark.parametrize("names", [(), ("",), ("…",), ("لاأحد",)])
def test_names_that_stand_nowhere_give_nothing(seeds: Project, names: tuple[str, ...]) -> None:
    assert find(seeds, names) == []
    changes = tag_occurrences(seeds, [], ACTOR)
    assert (changes.seq, seeds.span_count()) == (0, 0)


def test_names_of_a_tag_are_its_words_until_it_is_linked(seeds: Project) -> None:
    span_id = tag_first(seeds, GANTZ)
    assert names_of(seeds, seeds.span(span_id)) == (GANTZ,)
    actor_id = link(seeds, span_id)
    assert names_of(seeds, seeds.span(span_id)) == ("بيني غانتس", "Benny Gantz", GANTZ)
    assert names_of(seeds, seeds.actor(actor_id)) == names_of(seeds, seeds.span(span_id))


def test_one_hit_given_twice_or_tagged_since_is_tagged_once(seeds: Project, known: Evidence) -> None:
    hits = find(seeds, (GANTZ_TOO,), known)
    tag_first(seeds, hits[0].quote)
    changes = tag_occurrences(seeds, [*hits, *hits], ACTOR)
    assert len(changes.rows) == len(hits) - 1
    assert len({(span.article_id, span.start) for span in seeds.all_spans()}) == seeds.span_count()


HIT = Hit(ArticleId(""), 0, 4, "رحّب", "رحب", None)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"start": -1}, "span_out_of_bounds"),
        ({"end": 100_000}, "span_out_of_bounds"),
        ({"end": 0}, "span_empty"),
        ({"start": 4, "end": 5}, "span_blank"),
        ({"article_id": ArticleId("0" * 32)}, "article_unknown"),
    ],
)
def test_a_hit_that_cannot_be_leaves_all_untagged(
    filled: Project, article_id: ArticleId, change: dict[str, object], key: str
) -> None:
    good = replace(HIT, article_id=article_id)
    with pytest.raises(UserError) as caught:
        tag_occurrences(filled, [good, replace(good, **change)], ACTOR)  # type: ignore[arg-type]
    assert (caught.value.key, filled.span_count()) == (key, 0)


def test_a_label_that_links_no_actor_is_refused(filled: Project, article_id: ArticleId) -> None:
    actor_id = link(filled)
    hit = replace(HIT, article_id=article_id)
    for label, key in ((EVENT, "label_links_nothing"), (LabelId("NONE"), "label_unknown")):
        with pytest.raises(UserError) as caught:
            tag_occurrences(filled, [hit], label, actor_id=actor_id)
        assert caught.value.key == key
    with pytest.raises(UserError) as caught:
        tag_occurrences(filled, [hit], ACTOR, actor_id=ActorId("0" * 32))
    assert caught.value.key == "actor_unknown"
    assert filled.span_count() == 0


def test_tags_are_found_by_label_actor_words_and_certainty(seeds: Project, known: Evidence) -> None:
    first, second = tag_first(seeds, GANTZ), tag_first(seeds, "أردوغان", EVENT)
    actor_id = link(seeds, first)
    tag_occurrences(seeds, find(seeds, (GANTZ,), known), ACTOR, actor_id=actor_id)
    tags.set_certainty(seeds, [second], Certainty.UNSURE)
    everything = list(find_tags(seeds))
    places = {summary.id: summary.position for summary in seeds.articles()}
    assert everything == sorted(everything, key=lambda span: (places[span.article_id], span.start))
    assert [span.id for span in find_tags(seeds, label_ids=[EVENT])] == [second]
    assert [span.id for span in find_tags(seeds, unsure_only=True)] == [second]
    assert [span.id for span in find_tags(seeds, text=" اردوغان ")] == [second]
    assert list(find_tags(seeds, actor_id=actor_id)) == [span for span in everything if span.label_id == ACTOR]
    assert list(find_tags(seeds, label_ids=[])) == []
    assert list(find_tags(seeds, label_ids=[EVENT], actor_id=actor_id)) == []
    assert list(find_tags(seeds, goes_on=lambda _done, _total: False)) == []
    assert list(find_tags(seeds, annotator_id=seeds.annotator.id)) == everything
    assert list(find_tags(seeds, annotator_id=AnnotatorId("0" * 32))) == []


def test_many_tags_are_read_at_once_in_the_order_asked_for(seeds: Project, known: Evidence) -> None:
    tag_occurrences(seeds, find(seeds, (GANTZ,), known), ACTOR)
    ids = [span.id for span in seeds.all_spans()][::-1]
    assert [span.id for span in seeds.spans_by_id([*ids, *ids])] == ids
    assert seeds.spans_by_id([]) == []
    with pytest.raises(UserError) as caught:
        seeds.spans_by_id([*ids, SpanId("0" * 32)])
    assert caught.value.key == "tag_unknown"
