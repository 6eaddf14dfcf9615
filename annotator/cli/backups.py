# SPDX-License-Identifier: MIT
"""The commands that make, list and restore backups, and the backup of the day after an act."""

from datetime import datetime
from pathlib import Path

import click

from annotator import i18n
from annotator.cli.parameters import existing, json_option, project_argument
from annotator.cli.secrets import given_key
from annotator.cli.terminal import Terminal, end_progress, progress_line
from annotator.cli.translated import Command
from annotator.errors import UserError
from annotator.i18n import N_, tr, trn
from annotator.ops import backups as acts
from annotator.ops.backups import Backup, Contents
from annotator.paths import is_there

pass_terminal = click.make_pass_decorator(Terminal, ensure=True)


@click.command(
    "backup",
    cls=Command,
    help=N_(
        "Copy a project into its folder of backups, while others may work in it. The copy is checked, and stays until "
        "you delete it; besides, one is made by itself at the first change of each day."
    ),
)
@project_argument
@json_option
@pass_terminal
def backup(terminal: Terminal, project: Path) -> None:
    """Make a backup."""
    path = existing(project)
    show = progress_line()
    try:
        made = acts.back_up(path, given_key(path), lambda done, total: show is None or show(done, total, ""))
    finally:
        end_progress()
    if terminal.as_json:
        terminal.document(_data(1, made, None))
    else:
        terminal.say(tr("Backed up as “{path}” ({size}).", path=made.path, size=i18n.size(made.size)))


@click.command(
    "backups", cls=Command, help=N_("List the backups of a project, the newest first: number, day and time, size, why.")
)
@project_argument
@json_option
@pass_terminal
def backups(terminal: Terminal, project: Path) -> None:
    """List the backups."""
    path = existing(project)
    found = acts.backups_of(path)
    if not found and not is_there(path):
        raise UserError("project_missing", path=path)
    key = given_key(path) if found and is_there(path) else None
    listed = [(number, one, acts.contents(one, key)) for number, one in enumerate(found, 1)]
    if terminal.as_json:
        terminal.document({"folder": str(acts.folder_of(path)), "backups": [_data(*line) for line in listed]})
        return
    for number, one, held in listed:
        terminal.row(
            (number, 4),
            (f"{one.at.astimezone():%Y-%m-%d %H:%M}", 16),
            (i18n.size(one.size), 9),
            (i18n.tr_marked(i18n.BACKUP_KINDS[one.kind]), 18),
            (_held(held), 0),
        )
    total = sum(one.size for one in found)
    terminal.say(
        tr(
            "{backups}, {size}, in “{folder}”.",
            backups=trn("{n} backup", "{n} backups", len(found)),
            size=i18n.size(total),
            folder=acts.folder_of(path),
        )
    )


@click.command(
    "restore",
    cls=Command,
    help=N_(
        "Put a backup in the place of a project. BACKUP is a number of “tawsim backups”, or a file. The project as it "
        "is now is kept as a backup first, so that it can be restored in turn. Nobody may have it open."
    ),
)
@project_argument
@click.argument("backup", metavar="BACKUP")
@pass_terminal
def restore(terminal: Terminal, project: Path, backup: str) -> None:
    """Restore a backup."""
    path = existing(project)
    chosen = _chosen(path, backup)
    kept = acts.restore(path, chosen, given_key(path if is_there(path) else chosen))
    terminal.say(tr("“{path}” is as in “{name}” again.", path=path, name=chosen.name))
    if kept is not None:
        terminal.say(tr("As it was before, it is kept as “{name}”.", name=kept.path.name))


def _chosen(path: Path, reference: str) -> Path:
    found = acts.backups_of(path)
    if reference.isdecimal() and 0 < int(reference) <= len(found):
        return found[int(reference) - 1].path
    for place in (Path(reference), acts.folder_of(path) / reference):
        if is_there(place):
            return place
    raise UserError("backup_unknown", backup=reference, path=path)


def _held(held: Contents) -> str:
    if held.error is not None:
        return i18n.describe(held.error)
    return tr(
        "{articles}, {tags}",
        articles=trn("{n} article", "{n} articles", held.articles),
        tags=trn("{n} tag", "{n} tags", held.tags),
    )


def _data(number: int, one: Backup, held: Contents | None) -> dict[str, object]:
    data: dict[str, object] = {
        "number": number,
        "path": str(one.path),
        "at": _utc(one.at),
        "kind": one.kind.value,
        "size": one.size,
    }
    if held is not None:
        is_whole = held.error is None or held.error.key == "backup_older"
        known = {} if held.error else {"articles": held.articles, "tags": held.tags}
        data |= {"whole": is_whole, **known}
    return data


def _utc(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
