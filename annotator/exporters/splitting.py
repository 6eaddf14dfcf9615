# SPDX-License-Identifier: MIT
"""Articles dealt out to train, dev and test, so that what belongs together is never in two of them.

Owns what a group is, how groups are dealt, and the proof that none was torn. Pure: it is told which keys an article
shares with others (its duplicates, its events, its outlet), and knows neither projects nor files. The same articles,
options and seed give the same splits on every machine, in whatever order the articles come.

Stratifying is iterative stratification (Sechidis, Tsoumakas and Vlahavas, "On the Stratification of Multi-Label Data",
ECML PKDD 2011): the label with the fewest examples left is dealt first. Here examples are groups of any size with any
number of tags, so that a share is chosen by the distance from what it is to have, in articles and in all labels of the
group at once; and the last groups of a label go to shares that have none of it.
"""

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate

from annotator.errors import UserError
from annotator.model.ids import ArticleId

_WHOLE = 1000


class Share(StrEnum):
    """The parts that articles are dealt out to."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


class SplitBy(StrEnum):
    """What is never torn apart."""

    DOCUMENT = "document"
    DUPLICATES = "duplicates"
    EVENT = "event"
    OUTLET = "outlet"


class NoteKind(StrEnum):
    """What is to be known about a splitting; `sentences.SPLIT_NOTES` says it in words."""

    SHARE_EMPTY = "share_empty"
    LABEL_MISSING = "label_missing"
    GROUP_LARGE = "group_large"
    UNDATED = "undated"
    NOT_STRATIFIED = "not_stratified"


@dataclass(frozen=True, slots=True)
class Splits:
    """How articles are to be dealt out.

    Attributes:
        by: what is never torn; an article on its own (`DOCUMENT`) never is.
        shares: how much of all articles each share gets, in thousandths that sum to 1000.
        seed: another one deals out the same articles otherwise.
        stratified: let each label be in each share as often as the share is large.
        by_date: the oldest to train, the newest to test; a group is as old as its newest article.
    """

    by: tuple[SplitBy, ...] = (SplitBy.DOCUMENT, SplitBy.DUPLICATES)
    shares: tuple[int, int, int] = (800, 100, 100)
    seed: int = 1
    stratified: bool = True
    by_date: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One article.

    Attributes:
        keys: what it has in common with others, such as `event:0192…`; whoever shares one stays together.
        labels: how often it has each label.
        date: ISO 8601 as far as it is known, or "".
    """

    article_id: ArticleId
    keys: tuple[str, ...] = ()
    labels: Mapping[str, int] = field(default_factory=dict, hash=False)
    date: str = ""


