"""Sheets that are no list of stays: people, schools and hosts, payments; planned, written and undone alike."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from mobility_app.actions import mobilities, organisations, participants, payments
from mobility_app.errors import UserError
from mobility_app.exchange.book import Book, Sheet, SheetRow
from mobility_app.jobs import import_words
from mobility_app.jobs import importing as job
from mobility_app.store import queries
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label
from mobility_app.store.schema import Membership, Organisation, Payment
from tests.actions.conftest import TODAY

LABEL = Label("a change")
_ORDER = {Organisation: Organisation.number, Payment: Payment.date, Membership: Membership.id}
BORN = dt.date(2008, 5, 4)


def planned(db, *rows, name="Feuille 1", **options):
    cells = tuple(SheetRow(number, tuple(row)) for number, row in enumerate(rows, 1))
    table = job.table_of(db, Book("liste.xlsx", (Sheet(name, cells),)))
    return job.preview(db, table, None, today=TODAY, **options)


def bring_in(db, *rows, **options):
    chosen = planned(db, *rows, **options)
    job.write(db, chosen)
    return chosen.plan


def decisions(plan) -> list[str]:
    return [row.decision for row in plan.rows]


def people(db) -> list:
    with db.read() as s:
        return queries.participants(s)


def kept(db, kind) -> list:
    with db.read() as s:
        return list(s.scalars(select(kind).where(kind.deleted.is_(None)).order_by(_ORDER[kind])))


# ---- people

TITLES = ("Nom", "Prénom", "Né(e) le", "Établissement", "Mail", "Classe")
LEA = ("Lefèvre", "Léa", "04/05/2008", "LP Jeanne-Barret", "lea@example.org", "2 TU")


def test_people_come_in_without_stays_and_without_a_project(dossier) -> None:
    with open_database(dossier) as db:
        plan = bring_in(db, TITLES, LEA, ("Petit", "Inès", "", "LP Jeanne-Barret", "", ""), ("Total", "", "2"))
        assert (plan.table.kind, decisions(plan)) == ("participants", ["add", "add"])
        assert [(row.full_name, row.organisation, row.mobilities) for row in people(db)] == [
            ("Lefèvre Léa", "LP Jeanne-Barret", 0),
            ("Petit Inès", "LP Jeanne-Barret", 0),
        ]
        with db.read() as s:
            assert queries.projects(s) == []
        again = bring_in(db, TITLES, LEA)
        assert decisions(again) == ["unchanged"]
        db.undo()
        assert people(db) == []


def test_a_known_person_is_corrected_and_what_she_typed_stands(db) -> None:
    bring_in(db, TITLES, LEA)
    with db.write(LABEL) as s:
        participants.change(s, people(db)[0].id, email="by.hand@example.org")
    moved = (*LEA[:3], "CFA Numérique", "other@example.org", "1 TU")
    plan = bring_in(db, TITLES, moved)
    assert decisions(plan) == ["change"]
    assert list(plan.rows[0].kept) == ["email"]
    lea = people(db)[0]
    assert (lea.organisation, lea.email, lea.class_name) == ("CFA Numérique", "by.hand@example.org", "1 TU")


def test_the_same_person_twice_is_one(db) -> None:
    plan = bring_in(db, TITLES, LEA, ("LEFEVRE", "Lea", *LEA[2:]))
    assert decisions(plan) == ["add", "duplicate"]
    assert import_words.reasons(plan.rows[1]) == [("", "Même personne qu’à la ligne 2.")]
    assert len(people(db)) == 1


def test_a_near_person_is_proposed(db) -> None:
    bring_in(db, TITLES, LEA)
    plan = planned(db, TITLES, ("Lefèvre", "Léah", *LEA[2:])).plan
    assert [near.name for near in plan.rows[0].near] == ["Lefèvre Léa"]
    assert plan.rows[0].near[0].planned.decision == "unchanged"


# ---- schools and hosts


def test_schools_come_in_and_are_members_of_the_project(db, project_id) -> None:
    titles = ("Établissement", "UAI", "Ville", "Courriel", "Adhésion")
    plan = bring_in(db, titles, ("LP Simone-Veil", "0280925X", "Dreux", "lp@example.org", "2024"), ("CFA de la Loire",))
    assert (plan.table.kind, decisions(plan)) == ("organisations", ["add", "add"])
    found = [row for row in kept(db, Organisation) if row.name in ("LP Simone-Veil", "CFA de la Loire")]
    assert [(row.name, row.uai, row.is_sender, row.notes) for row in found] == [
        ("LP Simone-Veil", "0280925X", True, "Adhésion : 2024"),
        ("CFA de la Loire", None, True, None),
    ]
    assert {row.organisation_id for row in kept(db, Membership)} >= {row.id for row in found}
    again = planned(db, titles, ("LP SIMONE VEIL", "0280925X", "Dreux", "lp@example.org", "2024")).plan
    assert decisions(again) == ["unchanged"]


def test_a_host_is_known_by_its_code_or_by_name_and_country(db) -> None:
    with db.write(LABEL) as s:
        known = organisations.add(s, "host", name="Harbour Bakery", country="IE")
    titles = ("Nom", "OID", "Pays", "Ville")
    plan = bring_in(
        db,
        titles,
        ("Harbour bakery", "E10000001", "Irlande", "Cork"),
        ("Harbour Bakery", "", "Portugal", "Braga"),
        ("The Bakery", "E 1000 0001", "", ""),
    )
    assert decisions(plan) == ["change", "add", "duplicate"]
    assert plan.rows[0].organisation_id == known
    assert plan.rows[2].same_as == 2
    assert [(row.name, row.oid, row.town, row.is_host) for row in kept(db, Organisation)] == [
        ("Harbour Bakery", "E10000001", "Cork", True),
        ("Harbour Bakery", None, "Braga", True),
    ]


def test_the_role_of_a_new_one_is_likely_and_a_known_one_keeps_its_own(db) -> None:
    with db.write(LABEL) as s:
        organisations.add(s, "host", name="Oficinas")
    rows = ("Harbour Bakery", "", "Irlande"), ("LP Simone-Veil", "0280925X", ""), ("Oficinas", "", "")
    plan = bring_in(db, ("Nom", "UAI", "Pays"), *rows)
    assert decisions(plan) == ["add", "add", "unchanged"]
    found = {row.name: (row.is_sender, row.is_host) for row in kept(db, Organisation)}
    assert found == {"Oficinas": (False, True), "Harbour Bakery": (False, True), "LP Simone-Veil": (True, False)}


def test_an_organisation_changed_by_hand_keeps_her_value(db) -> None:
    titles = ("Entreprise", "Pays", "Ville")
    bring_in(db, titles, ("Talleres", "Espagne", "Sevilla"))
    with db.write(LABEL) as s:
        organisations.change(s, kept(db, Organisation)[0].id, town="Jaén")
    plan = bring_in(db, titles, ("Talleres", "Espagne", "Granada"))
    assert (decisions(plan), list(plan.rows[0].kept)) == (["unchanged"], ["organisation:town"])


# ---- payments

PAID = ("N°", "Nom", "Prénom", "Type", "Montant", "Payé le", "Mandat")


@pytest.fixture
def stay(db, project_id):
    with db.write(LABEL) as s:
        who = participants.add(s, last_name="Lefèvre", first_name="Léa", birth_date=BORN)
        return mobilities.add(s, project_id, who, country="ES", start=dt.date(2027, 3, 1), bm_id="212345-MOB-00001")


def entered(db) -> list:
    return [(row.kind, row.cents, row.date, row.reference) for row in kept(db, Payment)]


def test_payments_find_their_stay_and_are_entered_once(db, stay) -> None:
    rows = (
        ("", "LEFEVRE", "Lea", "Avance", "1 200,50 €", "01/02/2027", "M-12"),
        ("", "LEFEVRE", "Lea", "Solde", 300, "15/05/2027", ""),
        ("", "LEFEVRE", "Lea", "", -50, "20/05/2027", ""),
        ("", "LEFEVRE", "Lea", "solde", 300, "15/05/2027", ""),
    )
    plan = bring_in(db, PAID, *rows)
    assert (plan.table.kind, decisions(plan)) == ("payments", ["add", "add", "add", "duplicate"])
    assert entered(db) == [
        ("advance", 120050, dt.date(2027, 2, 1), "M-12"),
        ("balance", 30000, dt.date(2027, 5, 15), None),
        ("repayment", -5000, dt.date(2027, 5, 20), None),
    ]
    assert decisions(bring_in(db, PAID, *rows)) == ["unchanged", "unchanged", "unchanged", "duplicate"]
    db.undo()
    assert entered(db) == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "Inconnu", "Paul", "Avance", 100, "01/02/2027", ""), "aucune mobilité de cette personne"),
        (("99", "", "", "Avance", 100, "01/02/2027", ""), "aucune mobilité n° 99"),
        (("1", "Martin", "", "Avance", 100, "01/02/2027", ""), "est la mobilité de"),
        (("1", "", "", "Avance", "", "01/02/2027", ""), "montant manque"),
        (("1", "", "", "Avance", 100, "", ""), "jour du paiement manque"),
    ],
)
def test_a_payment_without_its_stay_sum_or_day_is_refused(db, stay, row, words) -> None:
    plan = bring_in(db, PAID, row)
    assert decisions(plan) == ["refused"]
    assert words in " ".join(said for _column, said in import_words.reasons(plan.rows[0]))
    assert entered(db) == []


def test_of_several_stays_the_number_chooses(db, project_id, stay) -> None:
    with db.write(LABEL) as s:
        mobilities.add(s, project_id, people(db)[0].id, country="PT", start=dt.date(2027, 6, 1))
    assert decisions(planned(db, PAID, ("", "Lefèvre", "Léa", "Avance", 100, "01/02/2027", "")).plan) == ["refused"]
    assert decisions(planned(db, PAID, ("2", "", "", "", 100, "01/02/2027", "")).plan) == ["add"]


def test_a_first_payment_without_a_kind_is_the_advance_and_the_next_the_balance(db, stay) -> None:
    with db.write(LABEL) as s:
        payments.add(s, stay, "advance", 50000, dt.date(2027, 1, 2))
    plan = planned(db, PAID, ("1", "", "", "", 100, "01/02/2027", "")).plan
    assert plan.rows[0].row.values["entry:kind"] == "balance"
    assert "Sans type" in import_words.reasons(plan.rows[0])[0][1]


def test_payments_need_a_project(dossier) -> None:
    with open_database(dossier) as db, pytest.raises(UserError):
        planned(db, ("Nom", "Prénom", "Montant", "Date"), ("A", "B", 100, "01/02/2027"))


# ---- stopping


def test_a_stopped_import_leaves_nothing(db, project_id) -> None:
    chosen = planned(db, TITLES, LEA, ("Petit", "Inès", "", "", "", ""))
    with pytest.raises(UserError, match="rien n’a été écrit"):
        job.write(db, chosen, lambda done, _all: done < 1)
    assert people(db) == []
    assert kept(db, Organisation) == []
