import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app import i18n
from mobility_app.errors import UserError
from mobility_app.fields import BY_KEY
from mobility_app.ui.values import read_cents, read_date, read_whole, shown, typed


@pytest.mark.parametrize(
    "written", ["04/05/2026", "4/5/2026", "4.5.26", "04 05 2026", "040526", "04052026", "2026-05-04"]
)
def test_dates_are_day_first_however_they_are_typed(written):
    assert read_date(written) == dt.date(2026, 5, 4)


def test_two_digit_years_of_birth():
    assert read_date("01/01/98") == dt.date(1998, 1, 1)


@pytest.mark.parametrize("written", ["31/02/2026", "mi-mars", "32/01/2026", "2026", "1/2/3/4"])
def test_what_is_no_date_is_said(written):
    with pytest.raises(UserError, match="date"):
        read_date(written)


@pytest.mark.parametrize(
    ("written", "cents"),
    [("1 482,50 €", 148250), ("1482.5", 148250), ("0", 0), ("-12,00", -1200), ("1\u202f000", 100000)],
)
def test_amounts(written, cents):
    assert read_cents(written) == cents


@pytest.mark.parametrize("written", ["", "beaucoup", "1,005", "NaN", "Infinity", "1e99"])
def test_what_is_no_amount_is_said(written):
    with pytest.raises(UserError):
        read_cents(written)


def test_whole_numbers_with_their_unit():
    assert read_whole("1 224 km") == 1224
    for written in ("-3", "1,5", "douze", "9" * 12):
        with pytest.raises(UserError):
            read_whole(written)


@given(st.dates(dt.date(1960, 1, 1), dt.date(2059, 12, 31)))
def test_a_date_that_is_shown_reads_back(value):
    assert typed(BY_KEY["start"], shown(BY_KEY["start"], value)) == value


@given(st.integers(0, 10**10))
def test_an_amount_that_is_shown_reads_back(cents):
    assert read_cents(shown(BY_KEY["total"], cents)) == cents


@given(st.integers(0, 10**8))
def test_a_distance_that_is_shown_reads_back(value):
    assert typed(BY_KEY["distance_km"], shown(BY_KEY["distance_km"], value)) == value


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_is_shown_reads_back_in_either_language(language):
    i18n.use(language)
    try:
        for value in (7, 1_720, 12_345_678):
            assert read_whole(shown(BY_KEY["distance_km"], value)) == value
            assert read_cents(shown(BY_KEY["total"], value)) == value
        assert read_cents("12,50") == 1250
        assert read_cents("€1,482.50" if language == "en" else "1 482,50 €") == 148250
    finally:
        i18n.use("fr")


def test_text_is_trimmed_and_limited():
    field = BY_KEY["last_name"]
    assert typed(field, "  Zoé\u00a0") == "Zoé"
    assert typed(field, " ") is None
    with pytest.raises(UserError, match="120"):
        typed(field, "x" * 121)


def test_an_address_without_at_is_said():
    assert typed(BY_KEY["email"], "zoe@lycee.example") == "zoe@lycee.example"
    with pytest.raises(UserError):
        typed(BY_KEY["email"], "zoe.lycee.example")


def test_words_for_what_is_stored():
    assert shown(BY_KEY["country"], "ES") == "Espagne"
    assert shown(BY_KEY["green"], True) == "oui"
    assert shown(BY_KEY["status"], "pupil") == "Élève"
    assert shown(BY_KEY["total"], None) == ""
