# SPDX-License-Identifier: MIT
"""Linking the current tag to an actor or event: to the last one, to one that is searched for, to a new one."""
