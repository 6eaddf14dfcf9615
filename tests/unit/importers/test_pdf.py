# SPDX-License-Identifier: MIT
"""Articles in PDFs: by programs that write Arabic each its own way, and written by hand for what they do not do."""

import socket
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers.base import ReadArticle
from annotator.importers.pdf import read_pdf

PATH = Path("news.pdf")
FILES = Path(__file__).parents[2] / "files" / "pdf"

TEXT = """وزير الخارجية يصل إلى أنقرة
وصل وزير الخارجية سامي الخطيب إلى أنقرة صباح السبت 9 مارس 2024 في زيارة تستمر يومين، يبحث خلالها ملفات التجارة والحدود مع نظيره التركي (Hakan Fidan) في لقاء مغلق.
وقال المتحدث باسم الوزارة إن الجانبين سيوقعان اتفاقا جديدا للنقل البري، مشيرا إلى أن المفاوضات استمرت ثلاثة أشهر، وأن نسبة التبادل ارتفعت 12.5% خلال العام، «وهذا أمر لا بأس به» على حد قوله.
وأضاف أن التفاصيل تعلن لاحقا في مؤتمر صحفي بالقاهرة."""  # noqa: E501 - paragraphs
LAST = "وتأتي الزيارة بعد أسبوع من لقاء عقده سفيرا البلدين في بيروت، ناقشا فيه حركة الشاحنات على المعابر وكلفة العبور "
LAST += "والرسوم التي طلبت الشركات خفضها مرارا."


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_more: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)


def read(raw: bytes) -> ReadArticle:
    return read_pdf(PATH, raw)


def read_file(name: str) -> ReadArticle:
    return read((FILES / name).read_bytes())


#: What is drawn at a place: x and y in points, and the characters that the font says it stands for.
Drawn = tuple[float, float, str]


def drawn(text: str, x: float, y: float) -> list[Drawn]:
    """Return a line in the order in which it is seen, from the left, with characters of one width."""
    return [(x + 6 * at, y, character) for at, character in enumerate(text) if character != " "]


def written(*pages: Sequence[Drawn], mapped: bool = True) -> bytes:
    """Return a PDF in a font of boxes, each 6 points wide, that says what each stands for."""
    letters = sorted({text for page in pages for _x, _y, text in page})
    codes = {text: 33 + at for at, text in enumerate(letters)}
    table = "\n".join(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for text, code in codes.items())
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        FONT.format(codes=" ".join("/box" for _ in codes), last=32 + len(codes), widths=" 500" * len(codes))
        + ("/ToUnicode 5 0 R >>" if mapped else ">>"),
        stream("500 0 0 -200 500 800 d1 0 0 500 700 re f"),
        stream(CMAP.format(size=len(codes), table=table)),
    ]
    for at, page in enumerate(pages):
        shown = " ".join(f"1 0 0 1 {x} {y} Tm <{codes[text]:02x}> Tj" for x, y, text in page)
        objects += [PAGE.format(content=7 + 2 * at), stream(f"BT /F 12 Tf {shown} ET")]
    return assembled(objects)


