# SPDX-License-Identifier: MIT
"""A project of very many articles opened in the real window, and the memory of it at rest."""

from benchmarks import probe
from benchmarks.kept import kept_project
from benchmarks.opening import opened


def main() -> None:
    """Open it."""
    samples = opened(kept_project(probe.task().count), rests=True)
    probe.report({"opened": samples["opened"], "large_pss": samples["pss"], "large_rss": samples["rss"]})


if __name__ == "__main__":
    main()
