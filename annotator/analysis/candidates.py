# SPDX-License-Identifier: MIT
"""Which unlinked mentions may be of one actor, by how their names are spelt, and why: for a person to decide.

Names are looked up by the classes of their letters, so that each is compared with few others. Knows no project.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from annotator.model.ids import ActorId, SpanId
from annotator.text.variants import Likeness, blocking_keys, class_string, likeness

_SURE = frozenset({Likeness.SAME_SPELLING, Likeness.SAME_CLASS})
_RANKS = {kind: rank for rank, kind in enumerate(Likeness)}
_DOUBLE = re.compile(r"(.)\1+")
#: Of names that sound alike the most frequent ones are compared; and a group shows so many that are in doubt.
_MOST_COMPARED, _MOST_DOUBTFUL = 60, 20


@dataclass(frozen=True, slots=True)
class Form:
    """How mentions are written: the quote, how many have it, and the first of them."""

    quote: str
    count: int
    first: SpanId


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form that may be a name of a group's actor.

    Attributes:
        like: the name that it is like, and `reason` in what.
        sure: whether hardly ever two different names are so alike.
    """

    form: Form
    like: str
    reason: Likeness
    sure: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Forms that may all be names of one actor.

    Attributes:
        name: the most frequent form, or the name of the actor.
        actor_id: the actor of the registry whose names they resemble, if there is one.
        mentions: how many mentions have the forms that hold the group together.
    """

    name: str
    actor_id: ActorId | None
    candidates: tuple[Candidate, ...]
    mentions: int

    @property
    def key(self) -> str:
        """Return what tells the group from all others; it is another one once it has another form."""
        return "\n".join((self.actor_id or "", *sorted(candidate.form.quote for candidate in self.candidates)))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name: of an actor, or as mentions have it; its letters as classes, and those of its last words."""

    name: str
    form: Form | None
    actor_id: ActorId | None
    sounds: str
    ends: tuple[str, ...]
    skeleton: str

    @property
    def weight(self) -> int:
        return self.form.count if self.form is not None else 0


def groups(
    forms: Iterable[Form],
    names: Mapping[ActorId, Sequence[str]],
    dismissed: Container[str] = frozenset(),
    goes_on: Callable[[], bool] = lambda: True,
) -> Iterator[Group]:
    """Yield groups of forms that may be names of one actor, those of frequent forms first.

    Args:
        forms: what unlinked mentions are written like, each once.
        names: the names of each actor of the registry, the first as its own.
        dismissed: keys of groups that are known and not wanted.
        goes_on: asked before each name; False ends it.
    """
    index = _Index(names)
    entries = []
    for form in sorted(forms, key=lambda form: (-form.count, form.quote)):
        if not goes_on():
            return
        entries.append(index.add(form.quote, form=form))
    for actor_id, known in names.items():
        if not goes_on():
            return
        for name in known:
            index.add(name, actor_id=actor_id)
    taken: set[str] = set()
    offered: set[str] = set()
    for entry in entries:
        if not goes_on():
            return
        if entry.name in taken:
            continue
        cluster = _Cluster(index, entry, taken)
        taken.update(cluster.forms)
        group = None if offered.issuperset(cluster.forms) else cluster.group()
        if group is not None and group.key not in dismissed:
            offered.update(candidate.form.quote for candidate in group.candidates)
            yield group


class _Index:
    """All names, by what those share that may be alike."""

    def __init__(self, names: Mapping[ActorId, Sequence[str]]) -> None:
        self.names = names
        self.of_actor: defaultdict[ActorId, list[_Entry]] = defaultdict(list)
        self._whole: defaultdict[str, list[_Entry]] = defaultdict(list)
        self._ends: defaultdict[str, list[_Entry]] = defaultdict(list)
        self._skeletons: defaultdict[str, list[_Entry]] = defaultdict(list)

    def add(self, name: str, *, form: Form | None = None, actor_id: ActorId | None = None) -> _Entry:
        words = class_string(name).split()
        sounds, *ends = (_DOUBLE.sub(r"\1", "".join(words[start:])) for start in range(max(1, len(words))))
        skeleton = max(blocking_keys(name), key=len, default="")
        entry = _Entry(name, form, actor_id, sounds, tuple(ends), skeleton)
        self._whole[sounds].append(entry)
        self._skeletons[skeleton].append(entry)
        for end in ends:
            self._ends[end].append(entry)
        if actor_id is not None:
            self.of_actor[actor_id].append(entry)
        return entry

    def same(self, entry: _Entry) -> Iterator[tuple[_Entry, Likeness]]:
        """Yield names that are hardly ever another's."""
        for other in self._whole[entry.sounds] if entry.sounds else ():
            kind = likeness(entry.name, other.name) if other is not entry else None
            if kind in _SURE:
                yield other, kind

    def doubtful(self, entry: _Entry) -> Iterator[tuple[_Entry, Likeness]]:
        """Yield names that are spelt nearly so, or are a part of this one, or the other way round."""
        if not entry.sounds:
            return
        near = [
            other
            for other in self._skeletons[entry.skeleton][:_MOST_COMPARED]
            # More than one letter more, and `likeness` calls them different.
            if abs(len(other.sounds) - len(entry.sounds)) <= 1
        ]
        parts = [other for end in entry.ends for other in self._whole[end][:_MOST_COMPARED]]
        for other in (*near, *self._ends[entry.sounds][:_MOST_COMPARED], *parts):
            kind = likeness(entry.name, other.name) if other is not entry else None
            if kind is not None and kind not in _SURE:
                yield other, kind