FONT = """<< /Type /Font /Subtype /Type3 /FontBBox [0 -200 1000 800] /FontMatrix [0.001 0 0 0.001 0 0]
/CharProcs << /box 4 0 R >> /Encoding << /Type /Encoding /Differences [33 {codes}] >>
/FirstChar 33 /LastChar {last} /Widths [{widths}] /Resources << >> """
CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def
1 begincodespacerange <00> <ff> endcodespacerange {size} beginbfchar
{table}
endbfchar endcmap end end"""
PAGE = """<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents {content} 0 R
/Resources << /Font << /F 3 0 R >> >> >>"""


def stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def assembled(objects: Sequence[str]) -> bytes:
    raw, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(raw))
        raw += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(raw)}\n%%EOF"
    return raw + f"xref\n0 {size}\n0000000000 65535 f \n{rows}{trailer}".encode()


@pytest.mark.parametrize("name", ["qt.pdf", "visual.pdf", "backward.pdf"])
def test_programs_that_write_arabic_each_its_own_way(name: str) -> None:
    assert read_file(name).decoded.text == TEXT


def test_article_of_two_pages() -> None:
    article = read_file("typst.pdf")
    assert article.decoded.text == f"{TEXT}\n{LAST}"
    assert article.left_out == ("صحيفة المثال", "1", "2")
    assert (article.title, article.author) == ("زيارة الوزير", "سلمى الخطيب")
    assert article.derived.startswith("pypdfium2 ")


def test_article_of_two_columns() -> None:
    article = read_file("columns.pdf")
    ends = [f"وقال المصدر رقم {at} إن الاجتماع المقبل يعقد في مدينة أخرى بعد أسبوعين من اليوم." for at in range(6)]
    assert article.decoded.text.split("\n") == [*TEXT.split("\n"), *ends]
    assert article.left_out == ("1",)


def test_title_made_up_from_a_file_is_none() -> None:
    article = read_file("qt.pdf")  # says «زيارة.docx»
    assert article.title == "وزير الخارجية يصل إلى أنقرة"
    assert article.left_out == ("1",)


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("ريزولا لاق", "قال الوزير"),
        (".2024 (Hakan Fidan) يجراخلا ريزو لاق", "قال وزير الخارجي (Hakan Fidan) 2024."),
        ("\ufead\ufef3\ufeaf\ufeee\ufedf\ufe8d", "الوزير"),
        ("Hello, world (again).", "Hello, world (again)."),
        ("said ريزولا today", "said الوزير today"),
    ],
)
def test_a_line(seen: str, text: str) -> None:
    assert read(written(drawn(seen, 100, 300))).decoded.text == text


@pytest.mark.parametrize("turned", [False, True])
def test_order_in_the_file_does_not_matter(turned: bool) -> None:
    line = drawn("ريزولا لاق", 100, 300)
    assert read(written(line[::-1] if turned else line)).decoded.text == "قال الوزير"


def test_ligature_is_read_in_its_own_order() -> None:
    assert read(written([(100, 300, "س"), (106, 300, "لا"), (112, 300, "ب")])).decoded.text == "بلاس"


def test_marks_stay_on_their_letters() -> None:
    shadda, fatha = "\u0651", "\u064e"
    seen = [
        (100, 300, "د"),
        (106, 300, shadda),
        (106.5, 301, fatha),
        (106, 300, "م"),
        (112, 300, "ح"),
        (112, 302, fatha),
    ]
    assert read(written(seen)).decoded.text == f"ح{fatha}م{shadda}{fatha}د"


@pytest.mark.parametrize("place", [(106.0, 300.0), (107.0, 302.0)])
def test_marks_that_are_named_with_their_letter_do_not_double_it(place: tuple[float, float]) -> None:
    fatha = "\u064e"
    seen = [(100, 300, "ن"), (*place, f"م{fatha}"), (106, 300, f"م{fatha}"), (112, 300, "م")]
    assert read(written(seen)).decoded.text == f"مم{fatha}ن"


def test_year_at_the_end_is_no_page_number() -> None:
    seen = [*drawn("ماع يف ريزولا لاق", 100, 300), *drawn(".2024", 172, 282), *drawn("7", 150, 20)]
    article = read(written(seen))
    assert article.decoded.text == "قال الوزير في عام 2024."
    assert article.left_out == ("7",)


def test_columns_are_read_from_the_right() -> None:
    words = [["لوأ", "يناث", "ثلاث"], ["عبار", "سماخ", "سداس"]]
    columns = [
        [drawn(word * 3, x, 300 - 20 * at) for at, word in enumerate(words[side])] for side, x in enumerate([260, 100])
    ]
    rows = [glyph for right, left in zip(*columns, strict=True) for glyph in [*left, *right]]
    text = read(written(rows)).decoded.text
    assert text.split() == [word[::-1] * 3 for column in words for word in column]


def test_headers_and_page_numbers_are_left_out() -> None:
    bodies = ["لوألا ريربلا ثدح", "يناثلا ريربلا ثدح", "ثلاثلا ريربلا ثدح"]
    pages = [
        [*drawn("ةفيحصلا", 100, 380), *drawn(body, 100, 200), *drawn(f"- {number} -", 190, 20)]
        for number, body in enumerate(bodies, 1)
    ]
    article = read(written(*pages))
    assert article.decoded.text.split() == " ".join(body[::-1] for body in bodies).split()
    assert article.left_out == ("الصحيفة", "- 1 -", "- 2 -", "- 3 -")


def test_paragraphs_are_told_by_the_room_that_was_left() -> None:
    full, short = "ريزولا لاق " * 5, ".مسحو ردص"
    lines = [drawn(full, 20, 300), drawn(short, 20 + 6 * (len(full) - len(short)), 280), drawn(full, 20, 260)]
    text = read(written([glyph for line in lines for glyph in line])).decoded.text
    assert len(text.split("\n")) == 2


SHUFFLED = [glyph for at in range(5) for glyph in drawn("رسكن دبهط سحقم", 20, 300 - 15 * at)]
EMPTY = assembled(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>"])
REFUSED = {
    "empty": (b"", "file_empty"),
    "text": ("نص".encode(), "document_other"),
    "zip": (b"PK\x03\x04", "document_other"),
    "only a mark": (b"%PDF-1.7\n", "foreign_cut_short"),
    "cut short": (b"%PDF-1.7\n" + zlib.compress(b"x" * 500), "foreign_cut_short"),
    "no pages": (EMPTY, "foreign_cut_short"),
    "no text": (written([]), "pdf_no_text"),
    "only numbers": (written(drawn("12", 100, 20)), "pdf_no_text"),
    "no letters in the font": (written(drawn("ريزولا لاق", 100, 300), mapped=False), "pdf_unreadable"),
    "stands for nothing": (written(drawn("ريزولا \x01\x02", 100, 300)), "pdf_unreadable"),
    "no order": (written(SHUFFLED), "pdf_unreadable"),
    "large": (b"%PDF-" + bytes(50_000_000), "file_too_large"),
}


@pytest.mark.parametrize(("raw", "key"), REFUSED.values(), ids=REFUSED)
def test_refused(raw: bytes, key: str) -> None:
    with pytest.raises(UserError) as error:
        read(raw)
    assert error.value.key == key
    assert error.value.params["path"] == PATH


def test_locked() -> None:
    with pytest.raises(UserError, match="document_locked"):
        read_file("locked.pdf")


SMALL = written([*drawn("ريزولا لاق", 100, 300), *drawn("(Hakan) 12", 100, 280)], drawn("ةنس", 100, 300))
REAL = (FILES / "visual.pdf").read_bytes()


@given(st.data())
def test_any_bytes_are_an_article_or_refused(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([SMALL, REAL])))
    for _change in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        article = read(bytes(raw))
    except UserError:
        return
    article.decoded.text.encode()


POINTS = st.tuples(
    st.floats(-50, 450, width=32), st.floats(-50, 450, width=32), st.sampled_from(["ا", "ل", "a", "1", "َ", ")"])
)


@given(st.lists(st.lists(POINTS, max_size=30), min_size=1, max_size=3))
def test_any_places_are_an_article_or_refused(pages: list[list[Drawn]]) -> None:
    try:
        article = read(written(*pages))
    except UserError:
        return
    assert article.decoded.text.strip()
