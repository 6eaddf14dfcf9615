# SPDX-License-Identifier: MIT
"""Articles in Markdown: what is text and what is markup, and what front matter says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers.base import ReadArticle
from annotator.importers.markdown import read_markdown

PATH = Path("news.md")

ARTICLE = """---
title: "وزير الخارجية: زيارة"
authors:
  - سلمى الخطيب
  - 'هدى منصور'
date: ٢٠٢٤/٣/٩
outlet: صحيفة المثال
url: https://example.org/1
tags: [سياسة, "تركيا"]
# a comment

---
# عنوان **كبير**

فقرة *أولى* فيها [رابط](https://example.org) و`رمز`
وسطرها الثاني.\x20\x20
سطر بعد كسر &amp; علامة <b>غليظ</b><br>وبعده

- بند
- بند آخر
  - أعمق

> قال ~~إن~~ الوزير

| أ | ب |
|---|---|
| ج *د* | ه |

![صورة الوزير](x.png)

<div>نص &lt;في&gt; وسم <script>alert(1)</script><!-- خفي --></div>

***

```
رموز
```
"""


def read(source: str | bytes) -> ReadArticle:
    return read_markdown(PATH, source if isinstance(source, bytes) else source.encode())


def test_text_without_markup() -> None:
    assert read(ARTICLE).decoded.text.split("\n") == [
        "عنوان كبير", "فقرة أولى فيها رابط ورمز وسطرها الثاني.", "سطر بعد كسر & علامة غليظ", "وبعده", "بند", "بند آخر",
        "أعمق", "قال إن الوزير", "أ\tب", "ج د\tه", "نص <في> وسم", "رموز",
    ]  # fmt: skip


def test_front_matter() -> None:
    article = read(ARTICLE)
    assert article.title == "وزير الخارجية: زيارة"
    assert article.author == "سلمى الخطيب, هدى منصور"
    assert (article.date, article.outlet, article.url) == ("2024-03-09", "صحيفة المثال", "https://example.org/1")
    assert article.left_out == ("tags: سياسة, تركيا", "صورة الوزير")
    assert article.derived.startswith("markdown-it-py ")
    assert not article.decoded.exact


def test_front_matter_runs_nothing() -> None:
    article = read("---\ntitle: !!python/object/apply:os.system ['false']\n---\nنص")
    assert article.title == "!!python/object/apply:os.system ['false']"
    assert article.decoded.text == "نص"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("---\n\nنص بعد خط\n\n---\n\nآخر", "نص بعد خط\nآخر"),
        ("---\ntitle: بلا نهاية\n\nنص", "title: بلا نهاية\nنص"),
        ("---\nنص لا مفتاح فيه\n---\nنص", "نص لا مفتاح فيه\nنص"),
        ("---\n- بند\n---\nنص", "بند\nنص"),
        ("\ufeff---\ntitle: ع\n---\nنص", "نص"),
        ("---\r\ntitle: ع\r\n---\r\nنص\r\nآخر", "نص آخر"),
    ],
)
def test_rules_that_are_front_matter_and_rules_that_are_not(source: str, text: str) -> None:
    assert read(source).decoded.text == text


def test_title_is_the_first_great_heading_else_the_first_line() -> None:
    assert read("السبت\n\n# العنوان\n\nنص").title == "العنوان"
    assert read("السبت\n\nنص").title == "السبت"


@pytest.mark.parametrize("said", ["غدا", "2024-13-40", "9 مارس 2024", ""])
def test_dates_that_are_none(said: str) -> None:
    assert read(f"---\ndate: {said}\n---\nنص").date == ""


@pytest.mark.parametrize(("said", "date"), [("2024", "2024"), ("2024-03", "2024-03"), ("2024-3-9T10:00", "2024-03-09")])
def test_dates(said: str, date: str) -> None:
    assert read(f"---\ndate: {said}\n---\nنص").date == date


def test_other_encodings() -> None:
    source = "# عنوان\n\nقال الوزير إن الزيارة إلى تركيا ستكون في الشهر المقبل"
    assert (
        read(source.encode("windows-1256")).decoded.text
        == read(source).decoded.text
        == source.replace("# ", "").replace("\n\n", "\n")
    )


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (b"\n \n", "file_empty"),
        (b"![a](b.png)", "file_empty"),
        (b"---\ntitle: a\n---\n", "file_empty"),
        (b"PK\x03\x04....", "file_binary"),
        (b"%PDF-1.7", "file_binary"),
        (b"a\x00\x01\x02b", "file_binary"),
        (b"a" * 50_000_001, "file_too_large"),
    ],
)
def test_no_article(raw: bytes, key: str) -> None:
    with pytest.raises(UserError) as error:
        read(raw)
    assert error.value.key == key
    assert error.value.params["path"] == PATH


def test_deep_nesting_is_survived() -> None:
    assert "نص" in read("> " * 90 + "نص").decoded.text
    assert read("> " * 5000 + "نص\n\nبعده").decoded.text.endswith("بعده")
    assert read("[" * 5000 + "نص").decoded.text.endswith("نص")


@given(st.binary(max_size=300) | st.text(alphabet="#>-*_`[]()!|<&; \n\tنصab0:\\~\"'=.+", max_size=200).map(str.encode))
def test_any_bytes_are_an_article_or_refused(raw: bytes) -> None:
    try:
        article = read(raw)
    except UserError:
        return
    article.decoded.text.encode()
    assert article.decoded.text.strip()
