# SPDX-License-Identifier: MIT
"""What the export dialog works on, and what comes out of it. Plain data but for the session."""

from dataclasses import dataclass
from pathlib import Path

from annotator.exporters import ExportOptions
from annotator.model.ids import ArticleId
from annotator.settings import Settings
from annotator.ui.session import Session


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to export.

    Attributes:
        folder: where an export is offered to go.
        selected: the articles that are chosen in the list of them.
    """

    session: Session
    settings: Settings
    folder: Path
    selected: tuple[ArticleId, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants exported."""

    format_id: str
    destination: Path
    options: ExportOptions
