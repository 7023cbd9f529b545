"""Dates as people write them: day first, in figures or words, as a bare day number; the rest is unreadable."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app.exchange.day_words import day
from mobility_app.exchange.words import read_value
from mobility_app.fields import BY_KEY
from mobility_app.i18n import date_words, render

FIRST_OF_MARCH = dt.date(2027, 3, 1)


SAME_DAY = """
01/03/2027|1/3/2027|1.03.2027|01-03-27|01.03.27|1/03/27|2027-03-01|2027/03/01|1er mars 2027|1 mars 2027|01 mars 27
1 MARS 2027|1-mars-27|1mars2027|lundi 1er mars 2027|lun. 1 mars 27|1 mar. 2027|1 March 2027|1st March 2027
March 1, 2027|Mon 1 Mar 2027|01/03/2027 00:00|2027-03-01 08:30:00|2027-03-01T08:30:00Z|01032027|20270301|46447
01 / 03 / 2027|1. März 2027|1 de marzo de 2027|1 mars 2027
"""
NO_DAY = """
mi-mars|mars 2027|3 avr.|31/02/2027|29/02/2027|05/31/2027|13/13/2027|00/01/2027|2008|12/2027|1/3/20270|1/3/0027
3 jui 2027|bientôt|01/03/2027 au 14/03/2027|printemps|99999|1234|01/03/27/28|-5
"""


@pytest.mark.parametrize("written", SAME_DAY.strip().replace("\n", "|").split("|"))
def test_ways_to_write_the_first_of_march(written: str) -> None:
    assert day(written) == FIRST_OF_MARCH


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3 avr. 26", dt.date(2026, 4, 3)),
        ("03/04/2026", dt.date(2026, 4, 3)),
        ("31/12/2026", dt.date(2026, 12, 31)),
        ("12 févr. 2027", dt.date(2027, 2, 12)),
        ("12 aout 2027", dt.date(2027, 8, 12)),
        ("3 déc 26", dt.date(2026, 12, 3)),
        ("3 juil. 2027", dt.date(2027, 7, 3)),
        ("29/02/2028", dt.date(2028, 2, 29)),
    ],
)
def test_other_dates(written: str, expected: dt.date) -> None:
    assert day(written) == expected


@pytest.mark.parametrize("written", NO_DAY.strip().replace("\n", "|").split("|"))
def test_what_is_no_date(written: str) -> None:
    assert day(written) is None


@given(st.dates(dt.date(1930, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_in_every_style(date: dt.date) -> None:
    for style in ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d%m%Y", "%Y%m%d", "%Y-%m-%dT00:00:00"):
        assert day(date.strftime(style)) == date
    for language in ("fr", "en", "de", "es", "it", "pt"):
        assert day(date_words(date, language)) == date
    assert day(str((date - dt.date(1899, 12, 30)).days)) == date


@pytest.mark.parametrize(
    ("written", "leaves_in", "born"),
    [
        ("15/02/08", 2027, 2008),
        ("15/02/98", 2027, 1998),
        ("15/02/27", 2027, 1927),
        ("15/02/70", 2027, 1970),
        ("3 avr. 17", 2027, 2017),
        ("3 avr. 18", 2027, 1918),
    ],
)
def test_two_digits_of_a_birth_are_in_the_past(written: str, leaves_in: int, born: int) -> None:
    found = day(written, birth_before=leaves_in)
    assert found is not None
    assert found.year == born


def test_only_a_birth_date_looks_back() -> None:
    assert read_value(BY_KEY["start"], "01/03/27", birth_before=2027).value == FIRST_OF_MARCH
    assert read_value(BY_KEY["birth_date"], "01/03/27", birth_before=2027).value == dt.date(1927, 3, 1)


def test_day_numbers_that_lost_their_format() -> None:
    assert read_value(BY_KEY["start"], 46447).value == FIRST_OF_MARCH
    assert read_value(BY_KEY["start"], 46447.5).value == FIRST_OF_MARCH
    assert read_value(BY_KEY["start"], 44985, since_1904=True).value == FIRST_OF_MARCH
    assert read_value(BY_KEY["start"], FIRST_OF_MARCH).value == FIRST_OF_MARCH


@pytest.mark.parametrize("cell", ["mi-mars", 2027, 2.5, True, dt.date(1900, 1, 2), "31/02/2027"])
@pytest.mark.parametrize("key", ["start", "end", "birth_date", "actual_end"])
def test_unreadable_dates_refuse(key: str, cell: object) -> None:
    said = read_value(BY_KEY[key], cell)
    assert said.value is None
    assert said.refuses
    assert render(said.trouble, "fr").startswith("Date illisible\u00a0: «\u00a0")
