# SPDX-License-Identifier: MIT
"""One open project: `Project`, the one door to `annotator.store`, and the questions that it answers."""

from annotator.files import SUFFIX
from annotator.project.opened import Project, utc_now

__all__ = ["SUFFIX", "Project", "utc_now"]
