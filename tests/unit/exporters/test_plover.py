# SPDX-License-Identifier: MIT
"""Event records: who does what to whom by the rules of PLOVER 2.0, and everything else counted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportSource, Overlap, Reason, Unit, plover, run_export
from annotator.exporters.plover_records import QUADS, RECODED
from annotator.model.ids import ActorId, AnnotatorId, AttributeId, EventId, RelationId, RelationTypeId, SpanId
from annotator.model.registry import Actor, Event
from annotator.model.relation import AUTHOR, End, Relation
from annotator.model.span import Origin, Span

AT = "2026-01-02T03:04:05.678Z"
WRITER = AnnotatorId("a" * 32)
TEXT = "زار غانتس والوزير أنقرة أمس والتقيا أردوغان ثم نفى الزيارة جانتس"
#       0   4     10      18    24
GANTZ = Actor(
    ActorId("1" * 32), "بيني غانتس", "Benny Gantz", WRITER, AT, kind="PERS", sector="GOV", country="ISR", note="x"
)
TRIP = Event(EventId("3" * 32), "الزيارة", WRITER, AT, date="2022-10")
WORDS = {"visit": "زار", "gantz": "غانتس", "minister": "والوزير", "ankara": "أنقرة", "yesterday": "أمس"}
WORDS |= {"meet": "والتقيا", "erdogan": "أردوغان", "denied": "الزيارة", "again": "جانتس"}
LABELS = {"visit": "EVENT", "meet": "EVENT", "denied": "EVENT", "yesterday": "TIME", "ankara": "PLACE"}

Build = Callable[..., ExportSource]


@pytest.fixture
def build(source_of) -> Build:
    """Return a function that makes a source of one article, with attributes by word and relations as triples."""

    def made(relations: list[tuple], particulars: dict | None = None, **attributes: dict[str, Any]) -> ExportSource:
        source = source_of((TEXT, []))
        [tagged] = source.articles()
        spans = {name: _span(name, number, attributes.get(name, {})) for number, name in enumerate(WORDS)}
        spans["gantz"] = replace(spans["gantz"], actor_id=GANTZ.id)
        spans["again"] = replace(spans["again"], actor_id=GANTZ.id)
        spans["visit"] = replace(spans["visit"], event_id=TRIP.id)
        drawn = tuple(_relation(number, spans, *one) for number, one in enumerate(relations))
        article = replace(tagged.article, **(particulars or {}))
        whole = replace(tagged, article=article, spans=tuple(spans.values()), relations=drawn)
        return replace(source, actors={GANTZ.id: GANTZ}, events={TRIP.id: TRIP}, articles=lambda: iter([whole]))

    def _span(name: str, number: int, values: dict[str, Any]) -> Span:
        start = TEXT.index(WORDS[name])
        end = start + len(WORDS[name])
        [tagged] = source_of((TEXT, [])).articles()
        return Span(
            SpanId(f"{number:032x}"), tagged.article.id, LABELS.get(name, "ACTOR"), start, end, TEXT[start:end], "",
            Origin.MANUAL, WRITER, AT, attributes={AttributeId(key): value for key, value in values.items()},
        )  # fmt: skip

    def _relation(number: int, spans: dict[str, Span], source: str, kind: str, target: str | End) -> Relation:
        end = target if isinstance(target, End) else End(span_id=spans[target].id)
        return Relation(
            RelationId(f"{number:032x}"), spans[source].article_id, RelationTypeId(kind), spans[source].id,
            end.span_id, end.actor_id, end.event_id, Origin.MANUAL, WRITER, AT,
        )  # fmt: skip

    return made


def _table(source: ExportSource, folder: Path, **options) -> tuple[pd.DataFrame, dict[Reason, int]]:
    path = folder / "x.plover.csv"
    report = run_export(source, "plover", path, ExportOptions(**options))
    read = pd.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    return read, {loss.reason: loss.count for loss in report.losses}


VISIT = [("visit", "AGENT", "gantz"), ("visit", "PLACE", "ankara"), ("visit", "TIME", "yesterday")]


def test_a_visit(build: Build, tmp_path: Path) -> None:
    source = build(
        [*VISIT, ("visit", "RECIPIENT", "erdogan")],
        {"outlet": "الجزيرة", "date": "2022-10-28", "url": "http://a.b"},
        visit={"type": "CONSULT", "mode": "visit", "context": "diplomatic", "realis": "ACTUAL", "negated": False},
        yesterday={"value": "2022-10-27"},
    )
    table, lost = _table(source, tmp_path)

    [row] = table.to_dict("records")
    expected = {
        "actor_name": "بيني غانتس", "actor_name_en": "Benny Gantz", "actor_id": GANTZ.id, "actor_kind": "PERS",
        "actor_sector": "GOV", "actor_country": "ISR", "actor_mention": "غانتس", "other_actors": "",
        "recipient_name": "أردوغان", "recipient_id": "", "recipient_mention": "أردوغان",
        "event_type": "CONSULT", "event_mode": "visit", "event_context": "diplomatic",
        "quad_class": "verbal cooperation", "realis": "ACTUAL", "recoded_from": "",
        "event_date": "2022-10-27", "date_from": "text", "place": "أنقرة",
        "quote": "زار", "start": "0", "end": "3", "registry_event": TRIP.id, "annotator": "Sami",
        "outlet": "الجزيرة", "article_date": "2022-10-28", "url": "http://a.b",
    }  # fmt: skip
    assert {key: row[key] for key in expected} == expected
    assert len(row["relation_ids"].split()) == 4
    assert lost == {Reason.NO_EVENT: 6, Reason.NO_TYPE: 2, Reason.ACTOR: 1, Reason.EVENT: 1}


def test_each_agent_with_each_recipient(build: Build, tmp_path: Path) -> None:
    relations = [
        ("visit", "AGENT", "gantz"),
        ("visit", "AGENT", "minister"),
        ("visit", "AGENT", "again"),
        ("visit", "AGENT", End(actor_id=GANTZ.id)),
        ("visit", "RECIPIENT", "erdogan"),
        ("visit", "RECIPIENT", End(event_id=TRIP.id)),
    ]
    table, _ = _table(build(relations, visit={"type": "CONSULT"}), tmp_path)

    pairs = list(zip(table["actor_name"], table["recipient_name"], table["other_actors"], strict=True))
    assert pairs == [
        ("بيني غانتس", "أردوغان", "والوزير"),
        ("بيني غانتس", "الزيارة", "والوزير"),
        ("والوزير", "أردوغان", "بيني غانتس"),
        ("والوزير", "الزيارة", "بيني غانتس"),
    ]


def test_a_meeting_without_a_host(build: Build, tmp_path: Path) -> None:
    relations = [("meet", "AGENT", name) for name in ("gantz", "erdogan")]
    table, _ = _table(build(relations, meet={"type": "CONSULT"}), tmp_path)

    assert list(table["recipient_name"]) == ["", ""]
    assert list(zip(table["actor_name"], table["other_actors"], strict=True)) == [
        ("بيني غانتس", "أردوغان"),
        ("أردوغان", "بيني غانتس"),
    ]


@pytest.mark.parametrize(("tagged", "written"), RECODED.items())
def test_what_is_announced_is_agreed_to(tagged: tuple[str, str], written: str, build: Build, tmp_path: Path) -> None:
    values = {"type": tagged[0], "realis": tagged[1], "mode": "visit"}
    table, _ = _table(build([("visit", "AGENT", "gantz")], visit=values), tmp_path)

    [row] = table.to_dict("records")
    assert (row["event_type"], row["event_mode"], row["recoded_from"]) == (written, "", f"{tagged[0]}/visit")
    assert row["quad_class"] == QUADS[written] == "verbal cooperation"


def test_what_threatens_in_the_future_stays(build: Build, tmp_path: Path) -> None:
    values = {"type": "THREATEN", "realis": "FUTURE", "mode": "violence"}
    table, _ = _table(build([("visit", "AGENT", "gantz")], visit=values), tmp_path)

    assert (table["event_type"][0], table["event_mode"][0], table["recoded_from"][0]) == ("THREATEN", "violence", "")


@pytest.mark.parametrize(
    ("values", "relations", "reason"),
    [
        ({"type": "CONSULT", "negated": True}, [("denied", "AGENT", "gantz")], Reason.NEGATED),
        ({"type": "CONSULT"}, [("denied", "RECIPIENT", "gantz")], Reason.NO_AGENT),
        ({"mode": "visit"}, [("denied", "AGENT", "gantz")], Reason.NO_TYPE),
    ],
)
def test_what_is_left_out(values: dict, relations: list, reason: Reason, build: Build, tmp_path: Path) -> None:
    events = {name: {"type": "X", "negated": True} for name in ("visit", "meet")}
    table, lost = _table(build(relations, denied=values, **events), tmp_path)

    assert table.empty
    assert lost[reason] == (3 if reason is Reason.NEGATED else 1)
    assert lost[Reason.RELATION_END] == 1


@pytest.mark.parametrize(
    ("particulars", "event", "found"),
    [
        ({"date": "2022-11-01"}, "visit", ("2022-10", "registry")),
        ({"date": "2022-11-01"}, "meet", ("2022-11-01", "article")),
        ({}, "meet", ("", "")),
    ],
)
def test_dates(particulars: dict, event: str, found: tuple, build: Build, tmp_path: Path) -> None:
    relations = [(event, "AGENT", "gantz"), (event, "TIME", "yesterday")]
    table, _ = _table(build(relations, particulars, **{event: {"type": "CONSULT"}}), tmp_path)

    assert (table["event_date"][0], table["date_from"][0]) == found


def test_the_author_acts(build: Build, tmp_path: Path) -> None:
    source = build([("visit", "AGENT", AUTHOR)], {"outlet": "الجزيرة"}, visit={"type": "ACCUSE"})
    table, _ = _table(source, tmp_path)

    assert (table["actor_name"][0], table["actor_mention"][0]) == ("الجزيرة", "")


def test_other_relations_are_counted(build: Build, tmp_path: Path) -> None:
    relations = [*VISIT, ("visit", "CONTENT", "meet"), ("gantz", "HOLDER", "erdogan"), ("gantz", "AGENT", "erdogan")]
    _, lost = _table(build(relations, visit={"type": "CONSULT", "issue": "x"}), tmp_path)

    assert (lost[Reason.NO_RECORD], lost[Reason.ATTRIBUTES]) == (3, 1)


def test_a_scheme_without_agents(build: Build, tmp_path: Path) -> None:
    source = build([("gantz", "HOLDER", "erdogan")], visit={"type": "CONSULT"})
    types = tuple(one for one in source.scheme.relation_types if one.id != "AGENT")
    table, lost = _table(replace(source, scheme=replace(source.scheme, relation_types=types)), tmp_path)

    assert table.empty
    assert (lost[Reason.NO_EVENT], lost[Reason.NO_RECORD]) == (len(WORDS), 1)


@pytest.mark.parametrize("overlap", [Overlap.LONGEST, Overlap.FIRST])
def test_overlap_and_units(overlap: Overlap, build: Build, tmp_path: Path) -> None:
    relations = [("visit", "AGENT", "gantz"), ("meet", "AGENT", "gantz")]
    source = build(relations, visit={"type": "CONSULT"}, meet={"type": "CONSULT"})
    [tagged] = source.articles()
    wide = [replace(one, start=0, quote=TEXT[: one.end]) if one.quote == "والتقيا" else one for one in tagged.spans]
    source = replace(source, articles=lambda: iter([replace(tagged, spans=tuple(wide))]))
    table, lost = _table(source, tmp_path, overlap=overlap, unit=Unit.SENTENCE)

    assert list(table["article_id"]) == [f"{tagged.article.id}-1"]
    assert lost[Reason.OVERLAP if overlap is Overlap.LONGEST else Reason.OVERLAP_FIRST] == 1


def test_the_same_project_gives_the_same_bytes(build: Build, tmp_path: Path) -> None:
    source = build(VISIT, visit={"type": "CONSULT"})
    for name in ("a", "b"):
        run_export(source, "plover", tmp_path / name)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("said", ["CONSULT", "بيني", ",0,3,", "verbal"])
def test_another_word_is_found(said: str, monkeypatch: pytest.MonkeyPatch, build: Build, tmp_path: Path) -> None:
    write = plover.write

    def tampered(path: Path, *more):
        yield from write(path, *more)
        path.write_bytes(path.read_bytes().replace(said.encode(), said[::-1].encode(), 1))

    found = replace(plover.FORMAT, write=tampered)
    monkeypatch.setattr("annotator.exporters.running.find_format", lambda _: found)
    with pytest.raises(UserError, match="export_mismatch"):
        run_export(build(VISIT, visit={"type": "CONSULT"}), "plover", tmp_path / "x")
