# SPDX-License-Identifier: MIT
"""Ids: UUIDv7, unique, in the order in which they were made."""

import uuid

from annotator.model.ids import new_id


def test_ids_are_uuid7_and_sort_by_time() -> None:
    ids = [new_id() for _ in range(10_000)]
    assert len(set(ids)) == len(ids)
    assert ids == sorted(ids)
    for id_ in ids[::1000]:
        parsed = uuid.UUID(id_)
        assert (parsed.hex, parsed.version, parsed.variant) == (id_, 7, uuid.RFC_4122)
