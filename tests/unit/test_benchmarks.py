# SPDX-License-Identifier: MIT
"""The bench measures what it says: the same corpus everywhere, figures that exist, misses that are called so."""

import importlib.util
from itertools import islice

import pytest

from benchmarks import corpus, reporting
from benchmarks.cases import CASES, Case, Figure
from benchmarks.running import Row


def row(ours: float, floor: float, **aims: float) -> Row:
    figure = Figure("work of {articles} articles", "ours", ("floor",), **aims)
    return Row("case", figure, ours, floor, (ours,), (floor,))


def test_the_corpus_is_the_same_each_time() -> None:
    assert list(corpus.articles(3)) == list(islice(corpus.articles(50), 3))


def test_articles_are_as_long_and_as_tagged_as_they_should_be() -> None:
    for article in corpus.articles(20):
        assert 2_300 <= len(article.text) <= 2_600
        assert len(set(article.tags)) == corpus.TAGS
        assert all(article.text[start:end].strip() == article.text[start:end] for start, end, _ in article.tags)


def test_no_two_articles_are_the_same() -> None:
    texts = [article.text for article in corpus.articles(100)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_process_of_a_case_is_there(case: Case) -> None:
    for module in (case.ours, *case.floors):
        assert importlib.util.find_spec(module) is not None


def test_an_aim_is_met_only_if_ratio_and_limit_are() -> None:
    assert row(0.003, 0.002, ratio=1.5).met
    assert not row(0.0031, 0.002, ratio=1.5).met
    assert not row(0.017, 0.016, ratio=3, limit=0.016).met
    assert row(0.017, 0.016).met is None


def test_the_table_says_what_is_missed() -> None:
    shown = reporting.table([row(0.4, 0.1, ratio=1.5), row(0.1, 0.1, ratio=1.5)], articles=1_000)
    head, _, missed, met = shown.splitlines()
    assert "ratio" in head
    assert "work of 1,000 articles" in missed
    assert "4.00 x" in missed
    assert "NO" in missed
    assert "yes" in met
