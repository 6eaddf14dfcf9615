# SPDX-License-Identifier: MIT
"""Finding where names stand that are not tagged yet, tagging them all, and finding tags that are there.

Searching streams, article by article, and may run in a thread on `Project.reader`. Must not know how hits are shown.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from annotator.model.article import WHENEVER, Published
from annotator.model.changes import Changes, Op
from annotator.model.ids import ActorId, AnnotatorId, ArticleId, LabelId, SpanId, new_id
from annotator.model.registry import Actor
from annotator.model.scheme import Links
from annotator.model.span import Certainty, Origin, Piece, Span, check_bounds
from annotator.ops.actors import with_quotes
from annotator.ops.acts import done, one_act
from annotator.ops.filling import Attributes, Values, new_values
from annotator.ops.tags import offered_label, refuse_link
from annotator.project import Project
from annotator.text.folding import fold
from annotator.text.index_words import Alternatives
from annotator.text.occurrences import Doubt, NameFinder
from annotator.text.proclitics import Evidence
from annotator.text.variants import Likeness, likeness

_NO_VALUES: Values = MappingProxyType({})
#: Told how many articles are done, of how many; with False the search ends.
GoesOn = Callable[[int, int], bool]
_TOLD_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a name stands, `[start, end)` in code points of its article.

    Attributes:
        quote: what stands there, without proclitics.
        name: which of the names that were looked for it is.
        doubt: why it wants a second look, if it does.
        in_title: where it stands in the title instead, of an article whose text has no such place: `start` and `end`
            are 0 then.
    """

    article_id: ArticleId
    start: int
    end: int
    quote: str
    name: str
    doubt: Doubt | None
    in_title: Piece | None = None


def names_of(project: Project, of: Span | Actor) -> tuple[str, ...]:
    """Return by what names an actor, or whoever a tag mentions, is looked for; an unlinked tag's own words."""
    if isinstance(of, Actor):
        return of.names
    if of.actor_id is None:
        return (" ".join(of.words.split()),)
    return project.actor(of.actor_id).names


def find_occurrences(
    project: Project,
    names: Iterable[str],
    evidence: Evidence,
    label_id: LabelId,
    *,
    annotator_id: AnnotatorId,
    article_ids: Sequence[ArticleId] | None = None,
    goes_on: GoesOn = lambda _done, _total: True,
) -> Iterator[Hit]:
    """Yield where names stand, article by article, without what the annotator has tagged with the label already.

    Args:
        project: in which; a `reader` will do.
        names: all names of one actor, with other spellings and aliases.
        evidence: tells proclitics from names.
        label_id: the label that the hits are to get.
        annotator_id: whose tags are left out.
        article_ids: where to look, in this order; None: in all articles.
        goes_on: asked before each article that is looked at.

    Raises:
        UserError: `article_unknown`.
    """
    finder = NameFinder(_with_spellings(names), evidence)
    for article_id, text in _texts(project, finder, article_ids, goes_on):
        found = finder.find(text)
        if not found:
            continue
        taken = [piece for pieces in _places(project, article_id, label_id, annotator_id) for piece in pieces]
        for one in found:
            if all(one.end <= start or end <= one.start for start, end in taken):
                yield Hit(article_id, one.start, one.end, text[one.start : one.end], one.name, one.doubt)


def texts_that_may_have(
    project: Project, wanted: Sequence[Sequence[Alternatives]], goes_on: GoesOn, published: Published = WHENEVER
) -> Iterator[tuple[ArticleId, str]]:
    """Yield articles with their texts that the search index does not rule out, as long as `goes_on` says yes."""
    for candidate, text in project.candidates(wanted, published):
        if not goes_on(candidate.done, candidate.total):
            return
        yield candidate.article_id, text


@one_act
def tag_occurrences(
    project: Project,
    hits: Iterable[Hit],
    label_id: LabelId,
    *,
    actor_id: ActorId | None = None,
    values: Values = _NO_VALUES,
) -> Changes:
    """Tag hits with a label, and link them to an actor, as one act; what is tagged just so already is left out.

    A spelling of the actor's name that is new becomes an alias, as when a tag is linked.

    Raises:
        UserError: `label_unknown`, `label_archived`, `actor_unknown`, `label_links_nothing`, `article_unknown`,
            `span_out_of_bounds`, `span_empty`, `span_blank`; what the checks of attributes refuse. Then nothing is
            tagged.
    """
    label = offered_label(project, label_id)
    actor = None if actor_id is None else project.actor(actor_id)
    if actor is not None:
        refuse_link(label, Links.ACTOR)
    made = _Made(project, label_id, actor_id, new_values(project.scheme, label_id, values))
    spans = [span for article_id, places in _by_article(hits).items() for span in made.spans(article_id, places)]
    params = {"count": len(spans), "label": label_id, "quote": spans[0].quote if spans else ""}
    with project.transact(Op.TAG_OCCURRENCES, params) as act:
        act.insert(spans)
        if actor is not None:
            act.update(actor, replace(actor, aliases=with_quotes(project, actor, spans)))
    return done(act)


