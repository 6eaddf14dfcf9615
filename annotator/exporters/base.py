# SPDX-License-Identifier: MIT
"""What every export format speaks in: what goes in, what it was asked, and what it says it did.

Plain data only. Knows no format, writes no file and knows nothing of the project behind an `ExportSource`.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from annotator.exporters.abilities import Abilities
from annotator.exporters.losses import Loss, Lossy, Reason
from annotator.model.article import ArticleState
from annotator.model.ids import ActorId, AnnotatorId, ArticleId, EventId, LabelId, LayerId
from annotator.model.registry import Actor, Event
from annotator.model.scheme import Scheme
from annotator.model.tagged_article import TaggedArticle

if TYPE_CHECKING:
    from annotator.exporters.splitting import Splits, Splitting

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
        part: which split of the corpus this is: `train`, `dev` or `test`; "" where it is not split.
    """

    project_id: str
    project_name: str
    scheme: Scheme
    annotators: Mapping[AnnotatorId, str]
    count: int
    articles: Callable[[], Iterator[TaggedArticle]]
    actors: Mapping[ActorId, Actor] = field(default_factory=dict)
    events: Mapping[EventId, Event] = field(default_factory=dict)
    part: str = ""


class Clitics(StrEnum):
    """What is done with a tag that begins or ends inside a word, as أردوغان does in بأردوغان."""

    SPLIT = "split"
    EXPAND = "expand"
    SKIP = "skip"


class Overlap(StrEnum):
    """Which of tags that overlap are exported."""

    KEEP = "keep"
    LONGEST = "longest"
    FIRST = "first"


class Unit(StrEnum):
    """What becomes one document of a file."""

    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"


class LabelNames(StrEnum):
    """What labels, relation types and document labels are called in a file."""

    ID = "id"
    ARABIC = "ar"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to export and how; None means all.

    Attributes:
        clitics: what is done with tags that begin or end inside a word, where the format has words.
        overlap: which of overlapping tags are kept; a format that cannot keep them takes the longest instead.
        unit: what becomes one document.
        names: what labels are called, where the format can call them anything.
        anonymise: annotators are called `annotator-1` and so on, in the order of their names' hashes.
        without_boilerplate: text that is marked as boilerplate is left out.
        splits: how articles are dealt out to train, dev and test; None to keep them together.
        licence: under which the data is passed on, as an SPDX identifier, for the formats that say so.
    """

    articles: frozenset[ArticleId] | None = None
    states: frozenset[ArticleState] | None = None
    layers: frozenset[LayerId] | None = None
    labels: frozenset[LabelId] | None = None
    annotators: frozenset[AnnotatorId] | None = None
    clitics: Clitics = Clitics.SPLIT
    overlap: Overlap = Overlap.KEEP
    unit: Unit = Unit.ARTICLE
    names: LabelNames = LabelNames.ID
    anonymise: bool = False
    without_boilerplate: bool = False
    splits: "Splits | None" = None
    licence: str = ""

    def within(self, abilities: Abilities) -> "ExportOptions":
        """Return these options with those as they are by default that a format does not have."""
        options = self
        if not abilities.cuts:
            options = replace(options, overlap=Overlap.KEEP, unit=Unit.ARTICLE, without_boilerplate=False)
        if not abilities.names:
            options = replace(options, names=LabelNames.ID)
        if not abilities.licence:
            options = replace(options, licence="")
        return options if abilities.clitics else replace(options, clitics=Clitics.SPLIT)


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
    """Writes articles one by one; the file is whole when the iterator is at its end."""

    def __call__(self, path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
        """Write `source` to `path`: the file, or the folder, which is there, of a format that makes one."""
        ...


class ReadBack(Protocol):
    """Reads what a writer wrote: as many entries as it gave, in its order."""

    def __call__(self, path: Path, part: str) -> Iterator[Entry]:
        """Read the file or folder at `path`; of a folder that holds all splits, the one called `part`."""
        ...


class Finish(Protocol):
    """Writes what a folder holds besides its articles, such as a card that counts them."""

    def __call__(
        self, folder: Path, source: ExportSource, options: ExportOptions, parts: "Sequence[PartReport]"
    ) -> None:
        """Write it; `parts` are the splits, or one without a name."""
        ...


class Layout(StrEnum):
    """What a format makes: one file, or a folder of files; of a folder, whether one holds all splits."""

    FILE = "file"
    FOLDER = "folder"
    FOLDER_OF_SPLITS = "folder_of_splits"


@dataclass(frozen=True, slots=True)
class Format:
    """One export format; dialog, command line and docs are made from it.

    Attributes:
        id: its name on the command line.
        name_key: its name for the user, to be translated by `i18n.tr_marked`.
        description_key: one sentence on what it is for, likewise.
        suffix: what its files end in, with the dot; "" where it makes a folder.
        losses: why anything may be left out or changed (`losses.REASON_TEXTS` says it to the user); a relation of
            which an end is not chosen is left out of every format.
        verifier: says by what a file is read back in this installation.
        extra: the library that it needs, a key of `annotator.extras.EXTRAS`, if any.
        layout: what it makes.
        finish: writes what a folder holds besides its articles, when these are written and read back.
    """

    id: str
    name_key: str
    description_key: str
    suffix: str
    abilities: Abilities
    losses: tuple[Reason, ...]
    write: Writer
    read_back: ReadBack
    verifier: Callable[[], str]
    extra: str | None = None
    layout: Layout = Layout.FILE
    finish: Finish | None = None


@dataclass(frozen=True, slots=True)
class PartReport:
    """What one split of an export holds, or all of it where it is not split (`name` is "" then).

    Attributes:
        labels: how many tags of each label the articles have that are in it.
        groups: how many groups of articles that had to stay together.
    """

    name: str
    articles: int
    labels: Mapping[str, int]
    groups: int = 0


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
        parts: what each split holds; one part without a name where the export is not split.
        splits: of a split export, the split of each article by its id.
        splitting: how articles were split, and the proof that no group is in two splits; None where nothing is split.
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
    parts: tuple[PartReport, ...] = ()
    splits: Mapping[str, str] = field(default_factory=dict)
    splitting: "Splitting | None" = None
