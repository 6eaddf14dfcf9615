# SPDX-License-Identifier: MIT
"""An article with its tags in the terms of a file: labels and attributes by name, ids as the file has them.

What readers of foreign files give, and what an exported file is held against. Positions are code points of the
document's text, half-open. Used as a module (`exchange.Tag`), because its names are those of the model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.model.annotator import Annotator
from annotator.model.article import Article
from annotator.model.attributes import AttributeValue
from annotator.model.registry import Actor, Event
from annotator.model.scheme import Scheme
from annotator.model.span import Piece

#: What may be known of a document besides its text: fields of `Document`.
PARTICULARS = ("title", "source", "outlet", "url", "author", "date")


@dataclass(frozen=True, slots=True)
class Tag:
    """A labelled span.

    Attributes:
        label: as the file calls it.
        id: by which relations name it; unique in its document, "" where nothing names it.
        pieces: of a discontinuous tag its pieces; `start` and `end` are its outer edges then.
        quote: what the file says the tag's text is; None where it says nothing of it.
        prefix: the text before it and `suffix` the text after it, as far as the file quotes them.
        entity: the id of the actor or event that it is linked to, as the file has it.
        annotator: who made it, by name; "" where the file does not say.
        created_at: when, as the project file has times; "" where the file does not say.
        origin: how, a value of `annotator.model.span.Origin`; "" where the file does not say.
        place: where in the file it stands, for messages.
    """

    label: str
    start: int
    end: int
    id: str = ""
    pieces: tuple[Piece, ...] = ()
    quote: str | None = None
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    unsure: bool = False
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict, hash=False)
    entity: str = ""
    annotator: str = ""
    created_at: str = ""
    origin: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation from a tag.

    Attributes:
        type: as the file calls it.
        source: the id of the tag that it starts from.
        target: the id of the tag that it leads to, or "".
        entity: the id of the actor or event that it leads to, or ""; with neither it leads to the article's author.
    """

    type: str
    source: str
    target: str = ""
    entity: str = ""
    id: str = ""
    annotator: str = ""
    created_at: str = ""
    origin: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class DocumentTag:
    """What the file says of a whole document."""

    label: str
    id: str = ""
    note: str = ""
    unsure: bool = False
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict, hash=False)
    annotator: str = ""
    created_at: str = ""
    origin: str = ""
    place: str = ""


class Skipped(StrEnum):
    """What a reader left out of a document, though it is well formed; `importers.foreign` says it to the user."""

    CANCELLED = "cancelled"
    COMMENT = "comment"
    KIND = "kind"
    PREDICTION = "prediction"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what is tagged in it.

    Attributes:
        id: the file's own id of it, or "".
        source: the file or name that it once came from, as far as the file says.
        date: ISO 8601 as far as it is known, or as the file has it.
        rebuilt: the text is not in the file and was put together from tokens.
        article: the whole record of the article, where the file has it: only our own has.
        skipped: how much of it was not read, and why.
        place: where in the file it stands, such as `12` for a line or `[3]` for an item of a list; for messages.
    """

    text: str
    id: str = ""
    title: str = ""
    source: str = ""
    outlet: str = ""
    url: str = ""
    author: str = ""
    date: str = ""
    tags: tuple[Tag, ...] = ()
    relations: tuple[Relation, ...] = ()
    document_tags: tuple[DocumentTag, ...] = ()
    rebuilt: bool = False
    article: Article | None = None
    skipped: Mapping[Skipped, int] = field(default_factory=dict, hash=False)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says besides its documents; all of it may be missing.

    Attributes:
        actors: the registry as far as the file has one; ids are the file's, and `events` likewise.
    """

    scheme: Scheme | None = None
    annotators: tuple[Annotator, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()


NO_HEADER = Header()
