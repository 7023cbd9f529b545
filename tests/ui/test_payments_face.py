"""Payments: to make, made, listed for the accountant; what is left after a part was paid; bank details in the pane."""

import datetime as dt

import openpyxl
import pytest
from PySide6.QtCore import Qt

from mobility_app.actions import mobilities, papers, participants, payments
from mobility_app.store import accounts, queries
from mobility_app.store import payments as made
from mobility_app.store.journal import Label
from mobility_app.ui.buttons import QPushButton
from mobility_app.ui.masked_edit import MaskedEdit
from mobility_app.ui.page_budget import BudgetPage
from mobility_app.ui.page_participants import ParticipantsPage
from tests.ui.dossiers import desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import rich_labels, settle, type_text, unnamed

LABEL = Label("a change")
IBAN = "FR7630006000011234567890189"


@pytest.fixture
def people(desk):  # noqa: F811
    """The mobilities by last name: two contracts are signed, one account is known."""
    with desk.db.read() as s:
        found = {row.last_name: row for row in queries.mobilities(s, today=desk.today)}
    with desk.db.write(LABEL) as s:
        papers.set_state(s, [found["Martin"].id, found["Dubois"].id], "CONTRAT", "signed", dt.date(2027, 2, 1))
        participants.change(s, found["Martin"].participant_id, iban=IBAN, account_holder="Mme Martin")
    settle()
    return found


@pytest.fixture
def page(desk, qtbot, people):  # noqa: F811
    page = opened(qtbot, BudgetPage(desk))
    page.show_face("payments")
    settle()
    return page


@pytest.fixture
def face(page):
    return page.face("payments")


def choose(part, *ids: str) -> None:
    part.table.select_ids(ids)
    settle()


def row_of(face, due_id: str) -> dict[str, str]:
    model = face.due.model
    place = model.place_of(due_id)
    return {column.key: spaced(model.index(place, n).data() or "") for n, column in enumerate(model.columns)}


def paid(desk):  # noqa: F811
    with desk.db.read() as s:
        return made.rows(s, made.ids(s, desk.project_id, (("name", False),)))


