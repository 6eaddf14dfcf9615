# SPDX-License-Identifier: MIT
"""Lists of places in the drawer: where a name stands untagged, and tags that are to be changed together."""
