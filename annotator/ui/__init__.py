# SPDX-License-Identifier: MIT
"""The window: thin Qt over `annotator.ops`. The only room where Qt is imported."""
