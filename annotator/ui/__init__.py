# SPDX-License-Identifier: MIT
"""The window: thin Qt over `annotator.ops`. The only room where Qt is imported."""

from annotator.ui.loading import load_qt

load_qt()
