# SPDX-License-Identifier: MIT
"""Running the tour: one round for each look, its files, and what is said of it."""

import json
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from annotator import i18n, paths
from annotator.errors import UserError
from annotator.i18n import tr
from annotator.project import SUFFIX
from annotator.store.database import remove_files
from annotator.ui.tour.hand import TourError
from annotator.ui.tour.keeping import Keeping
from annotator.ui.tour.pictures import Album
from annotator.ui.tour.round import Round
from annotator.ui.tour.telling import Telling


def run_tour(source: Path, out: Path, looks: Iterable[str]) -> int:
    """Take the tour in each look.

    Args:
        source: a folder or file of articles, or a project, which is copied and left as it is.
        out: for each look a folder with project, exports and pictures, and `tour.json`; what an earlier tour left
            there is replaced.
        looks: in which languages and themes, as `en-light` or `ar-dark`.

    Returns:
        0, or 1 where a step did not do what it says; which one is said on standard error.
    """
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - nobody else makes one
    app.setQuitOnLastWindowClosed(False)
    report: dict[str, object] = {}
    spoken = i18n.language()
    quiet = qInstallMessageHandler(_heed)
    try:
        for look in looks:
            # What a format writes does not depend on the look.
            report[look] = _take(app, source.resolve(), _cleared(out.resolve() / look), look, thorough=not report)
    except TourError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        qInstallMessageHandler(quiet)
        i18n.use_language(spoken)
    _write(out / "tour.json", report)
    _say(tr("The tour is done; its pictures, projects and exports are in {path}", path=out))
    return 0


def _heed(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Pass on what Qt says, but not what the offscreen platform cannot do and nobody needs there."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(f"{message}\n")


def _take(app: QApplication, source: Path, folder: Path, look: str, *, thorough: bool) -> dict[str, object]:
    language, _, theme = look.partition("-")
    album = Album(folder / "pictures")
    own = _own(source, folder)
    round_ = Round(app, own, folder, album, language=language, theme=theme, thorough=thorough)
    steps = _go(round_, look)
    seeds = paths.seeds()
    if seeds is not None:
        for further in (Telling, Keeping):
            steps |= _go(further(app, seeds, folder, album, language=language, theme=theme), look)
    return {
        "steps": steps,
        "pictures": album.names,
        "project": round_.project_path.name,
        "exports": [path.name for path in round_.exports],
    }


def _go(round_: Round | Telling | Keeping, look: str) -> dict[str, float]:
    """Take the steps of a round, and return how many seconds each took."""
    taken: dict[str, float] = {}
    try:
        for name, step in round_.steps():
            begun = time.monotonic()
            try:
                step()
            except TourError as error:
                raise TourError(f"{look}, {name}: {error}") from error
            taken[name] = round(time.monotonic() - begun, 2)
            _say(f"{look:9} {name:18} {taken[name]:6.2f} s")
    finally:
        round_.finish()
    return taken


def _own(source: Path, folder: Path) -> Path:
    """Return the source, or the tour's own copy of it where it is a project."""
    if source.suffix != SUFFIX:
        return source
    copy = folder / source.name
    for suffix in ("", "-wal"):
        part = source.with_name(source.name + suffix)
        if part.exists():
            shutil.copyfile(part, copy.with_name(copy.name + suffix))
    return copy


def _cleared(folder: Path) -> Path:
    try:
        for name in ("pictures", "exports"):
            shutil.rmtree(folder / name, ignore_errors=True)
        for project in folder.glob(f"*{SUFFIX}"):
            remove_files(project)
        for backups in folder.glob("*.backups"):
            shutil.rmtree(backups, ignore_errors=True)
        (folder / "settings.json").unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("path_unwritable", path=folder, detail=error.strerror or error) from error
    return folder


def _write(path: Path, report: dict[str, object]) -> None:
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
