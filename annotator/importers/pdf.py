# SPDX-License-Identifier: MIT
"""Articles in PDFs that have a text layer: their paragraphs in the order of reading, or why they cannot be trusted.

pypdfium2 tells which character stands where; `pdf_lines` and `pdf_order` make text of that. PDFium's own order is not
taken: in Arabic lines it turns Latin names and brackets round, and runs the end of a paragraph into the next.
"""

import contextlib
import ctypes
import re
import threading
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.errors import UserError
from annotator.extras import EXTRAS, load, require
from annotator.importers.base import ReadArticle, derived_article
from annotator.importers.documents import lines_of, one_line, refuse_size, stretches
from annotator.importers.pdf_lines import Glyph, Line, is_rtl, lines_on, paragraphs, without_edges
from annotator.importers.pdf_order import Kind, Order, kind_of, ligatures_turned, mended, order_of, paired

_KIND = "PDF"
#: How far into a file its mark may stand.
_HEAD = 1024
#: Characters, pages, and lines of a page, of what may still be an article.
_MOST_CHARACTERS = 2_000_000
_MOST_PAGES = 2000
_MOST_LINES = 3000
#: In thousandths: how many characters may stand for nothing. A picture among the letters does; a font without a table
#: of its letters does so in every line.
_MOST_UNKNOWN = 5
_UNKNOWN = "\ufffd"
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_LETTER = re.compile(r"[^\W\d_]")
#: Titles that programs make up from the name of a file.
_NO_TITLE = re.compile(r"microsoft \w+ - .*|untitled.*|.*\.(?:docx?|indd|pdf|rtf|odt|txt|qxp|qxd)", re.IGNORECASE)
#: PDFium knows one thread at a time, in the whole process.
_ONE_AT_A_TIME = threading.Lock()


def read_pdf(path: Path, raw: bytes, place: str = "") -> ReadArticle:
    """Return the article in a PDF, a paragraph a line, without page numbers and repeated headers and footers.

    Args:
        path: the file.
        raw: its bytes.
        place: where in the file they were, if it is an archive.

    Raises:
        UserError: `extra_missing`, `file_empty`, `file_too_large`, `document_other`, `document_locked`,
            `foreign_cut_short`, `foreign_unsafe`, `pdf_no_text`, or `pdf_unreadable` where letters stand for nothing
            or are in no order that can be told.
    """
    require("pdf", _KIND)
    refuse_size(path, raw)
    if b"%PDF-" not in raw[:_HEAD]:
        raise UserError("document_other", path=path, format=_KIND)
    with _ONE_AT_A_TIME:
        pages, about = _read(path, raw)
    _refuse_unknown(path, pages)
    rtl = is_rtl(glyph.text for page in pages for glyph in page)
    kept, beside = without_edges([_lines(path, page, number) for number, page in enumerate(pages, 1)])
    text, backward = _text(path, kept, rtl=rtl)
    return derived_article(
        path,
        text,
        raw,
        by=EXTRAS["pdf"].label,
        place=place,
        title=about["Title"],
        author=about["Author"],
        left_out=stretches(_of_lines([line], rtl=rtl, backward=backward) for line in beside),
    )


def _read(path: Path, raw: bytes) -> tuple[list[list[Glyph]], dict[str, str]]:
    """Return the characters of each page, and what the file says of itself."""
    pdfium = load("pypdfium2")
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise UserError("document_locked", path=path, format=_KIND) from error
        raise UserError("foreign_cut_short", path=path, place="") from error
    with contextlib.closing(document):
        if len(document) > _MOST_PAGES:
            raise UserError("foreign_unsafe", path=path, place="", detail=f"> {_MOST_PAGES} pages")
        pages = []
        for number in range(len(document)):
            pages.append(_page(path, document, number))
            if sum(map(len, pages)) > _MOST_CHARACTERS:
                raise UserError("foreign_unsafe", path=path, place=str(number + 1), detail="too large")
        return _with_ligatures_turned(pages), _about(document)


def _page(path: Path, document: Any, number: int) -> list[Glyph]:
    pdfium = load("pypdfium2")
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise UserError("foreign_cut_short", path=path, place=str(number + 1)) from error
    with contextlib.closing(page):
        try:
            text_page = page.get_textpage()
        except pdfium.PdfiumError as error:
            raise UserError("foreign_cut_short", path=path, place=str(number + 1)) from error
        with contextlib.closing(text_page):
            return _glyphs(text_page)


def _glyphs(text_page: Any) -> list[Glyph]:
    """Return what can be seen on a page; what stands at one place is one: a ligature, or a letter and its marks."""
    places: dict[tuple[float, float], list[Glyph]] = {}
    for at in range(min(text_page.count_chars(), _MOST_CHARACTERS + 1)):
        found = _glyph(text_page, at)
        if found is not None:
            glyph, place = found
            places.setdefault(place, []).append(glyph)
    return [_joined(glyphs) for glyphs in places.values()]


