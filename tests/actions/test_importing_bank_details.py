"""IBAN, BIC and holder in a sheet: entered when right, told with their row when not, never exported."""

import datetime as dt
from dataclasses import replace

import openpyxl
import pytest

from mobility_app.actions import deciding, importing, participants
from mobility_app.core.bank import Account
from mobility_app.jobs import importing as job
from mobility_app.jobs import reports
from mobility_app.store import accounts, dump, queries
from mobility_app.store.journal import Label
from tests.actions.conftest import REFERENCE, TODAY

IBAN = "FR7630006000011234567890189"
OTHER = "DE89370400440532013000"
TITLES = ("Nom", "Prénom", "Date de naissance", "Pays", "Départ", "Retour", "IBAN", "BIC", "Titulaire du compte")
LABEL = Label("a change")


@pytest.fixture
def sheet(tmp_path):
    def write(*rows, name="rib.xlsx"):
        """Rows are (last name, month of departure, IBAN, BIC, holder)."""
        book = openpyxl.Workbook()
        book.active.append(TITLES)
        for last, month, *account in rows:
            stay = (dt.date(2008, 5, 4), "ES", dt.date(2027, month, 1), dt.date(2027, month, 20))
            book.active.append((last, "Zoé", *stay, *account))
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def planned(db, path):
    return job.preview(db, job.understand(db, path), REFERENCE, today=TODAY)


def bring_in(db, path):
    chosen = planned(db, path)
    job.write(db, chosen)
    return chosen.plan


def account_of(db, last):
    with db.read() as s:
        person = next(row for row in queries.participants(s) if row.last_name == last)
        return accounts.bank_accounts(s, [person.id])[person.id]


def said(plan, number):
    row = next(row for row in plan.rows if row.row.number == number)
    return " ".join(sentence for _header, sentence in job.reasons(row))


def test_an_account_comes_with_a_new_person_and_goes_with_the_import(db, project_id, sheet) -> None:
    bring_in(db, sheet(("MARTIN", 3, "IBAN : fr76 3000-6000 0112 3456 7890 189", "agrifrpp", "Mme Martin")))
    assert account_of(db, "MARTIN") == Account(IBAN, "AGRIFRPP", "Mme Martin")
    again = planned(db, sheet(("MARTIN", 3, IBAN, "AGRIFRPP", "Mme Martin"))).plan
    assert not again.writes
    db.undo()
    with db.read() as s:
        assert accounts.known_accounts(s) == {}


def test_an_iban_that_is_not_right_is_told_with_its_row_and_the_person_comes_in(db, project_id, sheet) -> None:
    plan = bring_in(db, sheet(("MARTIN", 3, IBAN[:-1] + "8", "AGRIFRPP", "Mme Martin"), ("DUBOIS", 3, OTHER, "AGRI")))
    assert [row.decision for row in plan.rows] == ["add", "add"]
    assert "FR…0188" in said(plan, 2)
    assert "RIB" in said(plan, 2)
    assert IBAN[4:20] not in said(plan, 2)
    assert "AGRI" in said(plan, 3)
    assert account_of(db, "MARTIN") == Account()  # no holder of an account that nobody knows
    assert account_of(db, "DUBOIS") == Account(OTHER)
    with db.read() as s:  # and can be looked for once the import is over
        notes = {row.last_name: row.notes for row in queries.mobilities(s, today=TODAY)}
    assert notes == {"MARTIN": "IBAN : FR…0188", "DUBOIS": "BIC : AGRI"}


def test_another_iban_replaces_the_whole_account(db, project_id, sheet) -> None:
    bring_in(db, sheet(("MARTIN", 3, IBAN, "AGRIFRPP", "Mme Martin")))
    plan = bring_in(db, sheet(("MARTIN", 3, OTHER, None, None)))
    assert [row.decision for row in plan.rows] == ["change"]
    assert account_of(db, "MARTIN") == Account(OTHER)


def test_empty_cells_and_a_wrong_iban_leave_the_account_alone(db, project_id, sheet) -> None:
    bring_in(db, sheet(("MARTIN", 3, IBAN, "AGRIFRPP", "Mme Martin")))
    assert not planned(db, sheet(("MARTIN", 3, None, None, None))).plan.writes
    (row,) = bring_in(db, sheet(("MARTIN", 3, "RIB à demander", "COBADEFF", "Autre"))).rows
    assert dict(row.changes) == {"notes": (None, "IBAN : RIB à demander")}
    bring_in(db, sheet(("MARTIN", 3, None, None, "M. Martin")))
    assert account_of(db, "MARTIN") == Account(IBAN, "AGRIFRPP", "M. Martin")


def test_a_new_stay_of_a_known_person_brings_the_account(db, project_id, sheet) -> None:
    bring_in(db, sheet(("MARTIN", 3, None, None, None)))
    plan = bring_in(db, sheet(("MARTIN", 3, None, None, None), ("MARTIN", 6, IBAN, None, None)))
    assert [row.decision for row in plan.rows] == ["unchanged", "add"]
    assert account_of(db, "MARTIN") == Account(IBAN)


def test_two_rows_that_give_one_person_two_accounts_are_told(db, project_id, sheet) -> None:
    plan = bring_in(db, sheet(("MARTIN", 3, IBAN, None, None), ("MARTIN", 6, OTHER, "COBADEFF", "X")))
    assert "2" in said(plan, 3)
    assert "autre compte" in said(plan, 3)
    assert account_of(db, "MARTIN") == Account(IBAN)


def test_what_she_typed_stands_as_a_whole_until_she_takes_theirs(db, project_id, sheet) -> None:
    bring_in(db, sheet(("MARTIN", 3, None, None, None)))
    with db.read() as s:
        person = queries.participants(s)[0].id
    with db.write(LABEL) as s:
        participants.change(s, person, iban=IBAN)
    path = sheet(("MARTIN", 3, OTHER, "COBADEFF", "X"))
    chosen = planned(db, path)
    (row,) = chosen.plan.rows
    assert (row.decision, set(row.kept)) == ("unchanged", {"iban", "bic", "account_holder"})
    assert OTHER not in said(chosen.plan, 2)
    assert OTHER not in str(job.summary(chosen.plan))
    with db.write(LABEL) as s:
        importing.apply(s, replace(chosen.plan, rows=(deciding.take_theirs(row),)), project_id)
    assert account_of(db, "MARTIN") == Account(OTHER, "COBADEFF", "X")


def test_an_account_goes_out_in_no_export(db, project_id, sheet, tmp_path) -> None:
    bring_in(db, sheet(("MARTIN", 3, IBAN, "AGRIFRPP", "Mme Martin")))
    with db.read() as s:
        ids = [row.id for row in queries.mobilities(s, today=TODAY)]
        people = next(table for table in dump.tables(s) if table.name == "participant").rows
        changes = str([table.rows for table in dump.tables(s)])
    assert reports.export_table(db, tmp_path / "out.xlsx", ids, today=TODAY, her_columns=True)
    cells = [str(cell) for row in openpyxl.load_workbook(tmp_path / "out.xlsx").active.values for cell in row]
    assert "MARTIN" in cells
    assert not {"IBAN", IBAN, "AGRIFRPP", "Mme Martin", "Titulaire du compte"} & set(cells)
    assert people[0]["iban"] == "FR…0189"
    assert IBAN not in changes
