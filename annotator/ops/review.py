# SPDX-License-Identifier: MIT
"""Going through a project for what is missing or no longer fits its scheme; changes nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from annotator.analysis.review import Issue, document_tag_issues, tag_issues
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import AnnotatorId, ArticleId, SpanId
from annotator.model.relation_rules import Surroundings
from annotator.model.span import Certainty, Span
from annotator.project import Project

_source = attrgetter("source_id")


@dataclass(frozen=True, slots=True)
class ToReview:
    """A tag, or document tag, with its issues."""

    tag: Span | DocumentTag
    issues: tuple[Issue, ...]


def review(project: Project, goes_on: Callable[[], bool] = lambda: True, *, unsure: bool = False) -> Iterator[ToReview]:
    """Yield every tag of the project that has issues, article by article; asked `goes_on` before each article.

    With `unsure`, tags that their annotator is not sure of are yielded, too, whether they have issues or not.
    """
    for article_id in project.each_article_id():
        if not goes_on():
            return
        yield from review_article(project, article_id, unsure=unsure)


def review_article(project: Project, article_id: ArticleId, *, unsure: bool = False) -> Iterator[ToReview]:
    """Yield every tag of an article that has issues, and every document tag; `unsure` as in `review`."""
    by_annotator: dict[AnnotatorId, dict[SpanId, Span]] = defaultdict(dict)
    for span in project.spans(article_id):
        by_annotator[span.annotator_id][span.id] = span
    starting = {
        source: tuple(found)
        for source, found in groupby(sorted(project.relations(article_id), key=_source), key=_source)
    }
    for spans in by_annotator.values():
        around = Surroundings(project.scheme, spans, project.actors)
        for span in spans.values():
            issues = tag_issues(span, starting.get(span.id, ()), around)
            if issues or (unsure and span.certainty is Certainty.UNSURE):
                yield ToReview(span, tuple(issues))
    for tag in project.document_tags(article_id):
        issues = document_tag_issues(tag, project.scheme)
        if issues or (unsure and tag.certainty is Certainty.UNSURE):
            yield ToReview(tag, tuple(issues))
