# SPDX-License-Identifier: MIT
"""The list of frequent words: what is shipped, and what is made of a list that is not there or damaged."""

import gzip
from pathlib import Path

import pytest

from annotator.analysis.frequencies import word_rates
from annotator.text.proclitics import key


def test_the_shipped_list_is_whole_and_folded_as_the_program_folds() -> None:
    rates = word_rates()
    assert len(rates) == 50_000
    assert all(word == key(word) for word in rates)
    assert max(rates, key=rates.__getitem__) == "في"
    assert 30_000 < rates["في"] < 40_000
    assert rates["تركيا"] > rates["وتركيا"]


@pytest.mark.parametrize("raw", [None, b"", b"no gzip", gzip.compress(b"x y"), gzip.compress(b"\xff\xfe")])
def test_without_a_sound_list_there_are_no_rates(
    raw: bytes | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "ar.txt.gz"
    if raw is not None:
        path.write_bytes(raw)
    assert word_rates(path) == {}
    assert "no word frequencies" in caplog.text
