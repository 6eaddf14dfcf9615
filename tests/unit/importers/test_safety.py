# SPDX-License-Identifier: MIT
"""What strangers made is opened safely: bounded, without entities, and nothing of it lies outside."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers import safety
from annotator.importers.safety import iter_xml, open_archive, parse_xml, read_bytes, read_lines, read_text

FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def refused(key: str, call: object, *args: object) -> UserError:
    with pytest.raises(UserError) as caught:
        list(call(*args))  # type: ignore[operator]
    assert caught.value.key == key
    return caught.value


def test_lines_have_numbers_and_blank_ones_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes("\ufeffأ\r\n\n  \nب".encode())
    assert list(read_lines(path)) == [(1, "أ"), (4, "ب")]


def test_a_byte_that_is_no_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes("سطر\n".encode() + b"\xc7\xe1\n")
    error = refused("foreign_encoding", read_lines, path)
    assert (error.params["place"], error.params["position"]) == ("2", 0)


def test_what_is_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "LARGEST_PART", 1000)
    path = tmp_path / "x"
    path.write_bytes(b"a\n" + b"b" * 1001)
    assert refused("foreign_too_long", read_lines, path).params["place"] == "2"
    refused("foreign_too_long", read_bytes, path)
    refused("foreign_too_long", read_text, path)


@pytest.mark.parametrize("call", [read_lines, read_bytes, read_text])
def test_what_is_not_there(call: object, tmp_path: Path) -> None:
    refused("file_missing", call, tmp_path / "none")
    refused("file_unreadable", call, tmp_path)


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "foreign_unsafe"),
        (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', "foreign_unsafe"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "foreign_unsafe"),
        (b"<!DOCTYPE a><a/>", "foreign_unsafe"),
        (b"<a>", "foreign_malformed"),
        (b"", "foreign_malformed"),
        (b'<?xml version="1.0" encoding="none"?><a/>', "foreign_malformed"),
        (b"<a>\xff</a>", "foreign_malformed"),
    ],
)
def test_xml_that_is_not_parsed(raw: bytes, key: str) -> None:
    refused(key, parse_xml, raw, Path("x.xml"), "part")


def test_xml_that_is() -> None:
    assert parse_xml("<a>نص</a>".encode(), Path("x.xml")).text == "نص"


def pieces(raw: bytes) -> list[tuple[str, str]]:
    return [(parent, one.tag) for parent, one in iter_xml(io.BytesIO(raw), Path("x.xml"), "part")]


def test_xml_in_pieces() -> None:
    raw = "<a n='1'><!-- c -->t<b/><c>t<d>نص<e/></d>t<d/></c><b><e/></b></a>".encode()
    found = list(iter_xml(io.BytesIO(raw), Path("x.xml")))
    assert [(parent, one.tag) for parent, one in found] == [("", "a"), ("c", "d"), ("c", "d"), ("b", "e")]
    assert (found[0][1].get("n"), found[1][1].text, len(found[1][1])) == ("1", "نص", 1)
    assert list(found[0][1]) == []


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a><b><c>&b;</c></b></a>', "foreign_unsafe"),
        (b"<!DOCTYPE a><a/>", "foreign_unsafe"),
        (b"<a><b><c/></b>", "foreign_malformed"),
        (b"<a><b><c>&b;</c></b></a>", "foreign_malformed"),
        (b"", "foreign_malformed"),
        (b'<?xml version="1.0" encoding="none"?><a/>', "foreign_malformed"),
        (b"<a><b><c>\xff</c></b></a>", "foreign_malformed"),
        (b"<a>" * 1_001, "foreign_unsafe"),
    ],
)
def test_xml_in_pieces_that_is_not_parsed(raw: bytes, key: str) -> None:
    assert refused(key, pieces, raw).params["place"].startswith("part")


def test_only_one_element_at_a_time_has_to_be_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "LARGEST_PART", 70_000)
    assert len(pieces(b"<a><b>" + b"<c>one</c>" * 20_000 + b"</b></a>")) == 20_001
    refused("foreign_too_long", pieces, b"<a><b><c>" + b"one" * 40_000 + b"</c></b></a>")
    refused("foreign_too_long", pieces, b"<a>" + b"<b/>" * 40_000 + b"</a>")


def archive(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, raw in members:
            file.writestr(name, raw)
    return path


def read_all(path: Path) -> list[bytes]:
    with open_archive(path) as found:
        return [found.read(name) for name in found.names]


def test_an_archive_gives_its_members(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", ("a.txt", b"1"), ("b/c.txt", b"2"))
    assert read_all(path) == [b"1", b"2"]
    with open_archive(path) as found:
        assert found.names == ("a.txt", "b/c.txt")
        refused("foreign_missing", found.read, "none")


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "..\\a", "C:\\a", "a/../b"])
def test_members_that_climb_out_are_refused(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path / "x.zip", ("good", b"1"), (name, b"2"))
    assert refused("foreign_unsafe", read_all, path).params["detail"] == "path"


def test_links_are_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        file.writestr(info, "/etc/passwd")
    refused("foreign_unsafe", read_all, tmp_path / "x.zip")


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive(tmp_path / "x.zip", ("zeros", b"\0" * 3_000_000))
    refused("foreign_unsafe", read_all, bomb)
    monkeypatch.setattr(safety, "LARGEST_ARCHIVE", 10)
    refused("foreign_unsafe", read_all, archive(tmp_path / "y.zip", ("a", b"1234567890"), ("b", b"1")))


def test_a_size_that_lies_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "x.zip", ("a", b"12345"))
    monkeypatch.setattr(safety, "LARGEST_PART", 5)
    assert read_all(path) == [b"12345"]
    with open_archive(path) as found:
        monkeypatch.setattr(safety, "LARGEST_PART", 4)
        refused("foreign_unsafe", found.read, "a")


def test_what_is_streamed_may_be_larger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "x.zip", ("x/a.XML", b"<a><b><c/></b></a>"), ("b.txt", b"2"))
    monkeypatch.setattr(safety, "LARGEST_PART", 17)
    refused("foreign_unsafe", read_all, path)
    with open_archive(path, streamed="x/*.xml") as found:
        assert found.size("x/a.XML") == 18
        refused("foreign_unsafe", found.read, "x/a.XML")
        monkeypatch.setattr(safety, "LARGEST_PART", 18)
        assert [one.tag for _, one in found.iter_xml("x/a.XML")] == ["a", "c"]
        refused("foreign_missing", found.iter_xml, "none")


@FEW
@given(cut=st.integers(0, 400), flipped=st.integers(0, 400))
def test_a_damaged_archive_is_refused_or_read(tmp_path: Path, cut: int, flipped: int) -> None:
    raw = bytearray(archive(tmp_path / "x.zip", ("a.txt", b"text " * 20), ("b.txt", b"2")).read_bytes())
    raw[flipped % len(raw)] ^= 0x55
    path = tmp_path / "y.zip"
    path.write_bytes(bytes(raw[: len(raw) - cut % len(raw)]))
    try:
        read_all(path)
    except UserError as error:
        assert error.key.startswith("foreign_")  # noqa: PT017 - either is right
