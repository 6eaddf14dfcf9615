# SPDX-License-Identifier: MIT
"""What became of a file of annotations: every tag, relation and document tag of it is counted once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from annotator.model.exchange import Skipped
from annotator.model.ids import ArticleId


class TroubleKind(StrEnum):
    """Why something of a file was not taken, or not as the file has it; `sentences.TROUBLES` says it in words."""

    NO_ARTICLE = "no_article"
    NOT_FOUND = "not_found"
    BLANK = "blank"
    END_MISSING = "end_missing"
    ENTITY_UNKNOWN = "entity_unknown"
    MOVED = "moved"
    CLOSE = "close"
    SAID_OTHERWISE = "said_otherwise"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One tag, relation or document tag with which something was amiss.

    Attributes:
        place: where in the file it stands.
        label: as the file calls it.
        quote: its words, as far as they are known.
        start: where the file says that it begins, in code points; `end` where it ends.
        article_id: the article that it is about, where one was found or made.
    """

    kind: TroubleKind
    place: str
    label: str
    quote: str = ""
    start: int | None = None
    end: int | None = None
    article_id: ArticleId | None = None


@dataclass(slots=True)
class Tally:
    """How many of one kind were taken, were there already, or were left out because the mapping says so."""

    taken: int = 0
    known: int = 0
    left_out: int = 0
    lost: int = 0

    @property
    def all(self) -> int:
        """Return how many the file has."""
        return self.taken + self.known + self.left_out + self.lost


@dataclass(frozen=True, slots=True)
class AnnotationReport:
    """What became of a file of annotations.

    Attributes:
        new_articles: the articles that came with it, and `matched` how many of its documents are articles of the
            project that were there.
        kept: the names that were kept as they are, each with the label, relation type or attribute made for it.
        annotators: the names of those who had not worked in the project before.
        skipped: what the reader left out although it was well formed, such as predictions; how often.
        rebuilt: how many articles got a text that was put together from tokens.
    """

    path: Path
    format_id: str
    documents: int
    new_articles: tuple[ArticleId, ...]
    matched: int
    rebuilt: int
    tags: Tally
    relations: Tally
    document_tags: Tally
    troubles: tuple[Trouble, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    annotators: tuple[str, ...] = ()
    skipped: Mapping[Skipped, int] = field(default_factory=dict)

    @property
    def trouble_counts(self) -> Mapping[TroubleKind, int]:
        """Return how often there was each kind of trouble."""
        return Counter(one.kind for one in self.troubles)
