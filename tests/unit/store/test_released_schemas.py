# SPDX-License-Identifier: MIT
"""A project of each released schema, kept as it was written then: every later program opens it with nothing lost."""

import shutil
from pathlib import Path

import pytest

from annotator.ops import history
from annotator.ops.checking import check
from annotator.project import Project
from annotator.store.migrations import SQL_DIR

FILES = Path(__file__).parents[2] / "files"
SAMPLES = sorted(FILES.glob("schema-*.tawsim"))


def test_there_is_a_sample_for_each_schema() -> None:
    assert [path.stem.removeprefix("schema-") for path in SAMPLES] == [
        path.stem.partition("_")[0] for path in sorted(SQL_DIR.glob("[0-9]*.sql"))
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_opens_with_everything_in_it(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / sample.name
    shutil.copyfile(sample, copy)
    with Project.open(copy, annotator="ليلى حداد") as project:
        assert check(project).problems == ()
        first, second = project.articles()
        tagged = [(span.label_id, span.quote, span.note) for span in project.spans(first.id)]
        assert tagged == [
            ("EVENT", "التقى", ""),
            ("ACTOR", "وزير الخارجية", "ملاحظة"),
            ("STANCE", "رحّب بالزيارة", ""),
        ]
        assert (first.state, second.tags) == ("done", 0)
        while project.undoable():
            history.undo(project)
        assert project.article_count() == 0
        assert check(project).problems == ()
