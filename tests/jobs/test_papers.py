"""The accountant's papers from a dossier: the same figures in the sheet, in the PDF and in the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import page
import pytest
from pikepdf import pdfa

from mobility_app import i18n
from mobility_app.actions import accounts as verbs
from mobility_app.actions import members, mobilities, participants, projects
from mobility_app.actions import papers as register
from mobility_app.cli import main
from mobility_app.core.facts import MobilityRow, ProjectRow
from mobility_app.core.statements import AccountPaper
from mobility_app.documents.paper_table import money
from mobility_app.errors import UserError
from mobility_app.jobs import papers
from mobility_app.store import queries
from mobility_app.store.database import Database, open_database
from mobility_app.store.journal import Label
from tests.documents.invented import page_count, text
from tests.store import world

LABEL = Label("a change")
TODAY = world.TODAY
IBAN = "FR7630006000011234567890189"  # the one that banks print as an example


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "d.mobility", create=True) as db:
        world.found(db, 5)
        yield db


def project(db: Database) -> ProjectRow:
    with db.read() as s:
        return queries.projects(s)[0]


def stays(db: Database) -> list[MobilityRow]:
    with db.read() as s:
        return queries.mobilities(s, today=TODAY)


def furnished(db: Database) -> list[MobilityRow]:
    """Two contracts signed, one account known, a departure with an invoice, a member with transfers."""
    rows, chosen = stays(db), project(db)
    with db.write(LABEL) as s:
        projects.change(s, chosen.id, budget_code="ACTI-0ERAS")
        register.set_state(s, [row.id for row in rows[:2]], "CONTRAT", "signed", dt.date(2026, 4, 10))
        participants.change(s, rows[0].participant_id, iban="fr76 3000 6000 0112 3456 7890 189", bic="agrifrpp")
        participants.change(s, rows[0].participant_id, account_holder="Mme MARTIN Hélène")
        for row in rows[:3]:
            mobilities.change(s, row.id, flow="Mai Cadix")
        flow = mobilities.find_or_add_flow(s, chosen.id, "Mai Cadix")
        verbs.expense(s, "travel", 60_001, flow_id=flow)
        verbs.expense(s, "travel", 7_700, flow_id=mobilities.find_or_add_flow(s, chosen.id, "Vide"))
        members.change(s, chosen.id, rows[0].sending_id or "", places=8, cents=10_000_000)
        verbs.transfer(s, chosen.id, rows[0].sending_id or "", "instalment", 900_000, dt.date(2026, 3, 1), "mandat 118")
    return stays(db)


def made(db: Database, paper: str, **options: Any) -> papers.Made:
    return papers.make(db, project(db), paper, today=TODAY, **options)


def sheet_values(path: Path, name: str = "") -> list[list[Any]]:
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = book[name] if name else book.worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def cents(paper: AccountPaper) -> list[int]:
    """Every amount of a paper, totals too."""
    found = []
    for table in paper.tables:
        for n, column in enumerate(table.columns):
            if column.kind == "money":
                found += [cell for row in table.rows if isinstance(cell := row[n], int)]
                found += [table.total(n)] if column.total and table.rows else []
    return found


@pytest.mark.parametrize("paper", papers.PAPERS)
def test_sheet_and_pdf_show_every_figure_of_the_same_value(db: Database, tmp_path: Path, paper: str) -> None:
    furnished(db)
    found = made(db, paper)
    amounts = [amount for one in found.papers for amount in cents(one)]
    assert amounts
    for ending in ("xlsx", "pdf"):
        assert papers.write(tmp_path / f"paper.{ending}", found.papers)
    written = {
        round(v * 100) for row in sheet_values(tmp_path / "paper.xlsx") for v in row if isinstance(v, int | float)
    }
    shown = text(tmp_path / "paper.pdf").replace("\u202f", " ").replace("\xa0", " ")
    for amount in amounts:
        assert amount in written
        assert money(amount, "fr").replace("\u202f", " ").replace("\xa0", " ") in shown
    assert pdfa.validate_written(tmp_path / "paper.pdf", "2b").passed
    assert page.validate_pdf(tmp_path / "paper.pdf", profile=page.ValidationProfile.PDF_A_2B).is_compliant
    report = page.validate_pdf(tmp_path / "paper.pdf", profile=page.ValidationProfile.PDF_UA_1)
    assert {failure.rule_id for failure in report.failures} == {"PDFUA1-ID-PART-001", "PDFUA1-ID-SCHEMA-001"}


def test_the_nominative_list_adds_up_to_the_grants(db: Database, tmp_path: Path) -> None:
    rows = furnished(db)
    (paper,) = made(db, "nominative").papers
    (table,) = paper.tables
    assert table.total(len(table.columns) - 1) == paper.settled == sum(row.total or 0 for row in rows)
    assert [sum(row[8:11]) for row in table.rows] == [row[11] for row in table.rows]
    papers.write(tmp_path / "p.xlsx", [paper])
    formulas = openpyxl.load_workbook(tmp_path / "p.xlsx").worksheets[0]
    assert sum(str(cell.value).startswith("=SUM(") for row in formulas.iter_rows() for cell in row) == 4


def test_who_is_not_planned_is_on_no_list(db: Database) -> None:
    rows = furnished(db)
    with db.write(LABEL) as s:
        mobilities.decide(s, [rows[0].id], "withdrawn", "change of plan")
    assert len(made(db, "nominative").papers[0].tables[0].rows) == len(rows) - 1
    assert len(made(db, "payments").papers[0].tables[0].rows) == 1


def test_an_unknown_amount_is_told_and_nothing_is_settled(db: Database, tmp_path: Path) -> None:
    rows = furnished(db)
    with db.write(LABEL) as s:
        mobilities.change(s, rows[2].id, distance_km=None)
    (paper,) = made(db, "nominative").papers
    assert (paper.incomplete, paper.settled) == (1, None)
    papers.write(tmp_path / "p.pdf", [paper])
    shown = text(tmp_path / "p.pdf")
    assert "Totaux provisoires" in shown
    assert "inconnu" in shown
    assert "Arrêté" not in shown


def test_one_batch_of_payments(db: Database, tmp_path: Path) -> None:
    rows = furnished(db)
    found = made(db, "payments")
    (paper,) = found.papers
    (table,) = paper.tables
    first = next(row for row in table.rows if row[0] == rows[0].number)
    shown = (first[2], first[3], first[4], first[6], first[8])
    advance = (rows[0].total or 0) * 80 // 100
    assert shown == ("Mme MARTIN Hélène", "FR76 3000 6000 0112 3456 7890 189", "AGRIFRPP", "ACTI-0ERAS", advance)
    assert len(table.rows) == 2
    assert [i18n.render(reason, "en") for reason in found.waiting] == [
        f"{r.full_name}: contract signed" for r in rows[2:]
    ]
    papers.write(tmp_path / "p.xlsx", found.papers)
    said = [cell for row in sheet_values(tmp_path / "p.xlsx") for cell in row if isinstance(cell, str)]
    assert any(line.startswith("Arrêté le présent état à la somme de") and "euros" in line for line in said)
    assert any("000000001-0001 AVANCE" in line for line in said)
    assert not made(db, "payments", batch="balance").papers[0].tables[0].rows


def test_leftovers_by_departure_member_and_project(db: Database) -> None:
    furnished(db)
    (paper,) = made(db, "leftovers").papers
    by_flow, by_member, whole = paper.tables
    assert [row[2] for row in by_flow.rows] == [60_001, None]
    assert by_flow.total(3) == by_member.total(3) == whole.rows[0][3]
    assert any("77" in i18n.render(remark) for remark in paper.remarks)  # the invoice of an empty departure


def test_a_statement_for_each_member(db: Database, tmp_path: Path) -> None:
    rows = furnished(db)
    found = made(db, "members", member=(rows[0].sending_organisation or "")[:4].upper())
    (paper,) = found.papers
    places, transfers, balance, mobilities_ = paper.tables
    assert places.rows[0][:3] == (8, len(rows), 8 - len(rows))
    assert transfers.rows[0][2:] == ("mandat 118", 900_000)
    assert balance.rows[0][0] == mobilities_.total(5) == sum(row.total or 0 for row in rows)
    with pytest.raises(UserError, match="nulle part"):
        made(db, "members", member="nulle part")


def test_many_rows_go_on_under_the_same_header(db: Database, tmp_path: Path) -> None:
    with db.write(LABEL) as s:
        world.import_sheet(s, project(db).id, 120)
    (paper,) = made(db, "nominative").papers
    papers.write(tmp_path / "p.pdf", [paper])
    pages, shown = page_count(tmp_path / "p.pdf"), text(tmp_path / "p.pdf")
    assert pages > 3
    assert shown.count("Participant") == pages
    assert all(f"page {n}/{pages}" in shown for n in range(1, pages + 1))
    assert shown.index("Arrêté le présent état") > shown.index(f"page {pages - 1}/{pages}")
    assert "NOM119" in shown


def test_the_full_account_stands_on_the_payment_list_alone(db: Database, tmp_path: Path) -> None:
    furnished(db)
    for paper in papers.PAPERS:
        papers.write(tmp_path / "p.pdf", made(db, paper).papers)
        digits = text(tmp_path / "p.pdf").replace(" ", "")
        assert (IBAN in digits) == (paper == "payments")


def test_bad_words_are_refused(db: Database, tmp_path: Path) -> None:
    (paper,) = made(db, "nominative").papers
    with pytest.raises(UserError, match=r"p\.docx"):
        papers.write(tmp_path / "p.docx", [paper])
    with pytest.raises(UserError, match="vote"):
        made(db, "vote")
    with pytest.raises(UserError, match="third"):
        made(db, "payments", batch="third")
    assert not list(tmp_path.glob("p.*"))


def test_cancelled_leaves_no_file(db: Database, tmp_path: Path) -> None:
    furnished(db)
    for ending in ("xlsx", "pdf"):
        assert not papers.write(tmp_path / f"p.{ending}", made(db, "nominative").papers, progress=lambda _d, _t: False)
    assert not list(tmp_path.glob("p.*"))


def test_the_command_line_writes_and_tells_who_waits(db: Database, tmp_path: Path, capsys) -> None:
    furnished(db)
    db.close()
    arguments = ["accounts", str(tmp_path / "d.mobility"), "--paper", "payments", "--out", str(tmp_path / "p.pdf")]
    assert main([*arguments, "--today", TODAY.isoformat()]) == 0
    said = capsys.readouterr().out
    assert said.count("Pas sur cette liste") == 3
    assert (tmp_path / "p.pdf").exists()
    assert main([*arguments[:-1], str(tmp_path / "p.txt")]) == 2
    assert "p.txt" in capsys.readouterr().err
