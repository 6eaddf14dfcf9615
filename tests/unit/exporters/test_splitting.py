# SPDX-License-Identifier: MIT
"""Splits: what holds for any articles and options, cases by option, and speed."""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.exporters.splitting import Item, Note, NoteKind, Share, SplitBy, Splits, prove, split
from annotator.model.ids import ArticleId
from annotator.sentences import SPLIT_NOTES

SHARES = st.sampled_from(
    [(800, 100, 100), (600, 200, 200), (1000, 0, 0), (900, 0, 100), (334, 333, 333), (0, 500, 500)]
)
OPTIONS = st.builds(
    Splits,
    by=st.just((SplitBy.DUPLICATES,)),
    shares=SHARES,
    seed=st.integers(0, 3),
    stratified=st.booleans(),
    by_date=st.booleans(),
)
KEYS = st.lists(
    st.sampled_from(["event:1", "event:2", "outlet:a", "outlet:b", "duplicates:x"]), max_size=2, unique=True
)
DATES = st.sampled_from(["", "2019", "2020-02", "2021-10-27", "2022-10-27T15:30:00Z"])
LABELS = st.dictionaries(st.sampled_from(["ACTOR", "EVENT", "STANCE"]), st.integers(0, 4))


def article(number: int) -> ArticleId:
    return ArticleId(f"{number:032x}")


@st.composite
def articles(draw: st.DrawFn) -> list[Item]:
    found = draw(st.lists(st.tuples(KEYS, LABELS, DATES), max_size=25))
    return [Item(article(n), tuple(keys), labels, date) for n, (keys, labels, date) in enumerate(found)]


def plain(number: int, **more: object) -> list[Item]:
    return [Item(article(n), **more) for n in range(number)]  # type: ignore[arg-type]


def sizes(items: Iterable[Item], splits: Splits) -> list[int]:
    counts = split(items, splits).counts
    return [counts[share].articles for share in Share]


def kinds(notes: Iterable[Note]) -> set[NoteKind]:
    return {note.kind for note in notes}


# Whatever the articles and the options


@settings(max_examples=150)
@given(articles(), OPTIONS, st.randoms(use_true_random=False))
def test_any_articles(items: list[Item], splits: Splits, shuffler: random.Random) -> None:
    found = split(items, splits)
    assert set(found.assignment) == {item.article_id for item in items}
    assert found.proof.holds
    _assert_untorn(items, found.assignment)
    goals = dict(zip(Share, splits.shares, strict=True))
    for share in Share:
        mine = [item for item in items if found.assignment[item.article_id] is share]
        assert found.counts[share].articles == len(mine)
        labels = sum((Counter(item.labels) for item in mine), Counter[str]())
        assert dict(found.counts[share].labels) == {label: count for label, count in labels.items() if count}
        assert goals[share] or not mine
    groups = sum(count.groups for count in found.counts.values())
    assert all(found.counts[share].articles for share in Share if goals[share]) or groups < 3
    shuffled = list(items)
    shuffler.shuffle(shuffled)
    assert split(shuffled, splits) == found


def _assert_untorn(items: Iterable[Item], assignment: object) -> None:
    assert isinstance(assignment, dict)
    shares = defaultdict(set)
    for item in items:
        for key in item.keys:
            shares[key].add(assignment[item.article_id])
    assert all(len(found) == 1 for found in shares.values())


@settings(max_examples=60)
@given(st.integers(10, 300), st.integers(1, 4), SHARES, st.booleans(), st.booleans())
def test_shares_are_as_large_as_wished(
    number: int, size: int, shares: tuple[int, int, int], dated: bool, labelled: bool
) -> None:
    """Where no group is larger than `size`, a share is off by no more than that and one, or by the share of one."""
    items = [
        Item(
            article(n), (f"event:{n // size}",), {"ACTOR": n % 7, "EVENT": n % 3} if labelled else {}, f"20{n % 20:02}"
        )
        for n in range(number)
    ]
    found = sizes(items, Splits(shares=shares, by_date=dated, stratified=labelled))
    for got, share in zip(found, shares, strict=True):
        assert abs(got - number * share / 1000) <= size + 1 + number * 0.02


@settings(max_examples=60)
@given(st.lists(st.integers(3, 12), min_size=1, max_size=6), st.integers(0, 5), st.integers(0, 40))
def test_rare_labels_are_in_every_share(groups_of: list[int], seed: int, unlabelled: int) -> None:
    items = plain(unlabelled)
    for label, number in enumerate(groups_of):
        items += [Item(article(1000 * (label + 1) + n), (), {f"L{label}": n % 5 + 1}) for n in range(number)]
    found = split(items, Splits(seed=seed))
    for label in range(len(groups_of)):
        assert all(f"L{label}" in found.counts[share].labels for share in Share)
    assert NoteKind.LABEL_MISSING not in kinds(found.notes)


# Options


def test_groups_that_share_any_key_are_one() -> None:
    items = [
        Item(article(1), ("event:1", "outlet:a")),
        Item(article(2), ("outlet:a",)),
        Item(article(3), ("event:1",)),
        *(Item(article(n)) for n in range(4, 10)),
    ]
    found = split(items, Splits(shares=(340, 330, 330)))
    assert len({found.assignment[article(n)] for n in (1, 2, 3)}) == 1
    assert sum(count.groups for count in found.counts.values()) == 7
    assert found.proof.keys == 2


def test_another_seed_deals_otherwise() -> None:
    dealt = {tuple(split(plain(50), Splits(seed=seed)).assignment.values()) for seed in range(5)}
    assert len(dealt) == 5


