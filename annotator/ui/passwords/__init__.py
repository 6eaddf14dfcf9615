# SPDX-License-Identifier: MIT
"""Passwords of projects in the window: asked for on opening; set, changed and removed."""
