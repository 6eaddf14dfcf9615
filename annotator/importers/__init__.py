# SPDX-License-Identifier: MIT
"""Reading foreign files: one module a format."""
