# SPDX-License-Identifier: MIT
"""Backups in the window: made by themselves, listed, restored; and what to do about a damaged project."""
