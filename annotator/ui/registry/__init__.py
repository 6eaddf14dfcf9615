# SPDX-License-Identifier: MIT
"""The actors and events of the project in the window: lists, pages, what is likely the same."""
