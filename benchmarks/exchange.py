# SPDX-License-Identifier: MIT
"""Exports and imports of 10,000 articles with 400,000 tags: each in a process of its own, whose memory is told.

`python -m benchmarks.exchange FOLDER FORMAT ACT ARTICLES` is such a process; it prints seconds and the peak in MB.
"""

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.exporters import FORMATS
from annotator.ops.exporting import export, preview
from annotator.ops.foreign import import_annotations
from annotator.ops.projects import new_project
from annotator.project import Project
from benchmarks import materials, probe
from benchmarks.large import large_project

LARGE, SMALL = 10_000, 1_000
TAGS_EACH = 40


@dataclass(frozen=True, slots=True)
class Measure:
    """What one process did: seconds, and the most memory it had, in MB."""

    seconds: float
    peak: float


def project_of(folder: Path, articles: int) -> Path:
    """Return the project of so many articles, which is made when it is asked for first."""
    path = folder / f"exchange-{articles}.tawsim"
    if not path.exists():
        made = large_project(folder / "making.tawsim", articles=articles, tags_each=TAGS_EACH)
        made.rename(path)
    return path


def exported_path(folder: Path, kind: str, articles: int) -> Path:
    """Return where the export of a project lies."""
    return folder / f"exchange-{articles}-{kind}{FORMATS[kind].suffix}"


def measure(folder: Path, kind: str, act: str, articles: int) -> Measure:
    """Do an act of `ACTS` in a process of its own."""
    project_of(folder, articles)
    command = [sys.executable, "-m", "benchmarks.exchange", str(folder), kind, act, str(articles)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measure(*json.loads(done.stdout.splitlines()[-1]))


def ours(kind: str) -> None:
    """Measure what the program does with 10,000 articles, and report it."""
    folder = probe.task().folder
    found = {act: measure(folder, kind, act, LARGE) for act in ACTS}
    probe.report(
        {
            "exported": [found["write"].seconds],
            "verified": [found["export"].seconds],
            "peak": [found["export"].peak],
            "imported": [found["import"].seconds],
            "import_peak": [found["import"].peak],
        }
    )


def floor(kind: str, write: Callable[[Path, Path], float], read: Callable[[Path, Path], float]) -> None:
    """Measure the bare work on 10,000 articles, and the program's memory with 1,000, and report it."""
    folder = probe.task().folder
    target = folder / f"bare-{kind}"
    report = {"exported": [write(project_of(folder, LARGE), target)]}
    report["imported"] = [read(exported_path(folder, kind, LARGE), folder / "bare.sqlite")]
    report["small_peak"] = [measure(folder, kind, "export", SMALL).peak]
    report["small_import_peak"] = [measure(folder, kind, "import", SMALL).peak]
    shutil.rmtree(target, ignore_errors=True)
    probe.report(report)


def bare_articles(project: Path) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Yield the text of each article with its tags, by plain queries."""
    import sqlite3

    connection = sqlite3.connect(project)
    connection.row_factory = sqlite3.Row
    query = "select article.id, body from article join text on text.sha256 = text_sha256 order by position"
    for key, text in connection.execute(query):
        spans = connection.execute("select label_id, start, end, quote from span where article_id = ?", (key,))
        yield text, [dict(span) for span in spans]
    connection.close()


def _write(folder: Path, kind: str, articles: int) -> float:
    """Time an export without its verification, which the libraries that it is compared with do not have."""
    with Project.open(project_of(folder, articles), read_only=True) as project:
        return probe.timed(lambda: preview(project, kind))


def _export(folder: Path, kind: str, articles: int) -> float:
    with Project.open(project_of(folder, articles), read_only=True) as project:
        return probe.timed(lambda: export(project, kind, exported_path(folder, kind, articles)))


def _import(folder: Path, kind: str, articles: int) -> float:
    target = folder / "imported.tawsim"
    for leftover in folder.glob("imported.tawsim*"):
        leftover.unlink()
    with new_project(target, annotator=materials.ANNOTATOR) as project:
        return probe.timed(lambda: import_annotations(project, exported_path(folder, kind, articles), kind))


ACTS: dict[str, Callable[[Path, str, int], float]] = {"write": _write, "export": _export, "import": _import}


def main() -> None:
    """Do one act and say what it took."""
    folder, kind, act, articles = sys.argv[1:5]
    seconds = ACTS[act](Path(folder), kind, int(articles))
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([seconds, kilobytes / 1024]))


if __name__ == "__main__":
    main()
