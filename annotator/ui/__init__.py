# SPDX-License-Identifier: MIT
"""The window: thin Qt over `annotator.ops`. The only room where Qt is imported."""

from annotator.ui.loading import load_qt

load_qt()

from annotator.ui.border import guard_overrides  # noqa: E402 - Qt's classes are there now

guard_overrides()
