"""Who is left out, and why; which print is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from mobility_app.documents.certificate import check, choose_print
from mobility_app.i18n import render
from tests.documents.invented import ROW, STAY, TODAY, row


def why(**facts: object) -> str:
    printable, left_out = check([row(**facts)])
    assert not printable
    return render(left_out[0].reason, "fr").replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"last_name": " "}, "Il manque : le nom."),
        ({"first_name": ""}, "Il manque : le prénom."),
        ({"start": None}, "Il manque : la date de début."),
        ({"end": None, "host": None}, "Il manque : la date de fin, l’organisme d’accueil."),
        (
            {"host_address": None, "host_town": None, "town": None},
            "Il manque : la ville de l’organisme d’accueil.",
        ),
        ({"host_country": None, "country": None}, "Il manque : le pays de l’organisme d’accueil."),
        ({"activity": None}, "Il manque : l’activité ou son objet."),
        ({"decision": "candidate"}, "Cette mobilité est marquée « Candidat »."),
        ({"decision": "withdrawn"}, "Cette mobilité est marquée « Désisté »."),
        ({"decision": "not_selected"}, "Cette mobilité est marquée « Non retenu »."),
        ({"decision": "cancelled"}, "Cette mobilité est marquée « Annulé »."),
        ({"start": dt.date(2026, 6, 1)}, "L’activité finit le 22/05/2026, avant son début (01/06/2026)."),
    ],
)
def test_left_out_with_the_reason(facts: dict[str, object], reason: str) -> None:
    assert why(**facts) == reason


@pytest.mark.parametrize(
    ("facts", "letter", "field"),
    [
        ({"first_name": "小明"}, "« 小 » (U+5C0F)", "« Nom »"),
        ({"last_name": "محمد"}, "« م » (U+0645)", "« Nom »"),
        ({"host": "בית ספר"}, "« ב » (U+05D1)", "« Organisme d’accueil »"),
        ({"host": "हिन्दी"}, "« ह » (U+0939)", "« Organisme d’accueil »"),
        ({"purpose": "Café 🎉"}, "« 🎉 » (U+1F389)", "« Objet »"),
    ],
)
def test_letters_that_cannot_be_printed_are_named(facts: dict[str, object], letter: str, field: str) -> None:
    reason = why(**facts)
    person = f"{facts.get('last_name', 'MARTIN')} {facts.get('first_name', 'Maëlys')}"
    assert reason.startswith(f"{person}, {field}")
    assert letter in reason


def test_the_others_are_printed_in_their_order() -> None:
    printable, left_out = check([row(1), row(2, host=None), row(3, decision="interrupted"), row(4, end=None)])
    assert [given.number for given in printable] == ["0001", "0003"]
    assert [(person.mobility_id, person.name) for person in left_out] == [
        ("stay-2", "MARTIN Maëlys"),
        ("stay-4", "MARTIN Maëlys"),
    ]


def test_what_suffices() -> None:
    enough = {"host_address": None, "host_town": None, "host_country": None, "birth_date": None, "bm_id": None}
    assert check([row(**enough)])[1] == []
    assert check([row(role="accompanying", activity=None)])[1] == []
    assert check([row(activity=None, purpose="Poser une charpente")])[1] == []


def test_final_not_before_the_last_day() -> None:
    final = replace(ROW, print="final", issued_on=dt.date(2026, 5, 21))
    (left_out,) = check([final])[1]
    assert "avant le dernier jour de l’activité (22/05/2026)" in render(left_out.reason, "fr")
    assert check([replace(final, issued_on=None)])[1]
    assert check([replace(final, issued_on=dt.date(2026, 5, 22))])[1] == []
    assert check([replace(final, print="to-sign")])[1] == []


@pytest.mark.parametrize(
    ("today", "confirmed", "expected"),
    [
        (dt.date(2026, 5, 14), False, "draft"),
        (dt.date(2026, 5, 14), True, "draft"),
        (dt.date(2026, 5, 15), False, "to-sign"),
        (dt.date(2026, 5, 21), True, "to-sign"),
        (dt.date(2026, 5, 22), True, "final"),
        (TODAY, False, "to-sign"),
        (TODAY, True, "final"),
    ],
)
def test_the_print_that_is_due(today: dt.date, confirmed: bool, expected: str) -> None:
    assert choose_print(STAY, today, confirmed) == expected


def test_unknown_end_is_a_draft() -> None:
    assert choose_print(replace(STAY, end=None), TODAY, end_confirmed=True) == "draft"
