# SPDX-License-Identifier: MIT
"""The frame of the window as it was last: how high its bars and how wide its sides were, in each direction.

The first paint shows the article alone, between bars and sides that are still empty: with these sizes nothing moves
when they are filled.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from PySide6.QtWidgets import QMainWindow, QStatusBar, QToolBar, QWidget

from annotator import i18n
from annotator.settings import Settings

_NO_LIMIT = 16_777_215


@dataclass(frozen=True, slots=True)
class Frame:
    """What the parts around the article take, in logical pixels.

    Attributes:
        menus, tools, status: the heights of the bars.
        least: the least widths of the three parts of the desk.
        font: what the interface was set in; with another font they take something else.
    """

    menus: int
    tools: int
    status: int
    least: Sequence[int]
    font: str

    @classmethod
    def kept(cls, settings: Settings, font: str) -> "Frame | None":
        """Return the frame that was kept for this direction of the interface and this font, if there is one."""
        try:
            frame = cls(**json.loads(settings.get(_key())))
        except (ValueError, TypeError):
            return None
        return frame if frame.font == font and _is_sound(frame) else None

    def keep(self, settings: Settings) -> None:
        """Remember it."""
        settings.put(_key(), json.dumps(asdict(self)))

    def put_bars(self, window: QMainWindow) -> QToolBar:
        """Give a window empty bars of these heights, and return the one that another takes the place of."""
        window.menuBar().setFixedHeight(self.menus)
        tools = QToolBar()
        tools.setMovable(False)
        tools.setFixedHeight(self.tools)
        window.addToolBar(tools)
        status = QStatusBar()
        status.setSizeGripEnabled(False)
        status.setFixedHeight(self.status)
        window.setStatusBar(status)
        return tools


def free(bar: QWidget) -> None:
    """Let a bar take what it needs."""
    bar.setMinimumHeight(0)
    bar.setMaximumHeight(_NO_LIMIT)


def _is_sound(frame: Frame) -> bool:
    numbers = (frame.menus, frame.tools, frame.status, *frame.least)
    return len(frame.least) == 3 and all(isinstance(number, int) and 0 < number < 4096 for number in numbers)


def _key() -> str:
    return f"window.{'rtl' if i18n.is_rtl() else 'ltr'}.frame"
