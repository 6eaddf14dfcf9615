# SPDX-License-Identifier: MIT
"""Event records after PLOVER 2.0, made of the tags and relations of an article.

Owns the rules, which are tables: what of a scheme is taken for what, what is recoded, and what stands in each column.
PLOVER: https://github.com/openeventdata/PLOVER, manual of version 2.0. Knows no file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.exporters import placing
from annotator.exporters.base import ExportSource, Overlap
from annotator.exporters.carrying import attribute_text
from annotator.exporters.losses import Lossy, Reason
from annotator.exporters.placing import Placed
from annotator.model.attributes import AttributeKind
from annotator.model.ids import AttributeId, RelationTypeId
from annotator.model.registry import Actor
from annotator.model.relation import Relation
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.model.tagged_article import TaggedArticle

#: What of a scheme is taken for what; tags from which `AGENT` may lead are events.
AGENT, RECIPIENT, PLACE, TIME = map(RelationTypeId, ("AGENT", "RECIPIENT", "PLACE", "TIME"))
TYPE, MODE, CONTEXT, REALIS, NEGATED = map(AttributeId, ("type", "mode", "context", "realis", "negated"))
_IN_RECORDS = frozenset({AGENT, RECIPIENT, PLACE, TIME})
_IN_COLUMNS = frozenset({TYPE, MODE, CONTEXT, REALIS, NEGATED})

#: What is announced is agreed to, by the manual: the type and reality that were tagged, and the type of the record.
RECODED: Mapping[tuple[str, str], str] = {
    ("CONSULT", "FUTURE"): "AGREE",
    ("SUPPORT", "FUTURE"): "AGREE",
    ("COOPERATE", "FUTURE"): "AGREE",
    ("AID", "FUTURE"): "AGREE",
    ("RETREAT", "FUTURE"): "CONCEDE",
}

#: The quad class of each type of PLOVER 2.0.
QUADS: Mapping[str, str] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}

_ACTOR_COLUMNS = ("name", "name_en", "id", "kind", "sector", "country", "mention")
COLUMNS = (
    "article_id", "event_id", "event_date", "date_from",
    *(f"actor_{column}" for column in _ACTOR_COLUMNS), "other_actors",
    *(f"recipient_{column}" for column in _ACTOR_COLUMNS),
    "event_type", "event_mode", "event_context", "quad_class", "realis", "recoded_from", "place",
    "quote", "start", "end", "registry_event", "certainty", "annotator",
    "title", "outlet", "article_date", "url", "author", "source", "relation_ids",
)  # fmt: skip

Record = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who acts, or toward whom it is done.

    Attributes:
        relations: the ids of the relations that lead to them.
    """

    columns: tuple[str, ...]
    relations: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the name by the registry, or else the words of the mention."""
        return self.columns[0]


_NOBODY = Party(("",) * len(_ACTOR_COLUMNS))


@dataclass(slots=True)
class Records:
    """What an article gives.

    Attributes:
        rows: the records, event by event.
        events: how many events have records.
        relations: how many relations are in them.
    """

    rows: list[Record] = field(default_factory=list)
    events: int = 0
    relations: int = 0
    lost: list[tuple[Reason, Lossy]] = field(default_factory=list)


class RecordMaker:
    """Makes the records of the articles of one export."""

    def __init__(self, source: ExportSource, overlap: Overlap) -> None:
        self._source, self._overlap = source, overlap
        self._labels = event_labels(source.scheme)
        dates = [one for one in source.scheme.attributes if one.kind is AttributeKind.DATE]
        self._dates = {label: one.id for one in reversed(dates) for label in one.labels}

    def records(self, tagged: TaggedArticle) -> Records:
        """Return the records of an article, and all of it that is in none."""
        found = Records()
        by_source: dict[str, list[Relation]] = {}
        for one in tagged.relations:
            by_source.setdefault(one.source_id, []).append(one)
        kept = self._kept(tagged, by_source, found)
        spans: dict[str, Span] = {span.id: span for span in tagged.spans}
        for span in kept:
            event = _Event(span, by_source.get(span.id, []), tagged, spans)
            found.rows += self._rows(event)
            found.events += 1
            found.lost += _not_said(span)
        ids: set[str] = {span.id for span in kept}
        lost = [(reason, one) for one in tagged.relations if (reason := _why_lost(one, ids, self._labels, spans))]
        found.relations = len(tagged.relations) - len(lost)
        found.lost += [*lost, *((Reason.DOCUMENT_TAG, tag) for tag in tagged.document_tags)]
        return found

    def _kept(self, tagged: TaggedArticle, by_source: Mapping[str, list[Relation]], found: Records) -> list[Span]:
        kept = []
        for span in tagged.spans:
            reason = self._why_not(span, by_source.get(span.id, []))
            if reason:
                found.lost.append((reason, span))
            else:
                kept.append(Placed(span, span.start, span.end))
        ways = {
            Overlap.LONGEST: (placing.longest_first, Reason.OVERLAP),
            Overlap.FIRST: (placing.earliest_first, Reason.OVERLAP_FIRST),
        }
        if self._overlap in ways:
            choose, reason = ways[self._overlap]
            kept, others = choose(kept)
            found.lost += [(reason, one.span) for one in others]
        return sorted((one.span for one in kept), key=lambda span: (span.start, -span.end, span.id))

    def _why_not(self, span: Span, relations: Sequence[Relation]) -> Reason | None:
        if span.label_id not in self._labels:
            return Reason.NO_EVENT
        if span.attributes.get(NEGATED) is True:
            return Reason.NEGATED
        if not _value(span, TYPE):
            return Reason.NO_TYPE
        return None if any(one.type_id == AGENT for one in relations) else Reason.NO_AGENT

    def _rows(self, event: "_Event") -> list[Record]:
        agents = self._parties(event, AGENT)
        recipients = self._parties(event, RECIPIENT) or [_NOBODY]
        shared = self._shared(event)
        rows = []
        for agent in agents:
            others = "; ".join(one.name for one in agents if one is not agent)
            for recipient in recipients:
                parties = (*_named("actor", agent), *_named("recipient", recipient))
                used = (*agent.relations, *recipient.relations, *event.ids(PLACE), *event.ids(TIME))
                values = {**shared, **dict(parties), "other_actors": others, "relation_ids": " ".join(used)}
                rows.append(tuple(values.get(column, "") for column in COLUMNS))
        return rows

    def _shared(self, event: "_Event") -> dict[str, str]:
        span, article = event.span, event.tagged.article
        tagged_type, realis = _value(span, TYPE), _value(span, REALIS)
        event_type = RECODED.get((tagged_type, realis), tagged_type)
        recoded = event_type != tagged_type
        date, date_from = self._date(event)
        return {
            "article_id": event.tagged.name,
            "event_id": span.id,
            "event_date": date,
            "date_from": date_from,
            "event_type": event_type,
            # A mode belongs to its type.
            "event_mode": "" if recoded else _value(span, MODE),
            "event_context": _value(span, CONTEXT),
            "quad_class": QUADS.get(event_type, ""),
            "realis": realis,
            "recoded_from": "/".join(filter(None, (tagged_type, _value(span, MODE)))) if recoded else "",
            "place": "; ".join(one.name for one in self._parties(event, PLACE)),
            "quote": span.words,
            "start": str(span.start),
            "end": str(span.end),
            "registry_event": span.event_id or "",
            "certainty": span.certainty.value,
            "annotator": self._source.annotators[span.annotator_id],
            "title": article.title,
            "outlet": article.outlet,
            "article_date": article.date,
            "url": article.url,
            "author": article.author,
            "source": article.source,
        }

    def _date(self, event: "_Event") -> tuple[str, str]:
        """Return when it took place, and where that is said."""
        for target in event.targets(TIME):
            attribute = self._dates.get(target.label_id) if target else None
            if target and attribute and (date := _value(target, attribute)):
                return date, "text"
        known = self._source.events.get(event.span.event_id) if event.span.event_id else None
        if known and known.date:
            return known.date, "registry"
        date = event.tagged.article.date
        return date, "article" if date else ""

    def _parties(self, event: "_Event", type_id: RelationTypeId) -> list[Party]:
        """Return to whom the relations of a type lead, each once, however often they are mentioned."""
        found: dict[tuple[str, ...], Party] = {}
        for one in event.of(type_id):
            party = self._party(one, event)
            key = (party.columns[2],) if party.columns[2] else party.columns
            before = found.get(key)
            columns = before.columns if before else party.columns
            found[key] = Party(columns, (*(before.relations if before else ()), one.id))
        return list(found.values())

    def _party(self, one: Relation, event: "_Event") -> Party:
        span = event.spans[one.target_span_id] if one.target_span_id else None
        actor_id = one.target_actor_id or (span.actor_id if span else None)
        actor = self._source.actors.get(actor_id) if actor_id else None
        if actor:
            return Party((*_actor(actor), span.words if span else ""))
        if span:
            name = span.words
        elif one.target_event_id:
            name = self._source.events[one.target_event_id].title
        else:
            name = event.tagged.article.author or event.tagged.article.outlet
        return Party((name, *[""] * (len(_ACTOR_COLUMNS) - 2), span.words if span else ""))


@dataclass(frozen=True, slots=True)
class _Event:
    """A tag of an event, with the relations from it."""

    span: Span
    relations: Sequence[Relation]
    tagged: TaggedArticle
    spans: Mapping[str, Span]

    def of(self, type_id: RelationTypeId) -> list[Relation]:
        return [one for one in self.relations if one.type_id == type_id]

    def ids(self, type_id: RelationTypeId) -> list[str]:
        return [one.id for one in self.of(type_id)]

    def targets(self, type_id: RelationTypeId) -> Iterable[Span | None]:
        return (self.spans[one.target_span_id] if one.target_span_id else None for one in self.of(type_id))


def event_labels(scheme: Scheme) -> frozenset[str]:
    """Return the labels of events: those from which `AGENT` may lead; none of a scheme without it."""
    return frozenset(label for one in scheme.relation_types if one.id == AGENT for label in one.sources)


def _named(role: str, party: Party) -> list[tuple[str, str]]:
    return [(f"{role}_{column}", value) for column, value in zip(_ACTOR_COLUMNS, party.columns, strict=True)]


def _actor(actor: Actor) -> tuple[str, ...]:
    return actor.name_in("ar"), actor.name_en, actor.id, actor.kind, actor.sector, actor.country


def _value(span: Span, attribute: AttributeId) -> str:
    value = span.attributes.get(attribute)
    return "" if value is None else attribute_text(value)


def _not_said(span: Span) -> list[tuple[Reason, Lossy]]:
    lost: list[tuple[Reason, Lossy]] = []
    if span.note:
        lost.append((Reason.NOTE, span))
    if span.attributes.keys() - _IN_COLUMNS:
        lost.append((Reason.ATTRIBUTES, span))
    return lost


def _why_lost(one: Relation, kept: set[str], labels: frozenset[str], spans: Mapping[str, Span]) -> Reason | None:
    if one.type_id not in _IN_RECORDS or spans[one.source_id].label_id not in labels:
        return Reason.NO_RECORD
    return None if one.source_id in kept else Reason.RELATION_END
