# SPDX-License-Identifier: MIT
"""What every export format speaks in: what goes in, what it can carry, what it was asked, and what it says it did.

Plain data only. Knows no format, writes no file and knows nothing of the project behind an `ExportSource`.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from annotator.exporters.losses import Loss, Lossy, Reason
from annotator.model.article import ArticleState
from annotator.model.ids import ActorId, AnnotatorId, ArticleId, EventId, LabelId
from annotator.model.registry import Actor, Event
from annotator.model.scheme import Scheme
from annotator.model.tagged_article import TaggedArticle

#: `progress(done, total, name)`; returning False cancels.
Progress = Callable[[int, int, str], bool]


@dataclass(frozen=True, slots=True)
class ExportSource:
    """What is exported, as plain data.

    Attributes:
        annotators: the name of everyone who works in the project.
        count: how many articles `articles` gives, for progress.
        articles: gives the articles one by one, each time it is called from the first on.
        actors: the actors of the registry by their ids, and `events` its events.
    """

    project_id: str
    project_name: str
    scheme: Scheme
    annotators: Mapping[AnnotatorId, str]
    count: int
    articles: Callable[[], Iterator[TaggedArticle]]
    actors: Mapping[ActorId, Actor] = field(default_factory=dict)
    events: Mapping[EventId, Event] = field(default_factory=dict)


class Clitics(StrEnum):
    """What is done with a tag that begins or ends inside a word, as أردوغان does in بأردوغان."""

    SPLIT = "split"
    EXPAND = "expand"
    SKIP = "skip"


class OffsetUnit(StrEnum):
    """What a format counts in."""

    CODE_POINT = "code_point"
    TOKEN = "token"  # noqa: S105 - no password


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a format can carry.

    Attributes:
        overlap: tags that overlap or nest.
        pieces: one tag of several pieces.
        attributes: the attributes of tags.
        certainty: which tags are unsure.
        links: which actor or event of the registry a tag is linked to.
        relations: the relations of tags to tags, actors, events and the author.
        document_tags: what is said of whole articles.
        registry: the actors and events themselves, with all that is known of them.
        ids: the ids of articles and tags.
        authors: who made a tag, when and how.
        exact_text: every character of the text, blanks and line breaks too.
        article_fields: what is known of an article besides its text.
        clitics: whether `ExportOptions.clitics` changes what is written.
        offset_unit: what the file itself counts in; elsewhere positions are code points.
    """

    overlap: bool
    pieces: bool
    attributes: bool
    certainty: bool
    links: bool
    relations: bool
    document_tags: bool
    registry: bool
    notes: bool
    ids: bool
    authors: bool
    exact_text: bool
    article_fields: bool
    clitics: bool
    offset_unit: OffsetUnit


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to export and how; None means all.

    Attributes:
        clitics: what is done with tags that begin or end inside a word, where the format has words.
    """

    articles: frozenset[ArticleId] | None = None
    states: frozenset[ArticleState] | None = None
    labels: frozenset[LabelId] | None = None
    annotators: frozenset[AnnotatorId] | None = None
    clitics: Clitics = Clitics.SPLIT


@dataclass(frozen=True, slots=True)
class Entry:
    """What one part of a file says, or should say, in the format's own terms: compared by `==` of `content`.

    Attributes:
        tags: how many tags it holds.
        content: everything that the format can carry of it.
        relations: how many relations it holds.
        document_tags: how many document tags it holds.
    """

    tags: int
    content: Hashable
    relations: int = 0
    document_tags: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer did with one article, or with what the file says of the whole project (`article` is None).

    Attributes:
        entry: what the file should now say of it; None where the file says nothing of it.
        lost: everything of it that could not be carried, or not as it is.
    """

    article: TaggedArticle | None
    entry: Entry | None
    lost: tuple[tuple[Reason, Lossy], ...] = ()


def without_registry(source: ExportSource) -> Written:
    """Return that none of the registry is in the file."""
    actors = [(Reason.ACTOR, actor) for actor in source.actors.values()]
    events = [(Reason.EVENT, event) for event in source.events.values()]
    return Written(None, None, (*actors, *events))


class Writer(Protocol):
    """Writes a file article by article; it is whole when the iterator is at its end."""

    def __call__(self, path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
        """Write `source` to `path`."""
        ...


class ReadBack(Protocol):
    """Reads what a writer wrote: as many entries as it gave, in its order."""

    def __call__(self, path: Path) -> Iterator[Entry]:
        """Read the file at `path`."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """One export format; dialog, command line and docs are made from it.

    Attributes:
        id: its name on the command line.
        name_key: its name for the user, to be translated by `i18n.tr_marked`.
        description_key: one sentence on what it is for, likewise.
        suffix: what its files end in, with the dot.
        losses: why anything may be left out or changed (`losses.REASON_TEXTS` says it to the user); a relation of
            which an end is not chosen is left out of every format.
        extra: the extra of this distribution that it needs, if any.
        verifier: says by what a file is read back in this installation.
    """

    id: str
    name_key: str
    description_key: str
    suffix: str
    abilities: Abilities
    losses: tuple[Reason, ...]
    extra: str | None
    write: Writer
    read_back: ReadBack
    verifier: Callable[[], str]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did.

    Attributes:
        path: the file.
        articles: how many articles were chosen.
        tags_in: how many tags these have, of the chosen labels and annotators.
        tags_out: how many tags were counted in the file when it was read back.
        relations_in: how many relations these articles have, of the chosen annotators; `document_tags_in` likewise.
        relations_out: how many of them were counted in the file; `document_tags_out` likewise.
        text_sha256: SHA-256 (hex) of each article's text by its id, in the order of the file.
        settings: what `ExportOptions` said.
        verified_by: the reader that read the file back.
    """

    format: str
    path: Path
    articles: int
    tags_in: int
    tags_out: int
    losses: tuple[Loss, ...]
    text_sha256: Mapping[str, str]
    version: str
    verified_by: str
    settings: Mapping[str, str | list[str] | None] = field(default_factory=dict)
    relations_in: int = 0
    relations_out: int = 0
    document_tags_in: int = 0
    document_tags_out: int = 0
