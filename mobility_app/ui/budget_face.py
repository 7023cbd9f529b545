"""The budget of a project by line and activity type: what was awarded is typed here, all else is counted."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QLabel, QMenu, QStackedWidget, QWidget

from mobility_app.actions import projects
from mobility_app.core.activities import short_title
from mobility_app.core.budget_sums import provisional
from mobility_app.core.facts import Report
from mobility_app.core.spending import Spending
from mobility_app.i18n import N_, _
from mobility_app.store import reports
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui import budget_lines
from mobility_app.ui.budget_charts import BudgetCharts
from mobility_app.ui.budget_lines import ON_DEMAND, BudgetRow, Key
from mobility_app.ui.buttons import menu_button, set_menu
from mobility_app.ui.cards import Card, column, line
from mobility_app.ui.chips import Segments
from mobility_app.ui.desk import Desk
from mobility_app.ui.face import Face
from mobility_app.ui.figures import FiguresTable
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.rate_values import read_amount
from mobility_app.ui.typed_figures import write_typed

SUMS = (
    ("awarded", N_("Awarded")),
    ("engaged", N_("Engaged")),
    ("paid", N_("Paid")),
    ("left", N_("Left")),
)
CHARTS = "charts"
VIEWS = (("table", N_("Table")), (CHARTS, N_("Charts")))


def _drawn(s: Session, project_id: str, today: dt.date) -> tuple[Report, Spending | None]:
    basis = reports.basis(s, project_id, today)
    return basis.report(), reports.spent(s, basis)


class BudgetFace(Face):
    """`table` is the budget; `sums` the four figures above it; `charts` draws the same."""

    code, name = "budget", N_("Budget")
    tables = frozenset(
        {"mobility", "payment", "budget_award", "rate", "project", "grant_line", "paper", "preparatory_visit"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._extra: set[Key] = set()
        self._report: Report | None = None
        self.sums: dict[str, QLabel] = {}
        tiles = []
        for key, title in SUMS:
            tile = Card()
            figure = self.sums[key] = label("", "figure")
            figure.setAccessibleName(_(title))
            tile.add(column(label(_(title), "muted"), figure, spacing=2))
            tiles.append(tile)
        self.left_note = label(_("provisional: an award is missing"), "small")
        self.left_note.hide()
        tiles[-1].add(self.left_note)
        self.table = FiguresTable(_("Budget"), budget_lines.FIGURES, strong=lambda row: row.key is None)
        self.table.setProperty("role", "framed")
        self.table.figures.typed.connect(self._award)
        self.trouble = InlineMessage()
        self.add_line = menu_button(_("Add a budget line"), [], icon="plus")
        note = label(
            _("Awarded is typed from the agreement. Paid follows the payments to participants, by line."),
            "small",
            wrap=True,
        )
        foot = line(note, self.trouble, self.add_line)
        foot.setStretch(0, 1)
        typing = column(self.table, foot, spacing=10)
        typing.setStretch(0, 1)
        typed = QWidget()
        typed.setLayout(typing)
        self.charts = BudgetCharts()
        self._stack = QStackedWidget()
        for view in (typed, self.charts):
            self._stack.addWidget(view)
        self.views = Segments(_("View"), [(code, _(title)) for code, title in VIEWS])
        self.views.setFixedWidth(112)  # one under the other, as high as the figures beside them
        self.views.changed.connect(self.show_view)
        lay = column(line(*tiles, self.views, spacing=12), self._stack, spacing=10)
        lay.setStretch(1, 1)
        self.setLayout(lay)

    def show_view(self, code: str) -> None:
        """The table, or the charts: they are reckoned only while they are looked at."""
        self.views.choose(code)
        self._stack.setCurrentIndex([view for view, _title in VIEWS].index(code))
        if self.desk.project is not None:
            self.refresh()

    def refresh(self) -> None:
        project, today = self.desk.project, self.desk.today
        assert project is not None
        if self.views.chosen() == CHARTS:
            self.ask(lambda s: _drawn(s, project.id, today), lambda found: self._show(*found))
        else:
            self.ask(lambda s: reports.figures(s, project.id, today), self._show)

    def _show(self, report: Report, spending: Spending | None = None) -> None:
        if self._report is not None and self._report.project.id != report.project.id:
            self._extra = set()
        self._report = report
        rows = budget_lines.budget_rows(report, self._extra)
        self.table.show_lines(rows)
        self._show_sums(rows[-1])
        self.left_note.setVisible(provisional(report.budget))
        self._offer_lines(report)
        if self.views.chosen() == CHARTS:
            self.charts.show_report(report, spending)

    def _show_sums(self, total: BudgetRow) -> None:
        for key, figure in self.sums.items():
            typed = getattr(total.line, key) is not None
            figure.setText(total.figure(key) if typed else _("not entered"))

    def _offer_lines(self, report: Report) -> None:
        """The lines that are not in the table yet, by activity type."""
        shown = {row.key for row in self.table.figures.lines()}
        made = QMenu(self.add_line)
        for activity in budget_lines.activities_of(report):
            inner = made.addMenu(_(short_title(activity)).replace("&", "&&"))
            for key in ON_DEMAND:
                if (key, activity) not in shown:
                    entry = inner.addAction(budget_lines.line_title(key))
                    entry.triggered.connect(lambda _c=False, wanted=(key, activity): self.add_budget_line(wanted))
        set_menu(self.add_line, made)
        self.add_line.setEnabled(not made.isEmpty())

    def add_budget_line(self, wanted: Key) -> None:
        """Shows a line that nothing was counted on yet, and begins to type what was awarded."""
        assert self._report is not None
        self._extra.add(wanted)
        rows = budget_lines.budget_rows(self._report, self._extra)
        self.table.show_lines(rows)
        place = next(n for n, row in enumerate(rows) if row.key == wanted)
        index = self.table.figures.index(place, 1)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.edit(index)

    def _award(self, row: BudgetRow, _column: str, written: str) -> None:
        project, key = self.desk.project_id, row.key
        if project is None or key is None:
            return
        write_typed(
            self,
            Label(N_("awarded amount")),
            lambda: read_amount(written),
            lambda s, cents: projects.award(s, project, *key, cents),
        )
