# SPDX-License-Identifier: MIT
"""Counting a project's words as evidence of what is a proclitic; changes nothing."""

from collections import Counter
from collections.abc import Callable, Mapping

from annotator.project import Project
from annotator.text.proclitics import Evidence, count_words, key
from annotator.text.word_numbers import WordNumbers

#: More characters than this make no difference to what is decided, only to time and memory.
MOST_CHARACTERS = 5_000_000


def evidence(project: Project, rates: Mapping[str, float], goes_on: Callable[[], bool] = lambda: True) -> Evidence:
    """Return what a project's articles, read from the first on, and the language's frequencies tell of words.

    Args:
        project: whose articles are counted.
        rates: see `annotator.analysis.frequencies`.
        goes_on: asked before each article; with False it stays at what was counted by then.
    """
    counts: Counter[str] = Counter()
    read = 0
    for article_id in project.each_article_id():
        if read > MOST_CHARACTERS or not goes_on():
            break
        text = project.text(article_id)
        counts.update(count_words(text))
        read += len(text)
    return Evidence(WordNumbers.of(counts.items(), int), rates, known_names(project))


def known_names(project: Project) -> frozenset[str]:
    """Return the words, by their `key`, with which the names and aliases of the project's actors begin."""
    return frozenset(key(first[0]) for name in project.each_name() if (first := name.split()))
