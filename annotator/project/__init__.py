# SPDX-License-Identifier: MIT
"""One open project: `Project`, the one door to `annotator.store`, and the questions that it answers."""

from annotator.files import SUFFIX
from annotator.project.opened import JOB_PATIENCE_S, Project, utc_now

__all__ = ["JOB_PATIENCE_S", "SUFFIX", "Project", "utc_now"]
