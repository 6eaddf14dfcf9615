# SPDX-License-Identifier: MIT
"""What is tagged in an article already, so that no tag is taken twice, and whether a second one says something else."""

from annotator.model.ids import AnnotatorId, ArticleId, LabelId
from annotator.model.span import Certainty, Piece, Span
from annotator.project import Project

# Of so many articles it is remembered what is tagged in them already.
_MOST_REMEMBERED = 300

Place = tuple[AnnotatorId, LabelId, int, int, tuple[Piece, ...]]


class KnownTags:
    """The tags of those articles that were asked for last, by annotator, label and place."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._articles: dict[ArticleId, dict[Place, Span]] = {}

    def remembers(self, article_id: ArticleId) -> bool:
        """Return whether the tags of an article need not be read from the project."""
        return article_id in self._articles

    def new(self, article_id: ArticleId) -> None:
        """Remember of a new article that nothing is tagged in it."""
        self._remember(article_id, {})

    def of(self, article_id: ArticleId) -> dict[Place, Span]:
        """Return the tags of an article as they are in the project; the caller adds those that it takes."""
        if article_id not in self._articles:
            self._remember(article_id, {place(one): one for one in self._project.spans(article_id)})
        return self._articles[article_id]

    def _remember(self, article_id: ArticleId, tags: dict[Place, Span]) -> None:
        if len(self._articles) > _MOST_REMEMBERED:
            self._articles.clear()
        self._articles[article_id] = tags


def covers(known: Span, other: Span) -> bool:
    """Return whether all that another tag of the same label and place says is said by one that is there, too."""
    said = _said(known)
    return all(one in said for one in _said(other))


def _said(span: Span) -> list[tuple[str, object]]:
    said = {
        "note": span.note,
        "certainty": span.certainty if span.certainty is not Certainty.SURE else "",
        "actor": span.actor_id or "",
        "event": span.event_id or "",
        **{f"attribute {name}": value for name, value in span.attributes.items()},
    }
    return [(name, value) for name, value in said.items() if value not in ("", None, ())]


def place(span: Span) -> Place:
    """Return what no two tags of a project share."""
    return span.annotator_id, span.label_id, span.start, span.end, span.pieces
