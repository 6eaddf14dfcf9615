# SPDX-License-Identifier: MIT
"""Whom a tag may mention: actors, or events, in the order in which they are likely meant. Knows no widget."""

from collections.abc import Sequence
from functools import lru_cache

from annotator.i18n import N_, tr, tr_marked, trn
from annotator.model.registry import Actor, Event
from annotator.model.scheme import Links
from annotator.model.span import Span
from annotator.ops import events as _events
from annotator.project import Project
from annotator.text.variants import Likeness, blocking_keys, likeness
from annotator.text.words import sentences
from annotator.ui.forms.candidates import actor_name
from annotator.ui.forms.questions import Option, Question
from annotator.ui.new_actor import new_actor
from annotator.ui.ranking import ranked
from annotator.ui.wording import shortened

_TITLE, _NEAR = 80, 1000
_MOST = 60
_REASONS = {
    Likeness.SAME_SPELLING: N_("same spelling"),
    Likeness.SAME_CLASS: N_("other spelling"),
    Likeness.CLOSE: N_("similar"),
    Likeness.PART_OF: N_("part of the name"),
}
_RANKS = {likeness: rank for rank, likeness in enumerate(Likeness)}
_UNLIKE = len(_RANKS)

Linked = Actor | Event


class LinkQuestion(Question):
    """To whom, or what, a tag is to be linked.

    Attributes:
        taken: the actor or event that was chosen; a new one has yet to be made.
        is_new: whether it has.
    """

    takes_first = True
    taken: Linked | None = None
    is_new = False

    def __init__(self, project: Project, span: Span, spans: Sequence[Span], links: Links, last_id: str) -> None:
        super().__init__(tr("Same as"))
        self._project, self._span, self._links, self._last_id = project, span, links, last_id
        self._here = {one.actor_id or one.event_id for one in spans if one.id != span.id} - {None}
        self._counts = project.mention_counts()
        self._ordered = self._in_order()

    @property
    def answer(self) -> str:
        """Return what the tag is linked to."""
        linked = linked_to(self._project, self._span)
        return linked_name(linked) if linked is not None else ""

    def options(self, query: str) -> Sequence[Option]:
        """Return those that are like the tag's words, then those of this article, then those mentioned most."""
        found = ranked(query, self._ordered, lambda entry: names_of(entry[0]))
        return [self._option(*entry) for entry in found[:_MOST]]

    def zero(self, query: str) -> Option | None:
        """Return a new one, called what was typed, or else as the tag says."""
        if self._links is Links.EVENT:
            title = query.strip() or event_title(self._project, self._span)
            return Option(None, tr("New event “{title}”", title=shortened(title)), hint=title)
        name = query.strip() or self._span.words
        return Option(None, tr("New actor “{name}”", name=shortened(name)), hint=name)

    def take(self, option: Option, *, add: bool) -> None:
        """Choose."""
        del add
        self.is_new = option.value is None
        if isinstance(option.value, Actor | Event):
            self.taken = option.value
        else:
            self.taken = new_linked(self._project, self._links, option.hint)

    def clear(self) -> None:
        """Leave the link as it is: there is a command to take it away."""

    def _in_order(self) -> list[tuple[Linked, Likeness | None]]:
        things: Sequence[Linked] = list(self._project.actors.values())
        if self._links is Links.EVENT:
            things = list(self._project.events.values())[::-1]
        alike: dict[str, Likeness] = self._alike() if self._links is Links.ACTOR else {}

        def place(thing: Linked) -> tuple[int, bool, int]:
            rank = _RANKS[alike[thing.id]] if thing.id in alike else _UNLIKE
            return rank, thing.id not in self._here, -self._counts.get(thing.id, 0)

        return [(thing, alike.get(thing.id)) for thing in sorted(things, key=place)]

    def _alike(self) -> dict[str, Likeness]:
        """Return the actors of whose names one is like the tag's words, and how."""
        words = self._span.words
        wanted = [f"\n{key}\n" for key in blocking_keys(words)]
        found: dict[str, Likeness] = {}
        for actor in self._project.actors.values():
            names = actor.names
            if any(map(blocks_of(*names).__contains__, wanted)):
                kinds = [kind for name in names if (kind := likeness(words, name))]
                if kinds:
                    found[actor.id] = min(kinds, key=_RANKS.__getitem__)
        return found

    def _option(self, thing: Linked, alike: Likeness | None) -> Option:
        linked = thing.id in (self._span.actor_id, self._span.event_id)
        return Option(thing, linked_name(thing), self._remark(thing, alike), chosen=linked, hint=_hint(thing))

    def _remark(self, thing: Linked, alike: Likeness | None) -> str:
        if alike is not None:
            return tr_marked(_REASONS[alike])
        if thing.id == self._last_id:
            return tr("used last")
        if thing.id in self._here:
            return tr("in this article")
        count = self._counts.get(thing.id, 0)
        return trn("{n} mention", "{n} mentions", count) if count else ""


def linked_name(thing: Linked) -> str:
    """Return what an actor or event is called."""
    return actor_name(thing) if isinstance(thing, Actor) else shortened(thing.title, _TITLE)


def names_of(thing: Linked) -> tuple[str, ...]:
    """Return every name of an actor, or an event's title."""
    return thing.names if isinstance(thing, Actor) else (thing.title,)


def new_linked(project: Project, links: Links, name: str) -> Linked:
    """Return a new actor or event of this name, to be added."""
    from_words = " ".join(name.split())
    if links is Links.EVENT:
        return _events.draft_event(project, from_words)
    return new_actor(project, from_words)


def name_from_tag(project: Project, span: Span, links: Links) -> str:
    """Return what a new actor or event is called after a tag: its words, or the sentence that they stand in."""
    return event_title(project, span) if links is Links.EVENT else span.words


def event_title(project: Project, span: Span) -> str:
    """Return the beginning of the sentence that a tag stands in, cut between words."""
    text = project.text(span.article_id)
    # Sentences are looked for around the tag only: an article may be a million characters long.
    low = max(0, span.start - _NEAR)
    near = text[low : span.end + _NEAR]
    place = span.start - low
    start, end = next(((s, e) for s, e in sentences(near) if s <= place < e), (place, place + len(span.quote)))
    words = near[start:end].split()
    title = ""
    for word in words:
        if len(title) + len(word) >= _TITLE:
            return f"{title or word[: _TITLE - 1]}…"
        title = f"{title} {word}".strip()
    return title


def linked_to(project: Project, span: Span) -> Linked | None:
    """Return the actor or event that a tag is linked to."""
    if span.actor_id is not None:
        return project.actors.get(span.actor_id)
    return project.events.get(span.event_id) if span.event_id is not None else None


def _hint(thing: Linked) -> str:
    return "\n".join(names_of(thing))


@lru_cache(maxsize=32768)
def blocks_of(*names: str) -> str:
    """Return keys of names, each in a line of its own: those of two names that are alike have one in common."""
    # In one text, a third of what a set of texts takes.
    return f"\n{chr(10).join({key for name in names for key in blocking_keys(name)})}\n"
