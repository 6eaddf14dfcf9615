# SPDX-License-Identifier: MIT
"""The parts of the export dialog: the list of formats, what each carries, the choices, the splits, what is lost.

All of them are made from the registry of formats; none knows a format by name.
"""
