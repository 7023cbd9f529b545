"""Real costs in the window: lines and invoices, typed, attached and undone; statements written; who pays a stay."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from mobility_app.actions import accounts, mobilities
from mobility_app.store import expenses, queries
from mobility_app.store.journal import Label
from mobility_app.ui import account_files, places
from mobility_app.ui.mobility_pane import MobilityPane
from mobility_app.ui.page_budget import BudgetPage
from tests.ui.dossiers import TODAY, desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import settle, unnamed

LABEL = Label("x")


@pytest.fixture
def flow(desk):  # noqa: F811
    """Two leave together, one of each school, with one invoice; the two others travel alone."""
    with desk.db.write(LABEL) as s:
        mobilities.change_many(s, [row.id for row in rows(desk, s)[1:3]], {"flow": "Flux de mai"})
        made = mobilities.find_or_add_flow(s, desk.project_id, "Flux de mai")
        accounts.expense(
            s, "travel", 60_001, flow_id=made, supplier="Cars Durand", invoice_number="F-12", date=dt.date(2027, 4, 1)
        )
    return made


@pytest.fixture
def face(flow, desk, qtbot):  # noqa: F811
    page = opened(qtbot, BudgetPage(desk))
    page.show_face("costs")
    settle()
    settle()
    yield page.face("costs")
    settle()


def rows(desk, s):  # noqa: F811
    return queries.mobilities(s, project_id=desk.project_id, today=TODAY)


def invoices(desk):  # noqa: F811
    with desk.db.read() as s:
        return expenses.invoices(s, desk.project_id)


def shown(table) -> list[list[str]]:
    model = table.model()
    cells = [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]
    return [[spaced(cell) for cell in line] for line in cells]


def press(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def fill(form, **values: str) -> None:
    for key, text in values.items():
        form.editors[key].control.setText(text)


def test_a_line_a_departure_and_unknown_where_no_invoice_is(face, desk):  # noqa: F811
    with desk.db.read() as s:
        known = rows(desk, s)
    flat = sum(row.total for row in known[1:3])
    departure, alone = shown(face.table)
    assert departure[:2] == ["Flux de mai", "2"]
    assert departure[3] == "600,01 €"
    assert departure[4] == spaced(f"{(flat - 60_001) / 100:,.2f} €".replace(",", " ").replace(".", ","))
    assert alone[0] == "Sans flux"
    assert alone[3:] == ["inconnu", "inconnu", "inconnu"]
    assert spaced(face.sums["real"].text()) == "600,01 €"
    assert "2 mobilités n’ont pas encore de facture" in spaced(face.remark.text())
    assert face.pane.name.whole() == "Flux de mai"
    assert shown(face.pane.table) == [["01/04/2027", "Transporteur", "600,01 €"]]
    assert unnamed(face) == []


def test_a_line_opens_the_mobilities_behind_it(face, desk):  # noqa: F811
    asked = []
    desk.asked.connect(lambda page, wanted: asked.append((page, len(wanted.ids), wanted.title)))
    face.table.opened.emit(face.model.ids()[0])
    assert asked == [("mobilities", 2, "Flux de mai")]


def test_by_member_each_has_its_part_of_an_invoice(face):
    face.groups.choose("sending_id")
    face.groups.changed.emit("sending_id")
    settle()
    assert [line[:2] for line in shown(face.table)] == [["CFA Numérique", "1 sur 2"], ["LP Jeanne-Barret", "1 sur 2"]]
    assert shown(face.pane.table)[0][2] == "300 €"
    face.table.select_ids(face.model.ids()[1:])
    settle()
    assert shown(face.pane.table)[0][2] == "300,01 €"
    face.groups.choose("project_id")
    face.groups.changed.emit("project_id")
    settle()
    ((name, stays, *_figures),) = shown(face.table)
    assert (name, stays) == (face.desk.project.reference, "2 sur 4")


def test_an_expense_is_added_changed_and_taken_away_each_in_one_step(face, desk, flow, qtbot):  # noqa: F811
    pane, form = face.pane, face.pane.form
    press(qtbot, pane.add_button)
    fill(form.fields, supplier="Auberge", cents="1 250,50", date="02/05/2027", order_number="BC-7")
    press(qtbot, form.fields.save_button)
    settle()
    added = invoices(desk)[-1]
    assert (added.supplier, added.cents, added.flow_id, added.order_number) == ("Auberge", 125_050, flow, "BC-7")
    assert len(shown(pane.table)) == 2
    pane.change(added.id)
    form.whose.setCurrentIndex(1)  # no longer the whole departure
    fill(form.fields, cents="12")
    press(qtbot, form.fields.save_button)
    settle()
    changed = invoices(desk)[-1]
    assert (changed.cents, changed.flow_id) == (1_200, None)
    pane.change(added.id)
    press(qtbot, form.fields.remove_button)
    assert len(invoices(desk)) == 1
    for count, cents in ((2, 1_200), (2, 125_050), (1, 60_001)):
        undo(desk)
        assert (len(invoices(desk)), invoices(desk)[-1].cents) == (count, cents)


def test_what_cannot_be_read_or_written_is_said_in_the_form(face, desk, qtbot):  # noqa: F811
    form = face.pane.form
    press(qtbot, face.pane.add_button)
    fill(form.fields, cents="douze")
    press(qtbot, form.fields.save_button)
    assert "montant" in form.fields.editors["cents"].trouble.text()
    fill(form.fields, cents="")
    press(qtbot, form.fields.save_button)
    assert "montant" in form.trouble.text()
    assert form.isVisible()
    assert len(invoices(desk)) == 1


def test_an_invoice_is_attached_opened_and_dropped(face, desk, qtbot, tmp_path: Path, monkeypatch):  # noqa: F811
    source, seen = tmp_path / "facture.pdf", []
    source.write_bytes(b"%PDF-1.7 invented")
    monkeypatch.setattr(places.QDesktopServices, "openUrl", lambda url: seen.append(Path(url.toLocalFile())))
    pane, form, (known,) = face.pane, face.pane.form, invoices(desk)
    pane.change(known.id)
    form.attach(tmp_path / "rien.pdf")
    settle()
    assert "rien.pdf" in form.trouble.text()
    form.attach(source)
    settle()
    press(qtbot, form.fields.save_button)
    settle()
    assert invoices(desk)[0].file_name == "facture.pdf"
    pane.change(known.id)
    press(qtbot, form.open_button)
    assert [path.read_bytes() for path in seen] == [source.read_bytes()]
    fill(form.fields, cents="1")
    press(qtbot, form.fields.save_button)
    settle()
    assert invoices(desk)[0].file_name == "facture.pdf"
    pane.change(known.id)
    press(qtbot, form.drop_button)
    press(qtbot, form.fields.save_button)
    assert invoices(desk)[0].file_name is None


def test_another_seat_s_change_is_not_overwritten(face, desk, qtbot):  # noqa: F811
    pane, (known,) = face.pane, invoices(desk)
    pane.change(known.id)
    with desk.db.write(LABEL) as s:
        accounts.change_expense(s, known.id, cents=70_000)
    settle()
    fill(pane.form.fields, cents="1")
    press(qtbot, pane.form.fields.save_button)
    assert "modifié" in pane.form.trouble.text()
    assert invoices(desk)[0].cents == 70_000


def test_an_expense_of_nobody_who_leaves_is_shown_and_told(face, desk):  # noqa: F811
    with desk.db.write(LABEL) as s:
        mobilities.decide(s, [row.id for row in rows(desk, s)[1:3]], "withdrawn", "changement de projet")
    settle()
    settle()
    departure = shown(face.table)[0]
    assert departure == ["Flux de mai", "0", "", "", "", ""]
    assert "600,01 €" in spaced(face.remark.text())
    assert len(shown(face.pane.table)) == 1


@pytest.mark.parametrize("paper", ["leftovers", "region"])
def test_a_statement_is_written_from_its_button(face, desk, tmp_path: Path, paper: str):  # noqa: F811
    button = {"leftovers": face.leftovers, "region": face.region}[paper]
    assert len(button.menu().actions()) == 2
    path = tmp_path / f"{paper}.xlsx"
    account_files.write(face, desk, paper, path)
    settle()
    cells = [
        cell
        for line in openpyxl.load_workbook(path, data_only=True).active.iter_rows(values_only=True)
        for cell in line
    ]
    assert 600.01 in cells
    assert "Flux de mai" in cells


# ---- who pays one mobility


@pytest.fixture
def pane(flow, desk, qtbot):  # noqa: F811
    pane = MobilityPane(desk)
    qtbot.addWidget(pane)
    pane.resize(350, 700)
    pane.show()
    with desk.db.read() as s:
        pane.show_id(rows(desk, s)[2].id)
    settle()
    return pane


def funders(desk, pane):  # noqa: F811
    with desk.db.read() as s:
        return [(one.source, one.cents, one.note) for one in expenses.co_funding(s, mobility_id=pane._id)]


def sums(card) -> dict[str, str]:
    """What stands under the funders, by its title."""
    lines = [card._sums.itemAt(n) for n in range(card._sums.count())]
    return {line.itemAt(0).widget().text(): spaced(line.itemAt(1).widget().text()) for line in lines}


def test_a_funder_is_added_changed_and_taken_away(pane, desk, qtbot):  # noqa: F811
    card = pane.funding
    press(qtbot, card.add_button)
    fill(card.form, cents="20", note="Centre-Val de Loire")
    press(qtbot, card.form.save_button)
    settle()
    assert funders(desk, pane) == [("region", 2_000, "Centre-Val de Loire")]
    assert sums(card)["Région"] == "20 €"
    assert card.excess.isVisible()  # half a coach costs less than the grant
    assert "dépassent" in card.excess.text.text()
    with desk.db.read() as s:
        (one,) = expenses.co_funding(s, mobility_id=pane._id)
    card.begin(one)
    fill(card.form, cents="")
    press(qtbot, card.form.save_button)
    assert "montant" in card.form.trouble.text()
    fill(card.form, cents="30", note="")
    press(qtbot, card.form.save_button)
    assert funders(desk, pane) == [("region", 3_000, None)]
    with desk.db.read() as s:
        (one,) = expenses.co_funding(s, mobility_id=pane._id)
    card.begin(one)
    press(qtbot, card.form.remove_button)
    settle()
    assert funders(desk, pane) == []
    assert not card.excess.isVisible()
    undo(desk)
    assert funders(desk, pane) == [("region", 3_000, None)]
    assert unnamed(pane) == []


def test_the_family_pays_what_is_left(pane, desk):  # noqa: F811
    with desk.db.write(LABEL) as s:
        accounts.expense(s, "lodging", 500_000, mobility_id=pane._id)
        accounts.co_fund(s, pane._id, "opco", 10_000)
        accounts.co_fund(s, pane._id, "family", 5_000)
        total = queries.mobility(s, pane._id, today=TODAY).total
    settle()
    found = sums(pane.funding)
    share = 500_000 + 30_000 - total - 10_000  # number 2 takes the odd cent
    said = {
        name: round(float(text.replace(" ", "").replace("€", "").replace(",", ".")) * 100)
        for name, text in found.items()
    }
    assert said["Part de la famille"] == share
    assert said["Reste à financer"] == share - 5_000
    assert not pane.funding.excess.isVisible()


def test_nothing_is_known_of_a_stay_without_invoice(pane, desk):  # noqa: F811
    with desk.db.read() as s:
        pane.show_id(rows(desk, s)[0].id)
    settle()
    found = sums(pane.funding)
    assert (found["Dépenses réelles"], found["Part de la famille"]) == ("inconnu", "inconnu")
