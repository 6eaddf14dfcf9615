# SPDX-License-Identifier: MIT
"""What is computed from tags and texts; no file, no window."""
