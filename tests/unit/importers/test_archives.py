# SPDX-License-Identifier: MIT
"""Articles in archives: what is read, and what archives that mean harm do."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("warcio")
pytest.importorskip("trafilatura")

PAGE = """<html><head><title>{title}</title></head><body><nav><a href="/">الرئيسية</a></nav>
<article><h1>{title}</h1><p>{text}</p><p>{text} مرة أخرى.</p></article></body></html>"""


def write_zip(path: Path, members: dict[str, str | bytes]) -> bytes:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path.read_bytes()


def warc(*pages: tuple[str, str, bytes], packed: bool = False, **headers: str) -> bytes:
    """Return a WARC file of answers: status, type and body of each; each record packed on its own if asked for."""
    made = [_record("warcinfo", "", b"software: test\r\n")]
    for number, (status, kind, body) in enumerate(pages, 1):
        told = "".join(f"{name}: {value}\r\n" for name, value in {"Content-Type": kind, **headers}.items())
        block = f"HTTP/1.1 {status}\r\n{told}\r\n".encode() + body
        made.append(_record("response", f"https://x.org/{number}", block))
    return b"".join(gzip.compress(record) if packed else record for record in made)


def _record(kind: str, url: str, block: bytes) -> bytes:
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}Content-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def page(text: str, title: str = "خبر") -> bytes:
    return PAGE.format(title=title, text=text).encode()


def test_members_of_every_kind(tmp_path: Path, read, text) -> None:
    inner = write_zip(tmp_path / "inner", {"inner.txt": f"{text} inner"})
    members: dict[str, str | bytes] = {
        "b.txt": f"{text} b", "في مجلد/a.csv": f"text\n{text} row\n", "c.jsonl": json.dumps({"text": f"{text} line"}),
        "d.html": page(text), "n.zip": inner, "readme.txt": "about", ".hidden.txt": "x", "__MACOSX/._b.txt": "x",
        "p.png": b"\x89PNG", "folder/": "",
    }  # fmt: skip
    write_zip(tmp_path / "a.zip", members)
    articles, unread = read(tmp_path / "a.zip")
    assert unread == []
    assert [one.place for one in articles] == ["b.txt", "في مجلد/a.csv:2", "c.jsonl:1", "d.html", "n.zip/inner.txt"]
    assert all(one.path == tmp_path / "a.zip" for one in articles)


def test_bad_members_keep_no_good_one_back(tmp_path: Path, read, text) -> None:
    write_zip(tmp_path / "a.zip", {"a.txt": "", "b.txt": text, "c.json": "[", "d.csv": "a,b\n1,2\n", "e.xlsx": "PK"})
    articles, unread = read(tmp_path / "a.zip")
    assert [one.place for one in articles] == ["b.txt"]
    assert [(one.place, one.error.key) for one in unread] == [
        ("a.txt", "file_empty"), ("c.json", "record_broken"), ("d.csv", "columns_unknown"),
        ("e.xlsx", "part_cut_short"),
    ]  # fmt: skip
    assert unread[0].error.params["path"] == tmp_path / "a.zip" / "a.txt"


def test_a_zip_in_a_zip_in_a_zip_is_not_read(tmp_path: Path, read, text) -> None:
    third = write_zip(tmp_path / "3", {"a.txt": text})
    second = write_zip(tmp_path / "2", {"3.zip": third, "b.txt": text})
    write_zip(tmp_path / "a.zip", {"2.zip": second})
    articles, (unread,) = read(tmp_path / "a.zip")
    assert [one.place for one in articles] == ["2.zip/b.txt"]
    assert (unread.place, unread.error.key) == ("2.zip/3.zip", "archive_nested")


def symlink(path: Path, text: str) -> None:
    with zipfile.ZipFile(path, "w") as file:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")


def locked(path: Path, text: str) -> None:
    raw = bytearray(write_zip(path, {"a.txt": text}))
    raw[raw.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(raw)


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda path, text: write_zip(path, {"../a.txt": text}), "part_unsafe"),
        (lambda path, text: write_zip(path, {"/etc/a.txt": text}), "part_unsafe"),
        (lambda path, text: write_zip(path, {"C:\\a.txt": text}), "part_unsafe"),
        (lambda path, text: write_zip(path, {"a.txt": bytes(30_000_000)}), "part_unsafe"),
        (symlink, "part_unsafe"),
        (locked, "part_unsafe"),
        (lambda path, text: write_zip(path, {"a.png": b"x"}), "archive_empty"),
        (lambda path, text: write_zip(path, {}), "archive_empty"),
        (lambda path, text: path.write_bytes(b""), "part_cut_short"),
        (lambda path, text: path.write_bytes(write_zip(path, {"a.txt": text})[:-10]), "part_cut_short"),
        (lambda path, text: path.write_bytes(write_zip(path, {"a.txt": text}).replace(b"a.txt", b"b.txt", 1)), None),
    ],
)
def test_archives_that_are_refused(tmp_path: Path, read, text, make, key: str | None) -> None:
    make(tmp_path / "a.zip", text)
    articles, unread = read(tmp_path / "a.zip")
    assert (articles, unread[0].error.key) == ([], key or "part_cut_short")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.zip"]


@pytest.mark.parametrize("packing", ["none", "records", "whole"])
def test_pages_of_a_web_archive(tmp_path: Path, read, text, packing: str) -> None:
    raw = warc(
        ("200 OK", "text/html; charset=utf-8", page(text)),
        ("404 Not Found", "text/html", page(f"{text} missing")),
        ("200 OK", "image/png", b"\x89PNG"),
        ("200 OK", "text/plain", f"{text} plain".encode()),
        packed=packing == "records",
    )
    path = tmp_path / ("a.warc" if packing == "none" else "a.warc.gz")
    path.write_bytes(gzip.compress(raw) if packing == "whole" else raw)
    articles, unread = read(path)
    assert unread == []
    assert [(one.place, one.url) for one in articles] == [("2", "https://x.org/1"), ("5", "https://x.org/4")]
    assert articles[0].derived.startswith("trafilatura")
    assert text in articles[0].decoded.text


def test_a_page_that_was_sent_compressed(tmp_path: Path, read, text) -> None:
    headers = {"Content-Encoding": "gzip"}
    (tmp_path / "a.warc").write_bytes(warc(("200 OK", "text/html", gzip.compress(page(text))), **headers))
    assert len(read(tmp_path / "a.warc")[0]) == 1
    bomb = gzip.compress(bytes(70_000_000))
    (tmp_path / "a.warc").write_bytes(warc(("200 OK", "text/html", bomb), **headers))
    articles, (unread,) = read(tmp_path / "a.warc")
    assert (articles, unread.error.key) == ([], "part_too_long")


@pytest.mark.parametrize("packed", [False, True])
def test_web_archives_that_are_cut_short(tmp_path: Path, read, text, packed: bool) -> None:
    pages = [("200 OK", "text/html", page(f"{text} {number}")) for number in range(3)]
    raw = warc(*pages, packed=packed)
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    for length in (len(raw) - 200, len(raw) // 2):
        path.write_bytes(raw[:length])
        articles, unread = read(path)
        assert len(articles) < 3
        assert [one.error.key for one in unread] == ["table_broken"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "archive_empty"),
        (b"hello\n" * 100, "table_broken"),
        (b"\x1f\x8b\x08" + bytes(100), "table_broken"),
        (gzip.compress(bytes(50_000_000)), "table_broken"),
        (b"WARC/1.0\r\nX: " + b"a" * 3_000_000, "table_broken"),
        (b"WARC/1.0\r\nContent-Length: x\r\n\r\n", "table_broken"),
        (b"WARC/1.0\r\nContent-Length: -5\r\nWARC-Type: response\r\n\r\n", None),
    ],
)
def test_web_archives_that_are_none(tmp_path: Path, read, content: bytes, key: str | None) -> None:
    (tmp_path / "a.warc").write_bytes(content)
    articles, unread = read(tmp_path / "a.warc")
    assert articles == []
    assert key is None or unread[0].error.key == key
