# SPDX-License-Identifier: MIT
"""What a page of the side panel or of the drawer may offer beside being a widget; each of these is optional."""

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget


@runtime_checkable
class HasHeadWidgets(Protocol):
    """A page with controls of its own in the head of the drawer."""

    def head_widgets(self) -> list[QWidget]:
        """Return them, from the start to the end of the line; asked once, when the page is built."""


@runtime_checkable
class HasHeading(Protocol):
    """A page whose heading says no more than its tab."""

    def show_heading(self, shown: bool) -> None:  # noqa: FBT001 - as Qt's setVisible
        """Show the heading, or leave it to the tab."""


@runtime_checkable
class Flushes(Protocol):
    """A page in which something may be half written."""

    def flush(self) -> None:
        """Keep what is being written."""


@runtime_checkable
class Remembers(Protocol):
    """A page that can show the same again after it was built anew, in another language or theme."""

    def showing(self) -> object:
        """Return what it shows: ids and positions, no widget and no sentence."""

    def return_to(self, showing: object) -> None:
        """Show what another page of this kind has shown."""


@runtime_checkable
class HasTitle(Protocol):
    """A page that knows its own title, in the language of now."""

    def title(self) -> str:
        """Return what stands in the head of the drawer."""


def flush(page: QWidget) -> None:
    """Have a page keep what is being written in it, if it can."""
    if isinstance(page, Flushes):
        page.flush()
