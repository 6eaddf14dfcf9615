# SPDX-License-Identifier: MIT
"""What an export was asked for, as it stands in its report."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from annotator.exporters.base import ExportOptions


def settings_of(options: ExportOptions) -> dict[str, Any]:
    """Return every option by its name, as JSON has it."""
    return {name: _plain(value) for name, value in asdict(options).items()}


def _plain(value: object) -> Any:
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Collection) and not isinstance(value, str):
        return list(map(_plain, value))
    return value if value is None or isinstance(value, bool | int | float) else str(value)
