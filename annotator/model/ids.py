# SPDX-License-Identifier: MIT
"""Identifiers that stay unique when two analysts' files are merged: UUIDv7 (RFC 9562, 5.7), as 32 hex digits."""

import os
import time
from typing import NewType

ArticleId = NewType("ArticleId", str)
SpanId = NewType("SpanId", str)
AnnotatorId = NewType("AnnotatorId", str)
LabelId = NewType("LabelId", str)
LayerId = NewType("LayerId", str)
AttributeId = NewType("AttributeId", str)
RelationTypeId = NewType("RelationTypeId", str)
DocumentLabelId = NewType("DocumentLabelId", str)
RelationId = NewType("RelationId", str)
DocumentTagId = NewType("DocumentTagId", str)
ActorId = NewType("ActorId", str)
EventId = NewType("EventId", str)

_RANDOM_BITS = 62
_COUNTER_BITS = 12
_COUNTER_MASK = (1 << _COUNTER_BITS) - 1

_last = 0


def new_id() -> str:
    """Return a new UUIDv7 as 32 lower-case hex digits; later ids of one process sort after earlier ones.

    The 12 bits after the milliseconds count the ids of one millisecond (RFC 9562, section 6.2, method 1): an import
    makes thousands of them, and tables keyed by them grow at their end only.
    """
    global _last  # noqa: PLW0603 - the clock of this process
    now = (time.time_ns() // 1_000_000) << _COUNTER_BITS
    _last = max(now, _last + 1)
    milliseconds, counter = _last >> _COUNTER_BITS, _last & _COUNTER_MASK
    noise = int.from_bytes(os.urandom(8), "big") >> (64 - _RANDOM_BITS)
    return f"{milliseconds << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | noise:032x}"
