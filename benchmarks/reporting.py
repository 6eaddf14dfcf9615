# SPDX-License-Identifier: MIT
"""What is shown of a run: a table to read, and a JSON to keep and compare."""

import os
import platform
import sqlite3
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.cases import Figure
from benchmarks.running import Row

_HEAD = ("work", "ours", "floor", "ratio", "aim", "met")


def table(rows: list[Row], articles: int) -> str:
    """Return the rows as a table of Markdown, which reads well in a terminal, too."""
    cells = [_HEAD, *(_cells(row, articles) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEAD))]
    lines = ["| " + " | ".join(map(_justified, line, widths, range(len(_HEAD)))) + " |" for line in cells]
    rule = (
        "|"
        + "|".join("-" * (width + 2) if column == 0 else "-" * (width + 1) + ":" for column, width in enumerate(widths))
        + "|"
    )
    return "\n".join([lines[0], rule, *lines[1:]])


def record(rows: list[Row], failed: list[str], *, articles: int, quick: bool) -> dict[str, Any]:
    """Return what is kept of a run: where it was, and all medians, in seconds and MB."""
    return {
        "format": "tawsim-bench/1",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "articles": articles,
        "machine": machine(),
        "failed": failed,
        "rows": [_record(row, articles) for row in rows],
    }


def machine() -> dict[str, str | int | float]:
    """Return what the figures depend on."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else -1
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "load": round(load, 2),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "pyside": version("PySide6-Essentials"),
        "tawsim": version("tawsim"),
        "qt_platform": os.environ.get("QT_QPA_PLATFORM", "") or ("offscreen" if sys.platform == "linux" else "native"),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _cells(row: Row, articles: int) -> tuple[str, ...]:
    figure = row.figure
    met = {True: "yes", False: "NO", None: ""}[row.met]
    return (
        figure.work.format(articles=f"{articles:,}"),
        _amount(row.ours, figure),
        _amount(row.floor, figure),
        f"{row.ratio:.2f} x",
        _aim(figure),
        met,
    )


def _aim(figure: Figure) -> str:
    ratio = [f"{figure.ratio:g} x"] if figure.ratio is not None else []
    limit = [f"{figure.limit * 1000:g} ms"] if figure.limit is not None else []
    return ", ".join(ratio + limit)


def _amount(value: float, figure: Figure) -> str:
    if figure.unit == "MB":
        return f"{value:.1f} MB"
    if figure.unit == "B":
        return f"{value:.0f} B"
    return f"{value * 1000:.2f} ms" if value < 0.1 else f"{value * 1000:,.0f} ms"


def _justified(cell: str, width: int, column: int) -> str:
    return cell.ljust(width) if column == 0 else cell.rjust(width)


def _record(row: Row, articles: int) -> dict[str, Any]:
    figure = row.figure
    return {
        "case": row.case,
        "work": figure.work.format(articles=articles),
        "pick": figure.pick.value,
        "unit": figure.unit,
        "ours": row.ours,
        "floor": row.floor,
        "ratio": row.ratio,
        "aim_ratio": figure.ratio,
        "aim_limit": figure.limit,
        "met": row.met,
        "ours_rounds": row.ours_rounds,
        "floor_rounds": row.floor_rounds,
    }
