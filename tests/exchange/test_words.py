"""Cells as people write them: numbers, yes and no, choices, texts; what is not understood is said, never guessed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app.exchange.words import Reading, accompanies, displayed, number, read_value
from mobility_app.fields import BY_KEY, MOBILITY
from mobility_app.i18n import LANGUAGES, catalogue, render


def read(key: str, cell: object) -> Reading:
    return read_value(BY_KEY[key], cell)


def value(key: str, cell: object) -> object:
    return read(key, cell).value


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1 234,50 €", "1234.50"),
        ("1\u00a0234,50\u00a0€", "1234.50"),
        ("1\u202f760,50 €", "1760.50"),
        ("1'234.50", "1234.50"),
        ("1’234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234", "1234"),
        ("1,234", "1234"),
        ("12,5", "12.5"),
        ("1234,5 EUR", "1234.5"),
        ("-12,00 €", "-12"),
        ("−12", "-12"),
        ("1 234 567", "1234567"),
        ("1.234.567,89", "1234567.89"),
    ],
)
def test_numbers(written: str, expected: str) -> None:
    assert number(written, {"€", "eur"}) == Decimal(expected)


@pytest.mark.parametrize(
    "written", ["", "abc", "12 34", "12-13", "1,234,50", "12 kg", "1200 A/R", "1e5", "٣ x", "½", "--3"]
)
def test_what_is_no_number(written: str) -> None:
    assert number(written, {"€"}) is None


@given(st.integers(0, 10**9), st.sampled_from([" ", "\u00a0", "\u202f", ".", ",", "'"]))
def test_grouped_digits_mean_the_same_number(amount: int, sign: str) -> None:
    assert number(f"{amount:,}".replace(",", sign)) == amount


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (1340, 1340),
        ("2160 km", 2160),
        ("2160KM", 2160),
        ("1 340 km", 1340),
        (499.9, 499),
        ("env. 370 kms", 370),
        ("≈ 370", 370),
    ],
)
def test_kilometres_leave_the_started_one_out(cell: object, expected: int) -> None:
    assert value("distance_km", cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"), [(2, 2), ("2 j", 2), ("2 jours", 2), ("0", 0), (dt.date(1900, 1, 1), 2), (4.0, 4)]
)
def test_whole_numbers(cell: object, expected: int) -> None:
    assert value("travel_days", cell) == expected


@pytest.mark.parametrize("cell", ["deux", 2.5, -1, "2-3", True, "9999999999", dt.date(2027, 3, 1)])
def test_unreadable_numbers_are_a_note(cell: object) -> None:
    reading = read("travel_days", cell)
    assert reading.value is None
    assert not reading.refuses
    assert "Nombre illisible" in render(reading.trouble, "fr")


@pytest.mark.parametrize(
    "cell", ["O", "o", "oui", "OUI", "x", "X", "yes", "vrai", "1", 1, True, "✓", "oui (train)", "Oui "]
)
def test_yes(cell: object) -> None:
    assert read("green", cell) == Reading(True)


@pytest.mark.parametrize("cell", ["N", "n", "non", "no", "faux", "0", 0, False, "-", "Non, avion"])
def test_no(cell: object) -> None:
    assert read("green", cell) == Reading(False)


def test_neither_yes_nor_no() -> None:
    assert read("green", None) == Reading()
    said = read("green", "peut-être")
    assert (said.value, said.refuses) == (None, False)
    assert render(said.trouble, "fr") == "«\u00a0peut-être\u00a0» n’est ni oui ni non\u00a0: case laissée vide."


def test_a_reason_for_inclusion_is_never_repeated() -> None:
    said = read("fewer_opportunities", "une raison très personnelle")
    assert said.value is None
    assert "personnelle" not in render(said.trouble, "fr") + repr(said.trouble)


CHOICES = [
    ("activity", "Courte durée", "VET_SHORT_TERM"),
    ("activity", "courte duree", "VET_SHORT_TERM"),
    ("activity", "LM-LONG-VET", "VET_LONG_TERM_ERASMUSPRO"),
    ("activity", "ErasmusPro", "VET_LONG_TERM_ERASMUSPRO"),
    ("activity", "ErasmusPro (> 3 mois)", "VET_LONG_TERM_ERASMUSPRO"),
    ("activity", "Cours et formation", "COURSES_TRAINING"),
    ("activity", "Observation en situation de travail", "JOB_SHADOWING"),
    ("activity", "JOB_SHADOWING", "JOB_SHADOWING"),
    ("status", "élève", "pupil"),
    ("status", "APPRENTI", "apprentice"),
    ("status", "personnel", "staff"),
    ("gender", "M.", "male"),
    ("gender", "Mme", "female"),
    ("decision", "non retenu", "not_selected"),
    ("means", "Covoiturage", "car_pooling"),
    ("bm_state", "complet", "complete"),
]


@pytest.mark.parametrize(("key", "cell", "expected"), CHOICES)
def test_choices(key: str, cell: str, expected: str) -> None:
    assert read(key, cell) == Reading(expected)


@pytest.mark.parametrize("field", [field for field in MOBILITY if field.choices], ids=lambda field: field.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_that_we_write_is_read_again(field: object, language: str) -> None:
    for choice in field.choices:
        assert value(field.key, catalogue(language).gettext(choice.title)) == choice.code
        assert value(field.key, choice.code) == ("bus" if choice.code == "car" else choice.code)  # un car is a coach


def test_a_choice_read_by_resemblance_is_said() -> None:
    said = read("activity", "Stage courte durée en entreprise")
    assert said.value == "VET_SHORT_TERM"
    assert "est compris comme" in render(said.trouble, "fr")
    assert read("activity", "Courte durrée").value == "VET_SHORT_TERM"
    assert read("activity", "mission de formation à Cork").value == "TEACHING_TRAINING_ASSIGNMENT"


@pytest.mark.parametrize(
    ("key", "cell"), [("decision", "pas retenu"), ("activity", "vacances"), ("status", "42"), ("status", 42)]
)
def test_unknown_choices_are_left_empty(key: str, cell: object) -> None:
    said = read(key, cell)
    assert (said.value, said.refuses) == (None, False)
    assert "n’est pas un terme connu pour" in render(said.trouble, "fr")


@pytest.mark.parametrize(
    "cell", ["accompagnateur", "Accompagnatrice", "Accompagnement", "personnel accompagnateur", "accompanying person"]
)
def test_people_who_accompany(cell: str) -> None:
    assert accompanies(cell)


@pytest.mark.parametrize("cell", ["élève", "personnel", "compagnon", None, 3])
def test_people_who_do_not(cell: object) -> None:
    assert not accompanies(cell)


def test_texts_stay_as_typed() -> None:
    assert value("last_name", "Martin\u00a0") == "Martin"
    assert value("last_name", "\u200b D'ALMEIDA\t") == "D'ALMEIDA"
    assert value("first_name", "Ele\u0301onore") == "Éléonore".replace("É", "E")
    assert value("last_name", "N\u2019GUYEN") == "N\u2019GUYEN"
    assert value("notes", "un\ndeux") == "un\ndeux"
    assert value("host", "Zespół\nSzkół") == "Zespół Szkół"
    assert value("class_name", 2) == "2"
    assert value("class_name", 2.5) == "2,5"
    assert value("sending_uai", " 0281706c ") == "0281706C"
    assert value("last_name", "-") is None
    assert value("phone", 612345678) == "0612345678"
    assert value("phone", "+33 6 12") == "+33 6 12"


def test_a_text_that_is_too_long_is_cut_and_said() -> None:
    said = read("last_name", "x" * 500)
    assert len(said.value) == BY_KEY["last_name"].length
    assert not said.refuses
    assert "120" in render(said.trouble, "fr")


@pytest.mark.parametrize("key", ["start", "country", "travel_days", "status"])
def test_words_for_unknown_are_no_error(key: str) -> None:
    assert read(key, "?") == Reading()
    said = read(key, "à définir")
    assert (said.value, said.refuses) == (None, False)
    assert "pas encore connu" in render(said.trouble, "fr")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, ""),
        (137, "137"),
        (137.5, "137,5"),
        (0.1 + 0.2, "0,3"),
        (True, "VRAI"),
        (dt.date(2027, 3, 1), "01/03/2027"),
        (" a\u00a0", "a"),
    ],
)
def test_her_own_columns_keep_what_the_sheet_shows(cell: object, shown: str) -> None:
    assert displayed(cell) == shown
