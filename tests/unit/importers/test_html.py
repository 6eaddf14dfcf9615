# SPDX-License-Identifier: MIT
"""Articles in web pages: what is the article, what is not, and in which encoding; never a step on to the network."""

import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers.base import ReadArticle
from annotator.importers.html import read_html

PATH = Path("page.html")

TEXT = """وزير الخارجية يصل إلى أنقرة
وصل وزير الخارجية إلى أنقرة صباح السبت في زيارة تستمر يومين، يبحث خلالها ملفات التجارة والحدود مع نظيره التركي.
وقال المتحدث باسم الوزارة إن الجانبين سيوقعان اتفاقا جديدا للنقل البري، مشيرا إلى أن المفاوضات استمرت ثلاثة أشهر.
وأضاف أن التفاصيل تعلن لاحقا.
جدول الأعمال
التجارة بين البلدين
أمن الحدود
«نرحب بكل خطوة تقرب بين الشعبين»، قال السفير سمير حداد.
الصادرات\t12
الواردات\t9"""

PAGE = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}">
<title>وزير الخارجية يصل إلى أنقرة | صحيفة المثال</title>
<meta property="og:site_name" content="صحيفة المثال"><meta property="og:title" content="وزير الخارجية يصل إلى أنقرة">
<meta property="article:published_time" content="2024-03-09T10:00:00+03:00">
<meta property="article:modified_time" content="2024-04-01T10:00:00+03:00">
<meta name="author" content="سلمى الخطيب"><link rel="canonical" href="https://example.org/news/1">
<link rel="stylesheet" href="https://example.org/style.css"><script src="https://example.org/x.js"></script></head><body>
<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/p">التجارة</a></li><li><a href="/e">اقتصاد</a></li></ul></nav>
<article><h1>وزير الخارجية يصل إلى أنقرة</h1>
<div class="share">شارك <a href="#">فيسبوك</a> <a href="#">تويتر</a></div>
<img src="https://example.org/a.jpg" alt="صورة"><iframe src="https://example.org/frame">إطار</iframe>
<p>وصل وزير الخارجية إلى <b>أنقرة</b> صباح السبت في
   زيارة تستمر يومين، يبحث خلالها ملفات <a href="/t">التجارة</a> والحدود مع نظيره التركي.</p>