def find_tags(
    project: Project,
    *,
    label_ids: Sequence[LabelId] | None = None,
    actor_id: ActorId | None = None,
    text: str = "",
    unsure_only: bool = False,
    annotator_id: AnnotatorId | None = None,
    goes_on: GoesOn = lambda _done, _total: True,
) -> Iterator[Span]:
    """Yield the tags that meet all conditions, in the order of the articles.

    Args:
        project: in which; a `reader` will do.
        label_ids: one of these labels; None: any.
        actor_id: linked to this actor.
        text: its words hold this, spelt in whatever way.
        unsure_only: only those of which the annotator is not sure.
        annotator_id: whose tags; None: everybody's.
        goes_on: asked now and then.
    """
    wanted = fold(text.strip()).text
    certainty = Certainty.UNSURE if unsure_only else None
    total = project.span_count()
    found = project.chosen_spans(label_ids=label_ids, actor_id=actor_id, annotator_id=annotator_id, certainty=certainty)
    for number, span in enumerate(found):
        if not number % _TOLD_EVERY and not goes_on(number, total):
            return
        if not wanted or wanted in _folded(span.words):
            yield span


def _texts(
    project: Project, finder: NameFinder, article_ids: Sequence[ArticleId] | None, goes_on: GoesOn
) -> Iterator[tuple[ArticleId, str]]:
    """Yield articles with their texts: those that are named, or all that the search index does not rule out."""
    if article_ids is None:
        yield from texts_that_may_have(project, finder.looked_up, goes_on) if finder.looked_up else ()
    else:
        for number, article_id in enumerate(article_ids):
            if not goes_on(number, len(article_ids)):
                return
            yield article_id, project.text(article_id)


class _Made:
    """Makes the tags of one act, which all say the same of other places."""

    def __init__(self, project: Project, label_id: LabelId, actor_id: ActorId | None, values: Attributes) -> None:
        self._project, self._label_id, self._actor_id, self._values = project, label_id, actor_id, values
        self._annotator_id, self._now = project.annotator.id, project.now()

    def spans(self, article_id: ArticleId, places: Iterable[Piece]) -> Iterator[Span]:
        """Make the tags of one article: one reading of its text and one of its tags."""
        text = self._project.text(article_id)
        there = set(_places(self._project, article_id, self._label_id, self._annotator_id))
        for start, end in places:
            check_bounds(text, start, end)
            if ((start, end),) not in there:
                yield self._span(article_id, start, end, text[start:end])

    def _span(self, article_id: ArticleId, start: int, end: int, quote: str) -> Span:
        return Span(
            id=SpanId(new_id()),
            article_id=article_id,
            label_id=self._label_id,
            start=start,
            end=end,
            quote=quote,
            note="",
            origin=Origin.PROPAGATED,
            annotator_id=self._annotator_id,
            created_at=self._now,
            attributes=self._values,
            actor_id=self._actor_id,
        )


def _with_spellings(names: Iterable[str]) -> Iterator[str]:
    """Yield names, and what they are with one word spelt as in another: بيني جانتس for بيني غانتس and جانتس."""
    given = list(names)
    yield from given
    words = {word for name in given for word in name.split()}
    for name in given:
        parts = name.split()
        for place, part in enumerate(parts if len(parts) > 1 else ()):
            for other in sorted(words):
                if likeness(part, other) is Likeness.SAME_CLASS:
                    yield " ".join((*parts[:place], other, *parts[place + 1 :]))


def _by_article(hits: Iterable[Hit]) -> dict[ArticleId, list[Piece]]:
    """Return the places of hits, each once, by their articles."""
    places: dict[ArticleId, dict[Piece, None]] = {}
    for hit in hits:
        places.setdefault(hit.article_id, {})[hit.start, hit.end] = None
    return {article_id: list(found) for article_id, found in places.items()}


def _places(
    project: Project, article_id: ArticleId, label_id: LabelId, annotator_id: AnnotatorId
) -> list[tuple[Piece, ...]]:
    return project.places([article_id], label_id, annotator_id)[article_id]


@lru_cache(maxsize=4096)
def _folded(words: str) -> str:
    return fold(words).text
