# SPDX-License-Identifier: MIT
"""The tour: the real window driven by real mouse and key events through a round of work, with a picture of each step.

It proves that the program works where it stands (a fresh machine, a built program) and makes the pictures of the docs.
"""

from annotator.ui.tour.running import run_tour

__all__ = ["run_tour"]
