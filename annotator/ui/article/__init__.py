# SPDX-License-Identifier: MIT
"""The article view: text shaped and ordered by Qt, tags painted behind and under it."""
