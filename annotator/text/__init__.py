# SPDX-License-Identifier: MIT
"""Pure functions on text: decoding, offsets, folding, words, direction. Knows nothing of articles, files or Qt."""
