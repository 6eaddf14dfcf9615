# SPDX-License-Identifier: MIT
"""Importing in the window: what was given, what its columns and labels are, and how it went."""