<p>وقال المتحدث باسم الوزارة إن الجانبين سيوقعان اتفاقا جديدا للنقل البري، مشيرا إلى أن المفاوضات استمرت ثلاثة أشهر.<br>
وأضاف أن التفاصيل تعلن لاحقا.</p>
<h2>جدول الأعمال</h2><ul><li>التجارة بين البلدين</li><li>أمن الحدود</li></ul>
<blockquote><p>«نرحب بكل خطوة تقرب بين الشعبين»، قال السفير سمير حداد.</p></blockquote>
<table><tr><td>الصادرات</td><td>12</td></tr><tr><td>الواردات</td><td>9</td></tr></table></article>
<div class="related"><h3>اقرأ أيضا</h3><ul><li><a href="/2">ارتفاع أسعار القمح في الأسواق العالمية</a></li></ul></div>
<div id="comments"><p>تعليق القارئ على الخبر: هذا كلام لا بأس به.</p></div>
<footer>جميع الحقوق محفوظة 2024</footer></body></html>"""

MENU = "".join(f'<li><a href="/{number}">قسم الأخبار رقم {number}</a></li>' for number in range(30))


@pytest.fixture(scope="module")
def _library() -> None:
    read("<p>The library is imported while there are sockets: classes are derived from them.</p>")


@pytest.fixture(autouse=True)
def _no_network(_library: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_more: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)


def read(page: str | bytes) -> ReadArticle:
    return read_html(PATH, page if isinstance(page, bytes) else page.encode())


def page(charset: str) -> str:
    return PAGE.replace("{charset}", charset)


def test_main_text() -> None:
    assert read(page("utf-8")).decoded.text == TEXT


def test_what_the_page_says_of_itself() -> None:
    article = read(page("utf-8"))
    assert article.title == "وزير الخارجية يصل إلى أنقرة"
    assert (article.outlet, article.author) == ("صحيفة المثال", "سلمى الخطيب")
    assert (article.date, article.url) == ("2024-03-09", "https://example.org/news/1")
    assert article.derived.startswith("trafilatura ")


def test_left_out() -> None:
    assert read(page("utf-8")).left_out == (
        "الرئيسية", "التجارة", "اقتصاد", "شارك فيسبوك تويتر", "اقرأ أيضا", "ارتفاع أسعار القمح في الأسواق العالمية",
        "تعليق القارئ على الخبر: هذا كلام لا بأس به.", "جميع الحقوق محفوظة 2024",
    )  # fmt: skip


PARAGRAPHS = [
    "أعلنت وزارة الصحة اليوم الأحد تسجيل عشر حالات جديدة في محافظة الساحل، وقالت إن المصابين نقلوا إلى المستشفى.",
    "وأكد الوزير سامي الخطيب في تصريح صحفي أن الوضع تحت السيطرة، داعيا السكان إلى اتباع التعليمات.",
    "من جهته قال مدير المستشفى إن الأدوية متوفرة، وإن فرق التطعيم بدأت عملها في القرى المجاورة منذ الصباح.",
]


def test_page_of_tables_as_they_were_made_once() -> None:
    menu = "<tr><td colspan=2><a href=/>الرئيسية</a> | <a href=/x>محليات</a> | <a href=/y>رياضة</a></td></tr>"
    story = "<td><font size=5><b>حالات جديدة</b></font><br><br>" + "<br><br>".join(PARAGRAPHS) + "</td>"
    more = "<td><a href=1>فوز الفريق الوطني</a><br><a href=2>افتتاح المعرض السنوي</a></td>"
    article = read(f"<html><body><table>{menu}<tr>{story}{more}</tr></table></body></html>".encode("windows-1256"))
    assert article.decoded.text.split("\n") == ["حالات جديدة", *PARAGRAPHS]
    assert article.left_out == ("الرئيسية | محليات | رياضة", "فوز الفريق الوطني", "افتتاح المعرض السنوي")


def test_headline_beside_the_article_is_its_first_line() -> None:
    about = """{"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": "2024-03-10T09:30:00Z",
    "headline": "حالات جديدة في الساحل", "author": {"@type": "Person", "name": "ليلى حداد"},
    "publisher": {"@type": "Organization", "name": "موقع الساحل"}}"""
    head = f'<title>حالات جديدة - موقع الساحل</title><script type="application/ld+json">{about}</script>'
    story = f'<div class="entry-content"><p>{"</p><p>".join(PARAGRAPHS)}</p></div>'
    article = read(
        f"""<html><head>{head}</head><body><header><a href="/">موقع الساحل</a></header><div id="content">
        <h1>حالات جديدة في الساحل</h1>{story}<div class="sharedaddy"><h3>شارك هذا الموضوع:</h3></div></div>
        <a href="/?amp">Exit mobile version</a></body></html>"""
    )
    assert article.decoded.text.split("\n") == ["حالات جديدة في الساحل", *PARAGRAPHS]
    assert (article.author, article.date, article.outlet) == ("ليلى حداد", "2024-03-10", "موقع الساحل")
    assert article.left_out == ("موقع الساحل", "شارك هذا الموضوع:", "Exit mobile version")


def test_left_out_is_bounded() -> None:
    links = "".join(f"<li><a href='/{number}'>{number} {'خبر ' * 200}</a></li>" for number in range(500))
    left_out = read(page("utf-8").replace("<nav><ul>", f"<nav><ul>{links}")).left_out
    assert len(left_out) == 200
    assert max(map(len, left_out)) <= 301


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("windows-1256", "windows-1256"),
        ("utf-8", "windows-1256"),  # says one, is the other
        ("windows-1256", "utf-8"),
        ("iso-8859-1", "windows-1256"),
        ("iso-8859-6", "iso-8859-6"),
        ("no-such-thing", "windows-1256"),
        ("utf-8", "utf-8-sig"),
        ("utf-8", "utf-16"),
        ("windows-1256", "utf-16-le"),
    ],
)
def test_encodings(charset: str, encoding: str) -> None:
    source = page(charset)
    if encoding == "iso-8859-6":
        source = source.replace("«", '"').replace("»", '"')
    expected = TEXT if encoding != "iso-8859-6" else TEXT.replace("«", '"').replace("»", '"')
    assert read(source.encode(encoding)).decoded.text == expected


def test_short_windows_page_is_read_as_it_says() -> None:
    source = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"></head>'
    source += "<body><p>قال ذلك.</p>"
    assert read(source.encode("windows-1256")).decoded.text == "قال ذلك."


@pytest.mark.parametrize(
    "source",
    [
        f"<html><body><nav><ul>{MENU}</ul></nav></body></html>",
        f"<html><body><div>{MENU}</div><p>حقوق</p></body></html>",
        "<html><head><title>عنوان</title></head><body></body></html>",
        "<html><body><script>alert('نص')</script></body></html>",
        "نص لا صفحة فيه",
        "<!DOCTYPE html>",
        "<!-- نص -->",
        "<",
        "<p>",
    ],
)
def test_no_article(source: str) -> None:
    with pytest.raises(UserError) as error:
        read(source)
    assert (error.value.key, error.value.params) == ("html_no_article", {"path": PATH})


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7 <p>text</p>", "file_binary"),
        (b"<p>a\x00\x01\x02\x03</p>", "file_binary"),
        (b"<p>" + b"a" * 50_000_000, "file_too_large"),
    ],
)
def test_no_page(raw: bytes, key: str) -> None:
    with pytest.raises(UserError) as error:
        read(raw)
    assert error.value.key == key


def test_entities_of_xhtml_are_not_expanded() -> None:
    entity = '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    source = entity + "<html><body><p>قال الوزير إن الزيارة تبدأ غدا &x; في أنقرة.</p></body></html>"
    assert read(source).decoded.text.endswith("قال الوزير إن الزيارة تبدأ غدا &x; في أنقرة.")


def test_page_cut_short_and_page_nested_deep() -> None:
    assert read(page("utf-8")[:2000]).decoded.text.startswith("وزير الخارجية")
    nested = "<div>" * 200 + "<p>قال الوزير إن الزيارة تبدأ غدا في أنقرة.</p>" + "</div>" * 200
    assert "قال الوزير" in read(nested).decoded.text
    with pytest.raises(UserError, match="html_no_article"):
        read("<div>" * 3000 + "<p>نص</p>")


PIECES = ["<p>", "</p>", "<a href='x'>", "</a>", "<td>", "<table>", "<br>", "<!--", "-->", "<script>", "&#0;", "&amp;",
          "قال الوزير إن الزيارة تبدأ غدا", "\x0b", "<?xml encoding='x'?>", "<meta charset=utf-7>", "<article>",
          "<ul><li>", "<math>", "<svg>", "<![CDATA[", "<frameset>", "<html ", "<title>"]  # fmt: skip


@given(
    st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=15).map(lambda parts: "".join(parts).encode())
)
def test_any_bytes_are_an_article_or_refused(raw: bytes) -> None:
    try:
        article = read_html(PATH, raw)
    except UserError:
        return
    article.decoded.text.encode()
    assert article.decoded.text.strip()
