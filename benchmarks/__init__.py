# SPDX-License-Identifier: MIT
"""How fast the program is, and how much memory it takes, each beside the least that the same work can cost here."""
