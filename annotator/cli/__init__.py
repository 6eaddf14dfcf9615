# SPDX-License-Identifier: MIT
"""The command line: thin click commands over `annotator.ops`."""
