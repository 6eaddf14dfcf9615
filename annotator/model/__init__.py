# SPDX-License-Identifier: MIT
"""What the program speaks of, as frozen dataclasses, and the rules they must meet. No input or output."""
