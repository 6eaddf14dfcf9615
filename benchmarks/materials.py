# SPDX-License-Identifier: MIT
"""What the measured processes work on: a folder of files, projects with tags, and settings that ask no questions."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from annotator.model.changes import Op
from annotator.model.ids import ArticleId, LabelId, SpanId, new_id
from annotator.model.span import Origin, Span
from annotator.ops.importing import import_files
from annotator.ops.projects import new_project
from annotator.project import Project
from benchmarks.corpus import MadeArticle, articles, long_document

ANNOTATOR = "Bench"
#: How many articles the project has that a window is opened on.
WINDOW_ARTICLES = 100

FILES = "files"
WINDOW_PROJECT = "window.tawsim"
LARGE_PROJECT = "large.tawsim"
HOME = "home"
#: Text of the articles for the bare window, which knows no project file.
TEXTS = "texts.json"
#: A project of a short article, a document of a million characters, and the same in one paragraph; and their texts.
LONG_PROJECT, LONG_TEXTS = "long.tawsim", "long.json"
LONG_CHARACTERS, LONG_TAGS = 1_000_000, 5_000


def prepare(folder: Path, count: int) -> None:
    """Fill an empty folder with all that the cases need, for `count` articles."""
    made = list(articles(count))
    files = folder / FILES
    _write(files, made)
    few = made[:WINDOW_ARTICLES]
    _tagged_project(folder / WINDOW_PROJECT, files, few)
    _tagged_project(folder / LARGE_PROJECT, files, made)
    (folder / TEXTS).write_text(json.dumps([article.text for article in few]), encoding="utf-8")
    _prepare_long(folder, few[0])
    config = folder / HOME / "config"
    config.mkdir(parents=True)
    settings = {"annotator_name": ANNOTATOR, "language": "ar", "theme": "light"}
    (config / "settings.json").write_text(json.dumps(settings), encoding="utf-8")


def _prepare_long(folder: Path, first: MadeArticle) -> None:
    long = long_document(LONG_CHARACTERS, LONG_TAGS)
    unbroken = replace(long, name="unbroken", text=long.text.replace("\n", " "))
    files = folder / "long"
    made = [first, long, unbroken]
    _write(files, made)
    _tagged_project(folder / LONG_PROJECT, files, made)
    (folder / LONG_TEXTS).write_text(json.dumps([article.text for article in made]), encoding="utf-8")


def files_of(folder: Path, count: int) -> Path:
    """Return a folder of so many files, which are made when they are asked for first."""
    files = folder / f"{FILES}-{count}"
    if not files.exists():
        _write(files, articles(count))
    return files


def copy_project(source: Path, name: str) -> Path:
    """Return a copy of a project to write in, beside it; an older copy of that name is replaced."""
    copy = source.with_name(name)
    for leftover in source.parent.glob(f"{name}*"):
        leftover.unlink()
    shutil.copyfile(source, copy)
    return copy


def _write(files: Path, made: Iterable[MadeArticle]) -> None:
    files.mkdir()
    for article in made:
        (files / f"{article.name}.txt").write_text(article.text, encoding="utf-8", newline="")


def _tagged_project(path: Path, files: Path, made: list[MadeArticle]) -> None:
    with new_project(path, annotator=ANNOTATOR) as project:
        import_files(project, [files / f"{article.name}.txt" for article in made])
        for summary, article in zip(project.articles(), made, strict=True):
            _tag(project, summary.id, article)


def _tag(project: Project, article_id: ArticleId, article: MadeArticle) -> None:
    """Tag a whole article in one act: an act each would take minutes, and leaves the same rows."""
    with project.transact(Op.ADD_TAG, {"quote": article.name, "label": "ACTOR"}) as act:
        act.insert(
            Span(
                id=SpanId(new_id()),
                article_id=article_id,
                label_id=LabelId(label),
                start=start,
                end=end,
                quote=article.text[start:end],
                note="",
                origin=Origin.MANUAL,
                annotator_id=project.annotator.id,
                created_at=project.now(),
            )
            for start, end, label in article.tags
        )
