# SPDX-License-Identifier: MIT
"""Near duplicates: the sample articles as outlets change them, what stays apart, and the order of things."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.analysis.duplicates import NEAR, likeness, near_duplicate_groups
from annotator.errors import UserError
from annotator.model.ids import ArticleId

SEEDS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))]
WORDS = sorted({word for text in SEEDS for word in text.split()})


def article(number: int) -> ArticleId:
    return ArticleId(f"{number:032x}")


def groups(texts: Sequence[str], order: Iterable[int] | None = None) -> dict[int, int]:
    numbers = list(range(len(texts)) if order is None else order)
    of_id = {article(number): texts[number] for number in numbers}
    found = near_duplicate_groups(((id_, of_id[id_]) for id_ in of_id), of_id.__getitem__)
    return {int(member, 16): int(first, 16) for member, first in found.items()}


def changed(text: str, rate: float) -> str:
    chance = random.Random(text[:20])
    return " ".join(chance.choice(WORDS) if chance.random() < rate else word for word in text.split(" "))


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def first_part(text: str, part: float) -> str:
    lines = paragraphs(text)
    return "\n".join(lines[: round(len(lines) * part)])


OUTLETS = {
    "another title and a line of the page": lambda text: "\n".join(["خبر عاجل", *paragraphs(text)[1:], "التعليقات"]),
    "another spelling": lambda text: text.replace("أ", "ا").replace("إ", "ا").replace("ة ", "ه ").replace("“", "«"),
    "harakat and tatweel": lambda text: text.replace("م", "مَ").replace("سر", "ســر"),
    "one word in twenty": lambda text: changed(text, 0.05),
    "one word in ten": lambda text: changed(text, 0.1),
    "the first half": lambda text: first_part(text, 0.5),
    "the first third": lambda text: first_part(text, 0.34),
    "the first half, one word in twenty": lambda text: changed(first_part(text, 0.5), 0.05),
    "paragraphs the other way round": lambda text: "\n".join(reversed(paragraphs(text))),
    "all on one line": lambda text: " ".join(paragraphs(text)),
}


@pytest.mark.parametrize("outlet", OUTLETS)
def test_one_story_at_two_outlets(outlet: str) -> None:
    for number, text in enumerate(SEEDS):
        assert groups([*SEEDS, OUTLETS[outlet](text)]) == {number: number, 5: number}


def test_articles_on_one_subject_stay_apart() -> None:
    """Three of the sample articles tell of the same visit, and two quote the same sentences."""
    assert groups(SEEDS) == {}
    assert max(likeness(one, other) for one in SEEDS for other in SEEDS if one is not other) < NEAR / 4


def test_who_is_near_a_member_is_a_member() -> None:
    lines = paragraphs(SEEDS[4])
    chain = ["\n".join(lines[start : start + 9]) for start in (0, 4, 8)]
    assert likeness(chain[0], chain[2]) < NEAR
    assert groups(chain) == {0: 0, 1: 0, 2: 0}


def test_more_copies_than_are_compared_by_a_sentence() -> None:
    texts = [f"نسخة {number}\n{SEEDS[0]}" for number in range(60)]
    assert groups(texts) == dict.fromkeys(range(60), 0)


def test_a_sentence_that_all_have_joins_nobody() -> None:
    said = "هذا الخبر من وكالة الأنباء ولا يعبر عن رأي الصحيفة في شيء"
    chance = random.Random(1)
    texts = [f"{' '.join(chance.choices(WORDS, k=120))}.\n{said}" for _ in range(30)]
    assert groups(texts) == {}


@pytest.mark.parametrize("text", ["", " ", "خبر", "خبر قصير من الوكالة", "👍" * 50, "\u064b" * 50])
def test_short_texts_are_left_alone(text: str) -> None:
    assert groups([text, text, f"{text} ", SEEDS[0]]) == {}
    assert likeness(text, text) in {0.0, 1.0}


def test_articles_are_gone_through_once_and_few_are_asked_for_again() -> None:
    texts = {article(number): text for number, text in enumerate([*SEEDS, SEEDS[1] + "\nالتعليقات"])}
    again: list[ArticleId] = []

    def text_of(article_id: ArticleId) -> str:
        again.append(article_id)
        return texts[article_id]

    near_duplicate_groups(iter(texts.items()), text_of)
    assert {article(1), article(5)} <= set(again)
    assert len(again) == len(set(again)) < len(texts)


def test_progress_is_told_and_can_cancel() -> None:
    texts = {article(number): text for number, text in enumerate([SEEDS[0], SEEDS[0] + "\nالتعليقات"])}
    told: list[tuple[int, int]] = []

    def progress(articles: int, pairs: int) -> bool:
        told.append((articles, pairs))
        return len(told) < 3

    with pytest.raises(UserError, match="cancelled"):
        near_duplicate_groups(texts.items(), texts.__getitem__, progress)
    assert told == [(1, 0), (2, 0), (2, 1)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(sorted(OUTLETS))), max_size=4),
    st.randoms(use_true_random=False),
)
def test_groups_do_not_hang_on_the_order(copies: list[tuple[int, str]], shuffler: random.Random) -> None:
    texts = [*SEEDS, *(OUTLETS[outlet](SEEDS[number]) for number, outlet in copies)]
    order = list(range(len(texts)))
    shuffler.shuffle(order)
    found, shuffled = groups(texts), groups(texts, order)
    assert _parts(found) == _parts(shuffled)
    assert all(order.index(first) <= order.index(member) for member, first in shuffled.items())
    assert all(found[first] == first for first in found.values())


def _parts(found: dict[int, int]) -> set[frozenset[int]]:
    parts = defaultdict(set)
    for member, first in found.items():
        parts[first].add(member)
    assert all(len(part) > 1 for part in parts.values())
    return {frozenset(part) for part in parts.values()}
