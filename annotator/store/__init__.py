# SPDX-License-Identifier: MIT
"""The project file: the only room where SQL is spoken. Knows nothing of acts, windows or formats."""