class _Cluster:
    """What belongs together with one form: forms that are the same name, and whose name that may be."""

    def __init__(self, index: _Index, start: _Entry, taken: Container[str]) -> None:
        self._index, self._start = index, start
        self.actor_id: ActorId | None = None
        self.forms: dict[str, Candidate] = {}
        self._entries: list[_Entry] = []
        self._gather(taken)

    def group(self) -> Group | None:
        """Return the group, or None where there is nothing to decide."""
        doubtful = self._doubtful()
        actor_id, is_sure = self.actor_id, self.actor_id is not None
        if actor_id is None:
            actor_id = next((entry.actor_id for entry, _, _ in doubtful if entry.actor_id is not None), None)
        sure = [self._candidate(each, actor_id, is_sure=is_sure) for each in self.forms.values()]
        others = [Candidate(entry.form, like, kind, sure=False) for entry, like, kind in doubtful if entry.form]
        mentions = sum(candidate.form.count for candidate in sure)
        if actor_id is None and mentions < 2 and not others:
            return None
        name = self._index.names[actor_id][0] if actor_id is not None else self._start.name
        return Group(name, actor_id, (*sure, *others[:_MOST_DOUBTFUL]), mentions)

    def _gather(self, taken: Container[str]) -> None:
        assert self._start.form is not None  # noqa: S101 - a cluster starts from a form
        self._join(self._start, self._start.name, Likeness.SAME_SPELLING)
        for entry in self._entries:  # which grows meanwhile
            for other, kind in sorted(self._index.same(entry), key=lambda found: _RANKS[found[1]]):
                if other.form is not None:
                    if other.name not in self.forms and other.name not in taken:
                        self._join(other, entry.name, kind)
                elif self.actor_id is None and other.actor_id is not None:
                    self.actor_id = other.actor_id
                    self._entries += self._index.of_actor[other.actor_id]

    def _join(self, entry: _Entry, like: str, kind: Likeness) -> None:
        assert entry.form is not None  # noqa: S101 - asked before
        self.forms[entry.name] = Candidate(entry.form, like, kind, sure=True)
        self._entries.append(entry)

    def _candidate(self, candidate: Candidate, actor_id: ActorId | None, *, is_sure: bool) -> Candidate:
        """Return a candidate with the name of the actor that it is like, where it is like one."""
        if actor_id is None:
            return candidate
        own = ((likeness(candidate.form.quote, name), name) for name in self._index.names[actor_id])
        known = sorted(((kind, name) for kind, name in own if kind is not None), key=lambda found: _RANKS[found[0]])
        if not known:
            return Candidate(candidate.form, candidate.like, candidate.reason, sure=is_sure)
        kind, name = known[0]
        if is_sure and kind not in _SURE:  # it is the same as another form that is the actor's
            return candidate
        return Candidate(candidate.form, name, kind, sure=is_sure)

    def _doubtful(self) -> list[tuple[_Entry, str, Likeness]]:
        """Return names in doubt, the surer and more frequent first, each with what it is like."""
        found: dict[tuple[str, ActorId | None], tuple[_Entry, str, Likeness]] = {}
        for entry in self._entries:
            for other, kind in self._index.doubtful(entry):
                place = other.name, other.actor_id
                if other.actor_id is not None and self.actor_id is not None:
                    continue
                if other.name not in self.forms and (place not in found or _RANKS[kind] < _RANKS[found[place][2]]):
                    found[place] = other, entry.name, kind
        weight = attrgetter("weight")
        return sorted(found.values(), key=lambda each: (_RANKS[each[2]], -weight(each[0])))
