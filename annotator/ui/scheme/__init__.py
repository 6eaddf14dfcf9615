# SPDX-License-Identifier: MIT
"""The scheme as its keepers see it: edited in a dialog, read as a guideline, held against the tags in a review."""
