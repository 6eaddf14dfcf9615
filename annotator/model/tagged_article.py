# SPDX-License-Identifier: MIT
"""An article with everything that is said of it: what exports take and our own files give."""

from dataclasses import dataclass

from annotator.model.article import Article
from annotator.model.document_tag import DocumentTag
from annotator.model.relation import Relation
from annotator.model.span import Span


@dataclass(frozen=True, slots=True)
class TaggedArticle:
    """An article with its text, its tags, the relations between them, and what is said of it as a whole.

    Attributes:
        unit: of an article that is exported in several, which of them this is, from 1; 0 for the article itself.
    """

    article: Article
    text: str
    spans: tuple[Span, ...]
    relations: tuple[Relation, ...] = ()
    document_tags: tuple[DocumentTag, ...] = ()
    unit: int = 0

    @property
    def name(self) -> str:
        """Return the article's id; with the number of the unit where it is one of several."""
        return f"{self.article.id}-{self.unit}" if self.unit else self.article.id
