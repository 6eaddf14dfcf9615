# SPDX-License-Identifier: MIT
"""Guessing which column holds what."""

import pytest

from annotator.errors import UserError
from annotator.importers.columns import Columns, ImportOptions, chosen, guess_columns

LONG = "نص طويل يكفي لأن يكون مقالًا في صحيفة من الصحف العربية اليومية."


@pytest.mark.parametrize(
    ("names", "guessed"),
    [
        (
            ["Title", "Body", "Source", "URL", "Author", "Published"],
            Columns("Body", "Title", "Source", "URL", "Author", "Published"),
        ),
        (
            ["العنوان", "النص", "الصحيفة", "الرابط", "الكاتب", "التاريخ"],
            Columns("النص", "العنوان", "الصحيفة", "الرابط", "الكاتب", "التاريخ"),
        ),
        (["نصّ_المقال", "عُنوان المقال", "تاريخ النشر"], Columns("نصّ_المقال", "عُنوان المقال", date="تاريخ النشر")),
        (["المحتوى", "المصدر"], Columns("المحتوى", outlet="المصدر")),
        (
            ["source.id", "source.name", "article.content", "authors.name", "publishedAt"],
            Columns("article.content", outlet="source.name", author="authors.name", date="publishedAt"),
        ),
        (["headline", "article_text", "byline", "link"], Columns("article_text", "headline", "", "link", "byline")),
        (["only"], Columns("only")),
    ],
)
def test_by_name(names: list[str], guessed: Columns) -> None:
    assert guess_columns(names, [dict.fromkeys(names, "x")]) == guessed


def test_by_what_stands_in_them() -> None:
    rows = [{"a": str(n), "b": LONG, "c": f"https://x.org/{n}", "d": "2024-05-03", "e": "2024"} for n in range(5)]
    assert guess_columns(list("abcde"), rows) == Columns(text="b", url="c", date="d")


def test_of_several_that_are_called_so_the_longest_is_the_text() -> None:
    assert guess_columns(["text", "body"], [{"text": "short", "body": LONG}]).text == "body"
    assert guess_columns(["summary", "n"], [{"summary": LONG, "n": "1"}]).text == "summary"
    assert guess_columns(["summary", "x"], [{"summary": LONG, "x": LONG[:50]}]).text == "x"


def test_nothing_that_could_be_a_text() -> None:
    assert guess_columns(["a", "b"], [{"a": "1", "b": "2"}]).text == ""
    with pytest.raises(UserError) as caught:
        chosen(ImportOptions(), ["a", "b"], [{"a": "1", "b": "2"}], "f.csv")
    assert (caught.value.key, caught.value.params["known"]) == ("columns_unknown", "a, b")


def test_what_the_user_names_goes_before_what_is_guessed() -> None:
    names, rows = ["text", "other", "title"], [{"text": LONG, "other": LONG, "title": "x"}]
    named = Columns(text="other")
    assert chosen(ImportOptions(columns=named), names, rows, "f.csv") == named
    assert chosen(ImportOptions(columns=named, guess_others=True), names, rows, "f.csv") == Columns("other", "title")
    # What is taken for one thing is not guessed for another.
    taken = ImportOptions(columns=Columns(author="title"), guess_others=True)
    assert chosen(taken, names, rows, "f.csv") == Columns("text", author="title")


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(UserError, match="column_missing"):
        chosen(ImportOptions(columns=Columns(text="bdy")), ["body"], [{"body": LONG}], "f.csv")
