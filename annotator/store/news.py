# SPDX-License-Identifier: MIT
"""What others have done to the file since it was last looked at: read from the history, as one change of many rows."""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from annotator.model.changes import ActKind, Changes, Op
from annotator.store import history_rows
from annotator.store.history import changed_by
from annotator.store.history_rows import HistoryRow
from annotator.store.row_changes import Change, net
from annotator.store.scheme import annotators

#: More than this is not told row by row: reading all anew is quicker then.
_MOST_ACTS = 500
_MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class News:
    """Acts that came from elsewhere: another window, a command line, a job.

    Attributes:
        changes: what they did together, under the number and the name of the last of them; where they are too many to
            be told row by row, `spilled` says so.
        kind: whether the last of them was an act of its own; what they did together is.
        annotators: who did them, by name, each once.
        acts: how many there were.
    """

    changes: Changes
    kind: ActKind
    annotators: tuple[str, ...]
    acts: int


def last_act(connection: sqlite3.Connection) -> int:
    """Return the number of the newest act, or 0."""
    (seq,) = connection.execute("select coalesce(max(seq), 0) from history").fetchone()
    return int(seq)


def news(connection: sqlite3.Connection, known: int, besides: Collection[int] = ()) -> News | None:
    """Return what came after the act numbered `known`, or None; the connection must be in a transaction.

    Args:
        connection: to the file.
        known: the last act that is known.
        besides: later ones that are known, too.
    """
    last = last_act(connection)
    if last == known:
        return None
    # A backup may have taken the place of what was there: then nothing of it is known.
    acts = list(islice(history_rows.rows(connection, known), _MOST_ACTS + 1)) if last > known else []
    others = [act for act in acts if act.seq not in besides]
    if acts and not others:
        return None
    changes = _changes(connection, others) if 0 < len(acts) <= _MOST_ACTS else None
    names = {who.id: who.name for who in annotators(connection)}
    newest = others[-1] if others else None
    return News(
        Changes(
            seq=last,
            op=Op(newest.op) if newest else Op.CHANGE_SCHEME,
            kind=ActKind.DO,
            params=json.loads(newest.params) if newest else {},
            rows=() if changes is None else net(connection, changes),
            spilled=1 if changes is None else 0,
        ),
        kind=ActKind(newest.kind) if newest else ActKind.DO,
        annotators=tuple(dict.fromkeys(names.get(act.annotator_id, "") for act in others)),
        acts=max(last - known - len(besides), 1),
    )


def _changes(connection: sqlite3.Connection, acts: list[HistoryRow]) -> list[Change] | None:
    """Return what acts changed, in order; None where that is too much to be told."""
    changes: list[Change] = []
    for act in acts:
        done = act if act.target is None else history_rows.row_of(connection, act.target)
        if len(changes) + history_rows.changed_rows(connection, done) > _MOST_ROWS:
            return None
        changes.extend(changed_by(connection, act))
    return changes
