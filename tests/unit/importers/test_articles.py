# SPDX-License-Identifier: MIT
"""The table of kinds: each is read, lazily, and whatever is in a file, nothing but articles and reasons comes out."""

import io
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import i18n
from annotator.extras import EXTRAS
from annotator.importers.articles import KINDS, SUFFIXES, TEXT, kind_of, read_articles
from annotator.importers.base import ReadArticle, Unread
from annotator.importers.sources import Meter

TEXT_OF_ONE = "قال المتحدث إن المباحثات بين الجانبين كانت إيجابية، ولم يضف شيئًا آخر في هذا الشأن."


def test_the_table() -> None:
    assert len({kind.id for kind in KINDS}) == len(KINDS)
    assert sum(len(kind.suffixes) for kind in KINDS) == len(SUFFIXES)
    assert all(kind.extra in EXTRAS for kind in KINDS if kind.extra)
    for kind in KINDS:
        assert all(kind_of(Path(f"a.b{suffix.upper()}")) is kind for suffix in kind.suffixes)
        i18n.use_language("ar")
        assert i18n.tr_marked(kind.name) != kind.name


@pytest.mark.parametrize("name", ["a", "a.ann", "a.txt.gz", "a.tar.gz", ".txt"])
def test_what_is_of_no_kind_is_plain_text(name: str) -> None:
    assert kind_of(Path(name)) is TEXT


def samples() -> dict[str, bytes]:
    """Return a small good file of every kind that can be made without the readers' libraries."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["text", "date"])
    book.active.append([TEXT_OF_ONE, "3 مايو 2024"])
    book.save(stream)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.txt", TEXT_OF_ONE)
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{TEXT_OF_ONE}".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.org/\r\nContent-Length: {len(page)}\r\n\r\n"
    return {
        ".txt": TEXT_OF_ONE.encode(),
        ".csv": f"title;text;date\nx;{TEXT_OF_ONE};1/2/2024\n".encode(),
        ".xlsx": stream.getvalue(),
        ".json": f'[{{"text": "{TEXT_OF_ONE}", "more": {{"a": [1]}}}}]'.encode(),
        ".jsonl": f'{{"text": "{TEXT_OF_ONE}"}}\n"x"\n'.encode(),
        ".zip": packed.getvalue(),
        ".warc": head.encode() + page + b"\r\n\r\n",
    }


SAMPLES = samples()


@pytest.mark.parametrize("suffix", SAMPLES)
def test_samples_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(SAMPLES[suffix])
    found = [item for item in read_articles(path) if isinstance(item, ReadArticle)]
    assert TEXT_OF_ONE in [item.decoded.text for item in found]


def refuses_nothing_but_says_why(path: Path) -> None:
    for item in read_articles(path):
        assert isinstance(item, ReadArticle | Unread)
        if isinstance(item, Unread):
            assert i18n.describe(item.error)


@pytest.mark.parametrize("suffix", SAMPLES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files(tmp_path: Path, suffix: str, data: st.DataObject) -> None:
    raw = bytearray(SAMPLES[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        raw = raw or bytearray(b"x")
    path = tmp_path / f"a{suffix}"
    path.write_bytes(raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw)
    refuses_nothing_but_says_why(path)


@pytest.mark.parametrize("suffix", SAMPLES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes(tmp_path: Path, suffix: str, raw: bytes) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(raw)
    refuses_nothing_but_says_why(path)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_large_files_are_read_a_row_at_a_time(tmp_path: Path, suffix: str) -> None:
    path, row = tmp_path / f"a{suffix}", "نص " * 5_000
    with path.open("w", encoding="utf-8") as file:
        file.write("text\n" if suffix == ".csv" else "")
        for number in range(1_000):
            file.write(f"{row}{number}\n" if suffix == ".csv" else f'{{"text": "{row}{number}"}}\n')
    meter, shares = Meter(), []
    tracemalloc.start()
    try:
        for item in read_articles(path, meter=meter):
            assert isinstance(item, ReadArticle)
            shares.append(meter.share)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(shares) == 1_000
    assert shares == sorted(shares)
    assert 0.95 < shares[-1] <= 1
    assert most < path.stat().st_size
