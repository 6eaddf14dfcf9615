# SPDX-License-Identifier: MIT
"""What is measured: one module for each piece of the program's work, run as a process of its own."""
