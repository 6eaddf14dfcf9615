# SPDX-License-Identifier: MIT
"""Why something is not in an exported file, or not as it is in the project; counted, with examples.

Knows reasons only; which of them a format has, each format declares.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.i18n import N_, NP_
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import ActorId, EventId, SpanId
from annotator.model.registry import Actor, Event
from annotator.model.relation import Relation
from annotator.model.span import Span

_EXAMPLES = 5

#: What can be lost, or lose something.
Lossy = Span | Relation | DocumentTag | Actor | Event


class Subject(StrEnum):
    """What of a project was lost, or lost something."""

    TAG = "tag"
    RELATION = "relation"
    DOCUMENT_TAG = "document_tag"
    ACTOR = "actor"
    EVENT = "event"


#: How a number of them is told, by `i18n.trn_marked`.
SUBJECT_COUNTS: dict[Subject, tuple[str, str]] = {
    Subject.TAG: NP_("{n} tag", "{n} tags"),
    Subject.RELATION: NP_("{n} relation", "{n} relations"),
    Subject.DOCUMENT_TAG: NP_("{n} document tag", "{n} document tags"),
    Subject.ACTOR: NP_("{n} actor", "{n} actors"),
    Subject.EVENT: NP_("{n} event", "{n} events"),
}


class Reason(StrEnum):
    """Why something is left out or changed."""

    NO_EVENT = "no_event"
    NEGATED = "negated"
    NO_TYPE = "no_type"
    NO_AGENT = "no_agent"
    BOILERPLATE = "boilerplate"
    OVERLAP = "overlap"
    OVERLAP_FIRST = "overlap_first"
    INSIDE_TOKEN = "inside_token"  # noqa: S105 - no password
    BLANK_TOKEN = "blank_token"  # noqa: S105 - no password
    TOO_WIDE = "too_wide"
    DISCONTINUOUS = "discontinuous"
    NOT_IN_ENTS_OVERLAP = "not_in_ents_overlap"
    NOT_IN_ENTS_BLANK = "not_in_ents_blank"
    NOT_IN_NER = "not_in_ner"
    EXPANDED = "expanded"
    TRIMMED = "trimmed"
    SENTENCE_BREAK = "sentence_break"
    BEYOND_LENGTH = "beyond_length"
    ILLEGAL_CHARACTER = "illegal_character"
    SCHEME_ONLY = "scheme_only"
    NOTE = "note"
    ATTRIBUTES = "attributes"
    LINK = "link"
    SECOND_LINK = "second_link"
    CERTAINTY = "certainty"
    RELATION = "relation"
    RELATION_TARGET = "relation_target"
    RELATION_END = "relation_end"
    RELATION_UNIT = "relation_unit"
    NO_RECORD = "no_record"
    RELATION_ANNOTATORS = "relation_annotators"
    NOT_IN_REL = "not_in_rel"
    DOCUMENT_TAG = "document_tag"
    DOCUMENT_TAG_UNIT = "document_tag_unit"
    DOCUMENT_TAG_BLANK = "document_tag_blank"
    DOCUMENT_TAG_DETAILS = "document_tag_details"
    ACTOR = "actor"
    EVENT = "event"


#: What a reason is counted of, where that is no tag.
_SUBJECTS = {
    Reason.RELATION: Subject.RELATION,
    Reason.RELATION_TARGET: Subject.RELATION,
    Reason.RELATION_END: Subject.RELATION,
    Reason.RELATION_UNIT: Subject.RELATION,
    Reason.NO_RECORD: Subject.RELATION,
    Reason.RELATION_ANNOTATORS: Subject.RELATION,
    Reason.NOT_IN_REL: Subject.RELATION,
    Reason.DOCUMENT_TAG: Subject.DOCUMENT_TAG,
    Reason.DOCUMENT_TAG_UNIT: Subject.DOCUMENT_TAG,
    Reason.DOCUMENT_TAG_BLANK: Subject.DOCUMENT_TAG,
    Reason.DOCUMENT_TAG_DETAILS: Subject.DOCUMENT_TAG,
    Reason.ACTOR: Subject.ACTOR,
    Reason.EVENT: Subject.EVENT,
}

#: It is not in the file at all. For any other reason it is there, with something of it changed or missing.
LEFT_OUT = frozenset(
    {
        Reason.NO_EVENT,
        Reason.NEGATED,
        Reason.NO_TYPE,
        Reason.NO_AGENT,
        Reason.NO_RECORD,
        Reason.BOILERPLATE,
        Reason.OVERLAP,
        Reason.OVERLAP_FIRST,
        Reason.INSIDE_TOKEN,
        Reason.BLANK_TOKEN,
        Reason.TOO_WIDE,
        Reason.DISCONTINUOUS,
        Reason.SCHEME_ONLY,
        Reason.RELATION,
        Reason.RELATION_TARGET,
        Reason.RELATION_END,
        Reason.RELATION_UNIT,
        Reason.RELATION_ANNOTATORS,
        Reason.DOCUMENT_TAG,
        Reason.DOCUMENT_TAG_UNIT,
        Reason.DOCUMENT_TAG_BLANK,
        Reason.ACTOR,
        Reason.EVENT,
    }
)

REASON_TEXTS: dict[Reason, str] = {
    Reason.NO_EVENT: N_("left out: is no event"),
    Reason.NEGATED: N_("left out: an event that, as the text says, does not happen"),
    Reason.NO_TYPE: N_("left out: an event without a type"),
    Reason.NO_AGENT: N_("left out: an event of which nobody is said to act"),
    Reason.BOILERPLATE: N_("left out: touches text that is marked as boilerplate"),
    Reason.OVERLAP: N_("left out: overlaps a longer tag"),
    Reason.OVERLAP_FIRST: N_("left out: overlaps a tag that begins earlier"),
    Reason.INSIDE_TOKEN: N_("left out: begins or ends inside a word"),
    Reason.BLANK_TOKEN: N_("left out: holds no word"),
    Reason.TOO_WIDE: N_("left out: longer than 12 words, the most that GLiNER takes together"),
    Reason.DISCONTINUOUS: N_("left out: made of several pieces, which the format does not know"),
    Reason.NOT_IN_ENTS_OVERLAP: N_("in doc.spans, but not in doc.ents: overlaps a longer tag"),
    Reason.NOT_IN_ENTS_BLANK: N_("in doc.spans, but not in doc.ents: begins or ends with a blank"),
    Reason.NOT_IN_NER: N_("in entities, but not in ner_tags: overlaps a longer tag, or is made of several pieces"),
    Reason.EXPANDED: N_("widened to whole words"),
    Reason.TRIMMED: N_("blanks at its edges left out"),
    Reason.SENTENCE_BREAK: N_("kept whole; the sentence break inside it is left out"),
    Reason.BEYOND_LENGTH: N_("in the file, but after the first 384 words of its document; GLiNER reads no further"),
    Reason.ILLEGAL_CHARACTER: N_("characters that XML does not allow replaced by � in its words, note or attributes"),
    Reason.SCHEME_ONLY: N_("left out: the format holds the scheme only"),
    Reason.NOTE: N_("exported without its note"),
    Reason.ATTRIBUTES: N_("exported without its attributes"),
    Reason.LINK: N_("exported without its link to an actor or event"),
    Reason.SECOND_LINK: N_("exported with its link to an actor, without that to an event"),
    Reason.CERTAINTY: N_("exported without saying that it is unsure"),
    Reason.RELATION: N_("left out: the format has no relations"),
    Reason.RELATION_TARGET: N_("left out: leads to an actor, an event or the author; the format relates tags only"),
    Reason.RELATION_END: N_("left out: a tag at one of its ends is not in the file"),
    Reason.RELATION_UNIT: N_("left out: leads to another paragraph or sentence, which is a document of its own"),
    Reason.NO_RECORD: N_("left out: a table of events says only who acts, toward whom, where and when"),
    Reason.RELATION_ANNOTATORS: N_("left out: relates tags of two annotators, whom the format keeps apart"),
    Reason.NOT_IN_REL: N_("in doc.user_data, but not in doc._.rel: an end of it is not in doc.ents"),
    Reason.DOCUMENT_TAG: N_("left out: the format has no document labels"),
    Reason.DOCUMENT_TAG_UNIT: N_("left out: speaks of the whole article, which is exported in parts"),
    Reason.DOCUMENT_TAG_BLANK: N_("left out: the article has no word on which the format could put it"),
    Reason.DOCUMENT_TAG_DETAILS: N_("exported without its attributes, its note or its certainty"),
    Reason.ACTOR: N_("left out: the format has no list of actors"),
    Reason.EVENT: N_("left out: the format has no list of events"),
}


def subject_of(reason: Reason) -> Subject:
    """Return what a reason is counted of."""
    return _SUBJECTS.get(reason, Subject.TAG)


@dataclass(frozen=True, slots=True)
class Example:
    """One thing that was lost or changed.

    Attributes:
        article: the title of its article; "" for an actor or event.
        label: the id of the label or relation type; "" for an actor or event.
        quote: the words of the tag, or of the one that a relation starts from, or a name.
        start: where that tag begins, or None; `end` where it ends.
        target: where a relation leads: words or a name, "" for the author; None for anything else.
    """

    article: str
    label: str
    quote: str
    start: int | None = None
    end: int | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """How many were left out or changed for one reason, and the first few of them."""

    reason: Reason
    count: int
    examples: tuple[Example, ...]

    @property
    def of(self) -> Subject:
        """Return what was counted."""
        return subject_of(self.reason)

    @property
    def left_out(self) -> bool:
        """Return whether they are not in the file at all."""
        return self.reason in LEFT_OUT

    @property
    def tag_lost(self) -> bool:
        """Return whether they are tags and not in the file at all."""
        return self.left_out and self.of is Subject.TAG


@dataclass(frozen=True, slots=True)
class Context:
    """What examples of losses are told with.

    Attributes:
        article: the article's title.
        spans: all its tags, those that are not exported too.
    """

    article: str = ""
    spans: Mapping[SpanId, Span] = field(default_factory=dict)
    actors: Mapping[ActorId, Actor] = field(default_factory=dict)
    events: Mapping[EventId, Event] = field(default_factory=dict)

    def example(self, lossy: Lossy) -> Example:
        """Return something of this article, or of the registry, as an example."""
        match lossy:
            case Span():
                return Example(self.article, lossy.label_id, lossy.words, lossy.start, lossy.end)
            case Relation():
                source = self.spans[lossy.source_id]
                target = self._target(lossy)
                return Example(self.article, lossy.type_id, source.words, source.start, source.end, target)
            case DocumentTag():
                return Example(self.article, lossy.label_id, "")
            case Actor():
                return Example("", "", lossy.name_ar or lossy.name_en)
            case Event():
                return Example("", "", lossy.title)

    def _target(self, relation: Relation) -> str:
        if relation.target_span_id:
            return self.spans[relation.target_span_id].words
        if relation.target_actor_id:
            return self.actors[relation.target_actor_id].name_in("ar")
        return self.events[relation.target_event_id].title if relation.target_event_id else ""


class Tally:
    """Counts losses while an export runs; keeps no more than a few examples of each."""

    def __init__(self) -> None:
        self._counts: Counter[Reason] = Counter()
        self._examples: dict[Reason, list[Example]] = defaultdict(list)

    def add(self, reason: Reason, lossy: Lossy, context: Context) -> None:
        """Count one thing that was lost or changed."""
        self._counts[reason] += 1
        examples = self._examples[reason]
        if len(examples) < _EXAMPLES:
            examples.append(context.example(lossy))

    def losses(self) -> tuple[Loss, ...]:
        """Return what was counted, in the order of `Reason`."""
        return tuple(
            Loss(reason, self._counts[reason], tuple(self._examples[reason]))
            for reason in Reason
            if reason in self._counts
        )

    def left_out(self, subject: Subject) -> int:
        """Return how many of one kind were counted as not in the file at all."""
        return sum(loss.count for loss in self.losses() if loss.left_out and loss.of is subject)
