# SPDX-License-Identifier: MIT
"""Every page of a project file damaged in turn: it is told, nothing crashes, and looking changes nothing."""

import gc
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.ops import articles
from annotator.ops.passwords import set_password
from annotator.ops.recovering import RecoveryReport, recover
from annotator.project import Project

from .damaging import DAMAGES, everything, make_project, page_size, shuffled_pages, verdict
from .tally import Line


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = make_project(tmp_path_factory.mktemp("damage"))
    assert not verdict(path).speaks_up
    return path


#: How often each page is damaged in the long form, where chance chooses how.
_ROUNDS = {"one byte": 8, "swapped": 3, "cut short": 2}


def _pages(content: bytes, chance: random.Random, damage: str, *, long: bool) -> Iterator[int]:
    """Yield the pages to damage: all of them, more than once, in the long form; in the short one some."""
    if not long:
        yield from shuffled_pages(content, chance)[:14]
        return
    for _ in range(_ROUNDS.get(damage, 1)):
        yield from range(len(content) // page_size(content))


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.fault("damage, told")
def test_a_damaged_page_is_told(
    whole: Path, tmp_path: Path, chance: random.Random, line: Line, faults_long: bool, damage: str
) -> None:
    content, known = whole.read_bytes(), everything(whole)
    size = page_size(content)
    path = tmp_path / "p.tawsim"
    for page in _pages(content, chance, damage, long=faults_long):
        damaged = bytearray(content)
        DAMAGES[damage](damaged, page * size, size, chance)
        if damaged == content:
            continue
        path.write_bytes(damaged)
        said = verdict(path)
        assert path.read_bytes() == damaged, f"page {page}: looking changed the file"
        if len(list(tmp_path.iterdir())) > 1:
            gc.collect()  # an error may hold on to the query that met it, and that to the connection
        assert sorted(item.name for item in tmp_path.iterdir()) == ["p.tawsim"], f"page {page}: something was left"
        if said.speaks_up:
            line.add(f"{damage}, told")
        else:
            # What was hit carries nothing: all that the file says is read as before.
            assert everything(path) == known, f"page {page}: something is lost, and nothing was said"
            line.add(f"{damage}, where nothing lay")


@pytest.mark.parametrize(("name", "other"), [(b"json_valid", b"jsNn_valid"), (b"json_valid", b"json_patch")])
def test_a_function_that_a_damaged_schema_calls_otherwise_is_told(
    whole: Path, tmp_path: Path, name: bytes, other: bytes
) -> None:
    assert name in whole.read_bytes()
    path = tmp_path / "p.tawsim"
    path.write_bytes(whole.read_bytes().replace(name, other))
    assert verdict(path).refusal == "project_damaged"


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.fault("damage, recovered")
def test_what_can_be_read_of_a_damaged_project_is_recovered(
    whole: Path, tmp_path: Path, chance: random.Random, line: Line, faults_long: bool, damage: str
) -> None:
    content, known = whole.read_bytes(), everything(whole)
    size = page_size(content)
    with Project.open(whole, read_only=True) as project:
        names = ["Rescuer", *(annotator.name for annotator in project.annotators())]
    path, out = tmp_path / "p.tawsim", tmp_path / "out.tawsim"
    pages = shuffled_pages(content, chance)
    for page in pages if faults_long else pages[:4]:
        damaged = bytearray(content)
        DAMAGES[damage](damaged, page * size, size, chance)
        path.write_bytes(damaged)
        try:
            report = recover(path, out, None, annotator=names[page % len(names)])
        except UserError as error:
            # Cut off before the first row, or nothing left: there must be little of it.
            if error.key != "nothing_recovered":
                raise
            assert len(damaged) < 16 * size, page
            line.add(f"{damage}, with nothing left")
            continue
        assert path.read_bytes() == damaged, f"page {page}: the damaged file was changed"
        assert report.problems == (), f"page {page}: the new file is not sound"
        _compare(report, everything(out), known, page)
        line.add(f"{damage}, {'with losses told' if report.losses else 'all of it saved'}")
        out.unlink()
        report.details.unlink()


#: What is kept, though not as it was last.
_KEPT_OTHERWISE = {"text_changed", "link_lost", "text_cut_short", "perhaps_older"}


def _compare(
    report: RecoveryReport,
    saved: dict[str, list[tuple[object, ...]]],
    known: dict[str, list[tuple[object, ...]]],
    page: int,
) -> None:
    """See that nothing is lost in silence, and that nothing is there that was not before."""
    told = {(loss.table, loss.id) for loss in report.losses}
    for table in ("layer", "label", "attribute", "relation_type", "document_label"):
        assert told or set(map(repr, known[table])) == set(map(repr, saved[table])), f"page {page}: {table}"
    for table in ("article", "span", "relation", "document_tag", "actor", "event", "text"):
        before, after = set(map(repr, known[table])), set(map(repr, saved[table]))
        missing = [row for row in known[table] if repr(row) not in after]
        if not report.recovery.history_torn and not report.recovery.acts_lost:
            assert not missing or told, f"page {page}: rows of {table} are lost in silence"
        changed = {loss.reason for loss in report.losses} & _KEPT_OTHERWISE
        assert after <= before or changed, f"page {page}: rows of {table} were not there before"


def test_a_lost_page_of_tags_comes_back_from_the_history(whole: Path, tmp_path: Path) -> None:
    known = everything(whole)
    with sqlite3.connect(whole) as connection:
        pages = [
            number for (number,) in connection.execute("select pageno from dbstat where name = 'span' and ncell > 3")
        ]
    connection.close()
    for number, page in enumerate(pages):
        damaged = bytearray(whole.read_bytes())
        damaged[(page - 1) * 4096 : page * 4096] = bytes(4096)
        path, out = tmp_path / "p.tawsim", tmp_path / f"{number}.tawsim"
        path.write_bytes(damaged)
        report = recover(path, out, None, annotator="Rescuer")
        assert report.losses == []
        assert report.recovery.restored["span"] > 0
        assert everything(out)["span"] == known["span"]


def test_an_encrypted_project_is_recovered_as_far_as_pages_decrypt(tmp_path: Path, chance: random.Random) -> None:
    pytest.importorskip("sqlcipher3")
    path = make_project(tmp_path / "made", texts=3)
    key, _ = set_password(path, None, "سرّ")
    with Project.open(path, read_only=True, key=key) as project:
        tags = project.span_count()
    content = path.read_bytes()
    for page in chance.sample(range(1, len(content) // 4096), 2):
        damaged = bytearray(content)
        damaged[page * 4096 + 200] ^= 0xFF
        path.write_bytes(damaged)
        report = recover(path, tmp_path / f"{page}.tawsim", key, annotator="Rescuer")
        assert report.problems == ()
        assert report.recovery.pages <= 1
        with Project.open(report.path, read_only=True, key=key) as project:
            assert project.span_count() == tags or report.losses
        assert "غانتس".encode() not in report.path.read_bytes()


def test_rows_in_the_log_are_recovered_too(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.tawsim"
    path.write_bytes(whole.read_bytes())
    with Project.open(path, annotator="Layla") as project:
        articles.set_note(project, project.articles()[0].id, "في السجل")
        left = tmp_path / "left.tawsim"
        left.write_bytes(path.read_bytes())
        left.with_name("left.tawsim-wal").write_bytes(path.with_name("p.tawsim-wal").read_bytes())
    report = recover(left, tmp_path / "out.tawsim", None, annotator="Rescuer")
    assert report.losses == []
    with Project.open(report.path, read_only=True) as project:
        assert project.article(project.articles()[0].id).note == "في السجل"
