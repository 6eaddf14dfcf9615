# SPDX-License-Identifier: MIT
"""Labelled training data out of a project: the registry of formats, and the one way to run an export.

Gets plain data (`ExportSource`) and writes files; knows neither the project's file nor any window.
"""

from annotator.exporters.abilities import Abilities, OffsetUnit
from annotator.exporters.base import (
    Clitics,
    ExportOptions,
    ExportReport,
    ExportSource,
    Format,
    LabelNames,
    Layout,
    Overlap,
    PartReport,
    Progress,
    Unit,
)
from annotator.exporters.losses import REASON_TEXTS, SUBJECT_COUNTS, Example, Loss, Reason, Subject
from annotator.exporters.registry import FORMATS, find_format
from annotator.exporters.report import REPORT_NAME, report_path
from annotator.exporters.running import preview_export, run_export
from annotator.extras import EXTRAS, Extra
from annotator.model.tagged_article import TaggedArticle

__all__ = [
    "EXTRAS",
    "FORMATS",
    "REASON_TEXTS",
    "REPORT_NAME",
    "SUBJECT_COUNTS",
    "Abilities",
    "Clitics",
    "Example",
    "ExportOptions",
    "ExportReport",
    "ExportSource",
    "Extra",
    "Format",
    "LabelNames",
    "Layout",
    "Loss",
    "OffsetUnit",
    "Overlap",
    "PartReport",
    "Progress",
    "Reason",
    "Subject",
    "TaggedArticle",
    "Unit",
    "find_format",
    "preview_export",
    "report_path",
    "run_export",
]
