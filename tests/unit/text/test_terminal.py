# SPDX-License-Identifier: MIT
"""Text for terminals: joined letters, visual order, line by line."""

import pytest

from annotator.text.terminal import visual


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("قال", "ﻝﺎﻗ"),
        ("plain", "plain"),
        ("قال (Gantz) 15:30", "15:30 (Gantz) ﻝﺎﻗ"),
        ("أنّ", "ﻥّﺃ"),
        ("لا", "ﻻ"),
        ("قال\nno\n", "ﻝﺎﻗ\nno\n"),
        ("\u2067قال\u2069 x\u200f", "ﻝﺎﻗ x"),
        ("", ""),
    ],
)
def test_visual(text: str, seen: str) -> None:
    assert visual(text) == seen
