import datetime as dt

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLineEdit, QPushButton

from mobility_app.actions import accounts as verbs
from mobility_app.actions import members, organisations, projects
from mobility_app.cli import main
from mobility_app.jobs import accounts, papers
from mobility_app.store import queries, reports
from mobility_app.store.journal import Label
from mobility_app.store.schema import Rate
from mobility_app.ui import statement_files, theme
from mobility_app.ui.member_lines import FIGURES
from mobility_app.ui.page_budget import BudgetPage
from tests.ui.dossiers import TODAY, desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import settle, type_text, unnamed

LABEL = Label("a change")
CFA, LP = "CFA Numérique", "LP Jeanne-Barret"
COLUMN = {figure.key: place for place, figure in enumerate(FIGURES)}
DAY = dt.date(2026, 10, 5)


@pytest.fixture
def face(desk, qtbot):  # noqa: F811
    page = opened(qtbot, BudgetPage(desk))
    page.show_face("members")
    settle()
    return page.face("members")


def school(desk, name: str) -> str:  # noqa: F811
    with desk.db.read() as s:
        return next(row.id for row in queries.organisations(s) if row.name == name)


def furnish(desk) -> None:  # noqa: F811
    """The CFA is a member to whom more was sent than it uses."""
    with desk.db.write(LABEL) as s:
        cfa = school(desk, CFA)
        members.change(s, desk.project_id, cfa, places=5, cents=700_000)
        members.change(s, desk.project_id, cfa, mandate_signed=dt.date(2026, 2, 3))
        verbs.transfer(s, desk.project_id, cfa, "instalment", 900_000, DAY, "mandat 118")
        verbs.transfer(s, desk.project_id, cfa, "statement", 420_050, dt.date(2027, 6, 20), "certificat 4")
        verbs.transfer(s, desk.project_id, cfa, "recovery", 50_000, dt.date(2027, 7, 1))
    settle()


def cell(face, name: str, key: str) -> str:
    model = face.table.figures
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == name)
    return spaced(model.index(row, COLUMN[key]).data())


