# SPDX-License-Identifier: MIT
"""Articles in ODT, written by odfdo and by hand as LibreOffice writes them."""

import functools
import io
import re
import socket
import zipfile
from pathlib import Path

import odfdo
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers.base import ReadArticle
from annotator.importers.odt import read_odt

PATH = Path("news.odt")
MIMETYPE = b"application/vnd.oasis.opendocument.text"
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "meta": "meta", "manifest": "manifest",
        "svg": "svg-compatible",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_more: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)


@functools.cache
def written() -> bytes:
    """Return a document as a library of its own makes it."""
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    document.meta.title = "عنوان من الخصائص"
    document.meta.initial_creator = "سلمى الخطيب"
    body.append(odfdo.Header(1, "وزير الخارجية يصل إلى أنقرة"))
    body.append(odfdo.Paragraph("قال الوزير   إن الزيارة\tمهمّة 😀.\nوأضاف أنها قصيرة."))
    body.append(odfdo.List(["بند", "بند آخر"]))
    table = odfdo.Table("أرقام")
    table.set_values([["الصادرات", "12"], ["الواردات", "9"]])
    body.append(table)
    noted = odfdo.Paragraph("خاتمة لها حاشية")
    noted.insert_note(after="خاتمة", note_id="n1", citation="1", body="نص الحاشية")
    body.append(noted)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def package(**parts: bytes) -> bytes:
    """Return an archive with the given parts: two underscores for a slash, one for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


def with_body(body: str, *, about: str = "") -> bytes:
    content = f"<office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body>"
    meta = f"<office:document-meta {NAMES}><office:meta>{about}</office:meta></office:document-meta>"
    return package(
        mimetype=MIMETYPE, content_xml=f"{content}</office:document-content>".encode(), meta_xml=meta.encode()
    )


def read(raw: bytes) -> ReadArticle:
    return read_odt(PATH, raw)


def test_text_in_the_order_of_the_document() -> None:
    article = read(written())
    assert article.decoded.text.split("\n") == [
        "وزير الخارجية يصل إلى أنقرة", "قال الوزير   إن الزيارة\tمهمّة 😀.", "وأضاف أنها قصيرة.", "بند", "بند آخر",
        "الصادرات\t12", "الواردات\t9", "خاتمة لها حاشية",
    ]  # fmt: skip
    assert article.left_out == ("نص الحاشية",)


def test_properties() -> None:
    article = read(written())
    assert (article.title, article.author) == ("عنوان من الخصائص", "سلمى الخطيب")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", article.date)
    about = "<dc:creator>هدى</dc:creator><dc:date>2024-03-09T10:00:00</dc:date><dc:title> أ\n ب </dc:title>"
    article = read(with_body("<text:p>نص</text:p>", about=about))
    assert (article.title, article.author, article.date) == ("أ ب", "هدى", "2024-03-09")


def test_document_without_properties() -> None:
    assert read(with_body("<text:h>رأس</text:h><text:p>نص</text:p>")).title == "رأس"


CHANGES = """<text:tracked-changes><text:changed-region text:id="c"><text:deletion><office:change-info/>
<text:p>محذوف</text:p></text:deletion></text:changed-region></text:tracked-changes>"""
FRAME = "<draw:frame><draw:text-box><text:p>صندوق</text:p></draw:text-box><svg:title>صورة</svg:title></draw:frame>"

ANNOTATION = "<office:annotation><dc:creator>س</dc:creator><text:p>تعليق</text:p></office:annotation>"
RUBY = "<text:ruby-base>أ</text:ruby-base><text:ruby-text>ب</text:ruby-text>"
COVERED = "<table:covered-table-cell><text:p>ج</text:p></table:covered-table-cell>"
CELL = "<table:table-cell><text:p>أ</text:p><text:p>ب</text:p></table:table-cell>"
ROW = f"<table:table-row>{CELL}{COVERED}</table:table-row>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f'{CHANGES}<text:p>قبل<text:change text:change-id="c"/> بعد</text:p>', "قبل بعد"),
        ("<text:p> أول\n   وثان <text:span> ثالث</text:span></text:p>", "أول وثان  ثالث"),
        ('<text:p>أ<text:s text:c="3"/>ب<text:tab/>ج<text:line-break/>د<text:s/>ه</text:p>', "أ   ب\tج\nد ه"),
        ('<text:p>أ<text:s text:c="99999999999999"/>ب<text:s text:c="x"/>ج</text:p>', "أ ب ج"),
        (f"<text:p>قبل {FRAME}بعد</text:p><text:p>ثان</text:p>", "قبل بعد\nصندوق\nثان"),
        ("<text:p>قبل <draw:custom-shape><text:p>شكل</text:p></draw:custom-shape>بعد</text:p>", "قبل بعد\nشكل"),
        (f"{FRAME}<text:p>نص</text:p>", "صندوق\nنص"),
        (f"<text:p>أ{ANNOTATION}ب</text:p>", "أب"),
        (f"<text:section><text:list><text:list-item>{FRAME}</text:list-item></text:list></text:section>", "صندوق"),
        (f"<text:p><text:a>رابط</text:a> <text:ruby>{RUBY}</text:ruby></text:p>", "رابط أ"),
        ("<text:p><text:page-number>7</text:page-number>نص<text:meta-field> حقل</text:meta-field></text:p>", "نص حقل"),
        (f"<table:table><table:table-rows>{ROW}</table:table-rows></table:table>", "أ\nب"),
    ],
)  # fmt: skip
def test_what_writers_do_to_text(body: str, text: str) -> None:
    assert read(with_body(body)).decoded.text == text


ENTITIES = '<!DOCTYPE x [<!ENTITY y "نص">]><x>&y;</x>'.encode()
ENCRYPTION = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
MANIFEST = {"META-INF__manifest_xml": f"<manifest:manifest {NAMES}>{ENCRYPTION}</manifest:manifest>".encode()}
DEEP = "<text:section>" * 300 + "</text:section>" * 300
REFUSED = {
    "empty": (b"", "file_empty"),
    "no text": (with_body("<text:p/>"), "file_empty"),
    "text": ("نص".encode(), "document_other"),
    "cut short": (written()[: len(written()) // 2], "foreign_cut_short"),
    "other zip": (package(a_txt=b"x"), "document_other"),
    "spreadsheet": (package(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "document_other"),
    "locked": (package(mimetype=MIMETYPE, content_xml=b"\x00\x01", **MANIFEST), "document_locked"),
    "no content": (package(mimetype=MIMETYPE), "foreign_missing"),
    "no body": (package(mimetype=MIMETYPE, content_xml=b"<x/>"), "document_other"),
    "malformed": (package(mimetype=MIMETYPE, content_xml=b"<x>"), "foreign_malformed"),
    "entities": (package(mimetype=MIMETYPE, content_xml=ENTITIES), "foreign_unsafe"),
    "entities elsewhere": (package(mimetype=MIMETYPE, content_xml=b"<x/>", meta_xml=ENTITIES), "foreign_unsafe"),
    "climbing": (package(mimetype=MIMETYPE, ____a_xml=b"<x/>"), "foreign_unsafe"),
    "bomb": (package(mimetype=MIMETYPE, content_xml=b" " * 20_000_000), "foreign_unsafe"),
    "deep": (with_body(DEEP), "foreign_unsafe"),
    "large": (b"PK" + bytes(50_000_000), "file_too_large"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "key"), REFUSED.values(), ids=REFUSED)
def test_refused(raw: bytes, key: str) -> None:
    with pytest.raises(UserError) as error:
        read(raw)
    assert error.value.key == key
    assert error.value.params["path"] == PATH


def test_member_without_a_name() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        new.writestr("x", b"")
    nameless = file.getvalue().replace(b"x", b"\x00")
    with pytest.raises(UserError, match="document_other"):
        read(nameless)


@given(st.data())
def test_any_bytes_are_an_article_or_refused(data: st.DataObject) -> None:
    raw = bytearray(with_body("<text:p>قال الوزير</text:p>"))
    for _change in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        article = read(bytes(raw))
    except UserError:
        return
    assert article.decoded.text.strip()


TAGS = st.sampled_from([
    "text:p", "text:span", "text:s", "text:note", "table:table", "table:table-row", "table:table-cell", "draw:frame",
    "draw:text-box", "text:list", "office:annotation", "text:tracked-changes", "x",
])  # fmt: skip


def _element(children: "st.SearchStrategy[str]") -> "st.SearchStrategy[str]":
    return st.builds(lambda tag, inner: f"<{tag}>{''.join(inner)}</{tag}>", TAGS, st.lists(children, max_size=4))


@given(st.recursive(st.sampled_from(["نص", " ", "\n", "<text:p>قال</text:p>"]), _element, max_leaves=12))
def test_any_elements_are_an_article_or_refused(body: str) -> None:
    try:
        article = read(with_body(body))
    except UserError as error:
        assert error.key == "file_empty"  # noqa: PT017 - both outcomes are right, and none other
        return
    assert article.decoded.text.strip()
