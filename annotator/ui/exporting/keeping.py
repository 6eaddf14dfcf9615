# SPDX-License-Identifier: MIT
"""What was chosen for the last exports, kept in the user's settings. Knows no widget.

How words, overlaps, units and names are treated is kept for each format; labels, layers and annotators for the last
project only, as another one has others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import msgspec

from annotator.errors import UserError
from annotator.exporters import Clitics, ExportOptions, LabelNames, Overlap, Unit
from annotator.exporters.splitting import Splits, check_shares
from annotator.model.article import ArticleState
from annotator.model.ids import AnnotatorId, LabelId, LayerId
from annotator.project import Project
from annotator.settings import Settings

_Id = TypeVar("_Id", LayerId, LabelId, AnnotatorId)

_KEY = "export"


@dataclass
class _Writing:
    clitics: Clitics = Clitics.SPLIT
    overlap: Overlap = Overlap.KEEP
    unit: Unit = Unit.ARTICLE
    names: LabelNames = LabelNames.ID


@dataclass
class _Part:
    """Which part of one project was chosen; None for all."""

    project: str = ""
    layers: list[str] | None = None
    labels: list[str] | None = None
    annotators: list[str] | None = None


@dataclass
class _Stored:
    format: str = ""
    writing: dict[str, _Writing] = field(default_factory=dict)
    part: _Part = field(default_factory=_Part)
    states: list[ArticleState] | None = None
    anonymise: bool = False
    without_boilerplate: bool = False
    licence: str = ""
    split: bool = False
    splits: Splits = field(default_factory=Splits)


class Keeper:
    """Reads the choices once, and writes them when an export is begun."""

    def __init__(self, settings: Settings, project: Project) -> None:
        self._settings, self._project = settings, project
        self._stored = _read(settings.get(_KEY))

    @property
    def format_id(self) -> str:
        """The format that was exported to last, or ""."""
        return self._stored.format

    @property
    def splits(self) -> Splits:
        """How articles were dealt out last, whether they are to be now or not."""
        return self._stored.splits

    def common(self) -> ExportOptions:
        """Return what was chosen, with those choices as they are by default that each format has its own of."""
        stored = self._stored
        part = stored.part if stored.part.project == self._project.id else _Part()
        scheme = self._project.scheme
        return ExportOptions(
            states=frozenset(stored.states) if stored.states else None,
            layers=_known(part.layers, [layer.id for layer in scheme.layers]),
            labels=_known(part.labels, [label.id for label in scheme.all_labels]),
            annotators=_known(part.annotators, [one.id for one in self._project.annotators()]),
            anonymise=stored.anonymise,
            without_boilerplate=stored.without_boilerplate,
            licence=stored.licence,
            splits=stored.splits if stored.split else None,
        )

    def for_format(self, options: ExportOptions, format_id: str) -> ExportOptions:
        """Return options with those choices that were last made for a format."""
        own = self._stored.writing.get(format_id, _Writing())
        return replace(options, clitics=own.clitics, overlap=own.overlap, unit=own.unit, names=own.names)

    def note(self, options: ExportOptions, format_id: str) -> None:
        """Have a format's own choices ready for when it is chosen again in this dialog."""
        own = _Writing(options.clitics, options.overlap, options.unit, options.names)
        self._stored.writing[format_id] = own

    def keep(self, options: ExportOptions, format_id: str, splits: Splits) -> None:
        """Keep all that was chosen."""
        self.note(options, format_id)
        stored = self._stored
        stored.format = format_id
        stored.part = _Part(
            self._project.id, _plain(options.layers), _plain(options.labels), _plain(options.annotators)
        )
        stored.states = sorted(options.states) if options.states else None
        stored.anonymise, stored.without_boilerplate = options.anonymise, options.without_boilerplate
        stored.licence = options.licence
        stored.split, stored.splits = options.splits is not None, splits
        self._settings.put(_KEY, msgspec.json.encode(stored).decode())


def _read(text: str) -> _Stored:
    if not text:
        return _Stored()
    try:
        stored = msgspec.json.decode(text, type=_Stored)
        check_shares(stored.splits.shares)
    except (msgspec.DecodeError, UserError):  # written by another version, or by hand
        return _Stored()
    return stored


def _plain(chosen: frozenset[LayerId] | frozenset[LabelId] | frozenset[AnnotatorId] | None) -> list[str] | None:
    return None if chosen is None else sorted(map(str, chosen))


def _known(chosen: list[str] | None, known: Sequence[_Id]) -> frozenset[_Id] | None:
    """Return what of a choice is still there; all where nothing of it is."""
    if chosen is None:
        return None
    return frozenset(one for one in known if one in chosen) or None
