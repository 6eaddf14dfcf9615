# SPDX-License-Identifier: MIT
"""Which column held what in the tables of earlier imports, kept in the user's settings. Knows no widget."""

from collections.abc import Iterable

import msgspec

from annotator.importers.columns import Columns
from annotator.settings import Settings

_KEY = "import.columns"
_MOST = 40


class _Kept(msgspec.Struct):
    names: list[str]
    columns: Columns


def remembered(settings: Settings, names: Iterable[str]) -> Columns | None:
    """Return what the columns of these names, in any order, were taken for the last time."""
    wanted = sorted(names)
    return next((one.columns for one in _kept(settings) if one.names == wanted), None)


def remember(settings: Settings, names: Iterable[str], columns: Columns) -> None:
    """Keep what the columns of these names were taken for, in the place of the oldest if there are many."""
    wanted = sorted(names)
    others = [one for one in _kept(settings) if one.names != wanted]
    newest = [_Kept(wanted, columns), *others][:_MOST]
    settings.put(_KEY, msgspec.json.encode(newest).decode())


def _kept(settings: Settings) -> list[_Kept]:
    try:
        return msgspec.json.decode(settings.get(_KEY) or "[]", type=list[_Kept])
    except (msgspec.ValidationError, msgspec.DecodeError):  # changed by hand, or of another version
        return []
