# SPDX-License-Identifier: MIT
"""The parts of the main window. Each keeps ids, and reads from the session what it shows."""
