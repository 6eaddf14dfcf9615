# SPDX-License-Identifier: MIT
"""What tests of readers share: a text that is long enough for an article, and reading in few words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.importers.articles import read_articles
from annotator.importers.base import ReadArticle, Unread
from annotator.importers.columns import ImportOptions

#: The one article that most tests read.
TEXT = "قال المتحدث إن المباحثات بين الجانبين كانت إيجابية، ولم يضف شيئًا آخر في هذا الشأن."

Read = Callable[..., tuple[list[ReadArticle], list[Unread]]]


@pytest.fixture
def read() -> Read:
    """Return what reads a file: its articles, and what in it is none."""

    def run(path: Path, options: ImportOptions | None = None) -> tuple[list[ReadArticle], list[Unread]]:
        items = list(read_articles(path, options))
        articles = [item for item in items if isinstance(item, ReadArticle)]
        return articles, [item for item in items if isinstance(item, Unread)]

    return run


@pytest.fixture
def text() -> str:
    """Return the text of an article."""
    return TEXT
