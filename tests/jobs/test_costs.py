"""Real costs of a dossier: invoices with their files, those who pay beside the programme, the Region's statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mobility_app.actions import accounts as verbs
from mobility_app.actions import files, mobilities, organisations, projects
from mobility_app.cli import main
from mobility_app.core.facts import MobilityRow, ProjectRow
from mobility_app.core.real_costs import Invoice
from mobility_app.errors import UserError
from mobility_app.i18n import render
from mobility_app.jobs import costs, invoices, papers
from mobility_app.store import expenses, queries
from mobility_app.store.database import Database, open_database
from mobility_app.store.journal import Label
from mobility_app.store.schema import CoFunding, Expense
from mobility_app.store.story import label_text
from tests.store import world

LABEL = Label("a change")
TODAY = world.TODAY
PDF = b"%PDF-1.7 invented"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "d.mobility", create=True) as db:
        world.found(db, 3)
        yield db


def project(db: Database) -> ProjectRow:
    with db.read() as s:
        return queries.projects(s)[0]


def stays(db: Database) -> list[MobilityRow]:
    with db.read() as s:
        return queries.mobilities(s, today=TODAY)


def leave_together(db: Database, count: int = 2) -> str:
    """The departure of the first ones."""
    rows, chosen = stays(db), project(db)
    with db.write(LABEL) as s:
        flow = mobilities.find_or_add_flow(s, chosen.id, "Mars Cadix")
        mobilities.change_many(s, [row.id for row in rows[:count]], {"flow": "Mars Cadix"})
    return flow


def of_project(db: Database) -> costs.Costs:
    with db.read() as s:
        return costs.of_project(s, project(db), today=TODAY)


def of_stay(db: Database, row: MobilityRow) -> costs.StayCosts:
    with db.read() as s:
        context = costs.of_project(s, project(db), today=TODAY)
        return costs.of_stay(s, row, context.money[row.id], today=TODAY)


def first(db: Database) -> Invoice:
    return of_project(db).invoices[0]


def test_an_invoice_is_changed_moved_and_thrown_away(db: Database) -> None:
    flow, stay = leave_together(db), stays(db)[2]
    with db.write(LABEL) as s:
        id_ = verbs.expense(s, "travel", 60_001, flow_id=flow, supplier=" Cars Durand ", order_number="BC-7")
    found = first(db)
    assert (found.supplier, found.kind, found.order_number, found.flow_id) == ("Cars Durand", "travel", "BC-7", flow)
    with db.write(LABEL) as s:
        verbs.change_expense(s, id_, seen=found.version, flow_id=None, mobility_id=stay.id, supplier="cars durand")
    moved = first(db)
    assert (moved.flow_id, moved.mobility_id, moved.supplier) == (None, stay.id, "Cars Durand")
    with pytest.raises(UserError, match="modifié"), db.write(LABEL) as s:
        verbs.change_expense(s, id_, seen=found.version, cents=5)
    for wrong in ({"flow_id": flow}, {"cents": 0}):
        with pytest.raises(UserError), db.write(LABEL) as s:
            verbs.change_expense(s, id_, **wrong)
    assert first(db) == moved
    with db.write(LABEL) as s:
        verbs.remove(s, Expense, id_)
    assert of_project(db).invoices == []


def test_a_supplier_that_is_merged_keeps_its_invoices(db: Database) -> None:
    flow = leave_together(db)
    with db.write(LABEL) as s:
        verbs.expense(s, "travel", 100, flow_id=flow, supplier="Cars Durant")
        kept = organisations.add(s, "intermediary", name="Cars Durand")
        wrong = organisations.find(s, "Cars Durant")
        organisations.merge(s, kept, wrong.id)
    assert first(db).supplier == "Cars Durand"


def test_a_closed_project_keeps_its_invoices_and_funders(db: Database) -> None:
    flow, stay = leave_together(db), stays(db)[0]
    with db.write(LABEL) as s:
        expense = verbs.expense(s, "travel", 100, flow_id=flow)
        funder = verbs.co_fund(s, stay.id, "region", 100)
        projects.change(s, project(db).id, state="closed")
    for verb in (
        lambda s: verbs.change_expense(s, expense, cents=1),
        lambda s: verbs.change_co_funding(s, funder, cents=1),
        lambda s: verbs.remove(s, CoFunding, funder),
    ):
        with pytest.raises(UserError), db.write(LABEL) as s:
            verb(s)


def test_the_file_of_an_invoice_comes_back_whole_and_protected(db: Database, tmp_path: Path) -> None:
    source, folder = tmp_path / "Facture nº 12.PDF", tmp_path / "open"
    folder.mkdir()
    source.write_bytes(PDF)
    flow = leave_together(db)
    with db.write(LABEL) as s:
        file = files.add(s, *invoices.take(source))
        verbs.expense(s, "travel", 100, flow_id=flow, file_id=file)
    found = first(db)
    assert found.file_name == "Facture nº 12.pdf"
    for _again in range(2):
        shown = invoices.hand_out(db, found.file_id or "", found.file_name or "", folder)
        assert shown.read_bytes() == PDF
        assert shown.stat().st_mode & 0o222 == 0
    with pytest.raises(UserError, match="plus là"):
        invoices.hand_out(db, "nothing", "x.pdf", folder)


@pytest.mark.parametrize(("name", "content"), [
    ("facture.exe", PDF), ("facture.pdf", b"MZ no paper"), ("photo.png", PDF), ("lost.pdf", None),
    ("big.pdf", PDF + bytes(invoices.LARGEST)),
])  # fmt: skip
def test_what_is_no_paper_is_not_attached(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=name.partition(".")[0]):
        invoices.take(tmp_path / name)


def test_one_stay_has_its_part_of_the_departure_and_its_funders(db: Database) -> None:
    flow, row = leave_together(db), stays(db)[0]
    with db.write(LABEL) as s:
        verbs.expense(s, "travel", 300_001, flow_id=flow)
        verbs.expense(s, "meals", 1_000, mobility_id=row.id)
        funder = verbs.co_fund(s, row.id, "region", 60_000, "Centre")
        verbs.co_fund(s, row.id, "family", 5_000)
    found = of_stay(db, stays(db)[0])
    assert (found.share.cost, found.share.region, found.share.given) == (150_001 + 1_000, 60_000, 5_000)
    assert found.share.rest == 151_001 - (row.total or 0) - 60_000
    assert [one.note for one in found.funded] == ["Centre", None]
    assert [one.row.id for one in of_project(db).shares if one == found.share] == [row.id]
    assert found.finding is not None  # all together pay more than the stay costs
    with db.write(LABEL) as s:
        verbs.expense(s, "travel", 10_000_000, mobility_id=row.id)
        verbs.change_co_funding(s, funder, source="opco", cents=7)
    assert of_stay(db, stays(db)[0]).finding is None
    assert of_stay(db, stays(db)[0]).share.opco == 7
    alone = of_stay(db, stays(db)[2])
    assert (alone.share.cost, alone.share.family, alone.finding) == (None, None, None)


def test_the_regions_statement_is_a_sheet_of_the_same_figures(db: Database, tmp_path: Path, capsys: Any) -> None:
    flow, row = leave_together(db), stays(db)[0]
    with db.write(LABEL) as s:
        verbs.expense(s, "travel", 300_001, flow_id=flow, supplier="Cars Durand", invoice_number="F-12")
        verbs.co_fund(s, row.id, "region", 20_000)
    (paper,) = papers.make(db, project(db), "region", today=TODAY).papers
    assert (paper.settled, len(paper.tables[1].rows)) == (300_001, 2)
    db.close()
    out = tmp_path / "region.xlsx"
    arguments = ["accounts", str(tmp_path / "d.mobility"), "--paper", "region", "--out", str(out)]
    assert main([*arguments, "--today", TODAY.isoformat()]) == 0
    sheet = openpyxl.load_workbook(out, data_only=True)["État pour la Région"]
    cells = [cell for line in sheet.iter_rows(values_only=True) for cell in line]
    assert {"Mars Cadix", "Cars Durand", "F-12", "Transporteur", 3000.01, 200} <= set(cells)


def test_a_departure_without_anybody_asks_the_region_nothing(db: Database) -> None:
    with db.write(LABEL) as s:
        verbs.expense(s, "travel", 100, flow_id=mobilities.find_or_add_flow(s, project(db).id, "Vide"))
    (paper,) = papers.make(db, project(db), "region", today=TODAY).papers
    assert [len(table.rows) for table in paper.tables] == [0, 0, 0]
    assert any("1" in render(remark) for remark in paper.remarks)


def test_a_step_names_its_departure_and_suppliers_are_offered_again(db: Database) -> None:
    flow = leave_together(db)
    with db.write(LABEL) as s:
        for name in ("Cars", "Auberge", "Cars"):
            verbs.expense(s, "travel", 100, flow_id=flow, supplier=name)
    with db.read() as s:
        assert render(label_text(s, Label("expense of {name}", table="flow", id=flow))) == "dépense de Mars Cadix"
        assert expenses.suppliers(s) == ["Auberge", "Cars"]
