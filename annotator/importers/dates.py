# SPDX-License-Identifier: MIT
"""Dates as tables and records write them, in ISO 8601 where they are sure.

Owns the names of months in Arabic and English. A date that can be read in two ways is none: `1/2/2024` is the first of
February or the second of January. The other dates of its column may tell which (`order_of`).
"""

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum

from annotator.late import Late

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
#: Short vowels, the dagger alif, tatweel and marks of direction, without which a month is the same.
_UNSEEN = dict.fromkeys(map(ord, "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640\u200e\u200f\u061c"))
_ALIFS = str.maketrans("أإآٱ", "اااا")

#: By month: Egypt and the Gulf; the Levant and Iraq; Tunisia and Algeria; Morocco; English.
_MONTHS = (
    ("يناير", "كانون الثاني", "جانفي", "january", "jan"),
    ("فبراير", "شباط", "فيفري", "february", "feb"),
    ("مارس", "آذار", "march", "mar"),
    ("أبريل", "ابريل", "نيسان", "أفريل", "april", "apr"),
    ("مايو", "أيار", "ماي", "may"),
    ("يونيو", "يونيه", "حزيران", "جوان", "june", "jun"),
    ("يوليو", "يوليه", "تموز", "جويلية", "يوليوز", "july", "jul"),
    ("أغسطس", "آب", "أوت", "غشت", "august", "aug"),
    ("سبتمبر", "أيلول", "شتنبر", "september", "sept", "sep"),
    ("أكتوبر", "تشرين الأول", "october", "oct"),
    ("نوفمبر", "تشرين الثاني", "نونبر", "november", "nov"),
    ("ديسمبر", "كانون الأول", "دجنبر", "december", "dec"),
)
#: Months of the other calendar, whose years are other years.
_HIJRI = ("محرم", "صفر", "ربيع", "جمادى", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة", "هـ")

_LONGEST = 100  # in characters; a longer cell is a sentence
_FIRST_YEAR, _LAST_YEAR = 1800, 2100

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?:[t ,].*)?", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t?\d{4,6}z?)?")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[ ,t].*)?", re.DOTALL)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_DAY = r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th)?(?![\d:])"


class Order(StrEnum):
    """Which of the two comes first in a date such as 1/2/2024."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNKNOWN = "unknown"


def iso_date(written: str, order: Order = Order.UNKNOWN) -> str:
    """Return the day, month or year that is written, in ISO 8601; "" where it is not sure.

    Times of day are left out: the day is the one that is written.

    Args:
        written: in any of the usual ways, with European or Arabic digits.
        order: which comes first in the dates of its column.
    """
    text = _plain(written)
    if not text or len(text) > _LONGEST or _OTHER_CALENDAR.search(text):
        return ""
    if match := _ISO.fullmatch(text):
        year, _, month, day = match.groups()
        return _checked(year, month, day)
    if match := _COMPACT.fullmatch(text):
        return _checked(*match.groups())
    if match := _NUMBERS.fullmatch(text):
        first, _, second, year = match.groups()
        return _ordered(int(first), int(second), year, order)
    if re.fullmatch(r"\d{4}", text):
        return _checked(text, None, None)
    return _with_month_name(text)


def order_of(column: Iterable[str]) -> Order:
    """Return which comes first in the dates of a column, as far as one of them can only be read in one way."""
    found = set()
    for written in column:
        match = _NUMBERS.fullmatch(_plain(written))
        if match and int(match[1]) > 12 >= int(match[3]):
            found.add(Order.DAY_FIRST)
        elif match and int(match[3]) > 12 >= int(match[1]):
            found.add(Order.MONTH_FIRST)
    return found.pop() if len(found) == 1 else Order.UNKNOWN


def _plain(written: str) -> str:
    cut = written[: _LONGEST + 1].translate(_UNSEEN).translate(_ALIFS).translate(_DIGITS)
    return " ".join(cut.casefold().replace("،", ",").split())


def _checked(year: str, month: str | None, day: str | None) -> str:
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return ""
    try:
        whole = dt.date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return ""
    return whole[: 10 if day else 7 if month else 4]


def _ordered(first: int, second: int, year: str, order: Order) -> str:
    if first > 12 or order is Order.DAY_FIRST or first == second:
        return _checked(year, str(second), str(first))
    if second > 12 or order is Order.MONTH_FIRST:
        return _checked(year, str(first), str(second))
    return ""


def _with_month_name(text: str) -> str:
    """Return the date with its month in letters; two names must be those of one month, as in `أيار/مايو`."""
    months = {_MONTH_OF[name] for name in _NAMES.findall(text)}
    years = set(_YEAR.findall(text))
    if len(months) != 1 or len(years) != 1:
        return ""
    (month,), (year,) = months, years
    days = {day for pair in _BESIDE.findall(text) for day in pair if day}
    if len(days) > 1 or (not days and re.search(r"\d", text.replace(year, ""))):
        return ""
    return _checked(year, str(month), days.pop() if days else None)


_OTHER_CALENDAR = Late(lambda: re.compile(rf"(?<![^\W\d])(?:{'|'.join(map(_plain, _HIJRI))})(?!\w)"))
_MONTH_OF = {_plain(name): number for number, names in enumerate(_MONTHS, 1) for name in names}
_ANY_MONTH = "|".join(sorted(map(re.escape, _MONTH_OF), key=len, reverse=True))
_NAMES = Late(lambda: re.compile(rf"(?<!\w)(?:{_ANY_MONTH})(?!\w)"))
#: A day before the names of its month, or after them.
_BESIDE = Late(
    lambda: re.compile(
        rf"{_DAY}[\s,./-]*(?:من )?(?<!\w)(?:{_ANY_MONTH})(?!\w)|(?<!\w)(?:{_ANY_MONTH})(?!\w)[\s,./-]*{_DAY}"
    )
)
