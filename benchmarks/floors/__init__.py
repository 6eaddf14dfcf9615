# SPDX-License-Identifier: MIT
"""What it is measured against: the same work done bare, one module each. Nothing of the program is imported here."""
