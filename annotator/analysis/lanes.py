# SPDX-License-Identifier: MIT
"""Lanes for overlapping spans: which of the stacked underlines each span gets.

Pure arithmetic on intervals; it knows nothing of text, labels or pixels.
"""

from collections.abc import Iterator, Sequence

Interval = tuple[int, int]


def assign_lanes(intervals: Sequence[Interval]) -> list[int]:
    """Give each half-open interval a lane, so that no two overlapping ones share a lane.

    Shorter intervals take the lower lanes: the underline of an inner tag lies next to its letters, and that of the
    tag around it below. The lanes do not depend on the order in which the intervals come, except between equals.
    """
    lanes = [0] * len(intervals)
    for cluster in _clusters(intervals):
        if len(cluster) > 1:
            _fill_cluster(intervals, cluster, lanes)
    return lanes


def _length(interval: Interval) -> int:
    return interval[1] - interval[0]


def _clusters(intervals: Sequence[Interval]) -> Iterator[list[int]]:
    """Yield groups of indices; no interval overlaps one of another group."""
    cluster: list[int] = []
    reach = 0
    for index in sorted(range(len(intervals)), key=intervals.__getitem__):
        start, end = intervals[index]
        if cluster and start >= reach:
            yield cluster
            cluster = []
        cluster.append(index)
        reach = max(reach, end) if len(cluster) > 1 else end
    if cluster:
        yield cluster


def _fill_cluster(intervals: Sequence[Interval], cluster: list[int], lanes: list[int]) -> None:
    taken: list[list[Interval]] = []
    for index in sorted(cluster, key=lambda index: (_length(intervals[index]), intervals[index], index)):
        interval = intervals[index]
        lane = next((lane for lane, held in enumerate(taken) if not _hits(interval, held)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(interval)
        lanes[index] = lane


def _hits(interval: Interval, held: list[Interval]) -> bool:
    start, end = interval
    return any(start < other_end and other_start < end for other_start, other_end in held)
