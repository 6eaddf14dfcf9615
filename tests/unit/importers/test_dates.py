# SPDX-License-Identifier: MIT
"""Dates as tables write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.importers.dates import Order, iso_date, order_of


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-05-31", "2024-05-31"),
        ("2024-05-31T23:59:00+03:00", "2024-05-31"),
        ("2024-05-31 10:00", "2024-05-31"),
        ("2024/5/3", "2024-05-03"),
        ("2024.05.03", "2024-05-03"),
        ("20240531", "2024-05-31"),
        ("20240531T101500Z", "2024-05-31"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("٢٠٢٤/٥/٣", "2024-05-03"),
        ("31/1/2024", "2024-01-31"),
        ("1-31-2024", "2024-01-31"),
        ("5.5.2024", "2024-05-05"),
        ("31/12/2024 10:15", "2024-12-31"),
        ("٣ أيار ٢٠٢٤", "2024-05-03"),
        ("الجمعة 3 مايو 2024", "2024-05-03"),
        ("الجمعة، 3 أيار/مايو 2024 - 10:30", "2024-05-03"),
        ("كانون الثاني 2024", "2024-01"),
        ("1 كانون الأول 2023", "2023-12-01"),
        ("12 تشرين الثاني، 2023", "2023-11-12"),
        ("7 غشت 2021", "2021-08-07"),
        ("9 جويلية 2021", "2021-07-09"),
        ("فبراير ٢٠٢٠", "2020-02"),
        ("May 3, 2024", "2024-05-03"),
        ("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03"),
        ("3rd of may 2024", ""),
        ("3 Sept. 2024", "2024-09-03"),
        ("١ رمضان 1445", ""),
        ("3 مايو 1445هـ", ""),
        ("1/2/2024", ""),
        ("1/2/24", ""),
        ("31/31/2024", ""),
        ("30 فبراير 2024", ""),
        ("2024-13-01", ""),
        ("0000-01-01", ""),
        ("3 مايو 2024 و4 مايو 2024", ""),
        ("مايو", ""),
        ("5", ""),
        ("", ""),
        ("yesterday", ""),
        ("x" * 10_000, ""),
    ],
)
def test_dates(written: str, date: str) -> None:
    assert iso_date(written) == date


def test_the_order_of_a_column_makes_its_dates_sure() -> None:
    assert order_of(["1/2/2024", "31/1/2024", "no date"]) is Order.DAY_FIRST
    assert order_of(["1/2/2024", "1/31/2024"]) is Order.MONTH_FIRST
    assert order_of(["1/31/2024", "31/1/2024"]) is Order.UNKNOWN
    assert order_of(["1/2/2024"]) is Order.UNKNOWN
    assert iso_date("1/2/2024", Order.DAY_FIRST) == "2024-02-01"
    assert iso_date("1/2/2024", Order.MONTH_FIRST) == "2024-01-02"


@given(st.dates(dt.date(1800, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_read_from_its_iso_form(day: dt.date) -> None:
    assert iso_date(day.isoformat()) == day.isoformat()


@given(st.text(max_size=60))
def test_whatever_is_written_gives_a_date_or_none(written: str) -> None:
    found = iso_date(written)
    assert found == "" or iso_date(found) == found