def test_the_same_seed_deals_the_same_for_good() -> None:
    """A golden case: who exports again in ten years, with another Python, gets the same splits."""
    items = [Item(article(n), (f"event:{n // 2}",), {"ACTOR": n % 4}, "") for n in range(12)]
    dealt = split(items, Splits(shares=(500, 250, 250), seed=7)).assignment
    assert " ".join(dealt.values()) == "dev dev test test train train train train dev dev train train"


def test_exactly_the_shares_for_single_articles() -> None:
    assert sizes(plain(100), Splits()) == [80, 10, 10]
    assert sizes(plain(100), Splits(shares=(700, 150, 150))) == [70, 15, 15]


def test_labels_are_in_each_share_as_often_as_it_is_large() -> None:
    items = [Item(article(n), (), {"OFTEN": 1 + n % 9, **({"RARE": 1} if n % 20 == 0 else {})}) for n in range(1000)]
    counts = split(items, Splits()).counts
    for label, total in {"OFTEN": sum(1 + n % 9 for n in range(1000)), "RARE": 50}.items():
        for share, part in zip(Share, (0.8, 0.1, 0.1), strict=True):
            assert abs(counts[share].labels[label] / total - part) < 0.02


def test_oldest_to_train_newest_to_test() -> None:
    items = [Item(article(n), (), {"ACTOR": 1}, f"2020-01-{31 - n:02}") for n in range(30)]
    found = split(items, Splits(by_date=True))
    dates = defaultdict(list)
    for item in items:
        dates[found.assignment[item.article_id]].append(item.date)
    assert max(dates[Share.TRAIN]) < min(dates[Share.DEV]) < max(dates[Share.DEV]) < min(dates[Share.TEST])
    assert [len(dates[share]) for share in Share] == [24, 3, 3]
    assert kinds(found.notes) == {NoteKind.NOT_STRATIFIED}


def test_a_group_is_as_old_as_its_newest_article() -> None:
    items = [Item(article(n), (), {}, f"20{10 + n}") for n in range(9)]
    items += [Item(article(20), ("event:1",), {}, "2001"), Item(article(21), ("event:1",), {}, "2022")]
    found = split(items, Splits(by_date=True, stratified=False))
    assert found.assignment[article(20)] is found.assignment[article(21)] is Share.TEST


def test_undated_articles_are_for_training() -> None:
    items = [*plain(3), *(Item(article(10 + n), (), {}, f"20{10 + n}") for n in range(7))]
    found = split(items, Splits(by_date=True, stratified=False))
    assert {found.assignment[article(n)] for n in range(3)} == {Share.TRAIN}
    assert found.notes == (Note(NoteKind.UNDATED, "train", count=3),)


# What is to be known


def test_too_few_groups_leave_a_share_empty() -> None:
    found = split([Item(article(n), ("outlet:a",)) for n in range(10)], Splits(by=(SplitBy.OUTLET,)))
    assert [found.counts[share].articles for share in Share] == [10, 0, 0]
    assert [note for note in found.notes if note.kind is NoteKind.SHARE_EMPTY] == [
        Note(NoteKind.SHARE_EMPTY, "dev", count=1),
        Note(NoteKind.SHARE_EMPTY, "test", count=1),
    ]
    assert Note(NoteKind.GROUP_LARGE, count=10) in found.notes


def test_no_share_is_empty_as_long_as_there_are_groups() -> None:
    labels: list[dict[str, int]] = [{}, {"ACTOR": 1}, {"EVENT": 1}]
    items = [Item(article(number), (), labels[number]) for number in range(3)]
    assert sizes(items, Splits()) == [1, 1, 1]


def test_a_share_that_nobody_wants_is_not_said_to_be_empty() -> None:
    assert split(plain(10), Splits(shares=(900, 0, 100))).notes == ()


def test_labels_that_are_too_rare_are_named() -> None:
    items = [*plain(20), Item(article(30), (), {"RARE": 2})]
    notes = [note for note in split(items, Splits()).notes if note.kind is NoteKind.LABEL_MISSING]
    assert len(notes) == 2
    assert {(note.label, note.count) for note in notes} == {("RARE", 1)}


def test_every_note_is_said_in_words() -> None:
    assert set(SPLIT_NOTES) == {str(kind) for kind in NoteKind}


def test_no_articles_are_no_trouble() -> None:
    for splits in (Splits(), Splits(by_date=True)):
        found = split([], splits)
        assert found.assignment == {}
        assert found.proof.holds


def test_a_torn_group_is_seen() -> None:
    items = [Item(article(1), ("event:1",)), Item(article(2), ("event:1",)), Item(article(3))]
    proof = prove(items, {article(1): Share.TRAIN, article(2): Share.TEST, article(4): Share.DEV})
    assert proof.torn == ("event:1",)
    assert proof.astray == (article(3), article(4))
    assert not proof.holds


@pytest.mark.parametrize("shares", [(800, 100, 99), (1200, -100, -100), (0, 0, 0), (1000, 1, -1)])
def test_shares_must_be_a_whole(shares: tuple[int, int, int]) -> None:
    with pytest.raises(UserError) as caught:
        split(plain(3), replace(Splits(), shares=shares))
    assert caught.value.key == "split_shares"


@pytest.mark.slow
def test_twenty_thousand_articles_take_a_second() -> None:
    chance = random.Random(1)
    items = [
        Item(
            article(n),
            (f"event:{chance.randrange(8_000)}",) if n % 3 else (),
            {f"L{label}": chance.randint(1, 20) for label in range(30) if chance.random() < 1 / (1 + label)},
        )
        for n in range(20_000)
    ]
    start = time.perf_counter()
    found = split(items, Splits())
    assert time.perf_counter() - start < 10  # half a second on a machine of two cores; 2 s for 100,000
    assert found.proof.holds
