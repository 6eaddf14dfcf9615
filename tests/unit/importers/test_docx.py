# SPDX-License-Identifier: MIT
"""Articles in DOCX, written by python-docx and then changed as Word changes them."""

import datetime as dt
import functools
import io
import re
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers.base import ReadArticle
from annotator.importers.docx import read_docx

PATH = Path("news.docx")
MAIN = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_more: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)


@functools.cache
def written() -> bytes:
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = "عنوان من الخصائص", "سلمى الخطيب"
    properties.created = dt.datetime(2024, 3, 9, 10, 0, tzinfo=dt.UTC)
    document.sections[0].header.paragraphs[0].text = "رأس الصفحة"
    document.sections[0].footer.paragraphs[0].text = "ذيل الصفحة"
    document.add_heading("وزير الخارجية يصل إلى أنقرة", 1)
    paragraph = document.add_paragraph("قال الوزير ")
    paragraph.add_run("إن الزيارة").bold = True
    paragraph.add_run(" مهمّة 😀.")
    paragraph.add_run().add_break()
    paragraph.add_run("وأضاف\tأنها قصيرة.")
    document.add_paragraph("")
    document.add_paragraph("بند", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["الصادرات", "12", "الواردات", "9"], strict=True):
        cell.text = text
    document.add_paragraph("خاتمة")
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def changed(raw: bytes, change: Callable[[str, bytes], bytes | None], *, also: dict[str, bytes] | None = None) -> bytes:
    """Return an archive with each member as `change` wants it, without those that it gives None for."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (also or {}).items():
            new.writestr(name, content)
    return file.getvalue()


@functools.cache
def bare() -> bytes:
    """Return what a document cannot do without."""
    return changed(written(), lambda name, content: content if name in {"_rels/.rels", MAIN} else None)


def replaced(name: str, content: bytes | None, raw: bytes | None = None) -> bytes:
    """Return a document with another content for one of its parts; without it for None."""
    return changed(raw or written(), lambda member, old: content if member == name else old)


def with_body(body: str) -> bytes:
    """Return a document with the given elements for its body; what stands in brackets becomes a run."""
    body = re.sub(r"\[(.*?)\]", r'<w:r><w:t xml:space="preserve">\1</w:t></w:r>', body)
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    main = f"<w:document {W} {compatible}><w:body>{body}</w:body></w:document>"
    return replaced(MAIN, main.encode(), bare())


def read(raw: bytes) -> ReadArticle:
    return read_docx(PATH, raw)


def test_text_in_the_order_of_the_document() -> None:
    assert read(written()).decoded.text.split("\n") == [
        "وزير الخارجية يصل إلى أنقرة", "قال الوزير إن الزيارة مهمّة 😀.", "وأضاف\tأنها قصيرة.", "بند", "الصادرات\t12",
        "الواردات\t9", "خاتمة",
    ]  # fmt: skip


def test_properties() -> None:
    article = read(written())
    assert (article.title, article.author, article.date) == ("عنوان من الخصائص", "سلمى الخطيب", "2024-03-09")
    assert set(article.left_out) == {"رأس الصفحة", "ذيل الصفحة"}


def test_document_without_properties() -> None:
    article = read(changed(written(), lambda name, content: None if name == "docProps/core.xml" else content))
    assert (article.title, article.author, article.date) == ("وزير الخارجية يصل إلى أنقرة", "", "")


BOX = "<w:txbxContent><w:p>[صندوق]</w:p></w:txbxContent>"
BOXES = f"<mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"
HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>خفي</w:t></w:r>"
SHOWN = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>ظاهر</w:t></w:r>'
TABLE = "<w:tbl><w:tr><w:tc><w:p>[أ]</w:p></w:tc><w:tc><w:p>[ب]</w:p></w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:ins>[زيد ]</w:ins><w:del><w:r><w:delText>حذف</w:delText></w:r></w:del>[نص]</w:p>", "زيد نص"),
        ("<w:p><w:moveFrom>[نقل]</w:moveFrom>[نص ]<w:moveTo>[نقل]</w:moveTo></w:p>", "نص نقل"),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>[أول ]</w:p><w:p>[ثان]</w:p>", "أول ثان"),
        (f"<w:p>{HIDDEN}{SHOWN}</w:p>", "ظاهر"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:p>[في حقل]</w:p></w:sdtContent></w:sdt>", "في حقل"),
        ("<w:p><w:hyperlink>[رابط]</w:hyperlink><w:smartTag>[ ذكي]</w:smartTag></w:p>", "رابط ذكي"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple>[7]</w:fldSimple></w:p>", "7"),
        ("<w:p><w:r><w:t> بلا </w:t></w:r><w:r><w:t>حفظ</w:t></w:r></w:p>", "بلاحفظ"),
        ("<w:p><w:r><w:t>سطر\nواحد</w:t><w:noBreakHyphen/><w:cr/><w:t>آخر</w:t></w:r></w:p>", "سطر واحد\u2011\nآخر"),
        (f"<w:p>[قبل ]<w:r>{BOXES}</w:r>[بعد]</w:p><w:p>[ثان]</w:p>", "قبل بعد\nصندوق\nثان"),
        ("<w:tbl><w:tr><w:tc><w:p>[أ]</w:p><w:p>[ب]</w:p></w:tc><w:tc><w:p>[ج]</w:p></w:tc></w:tr></w:tbl>", "أ\nب\nج"),
        (f"<w:tbl><w:tr><w:tc>{TABLE}</w:tc></w:tr></w:tbl>", "أ\tب"),
        (TABLE.replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>") + "<w:p>[ج]</w:p>", "ج"),
        (TABLE.replace("<w:tc>", "<w:tc><w:tcPr><w:cellDel/></w:tcPr>", 1), "ب"),
        (
            TABLE.replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>").replace("</w:tc>", "</w:tc></w:sdtContent></w:sdt>"),
            "أ\tب",
        ),
    ],
)
def test_what_word_does_to_text(body: str, text: str) -> None:
    assert read(with_body(body)).decoded.text == text


def test_relationship_that_leads_nowhere() -> None:
    dangling = b'<Relationship Id="rId99" Type="http://x/image" Target="../NULL"/></Relationships>'
    raw = changed(written(), lambda _name, content: content.replace(b"</Relationships>", dangling))
    assert read(raw).title == "عنوان من الخصائص"


def test_strict_spelling() -> None:
    older, strict = b"schemas.openxmlformats.org/wordprocessingml/2006", b"purl.oclc.org/ooxml/wordprocessingml"
    raw = changed(written(), lambda _name, content: content.replace(older, strict))
    assert read(raw).decoded.text.endswith("خاتمة")


ENTITIES = '<!DOCTYPE x [<!ENTITY y "نص">]><x>&y;</x>'.encode()
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def with_more(name: str, content: bytes) -> bytes:
    return changed(written(), lambda _name, old: old, also={name: content})


REFUSED = {
    "empty": (b"", "file_empty"),
    "no text": (with_body("<w:p/>"), "file_empty"),
    "text": ("نص".encode(), "document_other"),
    "pdf": (b"%PDF-1.7", "document_other"),
    "old": (OLD + bytes(600), "document_other"),
    "locked": (OLD + "EncryptedPackage".encode("utf-16-le"), "document_locked"),
    "cut short": (written()[:9000], "foreign_cut_short"),
    "other zip": (changed(b"PK\x05\x06" + bytes(18), lambda _name, old: old, also={"a.txt": b"x"}), "document_other"),
    "no main part": (replaced(MAIN, None), "document_other"),
    "other root": (replaced(MAIN, b"<x/>"), "document_other"),
    "malformed": (replaced(MAIN, b"<x>"), "foreign_malformed"),
    "entities": (replaced(MAIN, ENTITIES), "foreign_unsafe"),
    "entities beside": (replaced("docProps/core.xml", ENTITIES), "foreign_unsafe"),
    "climbing": (with_more("../../evil.xml", b"<x/>"), "foreign_unsafe"),
    "bomb": (with_more("word/bomb.xml", b" " * 20_000_000), "foreign_unsafe"),
    "deep": (with_body("<w:smartTag>" * 300 + "</w:smartTag>" * 300), "foreign_unsafe"),
    "large": (b"PK" + bytes(50_000_000), "file_too_large"),
}


@pytest.mark.parametrize(("raw", "key"), REFUSED.values(), ids=REFUSED)
def test_refused(raw: bytes, key: str) -> None:
    with pytest.raises(UserError) as error:
        read(raw)
    assert error.value.key == key
    assert error.value.params["path"] == PATH


def test_damaged_header() -> None:
    raw = bare()
    with pytest.raises(UserError, match="foreign_cut_short"):
        read(raw[:2] + raw[3:])
    with pytest.raises(UserError, match="document_other"):
        read(raw[2:])


def test_damaged_member() -> None:
    raw = bytearray(written())
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        start = file.getinfo(MAIN).header_offset + 80
    raw[start : start + 40] = bytes(40)
    with pytest.raises(UserError, match="foreign_cut_short") as error:
        read(bytes(raw))
    assert error.value.params["place"] == "word/document.xml"


@given(st.data())
def test_any_bytes_are_an_article_or_refused(data: st.DataObject) -> None:
    raw = bytearray(bare())
    for _change in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        article = read(bytes(raw))
    except UserError:
        return
    assert article.decoded.text.strip()


TAGS = st.sampled_from(
    ["p", "r", "t", "tbl", "tr", "tc", "txbxContent", "del", "ins", "pPr", "rPr", "vanish", "sdt", "br"]
)


def _element(children: "st.SearchStrategy[str]") -> "st.SearchStrategy[str]":
    return st.builds(lambda tag, inner: f"<w:{tag}>{''.join(inner)}</w:{tag}>", TAGS, st.lists(children, max_size=4))


@given(st.recursive(st.sampled_from(["نص", " ", "<w:t>قال</w:t>", "<x/>"]), _element, max_leaves=12))
def test_any_elements_are_an_article_or_refused(body: str) -> None:
    try:
        article = read(with_body(body))
    except UserError as error:
        assert error.key == "file_empty"  # noqa: PT017 - both outcomes are right, and none other
        return
    assert article.decoded.text.strip()
