# SPDX-License-Identifier: MIT
"""A project of each released schema, kept as it was written then: every later program opens it with nothing lost."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.ops import history
from annotator.ops.checking import check
from annotator.ops.search import search
from annotator.project import Project
from annotator.store.migrations import SQL_DIR
from annotator.text.proclitics import Evidence
from annotator.text.searching import Query

FILES = Path(__file__).parents[2] / "files"
SAMPLES = sorted(FILES.glob("schema-*.tawsim"))


#: Released together with the one after it.
WITHOUT_SAMPLE = {"0004"}


def test_there_is_a_sample_for_each_schema() -> None:
    schemas = {path.stem.partition("_")[0] for path in SQL_DIR.glob("[0-9]*.sql")}
    assert {path.stem.removeprefix("schema-") for path in SAMPLES} == schemas - WITHOUT_SAMPLE


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_sound_and_can_be_undone_to_its_beginning(sample: Path, tmp_path: Path) -> None:
    with opened(sample, tmp_path) as project:
        assert check(project).problems == ()
        assert project.article_count() == len(project.articles())
        assert project.span_count() == sum(article.tags for article in project.articles())
        while project.undoable():
            history.undo(project)
        assert project.article_count() == 0
        assert (dict(project.actors), dict(project.events)) == ({}, {})
        assert check(project).problems == ()
        while project.redoable():
            history.redo(project)
        assert check(project).problems == ()


def test_a_project_of_the_first_schema_has_everything_in_it(tmp_path: Path) -> None:
    with opened(SAMPLES[0], tmp_path) as project:
        first, second = project.articles()
        tagged = [(span.label_id, span.quote, span.note) for span in project.spans(first.id)]
        assert tagged == [
            ("EVENT", "التقى", ""),
            ("ACTOR", "وزير الخارجية", "ملاحظة"),
            ("STANCE", "رحّب بالزيارة", ""),
        ]
        assert (first.state, second.tags) == ("done", 0)
        assert [label.links for label in project.scheme.labels] == ["actor", "event", ""]


def test_a_project_of_the_second_schema_has_everything_in_it(tmp_path: Path) -> None:
    with opened(SAMPLES[1], tmp_path) as project:
        first, second = project.articles()
        spans = {span.id: span for span in project.spans(first.id)}
        assert [(span.label_id, span.words, span.certainty) for span in spans.values()] == [
            ("EVENT", "التقى", "sure"),
            ("ACTOR", "غانتس", "sure"),
            ("ACTOR", "وزير الخارجية", "unsure"),
            ("PLACE", "أنقرة", "sure"),
            ("STANCE", "رحّب … بالزيارة", "sure"),
            ("ACTOR", "جانتس", "sure"),
        ]
        assert next(iter(spans.values())).attributes == {
            "type": "CONSULT",
            "mode": "visit",
            "realis": "ACTUAL",
            "negated": False,
        }
        gantz, turkey = project.actors.values()
        assert gantz.names == ("بيني غانتس", "Benny Gantz", "غانتس", "جانتس")
        assert turkey.names == ("تركيا", "الجمهورية التركية")
        (visit,) = project.events.values()
        assert [span.words for span in project.linked_spans([visit.id])] == ["التقى", "لقاء"]
        assert [span.article_id for span in project.linked_spans([gantz.id])] == [first.id, first.id, second.id]
        led_to = [
            (r.type_id, spans[r.target_span_id].words if r.target_span_id else "") for r in project.relations(first.id)
        ]
        assert led_to == [
            *(("AGENT", "غانتس"), ("RECIPIENT", "وزير الخارجية"), ("PLACE", "أنقرة")),
            *(("HOLDER", ""), ("TARGET", ""), ("HOLDER", "")),
        ]
        (said,) = project.document_tags(first.id)
        assert said.attributes == {"issue": "التطبيع", "doc_label": "FAVOR"}
        assert project.scheme.label("PLACE").color == "#0ea5e9"


def test_a_project_of_the_third_schema_has_everything_in_it(tmp_path: Path) -> None:
    with opened(SAMPLES[2], tmp_path) as project:
        first, _, copy, *imported = (project.article(one.id) for one in project.articles())
        assert (first.outlet, first.url, first.author, first.date) == (
            *("وكالة الأنباء", "https://news.example/1", "سامي", "2024-05-31"),
        )
        assert copy.boilerplate == ((88, 97, "comments"),)
        assert (first.duplicate_group, copy.duplicate_group) == (first.id, first.id)
        assert [[(span.label_id, span.quote) for span in project.spans(one.id)] for one in imported] == [
            [("ACTOR", "بيني غانتس"), ("VISIT", "زيارة"), ("PLACE", "تركيا")],
            [("PLACE", "أنقرة")],
        ]
        assert project.scheme.label("VISIT").layer_id == "UNMAPPED"
        assert project.history(limit=1)[0].rows > 6


def test_a_project_of_the_fifth_schema_has_everything_in_it(tmp_path: Path) -> None:
    with opened(SAMPLES[3], tmp_path) as project:
        first, _, copy, *_ = project.articles()
        (tag,) = (span for span in project.spans(first.id) if span.note == "رأي آخر")
        assert (tag.label_id, tag.quote) == ("ACTOR", "وزير")
        assert [entry.kind for entry in project.history(limit=6)] == ["redo", "undo", "undo", "do", "do", "do"]
        assert project.unindexed_texts() == []
        found = search(project, Query.of("التقي"), Evidence())
        assert {hit.article_id for hit in found} >= {first.id, copy.id}


@contextlib.contextmanager
def opened(sample: Path, folder: Path) -> Iterator[Project]:
    copy = folder / sample.name
    shutil.copyfile(sample, copy)
    with Project.open(copy, annotator="ليلى حداد") as project:
        yield project
