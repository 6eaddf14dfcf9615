# SPDX-License-Identifier: MIT
"""Decoding: what is detected, what is refused, and that every file can be rebuilt."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.text.arabic_bytes import arabic_encoding
from annotator.text.decoding import decode, encode

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
ARTICLE = (
    "مصادر إسرائيلية: حماس وإيران في مباحثات غانتس مع أردوغان\n"
    "وكان رئيس النظام التركي، رجب طيب إردوغان، قد اجتمع أمس الخميس؛ فهل يعود؟\n"
)
UNICODE = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
ONE_BYTE = ["windows-1256", "iso-8859-6"]
BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def refused(raw: bytes, encoding: str | None = None) -> UserError:
    with pytest.raises(UserError) as info:
        decode(raw, encoding)
    return info.value


@pytest.mark.parametrize("encoding", UNICODE + ONE_BYTE)
def test_detects_an_arabic_article(encoding: str) -> None:
    decoded = decode(ARTICLE.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.bom, decoded.exact) == (ARTICLE, encoding, False, True)
    assert decoded.guessed is (encoding != "utf-8")


@pytest.mark.parametrize("encoding", UNICODE)
def test_drops_a_bom(encoding: str) -> None:
    decoded = decode(BOMS[encoding] + ARTICLE.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.bom, decoded.guessed) == (ARTICLE, encoding, True, False)
    assert encode(ARTICLE, encoding=encoding, bom=True, newline="lf") == BOMS[encoding] + ARTICLE.encode(encoding)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", UNICODE + ONE_BYTE)
def test_tells_the_seeds_apart(path: Path, encoding: str) -> None:
    text = path.read_bytes().decode().encode(encoding, "ignore").decode(encoding)
    decoded = decode(text.encode(encoding))
    assert (decoded.encoding, decoded.text, decoded.exact) == (encoding, text, True)


@pytest.mark.parametrize("encoding", ONE_BYTE)
def test_tells_single_lines_of_the_seeds_apart(encoding: str) -> None:
    lines = [line for path in SEEDS for line in path.read_text("utf-8").split("\n") if len(line) > 20]
    assert [line for line in lines if arabic_encoding(line.encode(encoding, "ignore")) != encoding] == []


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("إسرائيل وتركيا", "windows-1256"),
        ("إسرائيل وتركيا", "iso-8859-6"),
        ("قال رئيس الوزراء، أمس", "iso-8859-6"),
        ("“نعم” قال غانتس", "windows-1256"),
        ("قال", "utf-16-le"),
        ("قال", "utf-16-be"),
        ("café crème à Paris, où il était déjà", "windows-1252"),
        ("привет, мир и всем добрый день", "windows-1251"),
    ],
)
def test_detects_short_texts(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.guessed) == (text, encoding, True)


@pytest.mark.parametrize(
    ("raw", "newline", "text"),
    [
        (b"a", "none", "a"),
        (b"a\nb", "lf", "a\nb"),
        (b"a\r\nb\r\n", "crlf", "a\nb\n"),
        (b"a\rb", "cr", "a\nb"),
        (b"a\r\n\r\n\r\nb\n\nc", "crlf*3,lf*2", "a\n\n\nb\n\nc"),
        (b"a\n\r\r\n", "lf*1,cr*1,crlf*1", "a\n\n\n"),
    ],
)
def test_keeps_the_newline_style(raw: bytes, newline: str, text: str) -> None:
    decoded = decode(raw)
    assert (decoded.newline, decoded.text, decoded.exact) == (newline, text, True)
    assert encode(text, encoding="utf-8", bom=False, newline=newline) == raw


def test_changes_nothing_but_newlines() -> None:
    text = " \u200fمحـمد\u00a0ثم\u2028أ\u0308\x85ﷲ\v\f\t \u202eد  "
    assert decode(text.encode()).text == text


def test_refuses_newline_runs_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="zip"):
        encode("a\nb", encoding="utf-8", bom=False, newline="crlf*1,lf*2")


@pytest.mark.parametrize("raw", [b"", *BOMS.values()])
def test_refuses_an_empty_file(raw: bytes) -> None:
    assert refused(raw).key == "file_empty"


@pytest.mark.parametrize(
    "raw",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"\xff\xd8\xff\xe0JFIF",
        b"PK\x03\x04word/document.xml",
        b"%PDF-1.7\n%text",
        b"SQLite format 3\x00",
        b"\x1f\x8b\x08\x00",
        b"text\x00with\x01nul and more text that is odd",
        b"\x01\x02\x03\x04",
        bytes(range(256)) * 4,
    ],
)
def test_refuses_a_binary_file(raw: bytes) -> None:
    assert refused(raw).key == "file_binary"
    assert refused(raw, "windows-1256").key == "file_binary"


def test_takes_a_text_with_one_stray_control() -> None:
    assert decode("قال\x1a".encode()).text == "قال\x1a"


@pytest.mark.parametrize(
    "name", ["no-such", "hex", "rot13", "base64", "undefined", "idna", "unicode_escape", "", "a\0b"]
)
def test_refuses_what_is_no_text_encoding(name: str) -> None:
    error = refused(b"text", name)
    assert (error.key, error.params) == ("encoding_unknown", {"encoding": name})


@pytest.mark.parametrize(
    ("raw", "encoding", "position"),
    [
        (b"abc\xff", "utf-8", 3),
        (codecs.BOM_UTF8 + b"abc\xff", "utf-8-sig", 6),
        (ARTICLE.encode("windows-1256"), "ascii", 0),
        (b"\xff\xfea\x00b", "utf-16", 4),
    ],
)
def test_tells_where_a_given_encoding_fails(raw: bytes, encoding: str, position: int) -> None:
    error = refused(raw, encoding)
    assert (error.key, error.params["position"]) == ("encoding_failed", position)


@pytest.mark.parametrize(
    ("raw", "given", "encoding", "bom"),
    [
        ("قال".encode("cp1256"), "cp1256", "windows-1256", False),
        ("قال".encode("cp1256"), "Windows-1256", "windows-1256", False),
        ("قال".encode("iso8859-6"), "arabic", "iso-8859-6", False),
        ("قال".encode("utf-8-sig"), "utf-8-sig", "utf-8", True),
        ("قال".encode("utf-8-sig"), "utf8", "utf-8", True),
        ("قال".encode("utf-16"), "utf-16", "utf-16-le", True),
        ("قال".encode("utf-16-be"), "utf-16", "utf-16-be", False),
        ("قال".encode("utf-16-le"), "utf-16", "utf-16-le", False),
        ("قال".encode("utf-32"), "utf-32", "utf-32-le", True),
    ],
)
def test_takes_a_given_encoding(raw: bytes, given: str, encoding: str, bom: bool) -> None:
    decoded = decode(raw, given)
    assert (decoded.text, decoded.encoding, decoded.bom, decoded.guessed) == ("قال", encoding, bom, False)
    assert decoded.exact


def test_says_when_nothing_fits() -> None:
    assert refused("Größe".encode("latin-1") * 3).key == "encoding_undetected"


def test_says_when_a_file_cannot_be_rebuilt() -> None:
    """UTF-7 spells one text in several ways, so its bytes do not follow from the text."""
    decoded = decode(b"+AGE-bc", "utf-7")
    assert (decoded.text, decoded.exact) == ("abc", False)
    assert decode(b"a\x1b\x80", "iso2022_jp").exact is False


def test_refuses_half_a_character() -> None:
    assert refused(b"+2AA-", "utf-7").key == "encoding_failed"


NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
LINES = st.lists(st.tuples(st.text(st.sampled_from("اليوم قالab،ـ\u0651é“”€\u00a0")), NEWLINES), max_size=12)


@given(LINES, st.sampled_from(UNICODE + ONE_BYTE), st.booleans(), st.booleans())
def test_rebuilds_any_file_or_says_not(lines: list[tuple[str, str]], encoding: str, bom: bool, given_: bool) -> None:
    text = "".join(line + end for line, end in lines)
    raw = (BOMS.get(encoding, b"") if bom else b"") + text.encode(encoding, "ignore")
    try:
        decoded = decode(raw, encoding if given_ else None)
    except UserError as error:
        key = error.key
    else:
        key = None
    if key is not None:
        assert key in {"file_empty", "encoding_undetected"}
        return
    rebuilt = encode(decoded.text, encoding=decoded.encoding, bom=decoded.bom, newline=decoded.newline)
    assert "\r" not in decoded.text
    assert decoded.exact is (rebuilt == raw)
    assert decoded.exact or not given_


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.booleans())
def test_utf8_is_always_exact(text: str, bom: bool) -> None:
    """The proof behind not encoding again on the fast path."""
    raw = (codecs.BOM_UTF8 if bom else b"") + text.encode()
    if text.removeprefix("\ufeff"):
        decoded = decode(raw)
        assert encode(decoded.text, encoding=decoded.encoding, bom=decoded.bom, newline=decoded.newline) == raw
        assert decoded.exact


@given(
    st.binary(min_size=1, max_size=40),
    st.none() | st.sampled_from([*UNICODE, *ONE_BYTE, "utf-7", "shift_jis", "gb18030"]),
)
def test_any_bytes_are_rebuilt_or_refused(raw: bytes, encoding: str | None) -> None:
    try:
        decoded = decode(raw, encoding)
    except UserError:
        return
    try:
        rebuilt = encode(decoded.text, encoding=decoded.encoding, bom=decoded.bom, newline=decoded.newline)
    except UnicodeEncodeError:
        rebuilt = None
    assert decoded.exact is (rebuilt == raw)
