# SPDX-License-Identifier: MIT
"""Editors of attributes: one widget for each kind of value, for panels and forms alike.

They know an attribute of the scheme and a value of it; who keeps the value, and where, is none of their business.
"""
