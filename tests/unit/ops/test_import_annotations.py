# SPDX-License-Identifier: MIT
"""Taking over what others have annotated: nothing lost silently, nothing twice, undone and redone as one act."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.exporters import FORMATS
from annotator.importers.jsonl import read_jsonl
from annotator.importers.registry import FOREIGN_FORMATS
from annotator.model.ids import LabelId
from annotator.model.relation import AUTHOR, End
from annotator.model.scheme import Links
from annotator.model.scheme_mapping import LEAVE_OUT, SchemeMapping
from annotator.model.span import Certainty, Origin, Span
from annotator.ops import document_tags, history, relations, tags
from annotator.ops.checking import check
from annotator.ops.exporting import export
from annotator.ops.foreign import TroubleKind, import_annotations, survey_file
from annotator.ops.foreign.parts import UNMAPPED
from annotator.ops.importing import import_text
from annotator.ops.projects import new_project
from annotator.project import Project

from .conftest import Bench

TEXT = "أعلن وزير الدفاع بيني غانتس 😀 أنّ جانتس سيزور تركيا، والتقى بأردوغان.\nوقال إردوغان: «نرحّب بالزيارة».\n"


@pytest.fixture
def everything(bench: Bench) -> Bench:
    """Return a project with all kinds of things in it, of three annotators."""
    gantz = bench.tag("غانتس", "ACTOR", note="ملاحظة")
    erdogan = bench.tag("أردوغان", "ACTOR", certainty=Certainty.UNSURE)
    welcome = bench.tag("رحّب", "EVENT", values={"type": "SUPPORT"})
    actor = bench.actor("بيني غانتس", "Benny Gantz", gantz, kind="PERS", country="ISR")
    event = bench.event("اللقاء", welcome, participants=(actor,), date="2022-03")
    relations.add_relation(bench.project, "AGENT", welcome, End(span_id=gantz))
    bench.restart("سامي")
    stance = bench.tag("«مهمّ»", "STANCE", values={"polarity": "FAVOR"})
    relations.add_relation(bench.project, "HOLDER", stance, AUTHOR)
    relations.add_relation(bench.project, "TARGET", stance, End(event_id=event))
    document_tags.add_document_tag(
        bench.project, bench.project.articles()[0].id, "doc_stance", values={"issue": "التطبيع"}, note="عن المقال"
    )
    bench.restart("Third")
    bench.tag("بلقاء أردوغان", "EVENT")
    text = bench.project.text(bench.project.articles()[0].id)
    start, end = text.index("رحّب"), text.index("أنقرة") + 5
    tags.add_tag(
        bench.project,
        bench.project.articles()[0].id,
        start,
        end,
        LabelId("EVENT"),
        pieces=((start, start + 4), (end - 5, end)),
    )
    assert erdogan
    return bench


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Project]:
    """Return an empty project."""
    project = new_project(tmp_path / "other.tawsim", annotator="Fourth")
    project._database.connection.execute("pragma synchronous = off")
    with project:
        yield project


def exported(project: Project, path: Path, kind: str = "jsonl") -> Path:
    export(project, kind, path)
    return path


def test_a_project_comes_back_whole_from_our_own_file(everything: Bench, other: Project, tmp_path: Path) -> None:
    path = exported(everything.project, tmp_path / "a.jsonl")

    _, report = import_annotations(other, path)

    assert (report.tags.taken, report.relations.taken, report.document_tags.taken) == (6, 3, 1)
    assert report.troubles == ()
    header, articles = read_jsonl(exported(other, tmp_path / "b.jsonl"))
    first_header, first = read_jsonl(path)
    assert articles == first
    assert (header.scheme, header.actors, header.events) == (
        first_header.scheme,
        first_header.actors,
        first_header.events,
    )
    assert {one.name for one in header.annotators} == {"Layla", "سامي", "Third", "Fourth"}
    assert check(other).problems == ()


def test_it_is_one_act(everything: Bench, bench: Bench, tmp_path: Path) -> None:
    path = exported(everything.project, tmp_path / "a.jsonl")
    lines = path.read_text(encoding="utf-8").replace("غانتس", "غانتز").split("\n")
    everything.restart("Layla")
    (tmp_path / "c.doccano.jsonl").write_text(
        json.dumps({"text": TEXT, "label": [[17, 27, "PER"], [85 - 6, 86 - 6, "ODD"]]}) + "\n", encoding="utf-8"
    )
    assert lines

    bench.does(lambda: import_annotations(bench.project, tmp_path / "c.doccano.jsonl")[0])


def test_the_same_file_twice_adds_nothing(everything: Bench, other: Project, tmp_path: Path) -> None:
    path = exported(everything.project, tmp_path / "a.jsonl")
    import_annotations(other, path)

    changes, report = import_annotations(other, path)

    assert changes.seq == 0
    assert (report.tags.known, report.tags.taken, report.matched, report.new_articles) == (6, 0, 2, ())
    assert (report.relations.known, report.document_tags.known) == (3, 1)
    assert report.troubles == ()


def test_what_a_file_says_otherwise_of_a_known_tag_is_told(everything: Bench, other: Project, tmp_path: Path) -> None:
    path = exported(everything.project, tmp_path / "a.jsonl")
    import_annotations(other, path)
    lines = path.read_text(encoding="utf-8")
    path.write_text(lines.replace('"ملاحظة"', '"ملاحظة أخرى"'), encoding="utf-8")

    changes, report = import_annotations(other, path)

    assert (changes.seq, report.tags.known, report.tags.taken) == (0, 6, 0)
    assert [(one.kind, one.quote) for one in report.troubles] == [(TroubleKind.SAID_OTHERWISE, "غانتس")]


def test_what_a_file_does_not_say_of_a_known_tag_is_no_trouble(
    everything: Bench, other: Project, tmp_path: Path
) -> None:
    path = exported(everything.project, tmp_path / "a.jsonl")
    import_annotations(other, path)
    lines = path.read_text(encoding="utf-8")
    path.write_text(lines.replace('"ملاحظة"', '""'), encoding="utf-8")

    _, report = import_annotations(other, path)

    assert (report.tags.known, report.troubles) == (6, ())


def doccano(path: Path, *lines: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def test_labels_are_mapped_kept_or_left_out(other: Project, tmp_path: Path) -> None:
    labels = [[17, 27, "PER"], [0, 4, "VERB"], [5, 9, "NOISE"], [10, 16, "حدث"]]
    path = doccano(tmp_path / "a.jsonl", {"text": TEXT, "label": labels})

    _, report = import_annotations(other, path, mapping=SchemeMapping({"NOISE": LEAVE_OUT}))

    [article] = other.articles()
    assert [(span.quote, span.label_id, span.origin) for span in other.spans(article.id)] == [
        ("أعلن", "VERB", Origin.IMPORTED),
        ("الدفاع", "EVENT", Origin.IMPORTED),
        ("بيني غانتس", "ACTOR", Origin.IMPORTED),
    ]
    assert (report.tags.taken, report.tags.left_out, report.kept) == (3, 1, {"VERB": "VERB"})
    assert other.scheme.label("VERB").layer_id == UNMAPPED
    history.undo(other)
    assert other.article_count() == 0
    assert UNMAPPED not in [layer.id for layer in other.scheme.layers]


@pytest.mark.parametrize("name", [" ", "٣", "#", "A b/c", "ACTOR ", "x" * 500, "\u200f", "وسم", "a\nb"])
def test_a_label_of_any_name_can_be_kept(other: Project, tmp_path: Path, name: str) -> None:
    path = doccano(tmp_path / "a.jsonl", {"text": TEXT, "label": [[0, 4, name], [5, 9, "?"], [5, 9, "!"]]})

    _, report = import_annotations(other, path, mapping=SchemeMapping({name: ""}))

    assert report.tags.taken == 3
    assert check(other).problems == ()
    assert len({span.label_id for span in other.spans(other.articles()[0].id)}) == 3


def test_tags_are_found_again_in_a_text_that_has_changed(other: Project, tmp_path: Path) -> None:
    import_text(other, "عاجل: " + TEXT, title="مقال")
    article = other.articles()[0]
    path = doccano(
        tmp_path / "a.jsonl",
        {
            "article_id": article.id,
            "text": TEXT.replace("تركيا", "أنقرة"),
            "label": [[17, 27, "ACTOR"], [46, 51, "PLACE"]],
        },
    )

    _, report = import_annotations(other, path)

    assert [span.quote for span in other.spans(article.id)] == ["بيني غانتس"]
    assert report.trouble_counts == {TroubleKind.MOVED: 1, TroubleKind.NOT_FOUND: 1}
    lost = next(one for one in report.troubles if one.kind is TroubleKind.NOT_FOUND)
    assert (lost.place, lost.label, lost.quote, lost.start) == ("1", "PLACE", "أنقرة", 46)
    assert report.tags.all == 2


def test_documents_that_are_no_article_may_be_refused(other: Project, tmp_path: Path) -> None:
    path = doccano(tmp_path / "a.jsonl", {"text": TEXT, "label": [[17, 27, "ACTOR"]]})

    _, report = import_annotations(other, path, new_articles=False)

    assert (other.article_count(), report.tags.lost) == (0, 1)
    assert report.trouble_counts == {TroubleKind.NO_ARTICLE: 1}


def test_line_ends_of_windows_become_plain(other: Project, tmp_path: Path) -> None:
    text = TEXT.replace("\n", "\r\n")
    start = text.index("إردوغان")
    path = doccano(tmp_path / "a.jsonl", {"text": text, "label": [[start, start + 7, "ACTOR"]]})

    import_annotations(other, path)

    [article] = other.articles()
    assert other.text(article.id) == TEXT
    assert [span.quote for span in other.spans(article.id)] == ["إردوغان"]


def test_a_broken_file_changes_nothing(other: Project, tmp_path: Path) -> None:
    path = doccano(tmp_path / "a.jsonl", {"text": TEXT, "label": []}, {"text": "x", "label": [[0, 9, "A"]]})

    with pytest.raises(UserError) as caught:
        import_annotations(other, path)

    assert (caught.value.key, caught.value.params["place"]) == ("foreign_offsets", "2")
    assert (other.article_count(), other.history()) == (0, [])


def test_cancelling_leaves_nothing(everything: Bench, other: Project, tmp_path: Path) -> None:
    path = exported(everything.project, tmp_path / "a.jsonl")

    with pytest.raises(UserError, match="cancelled"):
        import_annotations(other, path, progress=lambda done, _all, _name: done < 2)

    assert (other.article_count(), len(other.actors), other.history()) == (0, 0, [])


def test_a_survey_says_what_is_in_a_file(everything: Bench, tmp_path: Path) -> None:
    found = survey_file(exported(everything.project, tmp_path / "a.jsonl"))

    assert (found.format_id, found.documents, found.tags, found.relations, found.document_tags) == ("jsonl", 2, 6, 3, 1)
    assert found.names.labels == {"ACTOR": 2, "EVENT": 3, "STANCE": 1}
    assert found.annotators == {"Layla": 3, "Third": 2, "سامي": 2}


BOTH_WAYS = [key for key in FOREIGN_FORMATS if key in FORMATS]


@pytest.mark.parametrize("kind", BOTH_WAYS)
def test_every_format_that_has_both_ways_comes_back(
    kind: str, everything: Bench, other: Project, tmp_path: Path
) -> None:
    """What a format declares to carry, a project that imports its files has again: exported, it gives the same file."""
    suffix = FORMATS[kind].suffix
    report = export(everything.project, kind, tmp_path / f"a{suffix}")

    _, taken = import_annotations(other, tmp_path / f"a{suffix}", kind)

    abilities = FORMATS[kind].abilities
    assert (taken.tags.taken, taken.tags.lost) == (report.tags_out, 0)
    assert (taken.relations.taken, taken.relations.lost) == (report.relations_out, 0)
    assert (taken.document_tags.taken, taken.document_tags.lost) == (report.document_tags_out, 0)
    assert check(other).problems == ()
    again = export(other, kind, tmp_path / f"b{suffix}")
    assert (again.tags_out, again.relations_out) == (report.tags_out, report.relations_out)
    if abilities.exact_text:
        texts = {everything.project.text(one.id) for one in everything.project.articles()}
        assert {other.text(one.id) for one in other.articles()} == texts
        assert _said(other, abilities) == _said(everything.project, abilities)


def _said(project: Project, abilities: object) -> list[tuple[object, ...]]:
    """Return what is said of texts by tags, as far as a format carries it."""
    has = lambda name: getattr(abilities, name)  # noqa: E731 - short
    names = {one.id: one.name for one in project.annotators()}
    return sorted(
        (
            span.label_id,
            span.parts if has("pieces") else (span.start, span.end),
            span.quote,
            span.note if has("notes") else "",
            str(span.certainty) if has("certainty") else "",
            str(sorted(span.attributes.items())) if has("attributes") else "",
            _link(project, span.actor_id, span.event_id) if has("links") and has("registry") else "",
            names[span.annotator_id] if has("authors") else "",
        )
        for article in project.articles()
        for span in project.spans(article.id)
        if has("pieces") or not span.pieces
    )


def _link(project: Project, actor_id: object, event_id: object) -> str:
    actor, event = project.actors.get(actor_id), project.events.get(event_id)  # type: ignore[call-overload]
    return actor.names[0] if actor else event.title if event else ""


def test_a_large_import_is_in_the_history_in_parts(
    everything: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = exported(everything.project, tmp_path / "a.jsonl")
    monkeypatch.setattr("annotator.store.row_changes._SPILL", 3)
    monkeypatch.setattr("annotator.ops.foreign.taking._BATCH", 1)
    with new_project(tmp_path / "large.tawsim", annotator="Fourth") as made:
        made._database.connection.execute("pragma synchronous = off")
        large = Bench(made)

        changes = large.does(lambda: import_annotations(large.project, path)[0])

        large.project.close()
    assert changes.spilled >= 3
    assert not any(isinstance(row.record, Span) for row in changes.rows)


def test_a_document_without_text_is_known_by_its_address(other: Project, tmp_path: Path) -> None:
    import_text(other, TEXT, title="أ", url="https://news.example/1")
    import_text(other, TEXT + "ب", title="ب", url="https://news.example/2")
    annotation = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": {"type": "TextualBody", "purpose": "tagging", "value": "ACTOR"},
        "target": {
            "source": "https://news.example/2",
            "selector": {"type": "TextQuoteSelector", "exact": "جانتس", "prefix": "أنّ ", "suffix": " سيزور"},
        },
    }
    path = tmp_path / "a.jsonld"
    path.write_text(json.dumps(annotation, ensure_ascii=False), encoding="utf-8")

    _, report = import_annotations(other, path)

    assert (report.matched, report.new_articles, report.tags.taken) == (1, (), 1)
    [first, second] = other.articles()
    assert other.spans(first.id) == []
    assert [span.quote for span in other.spans(second.id)] == ["جانتس"]


def test_attributes_that_fit_none_become_attributes_of_their_own(other: Project, tmp_path: Path) -> None:
    regions = [
        {"id": "r", "type": "labels", "from_name": "label", "to_name": "text"}
        | {"value": {"start": 0, "end": 4, "labels": ["x_1"]}},
        {"id": "r", "type": "textarea", "from_name": "how_1", "to_name": "text"}
        | {"value": {"start": 0, "end": 4, "text": ["so"]}},
    ]
    task = {"data": {"text": TEXT}, "annotations": [{"result": regions}]}
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps([task]), encoding="utf-8")

    _, report = import_annotations(other, path, "label-studio")

    [span] = other.spans(report.new_articles[0])
    assert dict(span.attributes) == {"how_1": "so"}
    assert report.kept == {"x_1": "x_1", "how_1": "how_1"}  # ids may have underscores
    assert other.scheme.attribute("how_1").labels == ("x_1",)


def test_what_is_linked_keeps_our_ids(everything: Bench, other: Project, tmp_path: Path) -> None:
    """brat has ids of actors and events, but no list of them."""
    import_annotations(other, exported(everything.project, tmp_path / "out", "brat"))

    linked = [span for article in everything.project.articles() for span in everything.project.spans(article.id)]
    assert set(other.actors) == {one.actor_id for one in linked} - {None}
    assert set(other.events) == {one.event_id for one in linked} - {None}


def test_a_label_that_is_kept_links_to_what_its_tags_are_linked_to(
    everything: Bench, other: Project, tmp_path: Path
) -> None:
    """Tables bring the registry along, but no scheme."""
    folder = exported(everything.project, tmp_path / "out", "csv")
    for file in folder.glob("*.csv"):
        file.write_text(file.read_text(encoding="utf-8-sig").replace("ACTOR", "WHO"), encoding="utf-8-sig")

    _, report = import_annotations(other, folder)

    assert other.scheme.label(report.kept["WHO"]).links is Links.ACTOR
    linked = [span for article in other.articles() for span in other.spans(article.id) if span.actor_id]
    assert [span.label_id for span in linked] == [report.kept["WHO"]]
    assert not report.troubles


def test_a_relation_to_the_author_leads_to_no_tag_without_an_id(other: Project, tmp_path: Path) -> None:
    tables = {
        "documents": ("doc_id,text", "d,قال غانتس إن الزيارة مهمّة"),
        "spans": ("doc_id,span_id,label,start,end", "d,s,STANCE,21,26", "d,,ACTOR,4,9"),
        "relations": ("doc_id,relation_id,type,from_span,to_span,to_entity", "d,r,HOLDER,s,,"),
    }
    for name, lines in tables.items():
        (tmp_path / f"{name}.csv").write_text("\n".join((*lines, "")), encoding="utf-8")

    _, report = import_annotations(other, tmp_path, "csv")

    assert (report.tags.taken, report.relations.taken, report.troubles) == (2, 1, ())
    [relation] = other.relations(other.articles()[0].id)
    assert relation.target == AUTHOR


@pytest.mark.parametrize("kind", ["brat", "webanno-tsv", "cas-xmi", "cas-json", "label-studio"])
def test_a_wrong_folder_is_refused(other: Project, tmp_path: Path, kind: str) -> None:
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    (tmp_path / "folder" / "inside" / "notes.md").write_text("x", encoding="utf-8")

    with pytest.raises(UserError, match=r"foreign_missing|file_missing"):
        import_annotations(other, tmp_path / "folder", kind)
