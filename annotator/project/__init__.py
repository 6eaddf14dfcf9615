# SPDX-License-Identifier: MIT
"""One open project: `Project`, the one door to `annotator.store`, and the questions that it answers."""

from annotator.files import SUFFIX
from annotator.project.articles import FIRST_PLACE, Place
from annotator.project.opened import JOB_PATIENCE_S, Project, utc_now
from annotator.store.database import PATIENCE_S
from annotator.store.news import News

__all__ = ["FIRST_PLACE", "JOB_PATIENCE_S", "PATIENCE_S", "SUFFIX", "News", "Place", "Project", "utc_now"]
