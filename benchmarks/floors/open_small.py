# SPDX-License-Identifier: MIT
"""A project of a hundred articles opened in the same window: what opening takes whatever the size."""

from benchmarks import probe
from benchmarks.kept import kept_project
from benchmarks.opening import opened


def main() -> None:
    """Open it."""
    probe.report({"opened_small": opened(kept_project(100), rests=False)["opened"]})


if __name__ == "__main__":
    main()
