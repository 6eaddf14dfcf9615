# SPDX-License-Identifier: MIT
"""Tawsim: tag actors, events and stance in Arabic news articles."""

__version__ = "0.1.0"