@dataclass(frozen=True, slots=True)
class ShareCount:
    """What is in one share."""

    articles: int
    groups: int
    labels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found when the finished splits were held against the articles anew.

    Attributes:
        keys: how many different keys were looked up.
        torn: keys whose articles are in two shares, which would be a fault of the program.
        astray: articles that are in no share, or in a share but not among the articles.
    """

    keys: int
    torn: tuple[str, ...]
    astray: tuple[ArticleId, ...]

    @property
    def holds(self) -> bool:
        """Return whether every article is in one share, and every group in one."""
        return not self.torn and not self.astray


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be known: in which share, of which label, of how many articles; what does not apply is empty."""

    kind: NoteKind
    share: str = ""
    label: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Splitting:
    """Articles dealt out."""

    assignment: Mapping[ArticleId, Share]
    counts: Mapping[Share, ShareCount]
    proof: Proof
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Articles that stay together; `rank` orders groups by the seed alone."""

    members: tuple[ArticleId, ...]
    labels: Mapping[str, int]
    date: str
    rank: bytes

    @property
    def size(self) -> int:
        return len(self.members)


def split(items: Iterable[Item], splits: Splits) -> Splitting:
    """Deal out articles to train, dev and test.

    Raises:
        UserError: `split_shares` where a share is negative or they do not sum to 1000.
    """
    check_shares(splits.shares)
    all_items = sorted(items, key=lambda item: item.article_id)
    groups = _groups(all_items, splits.seed)
    goals = {share: size for share, size in zip(Share, splits.shares, strict=True) if size}
    dealt = _by_date(groups, goals) if splits.by_date else _Dealer(groups, goals).deal(stratified=splits.stratified)
    given = {article: share for share, members in dealt.items() for group in members for article in group.members}
    assignment = {item.article_id: given[item.article_id] for item in all_items}
    counts = {share: _count(dealt.get(share, ())) for share in Share}
    notes = tuple(_notes(groups, goals, counts, splits))
    return Splitting(assignment, counts, prove(all_items, assignment), notes)


def check_shares(shares: Sequence[int]) -> None:
    """See that shares are the thousandths of a whole.

    Raises:
        UserError: `split_shares`.
    """
    if sum(shares) != _WHOLE or min(shares) < 0 or len(shares) != len(Share):
        raise UserError("split_shares", shares="/".join(map(str, shares)), sum=sum(shares))


def prove(items: Iterable[Item], assignment: Mapping[ArticleId, Share]) -> Proof:
    """Hold splits against the articles: nothing is taken from how they were made."""
    found: defaultdict[str, set[Share]] = defaultdict(set)
    missing, known = [], set()
    for item in items:
        known.add(item.article_id)
        share = assignment.get(item.article_id)
        if share is None:
            missing.append(item.article_id)
            continue
        for key in item.keys:
            found[key].add(share)
    # Whoever is in one group is joined by a chain of keys, so that a group is torn only where one of its keys is.
    torn = sorted(key for key, shares in found.items() if len(shares) > 1)
    return Proof(len(found), tuple(torn), tuple(sorted([*missing, *(set(assignment) - known)])))


def _groups(items: Sequence[Item], seed: int) -> list[_Group]:
    """Return the groups, in the order of their first articles."""
    parents = list(range(len(items)))
    owners: dict[str, int] = {}
    for number, item in enumerate(items):
        for key in item.keys:
            one, other = _root(parents, owners.setdefault(key, number)), _root(parents, number)
            parents[max(one, other)] = min(one, other)
    members: defaultdict[int, list[Item]] = defaultdict(list)
    for number, item in enumerate(items):
        members[_root(parents, number)].append(item)
    return [_group(members[number], seed) for number in sorted(members)]


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _group(items: Sequence[Item], seed: int) -> _Group:
    labels: Counter[str] = Counter()
    for item in items:
        labels.update({label: count for label, count in item.labels.items() if count > 0})
    rank = hashlib.sha256(f"{seed}:{items[0].article_id}".encode()).digest()
    # In one order, so that sums of fractions do not hang on how labels came.
    return _Group(
        tuple(item.article_id for item in items), dict(sorted(labels.items())), max(item.date for item in items), rank
    )


class _Dealer:
    """Deals out groups, one after the other, each to the share that is the furthest from what it is to have."""

    def __init__(self, groups: Sequence[_Group], goals: Mapping[Share, int]) -> None:
        self._goals = goals
        # Large groups first, while there is room for them; those of one size as the seed says.
        self._waiting = dict.fromkeys(sorted(range(len(groups)), key=lambda n: (-groups[n].size, groups[n].rank)))
        self._groups = groups
        self._dealt: dict[Share, list[_Group]] = {share: [] for share in goals}
        self._articles = dict.fromkeys(goals, 0)
        self._tags: dict[str, dict[Share, int]] = defaultdict(lambda: dict.fromkeys(goals, 0))
        self._totals: Counter[str] = Counter()
        self._total = sum(group.size for group in groups)
        for group in groups:
            self._totals.update(group.labels)

    def deal(self, *, stratified: bool) -> dict[Share, list[_Group]]:
        """Deal out all groups."""
        if stratified:
            self._deal_labels()
        for number in list(self._waiting):
            self._give(number, self._best(self._groups[number]))
        return self._dealt

    def _deal_labels(self) -> None:
        with_label: defaultdict[str, list[int]] = defaultdict(list)
        for number in self._waiting:
            for label in self._groups[number].labels:
                with_label[label].append(number)
        left = {label: len(numbers) for label, numbers in with_label.items()}
        while left:
            label = min(left, key=lambda name: (left[name], name))
            del left[label]
            numbers = [number for number in with_label[label] if number in self._waiting]
            for done, number in enumerate(numbers):
                group = self._groups[number]
                self._give(number, self._best(group, label, len(numbers) - done))
                for other in group.labels:
                    if other in left:
                        left[other] -= 1

    def _best(self, group: _Group, label: str = "", with_label: int = 0) -> Share:
        """Return the share to which a group goes.

        Where no more groups are left than shares are empty, or than shares have none of a label, it is one of these.
        """
        for held, left in ((self._articles, len(self._waiting)), (self._tags.get(label, {}), with_label)):
            if 0 < left <= len(self._goals):
                without = [share for share in self._goals if not held.get(share)]
                if len(without) >= left:
                    return min(without, key=lambda share: self._cost(share, group))
        return min(self._goals, key=lambda share: self._cost(share, group))

    def _cost(self, share: Share, group: _Group) -> float:
        """Return by how much the squared distances between what shares have and are to have grow with a group.

        They are of the articles and of each of its labels, as parts of all articles and of all tags of the label; so
        rare labels come first.
        """
        part = group.size / self._total
        cost = (2 * self._articles[share] / self._total + part) * part
        for label, count in group.labels.items():
            total = self._totals[label]
            cost += (2 * self._tags[label][share] + count) * count / (total * total)
        return cost / self._goals[share]

    def _give(self, number: int, share: Share) -> None:
        group = self._groups[number]
        del self._waiting[number]
        self._dealt[share].append(group)
        self._articles[share] += group.size
        for label, count in group.labels.items():
            self._tags[label][share] += count


def _by_date(groups: Sequence[_Group], goals: Mapping[Share, int]) -> dict[Share, list[_Group]]:
    """Cut the groups, from the oldest to the newest, where the shares end; undated ones count as the oldest."""
    ordered = sorted(groups, key=lambda group: (group.date, group.rank))
    ends = list(accumulate(group.size for group in ordered))
    total = ends[-1] if ends else 0
    dealt, start = {}, 0
    goal_ends = list(accumulate(goals.values()))
    for number, (share, goal) in enumerate(zip(goals, goal_ends, strict=True)):
        later = len(goals) - number - 1
        cut = bisect_left(ends, total * goal / _WHOLE - 0.5) + 1 if later else len(ordered)
        # Each share has a group, as long as there are groups.
        cut = max(min(cut, len(ordered) - later), min(start + 1, len(ordered)))
        dealt[share] = ordered[start:cut]
        start = cut
    return dealt


def _count(groups: Sequence[_Group]) -> ShareCount:
    labels: Counter[str] = Counter()
    for group in groups:
        labels.update(group.labels)
    return ShareCount(sum(group.size for group in groups), len(groups), dict(sorted(labels.items())))


def _notes(
    groups: Sequence[_Group], goals: Mapping[Share, int], counts: Mapping[Share, ShareCount], splits: Splits
) -> Iterator[Note]:
    for share in goals:
        if not counts[share].articles:
            yield Note(NoteKind.SHARE_EMPTY, share, count=len(groups))
    total = sum(group.size for group in groups)
    largest = max((group.size for group in groups), default=0)
    if largest * _WHOLE > total * min(goals.values()) and largest > 1:
        yield Note(NoteKind.GROUP_LARGE, count=largest)
    if splits.by_date:
        undated = sum(group.size for group in groups if not group.date)
        if undated:
            yield Note(NoteKind.UNDATED, Share.TRAIN, count=undated)
        if splits.stratified:
            yield Note(NoteKind.NOT_STRATIFIED)
    in_groups = Counter(label for group in groups for label in group.labels)
    for label, number in sorted(in_groups.items()):
        for share in goals:
            if counts[share].articles and label not in counts[share].labels:
                yield Note(NoteKind.LABEL_MISSING, share, label, number)
