import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from mobility_app.actions import projects
from mobility_app.store import queries, reference, reports
from mobility_app.store.journal import Label
from mobility_app.ui.page_budget import BudgetPage
from tests.ui.dossiers import desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import settle, type_text, unnamed


@pytest.fixture
def page(desk, qtbot):  # noqa: F811
    return opened(qtbot, BudgetPage(desk))


@pytest.fixture
def real_page(desk, qtbot):  # noqa: F811
    """The same project with the published rates of its call: hardly any is known."""
    with desk.db.write(Label("vrai projet")) as s:
        made = projects.create(
            s, reference="2026-1-FR01-KA121-VET-000300001", call_year=2026, action="KA121-VET",
            rates=reference.rate_rows(2026),
        )  # fmt: skip
    with desk.db.read() as s:
        desk.choose(queries.project(s, made))
    page = opened(qtbot, BudgetPage(desk))
    page.show_face("rates")
    qtbot.waitUntil(lambda: len(page.face("rates").blocks) == 7)
    settle()
    return page


def cell(table, title: str, column: int) -> str:
    model = table.figures
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data().strip() == title)
    return spaced(model.index(row, column).data())


def type_in(table, title: str, column: int, text: str, qtbot, key=Qt.Key.Key_Return) -> None:
    """A real press on a cell, letters, and the key that ends it."""
    model = table.figures
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data().strip() == title)
    index = model.index(row, column)
    table.scrollTo(index)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    editor = table.findChild(QLineEdit)
    editor.selectAll()
    type_text(editor, text)
    qtbot.keyClick(editor, key)
    settle()


def rate(desk, **wanted):  # noqa: F811
    with desk.db.read() as s:
        rows = queries.rate_rows(s, desk.project_id)
    return next(row for row in rows if all(getattr(row, name) == value for name, value in wanted.items()))


def test_the_budget_shows_the_very_figures_of_the_report(page, desk):  # noqa: F811
    with desk.db.read() as s:
        report = reports.report(s, desk.project_id, desk.today)
    planned = sum(line.planned for line in report.budget)
    assert cell(page.face("budget").table, "Total", 2) == f"{planned // 100:,} €".replace(",", " ")
    assert cell(page.face("budget").table, "Total", 5) == "500 €"
    assert unnamed(page) == []


def test_what_was_awarded_is_typed_in_its_cell_and_undone(page, desk, qtbot):  # noqa: F811
    type_in(page.face("budget").table, "Soutien individuel", 1, "12 500,50", qtbot)
    assert cell(page.face("budget").table, "Soutien individuel", 1) == "12 500,50 €"
    assert cell(page.face("budget").table, "Courte durée", 1) == "12 500,50 €"
    assert spaced(page.face("budget").sums["awarded"].text()) == "12 500,50 €"
    undo(desk)
    assert cell(page.face("budget").table, "Soutien individuel", 1) == ""


def test_what_is_no_amount_is_said_and_the_cell_shows_the_file_again(page, qtbot):
    type_in(page.face("budget").table, "Frais de voyage", 1, "beaucoup", qtbot)
    assert page.face("budget").trouble.text()
    assert cell(page.face("budget").table, "Frais de voyage", 1) == ""


def test_a_line_that_nothing_was_counted_on_can_be_awarded(page, qtbot):
    page.face("budget").add_budget_line(("exceptional_costs", "VET_SHORT_TERM"))
    editor = page.face("budget").table.findChild(QLineEdit)
    type_text(editor, "800")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert cell(page.face("budget").table, "Coûts exceptionnels", 1) == "800 €"


def test_an_indicative_figure_is_typed_and_its_total_follows(page, desk, qtbot):  # noqa: F811
    page.show_face("targets")
    settle()
    type_in(page.face("targets").table, "Courte durée", 2, "40", qtbot)
    assert cell(page.face("targets").table, "Participants", 2) == "40"
    assert spaced(cell(page.face("targets").table, "Participants", 5)) == "3 %"
    undo(desk)
    assert cell(page.face("targets").table, "Participants", 2) == ""


def test_a_complete_table_of_rates_needs_no_banner(page):
    assert not page.provisional.isVisible()


def test_one_banner_counts_the_rates_that_are_missing(real_page):
    assert real_page.provisional.isVisible()
    missing = real_page._rates.missing
    assert f" {missing} " in spaced(real_page.provisional.text.text())
    assert missing > 50