def pressed(qtbot, widget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    settle()


def test_payments_to_make_are_listed_with_what_they_wait_for(page, face, people):
    row = row_of(face, f"{people['Œuvrard'].id}/balance")
    assert (row["name"], row["kind"], row["state"]) == ("Œuvrard Noé", "Solde", "En attente de pièces")
    assert row["lacking"] == "contrat signé, attestation reçue, rapport du participant reçu"
    assert row_of(face, f"{people['Martin'].id}/advance")["state"] == "En retard"
    assert unnamed(page) == []
    assert not list(rich_labels(page))


def test_payments_are_entered_as_paid_in_one_step(face, desk, qtbot):  # noqa: F811
    due = face.due
    before = due.model.rowCount()
    assert not due.pay_button.isEnabled()
    advances = [each for each in due.model.ids() if each.endswith("/advance")]
    choose(due, *advances)
    due.form.day.setText("32/01/2027")
    pressed(qtbot, due.pay_button)
    assert due.trouble.text()
    due.form.day.setText("10/03/2027")
    due.form.payee.setCurrentIndex(due.form.payee.findData("school"))
    due.form.reference.setText("mandat 118")
    pressed(qtbot, due.pay_button)
    assert due.model.rowCount() == before - len(advances)
    entered = [row for row in paid(desk) if row.reference == "mandat 118"]
    assert {row.payee for row in entered} == {"LP Jeanne-Barret", "CFA Numérique"}
    assert {row.date for row in entered} == {dt.date(2027, 3, 10)}
    undo(desk)
    assert due.model.rowCount() == before


@pytest.mark.parametrize(
    ("payee", "kind", "stored"),
    [("En nature", "in_kind", None), ("Famille", "advance", "Famille de Martin Maëlys"), ("Air X", "advance", "Air X")],
)
def test_the_payee_is_chosen_or_typed(face, desk, qtbot, people, payee, kind, stored):  # noqa: F811
    choose(face.due, f"{people['Martin'].id}/advance")
    face.due.form.payee.setEditText(payee)
    pressed(qtbot, face.due.pay_button)
    (row,) = [row for row in paid(desk) if row.mobility_id == people["Martin"].id]
    assert (row.kind, row.payee) == (kind, stored)


def test_a_part_that_was_paid_leaves_the_rest_to_the_cent(face, desk, qtbot, people):  # noqa: F811
    stay, total = people["Martin"], people["Martin"].total
    advance = total * 80 // 100
    assert row_of(face, f"{stay.id}/advance")["amount"].replace(" ", "") == f"{advance // 100}€"
    choose(face.due, f"{stay.id}/advance")
    face.due.form.amount.setText("100,50")
    pressed(qtbot, face.due.pay_button)
    dues = face.due._dues
    assert dues[f"{stay.id}/advance"].step.amount == advance - 10_050
    assert dues[f"{stay.id}/balance"].step.amount == total - advance
    with desk.db.write(LABEL) as s:  # the stay is over: what is left goes out at once, as a balance
        mobilities.change(s, stay.id, actual_start=stay.start, actual_end=stay.end)
        payments.add(s, stay.id, "in_kind", 20_000, desk.today)
    settle()
    dues = face.due._dues
    assert f"{stay.id}/advance" not in dues
    assert dues[f"{stay.id}/balance"].step.amount == total - 30_050
    with desk.db.write(LABEL) as s:
        payments.add(s, stay.id, "balance", total, desk.today)
    settle()
    assert face.due._dues[f"{stay.id}/repayment"].step.amount == 30_050


def test_the_list_of_the_chosen_payments_is_written_told_and_entered(face, desk, qtbot, people, tmp_path):  # noqa: F811
    path = tmp_path / "liste.xlsx"
    chosen = [f"{people[name].id}/advance" for name in ("Martin", "Dubois", "Œuvrard")]
    choose(face.due, *chosen, f"{people['Martin'].id}/balance")
    face.write_list(path)
    settle()
    book = openpyxl.load_workbook(path, data_only=True)
    assert len(book.sheetnames) == 1  # no balance may go out yet: no list of balances
    cells = [str(cell) for row in book.active.values for cell in row if cell is not None]
    assert "FR76 3000 6000 0112 3456 7890 189" in cells
    assert any("Arrêté le présent état" in cell for cell in cells)
    notice = face.due.notices.itemAt(0).widget()
    said = spaced(notice.text.text())
    assert "2 paiements" in said
    assert "1 sans coordonnées bancaires" in said
    assert "Œuvrard Noé : contrat signé" in said
    assert "Martin Maëlys : attestation reçue" in said
    enter = next(each for each in notice.findChildren(QPushButton) if "liste" in each.text())
    pressed(qtbot, enter)
    rows = {row.last_name: row for row in paid(desk)}
    assert rows["Martin"].payee == "Mme Martin"
    assert rows["Dubois"].payee is None
    assert rows["Martin"].reference == "liste de paiement du 15/03/2027"
    assert face.due.notices.count() == 0  # it cannot be entered twice
    undo(desk)
    assert len(paid(desk)) == 1


def test_a_list_with_nobody_on_it_is_not_written(face, people, tmp_path):
    choose(face.due, f"{people['Œuvrard'].id}/balance")
    face.write_list(tmp_path / "liste.pdf")
    settle()
    assert not (tmp_path / "liste.pdf").exists()
    assert "contrat signé" in face.due.notices.itemAt(0).widget().text.text()


def test_without_a_choice_the_list_has_all_that_may_go_out(face, people, tmp_path):
    face.write_list(tmp_path / "liste.pdf")
    settle()
    assert (tmp_path / "liste.pdf").read_bytes().startswith(b"%PDF")
    assert "2 paiements" in spaced(face.due.notices.itemAt(0).widget().text.text())


def test_the_menu_offers_each_paper_as_a_sheet_and_as_a_pdf(face):
    texts = [action.text() for action in face.papers.menu().actions() if not action.isSeparator()]
    assert len(texts) == 8
    assert sum("nominative" in text for text in texts) == 2
    assert sum("(PDF)" in text for text in texts) == 4


def test_the_budget_code_is_typed_once_and_undone(face, desk, qtbot):  # noqa: F811
    control = face.budget_code.editor.control
    control.setFocus()
    type_text(control, "ACTI-0ERAS")
    qtbot.keyClick(control, Qt.Key.Key_Return)
    settle()
    with desk.db.read() as s:
        assert queries.project(s, desk.project_id).budget_code == "ACTI-0ERAS"
    undo(desk)
    assert control.text() == ""


def test_when_participants_are_paid_is_said_and_leads_to_where_it_is_changed(face):
    asked = []
    face.elsewhere.disconnect()
    face.elsewhere.connect(asked.append)
    assert "80 %" in spaced(face.terms.text())
    assert "45 jours" in spaced(face.terms.text())
    next(each for each in face.findChildren(QPushButton) if each.text() == "Modifier").click()
    assert asked == ["project"]


def test_payments_made_are_sorted_corrected_and_removed(face, desk, qtbot, people):  # noqa: F811
    with desk.db.write(LABEL) as s:
        payments.add(s, people["Martin"].id, "advance", 10_000, dt.date(2027, 3, 1), reference="lot 2")
    face.turn_to("made")
    settle()
    part = face.made
    names = [part.model.index(place, 0).data() for place in range(part.model.rowCount())]
    assert names == ["Martin Maëlys", "Œuvrard Noé"]  # the latest first
    assert spaced(part.chosen.text()) == "2 paiements faits, 600 € au total"
    desk.today = dt.date(2027, 2, 20)
    face.refresh()
    settle()
    assert spaced(part.chosen.text()).endswith("600 € au total, dont 100 € après aujourd’hui")
    part.table._sort_by(part.model.column("cents"))
    settle()
    part.table._sort_by(part.model.column("cents"))
    settle()
    assert part.model.index(0, 0).data() == "Œuvrard Noé"
    choose(part, part.model.ids()[1])
    pressed(qtbot, part.correct_button)
    part.form.editors["date"].control.setText("")
    pressed(qtbot, part.form.save_button)
    assert "date" in part.form.trouble.text()
    part.form.editors["date"].control.setText("02/03/2027")
    part.form.editors["cents"].control.setText("120")
    part.form.editors["payee"].control.setText("Agence Soleil")
    pressed(qtbot, part.form.save_button)
    assert not part.form.isVisible()
    row = paid(desk)[0]
    assert (row.cents, row.date, row.payee, row.reference) == (12_000, dt.date(2027, 3, 2), "Agence Soleil", "lot 2")
    undo(desk)
    assert paid(desk)[0].cents == 10_000
    part.table.selectAll()
    settle()
    pressed(qtbot, part.remove_button)
    assert paid(desk) == []
    undo(desk)
    assert len(paid(desk)) == 2
    assert unnamed(face) == []


def test_a_payment_made_opens_its_mobility(face, desk, people):  # noqa: F811
    asked = []
    desk.asked.connect(lambda key, wanted: asked.append((key, wanted.ids)))
    face.turn_to("made")
    settle()
    choose(face.made, face.made.model.ids()[0])
    face.made.open_button.click()
    assert asked == [("mobilities", (people["Œuvrard"].id,))]


def test_what_came_back_keeps_its_sign(desk, people):  # noqa: F811
    with desk.db.write(LABEL) as s:
        one = payments.add(s, people["Martin"].id, "repayment", 5_000, desk.today)
        payments.change(s, one, cents=6_000)
    assert [row.cents for row in paid(desk) if row.kind == "repayment"] == [-6_000]
    with desk.db.write(LABEL) as s:
        payments.change(s, one, kind="advance")
    assert [row.cents for row in paid(desk) if row.id == one] == [6_000]


# ---- bank details of a person


@pytest.fixture
def card(desk, qtbot, people):  # noqa: F811
    page = opened(qtbot, ParticipantsPage(desk))
    page.table.select_ids([people["Martin"].participant_id])
    settle()
    return page.pane.bank


def account(desk, people):  # noqa: F811
    person = people["Martin"].participant_id
    with desk.db.read() as s:
        return accounts.bank_accounts(s, [person])[person]


def test_an_iban_is_hidden_but_for_its_ends_unless_it_is_typed(card, desk, qtbot, people):  # noqa: F811
    control = card.form.editors["iban"].control
    assert isinstance(control, MaskedEdit)
    assert control.displayText() == "FR…0189"
    control.setFocus()
    settle()
    assert control.displayText() == "FR76 3000 6000 0112 3456 7890 189"
    control.clearFocus()
    settle()
    assert control.displayText() == "FR…0189"
    assert account(desk, people).iban == IBAN


def test_an_iban_that_is_not_right_stays_in_sight_with_what_to_do(card, desk, qtbot, people):  # noqa: F811
    editor = card.form.editors["iban"]
    editor.control.setFocus()
    editor.control.selectAll()
    type_text(editor.control, "DE89 3704 0044 0532 0130 01")
    editor.control.clearFocus()
    settle()
    assert "RIB" in editor.trouble.text()
    assert editor.control.displayText() == "DE89 3704 0044 0532 0130 01"
    assert account(desk, people).iban == IBAN
    editor.control.setFocus()
    editor.control.selectAll()
    type_text(editor.control, "DE89 3704 0044 0532 0130 00")
    editor.control.clearFocus()
    settle()
    assert (editor.trouble.text(), editor.control.displayText()) == ("", "DE…3000")
    assert account(desk, people).iban == "DE89370400440532013000"
    undo(desk)
    assert editor.control.displayText() == "FR…0189"


def test_bic_and_holder_are_typed_beside_it(card, desk, qtbot, people):  # noqa: F811
    for key, written in (("bic", "agri frpp"), ("account_holder", "M. Martin")):
        control = card.form.editors[key].control
        control.setFocus()
        control.setText(written)
        qtbot.keyClick(control, Qt.Key.Key_Return)
        settle()
    assert (account(desk, people).bic, account(desk, people).account_holder) == ("AGRIFRPP", "M. Martin")
