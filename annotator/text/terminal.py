# SPDX-License-Identifier: MIT
"""Text for terminals that neither join Arabic letters nor order them.

For showing only: the result has other characters in another order and must never be stored or measured.
"""

from typing import TYPE_CHECKING

from annotator.late import Late, LateModule
from annotator.text.blanks import BIDI_WRAPPERS
from annotator.text.direction import Direction, base_direction, levels, reorder

if TYPE_CHECKING:
    import arabic_reshaper
    import regex
    from bidi import mirror
else:
    arabic_reshaper = LateModule("arabic_reshaper")
    mirror = LateModule("bidi.mirror")
    regex = LateModule("regex")

_CLUSTER = Late(lambda: regex.compile(r"\X"))
#: Order is settled here, so the controls have done their work; a terminal that obeyed them would undo it.
_CONTROLS = dict.fromkeys(map(ord, BIDI_WRAPPERS + "\u200e\u200f\u061c"))


def visual(text: str) -> str:
    """Return a text shaped and in visual order, line by line."""
    # Marks stay: a reader may need them, and terminals can stack them.
    reshaper = arabic_reshaper.ArabicReshaper(configuration={"delete_harakat": False})
    return "\n".join(_visual_line(reshaper.reshape(line)) for line in text.split("\n"))


def _visual_line(line: str) -> str:
    by_character = levels(line, base_direction(line, Direction.LTR))
    clusters = [match.span() for match in _CLUSTER.finditer(line)]
    # Whole clusters change places, or a mark would land on its neighbour (rule L3).
    order = reorder([by_character[start] for start, _ in clusters])
    pieces = (_mirrored(line[slice(*clusters[i])], by_character[clusters[i][0]]) for i in order)
    return "".join(pieces).translate(_CONTROLS)


def _mirrored(cluster: str, level: int) -> str:
    return str(mirror.MIRRORED.get(cluster, cluster)) if level % 2 else cluster
