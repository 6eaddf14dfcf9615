# SPDX-License-Identifier: MIT
"""What all readers of annotations share."""

from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.importers.foreign import from_json


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b'["\xff"]', "foreign_encoding"),
        (b'["a"', "foreign_cut_short"),
        (b'["a"]x', "foreign_malformed"),
        (b"[1]", "foreign_malformed"),
        (b"[" * 100_000, "foreign_malformed"),
    ],
)
def test_what_is_no_json(raw: bytes, key: str) -> None:
    with pytest.raises(UserError) as refused:
        from_json(raw, list[str], Path("x"), "3")

    assert (refused.value.key, refused.value.params["place"]) == (key, "3")
