# SPDX-License-Identifier: MIT
"""`export_report.json`: what the exports in a folder hold and what they had to leave out.

One entry for each exported file of the folder, the latest of each; the same exports give the same bytes. Owns the
layout of the file; what an export does is `annotator.exporters.running`'s.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from annotator.exporters.base import ExportReport
from annotator.exporters.losses import Example, Loss
from annotator.paths import is_folder

REPORT_FORMAT = "tawsim-export-report/1"
REPORT_NAME = "export_report.json"


def report_path(destination: Path) -> Path:
    """Return where the report on an exported file or folder goes: into the folder, or beside the file.

    That is `export_report.json` beside it, unless something of that name lies there that is none of ours: then it
    is left alone, and the report is called after the exported file.
    """
    if is_folder(destination):
        return report_path_in(destination)
    path = destination.with_name(REPORT_NAME)
    taken = (path.exists() or path.is_symlink()) and _exports(path) is None
    if taken or path == destination:
        return destination.with_name(f"{destination.name}.{REPORT_NAME}")
    return path


def report_path_in(folder: Path) -> Path:
    """Return where the report on an exported folder goes."""
    return folder / REPORT_NAME


def is_export(folder: Path) -> bool:
    """Return whether a folder was exported by this program, or is empty, so that an export may take its place."""
    try:
        return not any(folder.iterdir()) or _exports(report_path_in(folder)) is not None
    except OSError:
        return False


def report_json(report: ExportReport, path: Path) -> str:
    """Return the text of the report file at `path` with one more export in it."""
    exports = {**(_exports(path) or {}), report.path.name: _record(report)}
    document = {"format": REPORT_FORMAT, "exports": dict(sorted(exports.items()))}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _exports(path: Path) -> dict[str, Any] | None:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    ours = isinstance(document, dict) and document.get("format") == REPORT_FORMAT
    exports = document.get("exports") if ours else None
    return exports if isinstance(exports, dict) else None


def _record(report: ExportReport) -> dict[str, Any]:
    return {
        "export_format": report.format,
        "tawsim_version": report.version,
        "verified_by": report.verified_by,
        "settings": dict(report.settings),
        "articles": report.articles,
        "tags_in": report.tags_in,
        "tags_out": report.tags_out,
        "relations_in": report.relations_in,
        "relations_out": report.relations_out,
        "document_tags_in": report.document_tags_in,
        "document_tags_out": report.document_tags_out,
        "losses": [_loss(loss) for loss in report.losses],
        "parts": [asdict(part) for part in report.parts if part.name],
        "proof": asdict(report.splitting.proof) if report.splitting else None,
        "notes": [asdict(note) for note in report.splitting.notes] if report.splitting else [],
        "splits": dict(report.splits),
        "text_sha256": dict(report.text_sha256),
    }


def _loss(loss: Loss) -> dict[str, Any]:
    return {
        "reason": loss.reason.value,
        "of": loss.of.value,
        "left_out": loss.left_out,
        "tag_lost": loss.tag_lost,
        "count": loss.count,
        "examples": [_example(example) for example in loss.examples],
    }


def _example(example: Example) -> dict[str, Any]:
    return {name: value for name, value in asdict(example).items() if value is not None}