def type_in(face, name: str, key: str, text: str, qtbot) -> None:
    """A real press on a cell, letters, Enter."""
    model = face.table.figures
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == name)
    index = model.index(row, COLUMN[key])
    face.table.scrollTo(index)
    qtbot.mouseClick(face.table.viewport(), Qt.MouseButton.LeftButton, pos=face.table.visualRect(index).center())
    editor = face.table.findChild(QLineEdit)
    editor.clear()
    type_text(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle()


def statement(desk, name: str):  # noqa: F811
    with desk.db.read() as s:
        project = queries.project(s, desk.project_id)
    return next(one for one in accounts.statements(desk.db, project, today=TODAY) if one.member.name == name)


def euros(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    return f"{whole:,}".replace(",", " ") + (f",{rest:02d}" if rest else "") + " €"


def test_window_statement_paper_and_command_line_show_the_same_figures(face, desk, tmp_path):  # noqa: F811
    furnish(desk)
    one = statement(desk, CFA)
    amounts = {
        "cents": one.member.cents, "used": one.used, "engaged": one.engaged, "done": one.done,
        "euros_left": one.euros_left, "support": one.support, "transferred": 900_000, "certified": 420_050,
        "recovered": 50_000, "to_return": 900_000 - 50_000 - one.used,
    }  # fmt: skip
    assert {key: cell(face, CFA, key) for key in amounts} == {key: euros(amount) for key, amount in amounts.items()}
    assert [cell(face, CFA, key) for key in ("places", "used_places", "places_left")] == ["5", "2", "3"]
    assert amounts["to_return"] > 0
    (paper,) = papers.make(desk.db, desk.project, "members", today=TODAY, member=CFA).papers
    places, transfers, balance, _stays = paper.tables
    keys = ("cents", "used", "engaged", "done", "euros_left")
    assert places.rows[0] == (5, 2, 3, *(amounts[key] for key in keys))
    keys = ("support", "transferred", "certified", "recovered", "to_return")
    assert balance.rows[0] == (one.grants, *(amounts[key] for key in keys))
    assert [row[3] for row in transfers.rows] == [900_000, 420_050, 50_000]
    other = statement(desk, LP)
    (paper,) = papers.make(desk.db, desk.project, "members", today=TODAY, member=LP).papers
    keys = ("used", "engaged", "done")
    assert [cell(face, LP, key) for key in keys] == [euros(getattr(other, key)) for key in keys]
    assert paper.tables[0].rows[0][4:7] == tuple(getattr(other, key) for key in keys)
    assert other.used == other.engaged > other.done > 0
    out = tmp_path / "releve.xlsx"
    given = ["--paper", "members", "--member", CFA, "--out", str(out), "--today", TODAY.isoformat()]
    assert main(["accounts", str(tmp_path / "dossier.mobility"), *given]) == 0
    rows = [list(row) for row in openpyxl.load_workbook(out, data_only=True).worksheets[0].iter_rows(values_only=True)]
    written = [[round(v * 100) if isinstance(v, float) else v for v in row] for row in rows]
    found = {round(v * 100) for row in rows for v in row if isinstance(v, int | float)}
    assert set(amounts.values()) <= found, written


def test_all_members_together_are_the_lines_of_the_budget(face, desk):  # noqa: F811
    with desk.db.read() as s:
        budget = reports.report(s, desk.project_id, TODAY).budget
    for key, stage in (("used", "planned"), ("engaged", "engaged"), ("done", "done")):
        assert cell(face, "Total", key) == euros(sum(getattr(line, stage) for line in budget))
    support = sum(line.planned for line in budget if line.key == "organisational_support")
    assert cell(face, "Total", "support") == euros(support)
    assert cell(face, "Total", "places") == "–"


def test_a_school_that_sends_is_shown_and_becomes_a_member_when_places_are_typed(face, desk, qtbot):  # noqa: F811
    assert cell(face, LP, "places") == ""
    assert face.table.figures.index(1, 0).data() == LP
    assert not statement(desk, LP).member.joined
    type_in(face, LP, "places", "3", qtbot)
    assert statement(desk, LP).member.joined
    assert [cell(face, LP, key) for key in ("places", "places_left")] == ["3", "1"]
    assert cell(face, "Total", "places") == "3"
    undo(desk)
    assert cell(face, LP, "places") == ""


def test_euros_and_signatures_are_typed_and_keep_the_rest(face, desk, qtbot):  # noqa: F811
    furnish(desk)
    face.show_columns("all")
    type_in(face, CFA, "cents", "8 000,50", qtbot)
    type_in(face, CFA, "convention_signed", "040526", qtbot)
    member = statement(desk, CFA).member
    assert (member.places, member.cents) == (5, 800_050)
    assert (member.mandate_signed, member.convention_signed) == (dt.date(2026, 2, 3), dt.date(2026, 5, 4))
    assert cell(face, CFA, "convention_signed") == "04/05/2026"
    type_in(face, CFA, "convention_signed", "", qtbot)
    assert cell(face, CFA, "convention_signed") == "à signer"


def test_what_cannot_be_read_is_said_and_the_cell_shows_the_file_again(face, desk, qtbot):  # noqa: F811
    furnish(desk)
    type_in(face, CFA, "mandate_signed", "demain", qtbot)
    assert "date" in face.trouble.text()
    assert cell(face, CFA, "mandate_signed") == "03/02/2026"


def test_a_closed_project_refuses_and_the_cell_shows_the_file_again(face, desk, qtbot):  # noqa: F811
    furnish(desk)
    with desk.db.write(LABEL) as s:
        projects.set_state(s, desk.project_id, "closed")
    settle()
    type_in(face, CFA, "places", "9", qtbot)
    assert "clôturé" in face.trouble.text()
    assert cell(face, CFA, "places") == "5"


def test_transfers_are_added_changed_and_taken_away(face, desk, qtbot):  # noqa: F811
    furnish(desk)
    face.choose(school(desk, CFA))
    card = face.pane.transfers
    qtbot.mouseClick(card.add_button, Qt.MouseButton.LeftButton)
    card.form.save()
    settle()
    assert card.form.trouble.text()  # no amount yet
    for key, text in (("cents", "1 500,25"), ("date", "12/11/2026"), ("reference", "mandat 140")):
        card.form.editors[key].control.setText(text)
    qtbot.mouseClick(card.form.save_button, Qt.MouseButton.LeftButton)
    settle()
    assert not card.form.isVisible()
    assert cell(face, CFA, "transferred") == "10 500,25 €"
    assert spaced(face.pane.sums["sent"].text()) == "10 500,25 €"
    links = [button for button in card.findChildren(QPushButton) if button.property("role") == "link"]
    assert [spaced(link.text()) for link in links] == [
        "Versement n° 1",
        "Versement n° 2",
        "État certifié",
        "Reversé par le membre",
    ]
    second = face._known.consortium.transfers[school(desk, CFA)][1]
    assert (second.date, second.reference) == (dt.date(2026, 11, 12), "mandat 140")
    card.begin(second)
    card.form.editors["cents"].control.setText("1000")
    card.form.save()
    settle()
    assert cell(face, CFA, "transferred") == "10 000 €"
    card.begin(second)
    card.form.remove_button.click()
    settle()
    assert cell(face, CFA, "transferred") == "9 000 €"
    undo(desk)
    assert cell(face, CFA, "transferred") == "10 000 €"


def test_a_member_with_transfers_stays_and_one_without_can_go(face, desk):  # noqa: F811
    furnish(desk)
    face.choose(school(desk, CFA))
    face.pane.leave.click()
    settle()
    assert "versement" in face.pane.trouble.text()
    assert statement(desk, CFA).member.joined
    face.choose(school(desk, LP))
    assert not face.pane.transfers.isVisible()
    face.pane.join.click()
    settle()
    assert statement(desk, LP).member.joined
    face.pane.leave.click()
    settle()
    assert not statement(desk, LP).member.joined


def test_the_sharing_of_organisational_support_is_named_and_switched(face, desk):  # noqa: F811
    keys = {"1-100": "1-3", "101-": "4-"}  # the fourth participant brings less
    with desk.db.write(LABEL) as s:
        for row in s.query(Rate).filter_by(line="organisational_support", subject="VET_SHORT_TERM"):
            row.key = keys[row.key]
    settle()
    assert face.support.choices.chosen() == "average"
    assert cell(face, CFA, "support") == cell(face, LP, "support") == "725 €"
    face.support.share("departure")
    settle()
    assert face.support.choices.chosen() == "departure"
    assert [cell(face, name, "support") for name in (CFA, LP, "Total")] == ["650 €", "800 €", "1 450 €"]
    undo(desk)
    assert cell(face, CFA, "support") == "725 €"


def test_unknown_amounts_stay_unknown(face, desk):  # noqa: F811
    furnish(desk)
    with desk.db.write(LABEL) as s:
        for row in queries.rate_rows(s, desk.project_id):
            if row.line == "organisational_support":
                projects.set_rate(s, row.id, None, source="")
    settle()
    for name in (CFA, "Total"):
        assert [cell(face, name, key) for key in ("support", "used", "to_return")] == ["inconnu"] * 3
        assert cell(face, name, "euros_left") == ""
    face.choose(school(desk, CFA))
    assert face.pane.sums["to_return"].text() == "inconnu"
    assert "soutien organisationnel" in face.pane.doubt.text()


def test_a_row_a_bar_and_the_pane_choose_the_same_member(face, desk, qtbot):  # noqa: F811
    furnish(desk)
    bars = face.chart.bars()
    assert [spaced(bar.accessibleName()) for bar in bars] == [f"{CFA} : 2 sur 5", f"{LP} : 2 utilisées"]
    assert [bar.accessibleDescription() for bar in bars] == ["3 libres", "Aucune place n’a été attribuée."]
    qtbot.mouseClick(bars[0], Qt.MouseButton.LeftButton)
    assert face.pane.name.whole() == CFA
    assert face.table.currentIndex().row() == 0
    face.table.setCurrentIndex(face.table.figures.index(1, 0))
    assert face.pane.name.whole() == LP
    assert unnamed(face) == []
    face.table.setCurrentIndex(face.table.figures.index(2, 0))  # the total
    assert face.chart.isVisible()


def test_more_than_allotted_is_said_in_words(face, desk, qtbot):  # noqa: F811
    type_in(face, LP, "places", "1", qtbot)
    assert spaced(face.chart.bars()[0].accessibleName()) == f"{LP} : 2 sur 1 · 1 en trop"


def test_tab_goes_on_among_the_columns_in_sight(face, desk):  # noqa: F811
    face.show_columns("euros")
    assert [column for _row, column in face.table._places()] == [COLUMN["cents"]] * 2


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_statement_of_one_school_or_of_all_is_written(face, desk, tmp_path, ending):  # noqa: F811
    furnish(desk)
    with desk.db.write(LABEL) as s:  # its name is the beginning of the other's
        short = organisations.add(s, "sender", name="CFA")
        members.change(s, desk.project_id, short, places=1)
    settle()
    face.choose(short)
    out = tmp_path / f"releve.{ending}"
    statement_files.write(face, desk, out, face.pane._one.member)
    settle()
    assert out.stat().st_size > 1000
    everybody = tmp_path / f"tous.{ending}"
    statement_files.write(face, desk, everybody)
    settle()
    if ending == "xlsx":
        assert len(openpyxl.load_workbook(out).sheetnames) == 1
        assert len(openpyxl.load_workbook(everybody).sheetnames) == 3
    found = papers.make(desk.db, desk.project, "members", today=TODAY, member="cfa").papers
    assert [one.subject for one in found] == ["CFA"]


def test_a_project_without_schools_says_what_to_do_and_a_school_is_added(desk, qtbot):  # noqa: F811
    with desk.db.write(LABEL) as s:
        made = projects.create(
            s, reference="2027-1-FR01-KA121-VET-000300001", call_year=2027, action="KA121-VET", rates=[]
        )
    with desk.db.read() as s:
        desk.choose(queries.project(s, made))
    page = opened(qtbot, BudgetPage(desk))
    page.show_face("members")
    settle()
    face = page.face("members")
    assert face._faces.currentIndex() == 1
    assert unnamed(face) == []
    offered = [action.text() for action in face.joining._buttons[0].menu().actions()]
    assert offered == [CFA, LP, "", "Un autre établissement…"]
    face.joining.add_named("Lycée Jean-Zay")
    settle()
    assert face._faces.currentIndex() == 0
    assert face.pane.name.whole() == "Lycée Jean-Zay"
    face.joining.join(school(desk, LP))
    settle()
    assert [row.member.name for row in face.table.figures.lines()] == ["LP Jeanne-Barret", "Lycée Jean-Zay", ""]
    face.joining.add_named("lycée jean zay")  # the same, written in another way
    settle()
    assert len(face.table.figures.lines()) == 3


def test_no_amount_is_cut(face, desk, qtbot):  # noqa: F811
    face.show_columns("euros")
    type_in(face, LP, "cents", "123456789,10", qtbot)
    room = face.table.columnWidth(COLUMN["cents"])
    bold = QFontMetrics(theme.font(13, 600)).horizontalAdvance(face.table.figures.index(2, COLUMN["cents"]).data())
    assert room >= bold + 16
