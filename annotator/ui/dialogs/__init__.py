# SPDX-License-Identifier: MIT
"""Dialogs. Each is asked by its classmethod `ask`, which a test can replace."""
