# SPDX-License-Identifier: MIT
"""What a user may want after reading the report of an import. Plain data."""

from dataclasses import dataclass
from pathlib import Path

from annotator.model.ids import ArticleId


@dataclass(frozen=True, slots=True)
class Again:
    """Files to import once more, in an encoding that the user names.

    Attributes:
        articles: what the first import made of them, to be removed before.
    """

    paths: tuple[Path, ...]
    articles: tuple[ArticleId, ...]
    encoding: str


@dataclass(frozen=True, slots=True)
class Visit:
    """An article to go to, and the words in it to bring into sight, with where they stand about."""

    article_id: ArticleId
    quote: str = ""
    near: int = 0