def test_a_rate_is_typed_in_place_with_its_source_and_the_grants_follow(real_page, desk, qtbot):  # noqa: F811
    sheet = real_page.face("rates")
    sheet.source.setText("Annexe IV, p. 2")
    table = sheet.blocks["individual_support_learner"].table
    sheet.go("individual_support_learner")
    type_in(table, "Groupe de pays 1", 1, "57", qtbot)
    typed = rate(desk, line="individual_support", subject="learner", key="1", variant="d1_14")
    assert (typed.cents, typed.state, typed.source) == (5700, "typed", "Annexe IV, p. 2")
    assert cell(table, "Groupe de pays 1", 2) == "40 € proposé"
    undo(desk)
    assert rate(desk, line="individual_support", subject="learner", key="1", variant="d1_14").state == "unknown"


def test_tab_goes_to_the_next_amount_of_the_annex(real_page, qtbot):
    table = real_page.face("rates").blocks["travel"].table
    real_page.face("rates").go("travel")
    type_in(table, "10 à 99 km", 1, "28", qtbot, key=Qt.Key.Key_Tab)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, 2)
    assert table.state() == table.State.EditingState


def test_the_second_rates_are_accepted_together(real_page, desk, qtbot):  # noqa: F811
    block = real_page.face("rates").blocks["individual_support_staff"]
    real_page.face("rates").go("individual_support_staff")
    type_in(block.table, "Groupe de pays 1", 1, "113", qtbot)
    type_in(block.table, "Groupe de pays 2", 1, "100", qtbot)
    assert spaced(block.accept.text()) == "Accepter les 2 taux proposés"
    qtbot.mouseClick(block.accept, Qt.MouseButton.LeftButton)
    settle()
    assert rate(desk, line="individual_support", subject="staff", key="1", variant="d15").cents == 7900
    assert not block.accept.isVisible()
    undo(desk)
    assert rate(desk, line="individual_support", subject="staff", key="2", variant="d15").cents is None


def test_a_block_is_confirmed_with_its_source_asked_once(real_page, desk, qtbot):  # noqa: F811
    sheet = real_page.face("rates")
    block = sheet.blocks["travel"]
    before = real_page._rates.missing
    assert cell(block.table, "100 à 499 km", 1).endswith("?")
    qtbot.mouseClick(block.confirm, Qt.MouseButton.LeftButton)
    settle()
    assert sheet.trouble.isVisible()
    assert rate(desk, line="travel", key="100-499", variant="standard").state == "unverified"
    sheet.source.setText("Annexe IV, p. 3")
    qtbot.mouseClick(block.confirm, Qt.MouseButton.LeftButton)
    settle()
    confirmed = rate(desk, line="travel", key="100-499", variant="standard")
    assert (confirmed.state, confirmed.source) == ("confirmed", "Annexe IV, p. 3")
    assert not cell(block.table, "100 à 499 km", 1).endswith("?")
    assert real_page._rates.missing == before - 14
    undo(desk)
    assert rate(desk, line="travel", key="100-499", variant="standard").state == "unverified"


def test_a_country_changes_its_group(real_page, desk, qtbot):  # noqa: F811
    block = real_page.face("rates").blocks["country_group"]
    assert "Groupe 2" in block.folded.text()
    block.unfold.click()
    real_page.face("rates").go("country_group")
    type_in(block.table, "Espagne", 1, "x", qtbot)
    assert block.trouble.text()
    type_in(block.table, "Espagne", 1, "3", qtbot)
    assert rate(desk, line="country_group", subject="ES").key == "3"


def test_a_slip_of_the_finger_is_noticed_never_refused(real_page, qtbot):
    block = real_page.face("rates").blocks["individual_support_learner"]
    real_page.face("rates").go("individual_support_learner")
    type_in(block.table, "Groupe de pays 1", 1, "570", qtbot)
    assert "570 €" in spaced(block.doubts.text())


def test_without_a_project_it_says_what_to_do(desk, qtbot):  # noqa: F811
    desk.choose(None)
    page = opened(qtbot, BudgetPage(desk))
    assert page.nothing.isVisible()


def test_the_sheet_of_rates_goes_to_a_colleague_and_comes_back(real_page, desk, qtbot, tmp_path):  # noqa: F811
    sheet = real_page.face("rates")
    sheet.source.setText("Annexe IV")
    sheet.go("individual_support_learner")
    type_in(sheet.blocks["individual_support_learner"].table, "Groupe de pays 1", 1, "57", qtbot)
    sheet.save(tmp_path / "taux.xlsx")
    settle()
    assert "taux.xlsx" in sheet.told.text()
    undo(desk)
    sheet.load(tmp_path / "taux.xlsx")
    settle()
    assert rate(desk, line="individual_support", subject="learner", key="1", variant="d1_14").cents == 5700
    assert sheet.told.text()
