# SPDX-License-Identifier: MIT
"""Groups of near duplicates in the window: found, shown, joined and separated."""
