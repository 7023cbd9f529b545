"""À faire: what is late or due soon, who leaves and returns, the money, the targets, where and when people go."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from mobility_app.core import agenda
from mobility_app.core.facts import Report
from mobility_app.i18n import _
from mobility_app.jobs import todo
from mobility_app.ui import tasks
from mobility_app.ui.buttons import primary
from mobility_app.ui.cards import Card, line, scrolled
from mobility_app.ui.desk import Desk
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.page import Page
from mobility_app.ui.todo_agenda import AgendaCard
from mobility_app.ui.todo_budget import BudgetCard
from mobility_app.ui.todo_cards import DoneCard, TargetsCard
from mobility_app.ui.todo_departures import MapCard, MonthsCard, MovesCard


class TodoPage(Page):
    """Every figure opens the rows behind it."""

    key, icon = "todo", "list-checks"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._query: tasks.Task | None = None
        self.agenda = AgendaCard(desk)
        self.moves = MovesCard(desk)
        self.done = DoneCard(desk)
        self.budget = BudgetCard(desk)
        self.map = MapCard(desk)
        self.months = MonthsCard(desk)
        self.targets = TargetsCard(desk)
        cards = QWidget()
        cards.setLayout(
            line(
                _stack((self.agenda, 1), (self.months, 0)),
                _stack((self.done, 0), (self.budget, 0), (self.moves, 1)),
                _stack((self.map, 0), (self.targets, 1)),
                margins=(16, 0, 16, 16),
                spacing=12,
            )
        )
        for i, share in enumerate((18, 10, 11)):
            cards.layout().setStretch(i, share)  # type: ignore[union-attr]  # the layout that was just set
        self._empty = EmptyState(
            "file-spreadsheet",
            "",
            "",
            [primary(_("Open my Excel table"), lambda: desk.show("import"), icon="upload")],
        )
        self._faces = QStackedLayout(self)
        self._faces.addWidget(scrolled(cards))
        self._faces.addWidget(self._empty)
        desk.changed.connect(lambda _changes: self.refresh())
        desk.project_changed.connect(self.refresh)

    def title(self) -> str:
        return _("To do")

    def heading(self) -> str:
        return _("This week")

    def recount(self) -> None:
        self.refresh()

    def opened(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Asks for the figures again; a question that is overtaken is dropped."""
        if self._query is not None:
            self._query.cancel()
        project, db, today = self._desk.project_id, self._desk.db, self._desk.today
        self._faces.setCurrentIndex(0 if project else 1)
        if project is None:
            self._say_empty()
            self.count_changed.emit(None)
            return
        self._query = tasks.run(self, lambda _p: todo.todo(db, project, today=today), lambda found: self._show(*found))

    def _say_empty(self) -> None:
        if self._desk.projects:
            text = _("What there is to do is told project by project: choose one at the top.")
            self._empty.say(_("All projects"), text)
        else:
            text = _(
                "Open your Excel table: its columns are recognised, nothing is lost, and nothing is written unseen."
            )
            self._empty.say(_("This tracking file holds no project yet."), text)

    def _show(self, report: Report, lines: tuple[agenda.Line, ...]) -> None:
        for card in (self.done, self.budget, self.map, self.months, self.targets, self.moves):
            card.show_report(report)
        self.agenda.show_lines(lines, report)
        self.count_changed.emit(len(lines) or None)


def _stack(*cards: tuple[Card, int]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(12)
    for card, share in cards:
        column.addWidget(card, share)
    if not any(share for _card, share in cards):
        column.addStretch(1)
    return column
