# SPDX-License-Identifier: MIT
"""The tour through the command line: it works on a folder and on a project, and says when it cannot."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.exporters import FORMATS as EXPORT_FORMATS
from annotator.ops.checking import check
from annotator.ops.projects import new_project_from
from annotator.project import Project

NAMES = [f"tour{kind.suffix or f'-{kind.id}'}" for kind in EXPORT_FORMATS.values()]
FORMATS, FEW = set(NAMES), set(NAMES[:3])


def tour(source: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "annotator", "--language", "en", "tour", str(source), "--out", str(out), *options]
    return subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=False, timeout=900)


@pytest.mark.slow
def test_tour_of_the_seeds_leaves_projects_exports_and_pictures(seed_paths: list[Path], tmp_path: Path) -> None:
    # Both languages and both themes; `make tour` takes all four looks.
    done = tour(seed_paths[0].parent, tmp_path / "out", "--look", "en-light", "--look", "ar-dark")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads((tmp_path / "out" / "tour.json").read_text(encoding="utf-8"))
    assert set(report) == {"en-light", "ar-dark"}
    for look, told in report.items():
        formats = FORMATS if look == "en-light" else FEW
        folder = tmp_path / "out" / look
        assert {path.name for path in (folder / "pictures").iterdir()} == set(told["pictures"])
        assert {path.name for path in (folder / "exports").iterdir()} == formats | {"export_report.json"}
        with Project.open(folder / told["project"], read_only=True) as project:
            assert sum(summary.tags > 0 for summary in project.articles()) >= 2
            assert project.span_count() >= 10
            assert check(project).problems == ()


@pytest.mark.slow
def test_tour_of_a_project_leaves_it_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("قال وزير الخارجية إن بلاده ترفض القرار الأخير وتدعو إلى الحوار.\n" * 3, "utf-8")
    path = tmp_path / "mine.tawsim"
    new_project_from(path, [tmp_path / "one.txt"], annotator="Layla")[0].close()
    before = path.read_bytes()
    done = tour(path, tmp_path / "out", "--look", "ar-dark")
    assert (done.returncode, done.stderr) == (0, "")
    assert path.read_bytes() == before
    with Project.open(tmp_path / "out" / "ar-dark" / "mine.tawsim", read_only=True) as project:
        assert project.span_count() > 0


def test_a_tour_that_cannot_begin_says_why(tmp_path: Path) -> None:
    done = tour(tmp_path / "nowhere", tmp_path / "out")
    assert done.returncode == 1
    assert "nowhere" in done.stderr
