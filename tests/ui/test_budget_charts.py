"""The budget drawn: the same figures as the table, in words too, told apart without colours."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage

from mobility_app.actions import projects
from mobility_app.core.spending import Point, Spending
from mobility_app.store import queries, reports
from mobility_app.store.journal import Label
from mobility_app.ui import theme
from mobility_app.ui.budget_face import BudgetFace
from mobility_app.ui.page_budget import BudgetPage
from mobility_app.ui.spending_chart import SpendingChart, summary
from tests.ui.dossiers import desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import settle, unnamed


@pytest.fixture
def face(desk, qtbot) -> BudgetFace:  # noqa: F811
    with desk.db.write(Label("accordé")) as s:
        projects.award(s, desk.project_id, "individual_support", "VET_SHORT_TERM", 1_000_000)
    page = opened(qtbot, BudgetPage(desk))
    face = page.face("budget")
    face.views.changed.emit("charts")
    settle()
    assert unnamed(page) == []
    return face


def counted(chart, token: str) -> int:
    """How many pixels of the drawing have a colour of the theme."""
    image = chart.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = theme.tokens().color(token).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_the_charts_have_the_figures_of_the_report(face, desk):  # noqa: F811
    with desk.db.read() as s:
        basis = reports.basis(s, desk.project_id, desk.today)
        report, spent = basis.report(), reports.spent(s, basis)
    drawn = face.charts.in_time._spending
    assert drawn == spent
    sums = (sum(getattr(line, key) for line in report.budget) for key in ("engaged", "paid"))
    assert spent.last == Point(desk.today, *sums)
    by_line = {line.key: line for line in face.charts.by_line._lines}
    assert sum(line.engaged for line in by_line.values()) == spent.last.engaged
    assert by_line["individual_support"].awarded == 1_000_000


def test_whoever_cannot_see_them_is_told(face):
    lines = spaced(face.charts.by_line.accessibleDescription())
    assert "Soutien individuel : accordé 10 000 €" in lines
    assert "Soutien organisationnel : accordé non saisi" in lines
    time = spaced(face.charts.in_time.accessibleDescription())
    assert time.startswith("63 % du temps est écoulé")
    assert "28/02/2027 : " in time
    assert "15/03/2027 : " in time
    assert spaced(face.charts.summary.text()) in time


def test_the_figures_of_a_month_are_under_the_pointer(face, qtbot):
    chart = face.charts.in_time
    chart.grab()
    for x, day in ((chart.width() - 5, "15/03/2027"), (60, "01/06/2026")):
        qtbot.mouseMove(chart, QPoint(x, chart.height() // 2))
        assert chart.toolTip().startswith(day)
    assert spaced(chart.toolTip()) == "01/06/2026 : 0 € engagés, 0 € payés"


def test_they_are_drawn_in_both_themes(face, qapp):
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        assert counted(face.charts.by_line, "chart") > 50
        assert counted(face.charts.by_line, "chart_light") > 50
        assert counted(face.charts.in_time, "success") > 20
    theme.apply(qapp, "light")


def test_they_follow_the_dossier(face, desk):  # noqa: F811
    with desk.db.write(Label("accordé")) as s:
        projects.award(s, desk.project_id, "travel_support", "", 777_700)
    settle()
    assert "Frais de voyage : accordé 7 777 €" in spaced(face.charts.by_line.accessibleDescription())


def test_a_project_without_its_period_is_told_what_to_type(desk, qtbot):  # noqa: F811
    with desk.db.write(Label("période")) as s:
        projects.change(s, desk.project_id, start=None)
    with desk.db.read() as s:
        desk.choose(queries.project(s, desk.project_id))
    face = opened(qtbot, BudgetPage(desk)).face("budget")
    face.show_view("charts")
    settle()
    assert "début" in face.charts.summary.text()
    assert face.charts.in_time.accessibleDescription() == ""
    face.charts.grab()


def test_today_is_marked_only_within_the_calendar(qtbot):
    made = Spending(dt.date(2026, 6, 1), dt.date(2027, 8, 31), dt.date(2027, 3, 15), (), 100_000)
    chart = SpendingChart()
    qtbot.addWidget(chart)
    chart.resize(500, 300)
    inks = []
    for today in (dt.date(2027, 3, 15), dt.date(2026, 1, 1)):
        found = replace(made, today=today, points=(Point(today, 5_000, 1_000),))
        chart.show_spending(found)
        inks.append(counted(chart, "hover"))
    assert inks[0] > 1_000
    assert inks[1] < 50
    assert "0 %" in spaced(summary(found))