def _glyph(text_page: Any, at: int) -> tuple[Glyph, tuple[float, float]] | None:
    """Return a character that can be seen, and where it was put."""
    raw = load("pypdfium2.raw")
    code = raw.FPDFText_GetUnicode(text_page, at)
    character = chr(code) if 0 < code < 0x110000 else _UNKNOWN
    if character.isspace() or raw.FPDFText_IsGenerated(text_page, at) == 1:
        return None  # blanks are told by gaps: many programs write none, or write them where they are not seen
    if raw.FPDFText_HasUnicodeMapError(text_page, at) == 1 or (not character.isprintable() and code < 0xA0):
        character = _UNKNOWN
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    if not raw.FPDFText_GetCharOrigin(text_page, at, x, y) or not raw.FPDFText_GetLooseCharBox(text_page, at, box):
        return None
    left, right = min(box.left, box.right), max(box.left, box.right)
    return Glyph(character, left, right, y.value, abs(box.top - box.bottom)), (x.value, y.value)


def _joined(ligature: list[Glyph]) -> Glyph:
    first = max(ligature, key=lambda glyph: glyph.height)
    text = mended("".join(glyph.text for glyph in ligature))
    # Halves of a character beyond the first 65,536 come as two.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") or _UNKNOWN
    left, right = min(glyph.left for glyph in ligature), max(glyph.right for glyph in ligature)
    return Glyph(_letter_first(text), left, right, first.base, first.height)


def _letter_first(text: str) -> str:
    """Return what stands at one place, with a letter before its marks, and once if a mark was named by it as well."""
    marks = [character for character in text if unicodedata.category(character) == "Mn"]
    letters = [character for character in text if character not in marks]
    if not marks or not letters:
        return text
    counts = Counter(text).values()
    if all(count % 2 == 0 for count in counts):
        return "".join(dict.fromkeys([*letters, *marks]))
    return text[::-1] if text[0] in marks and text[-1] in letters else text


def _with_ligatures_turned(pages: list[list[Glyph]]) -> list[list[Glyph]]:
    texts = iter(ligatures_turned([glyph.text for page in pages for glyph in page]))
    return [[replace(glyph, text=text) for glyph, text in zip(page, texts, strict=False)] for page in pages]


def _about(document: Any) -> dict[str, str]:
    """Return the title and the author; when the file was made is not when the article was published."""
    about = {key: one_line(document.get_metadata_value(key)) for key in ("Title", "Author")}
    if _NO_TITLE.fullmatch(about["Title"]):
        about["Title"] = ""
    return about


def _refuse_unknown(path: Path, pages: list[list[Glyph]]) -> None:
    texts = [glyph.text for page in pages for glyph in page]
    if not any(_LETTER.search(text) for text in texts):
        raise UserError("pdf_unreadable" if any(_UNKNOWN in text for text in texts) else "pdf_no_text", path=path)
    if sum(_UNKNOWN in text for text in texts) * 1000 > _MOST_UNKNOWN * len(texts):
        raise UserError("pdf_unreadable", path=path)


def _lines(path: Path, page: list[Glyph], number: int) -> list[Line]:
    lines = lines_on(page)
    if len(lines) > _MOST_LINES:
        raise UserError("foreign_unsafe", path=path, place=str(number), detail=f"> {_MOST_LINES} lines")
    return lines


def _text(path: Path, pages: list[list[Line]], *, rtl: bool) -> tuple[str, bool]:
    """Return the text, and whether its letters stood from left to right though they are Arabic.

    Raises:
        UserError: `pdf_unreadable`.
    """
    found = paragraphs(pages, rtl=rtl)
    text = lines_of(_of_lines(lines, rtl=rtl, backward=False) for lines in found)
    order = order_of(text)
    if order is Order.BACKWARD:  # as programs write that know nothing of Arabic
        text = lines_of(_of_lines(lines, rtl=rtl, backward=True) for lines in paragraphs(pages, rtl=False))
        order = order_of(text)
        if order is Order.FORWARD:
            return text, True
    if order is not Order.FORWARD:
        raise UserError("pdf_unreadable", path=path)
    return text, False


def _of_lines(lines: list[Line], *, rtl: bool, backward: bool) -> str:
    """Return the text of a paragraph, which may run against the rest of the article."""
    if backward:
        return paired(" ".join("".join(line.clusters) for line in lines))
    runs = rtl and any(kind_of(cluster) is Kind.RIGHT for line in lines for cluster in line.clusters)
    return paired(" ".join(line.text(rtl=runs) for line in lines))
