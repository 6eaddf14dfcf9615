# SPDX-License-Identifier: MIT
"""The verbs: one user act is one function, which takes the project first and returns the changes it made."""
