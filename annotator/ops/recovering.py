# SPDX-License-Identifier: MIT
"""Bringing out of a damaged project all that can be read, into a new one; the damaged file is only read."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from annotator.errors import UserError
from annotator.files import SUFFIX, beside, keep, move
from annotator.i18n import LOSS_MESSAGES, TABLE_NAMES, tr, tr_marked, trn
from annotator.model.annotator import Annotator
from annotator.model.ids import AnnotatorId, new_id
from annotator.ops.checking import check
from annotator.ops.projects import default_scheme
from annotator.paths import is_there, spelled
from annotator.project import Project
from annotator.project.opened import utc_now
from annotator.store.checks import Problem
from annotator.store.database import make_empty, remove_files
from annotator.store.driver import Key
from annotator.store.rebuilding import rebuild
from annotator.store.recovering import Loss, Recovery

#: Told how many pages are read, of how many; False asks to stop.
Progress = Callable[[int, int, str], bool]

#: An id of which nothing can be learned.
_BY_CHANCE = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """What came of a recovery.

    Attributes:
        path: the new project.
        details: the file with all of this as JSON; of an encrypted project without a word of it.
        problems: what a check of the new project finds wrong: nothing.
    """

    path: Path
    details: Path
    recovery: Recovery
    problems: tuple[Problem, ...]

    @property
    def losses(self) -> list[Loss]:
        """Return what could not be saved as it was."""
        return self.recovery.losses


def recover(
    path: Path, out: Path, key: Key | None, *, annotator: str, progress: Progress | None = None
) -> RecoveryReport:
    """Read a damaged project page by page and put what is there into a new one.

    Args:
        path: the damaged project, which is only read.
        out: the new one; `.tawsim` is added where it is missing.
        key: what opens it, if it is encrypted; the new one is encrypted likewise.
        annotator: who does it.
        progress: is told how far it is.

    Raises:
        UserError: `project_missing`, `file_unreadable`, `project_exists`, `nothing_recovered`, `nothing_decrypted`,
            `cancelled`, or what writing files refuses; then nothing is left.
    """
    out = out if out.suffix == SUFFIX else out.with_name(out.name + SUFFIX)
    details = out.with_suffix(".recovery.json")
    for place in (out, details):
        if is_there(place):
            raise UserError("project_exists", path=place)
    with beside(out) as trial:
        try:
            recovery = rebuild(
                path,
                trial,
                key,
                spare=default_scheme(),
                annotator=Annotator(id=AnnotatorId(new_id()), name=annotator),
                now=utc_now(),
                progress=lambda done, total: progress is None or progress(done, total, ""),
            )
            keep(trial)
            with Project.open(trial, read_only=True, key=key) as project:
                problems = check(project).problems
            _write(details, path, out, recovery if key is None else _unnamed(recovery))
            move(trial, out)
        except UserError as error:
            raise _of_the_place(error, trial, out) from error
        finally:
            remove_files(trial)
    return RecoveryReport(out, details, recovery, problems)


def _of_the_place(error: UserError, trial: Path, out: Path) -> UserError:
    """Return an error that names a hidden file as one of the file that this was to become."""
    return UserError(error.key, **{**error.params, "path": out}) if error.params.get("path") == trial else error


def sentences(report: RecoveryReport, most: int) -> list[str]:
    """Return what came of a recovery, for people; of more losses than `most` the rest is counted."""
    found, rows = report.recovery, report.recovery.rows
    told = [
        tr(
            "Saved: {articles}, {tags}, {acts}.",
            articles=trn("{n} article", "{n} articles", rows["article"]),
            tags=trn("{n} tag", "{n} tags", rows["span"]),
            acts=trn("{n} act of the history", "{n} acts of the history", found.acts),
        )
    ]
    restored = sum(found.restored.values())
    if restored:
        told.append(trn("{n} row came back from the history.", "{n} rows came back from the history.", restored))
    if found.pages:
        told.append(trn("{n} page cannot be read.", "{n} pages cannot be read.", found.pages))
    if found.acts_lost:
        lost = trn("{n} act", "{n} acts", found.acts_lost)
        told.append(tr("Lost from the history: {acts}, with what came before them. What they did is kept.", acts=lost))
    elif found.history_torn:
        told.append(tr("The end of the history may be lost. What the last acts did is kept where it can be read."))
    if not found.losses:
        return [*told, tr("Nothing else is lost.")]
    told += [_told(loss) for loss in found.losses[:most]]
    rest = len(found.losses) - most
    return told + ([trn("… and {n} more.", "… and {n} more.", rest)] if rest > 0 else [])


def _told(loss: Loss) -> str:
    what = tr_marked(TABLE_NAMES.get(loss.table, loss.table))
    named = tr("“{name}”", name=loss.name) if loss.name else loss.id
    reason = tr_marked(LOSS_MESSAGES[loss.reason])
    if loss.article:
        return tr(
            "{what} {named} in “{article}”: {reason}.", what=what, named=named, article=loss.article, reason=reason
        )
    if not named:
        return tr("{what}: {reason}.", what=what, reason=reason)
    return tr("{what} {named}: {reason}.", what=what, named=named, reason=reason)


def _unnamed(recovery: Recovery) -> Recovery:
    """Return what came of the recovery of an encrypted project without its words, as the report is not encrypted."""
    losses = [
        replace(loss, id=loss.id if _BY_CHANCE.fullmatch(loss.id) else "", name="", article="")
        for loss in recovery.losses
    ]
    return replace(recovery, losses=losses)


def _write(details: Path, path: Path, out: Path, recovery: Recovery) -> None:
    content = {
        "damaged": spelled(str(path)),
        "recovered": spelled(str(out)),
        **asdict(recovery),
        "articles": recovery.articles,
        "losses": [{**asdict(loss), "told": tr_marked(LOSS_MESSAGES[loss.reason])} for loss in recovery.losses],
    }
    with beside(details) as part:
        make_empty(part)
        part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        keep(part)
        move(part, details)
