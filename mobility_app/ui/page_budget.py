"""Budget et paiements: what was awarded, engaged, paid and left; the targets; the rates all of it is counted by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtWidgets import QLabel, QMenu, QStackedWidget, QWidget

from mobility_app.actions import projects
from mobility_app.core.activities import short_title
from mobility_app.core.facts import BudgetLine, Report
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _, money
from mobility_app.jobs import accounts
from mobility_app.store import reports
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui import budget_lines, tasks
from mobility_app.ui.budget_lines import ON_DEMAND, BudgetRow, Key
from mobility_app.ui.buttons import button, menu_button
from mobility_app.ui.cards import Card, column, line
from mobility_app.ui.chips import Segments
from mobility_app.ui.desk import Desk
from mobility_app.ui.desk_page import DeskPage
from mobility_app.ui.figures import FiguresTable
from mobility_app.ui.labels import label
from mobility_app.ui.notices import Banner, EmptyState, InlineMessage
from mobility_app.ui.payments_face import PaymentsFace, dues
from mobility_app.ui.rate_sheet import Rates, RateSheet, ask_rates, missing_text
from mobility_app.ui.rate_values import read_amount
from mobility_app.ui.target_lines import FIGURES as TARGET_FIGURES
from mobility_app.ui.target_lines import TargetRow, target_rows
from mobility_app.ui.values import read_whole

FACES = (
    ("budget", N_("Budget")),
    ("payments", N_("Payments")),
    ("targets", N_("Targets")),
    ("rates", N_("Rates")),
)
SUMS = (
    ("awarded", N_("Awarded")),
    ("engaged", N_("Engaged")),
    ("paid", N_("Paid")),
    ("left", N_("Left")),
)


@dataclass(frozen=True)
class Money:
    """All that the page shows of a project, read at once."""

    report: Report
    rates: Rates


class BudgetPage(DeskPage):
    """`show_face` brings "budget", "payments", "targets" or "rates" to the front."""

    key, icon = "budget", "wallet"
    tables = frozenset({"mobility", "payment", "budget_award", "target", "rate", "project", "grant_line", "paper"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._query: tasks.Task | None = None
        self._extra: set[Key] = set()
        self._money: Money | None = None
        self.faces = Segments(
            _("Budget and payments"),
            [(code, _(title)) for code, title in FACES],
        )
        self.faces.changed.connect(self.show_face)
        self.enter_rates = button(_("Enter the rates"), lambda: self.show_face("rates"))
        self.provisional = Banner("", "warning", [self.enter_rates])
        self.provisional.hide()
        self.example = Banner(
            _("Example rates, invented: none of these amounts may be used for a real project."),
            "neutral",
            closable=True,
        )
        self.example.hide()
        self._owed: tasks.Task | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._budget_face)
        self._nothing = EmptyState(
            "wallet",
            _("No project chosen"),
            _("A budget belongs to one project: choose it at the top, or bring in your Excel table."),
            [button(_("Open my Excel table"), lambda: desk.show("import"), icon="upload")],
        )
        self._whole = QWidget()
        inside = column(self.faces, self.provisional, self.example, self._stack, spacing=10)
        inside.setStretch(3, 1)
        self._whole.setLayout(inside)
        self._outer = QStackedWidget()
        self._outer.addWidget(self._whole)
        self._outer.addWidget(self._nothing)
        self.setLayout(column(self._outer, margins=(16, 0, 16, 12)))

    def title(self) -> str:
        return _("Budget and payments")

    def show_face(self, face: str) -> None:
        self.faces.choose(face)
        widget: QWidget = {
            "budget": lambda: self._budget_face,
            "payments": lambda: self.payments,
            "targets": lambda: self._targets_face,
            "rates": lambda: self.rates,
        }[face]()
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        self.show_banners()
        self._show_face()

    # The faces, each made when it is first looked at

    @cached_property
    def rates(self) -> RateSheet:
        return RateSheet(self.desk)

    @cached_property
    def payments(self) -> PaymentsFace:
        return PaymentsFace(self.desk)

    @cached_property
    def _budget_face(self) -> QWidget:
        self._figures: dict[str, QLabel] = {}
        tiles = []
        for key, title in SUMS:
            tile = Card()
            figure = self._figures[key] = label("", "figure")
            figure.setAccessibleName(_(title))
            tile.add(column(label(_(title), "muted"), figure, spacing=2))
            tiles.append(tile)
        self.budget = FiguresTable(_("Budget"), budget_lines.FIGURES, strong=lambda row: row.key is None)
        self.budget.setProperty("role", "framed")
        self.budget.figures.typed.connect(self._award)
        self.budget_trouble = InlineMessage()
        self.add_line = menu_button(_("Add a budget line"), [], icon="plus")
        note = label(
            _("Awarded is typed from the agreement. Paid follows the payments to participants, by line."),
            "small",
            wrap=True,
        )
        foot = line(note, self.budget_trouble, self.add_line)
        foot.setStretch(0, 1)
        lay = column(line(*tiles, spacing=12), self.budget, foot, spacing=10)
        lay.setStretch(1, 1)
        face = QWidget()
        face.setLayout(lay)
        return face

    @cached_property
    def _targets_face(self) -> QWidget:
        self.targets = FiguresTable(_("Targets"), TARGET_FIGURES, strong=lambda row: row.total)
        self.targets.setProperty("role", "framed")
        self.targets.figures.typed.connect(self._aim)
        self.targets_trouble = InlineMessage()
        note = label(
            _("Indicative is typed from the agreement, by activity type; a total that is not typed is their sum."),
            "small",
            wrap=True,
        )
        lay = column(self.targets, line(note, self.targets_trouble), spacing=10)
        lay.setStretch(0, 1)
        face = QWidget()
        face.setLayout(lay)
        return face

    # Showing

    def refresh(self) -> None:
        project, today = self.desk.project, self.desk.today
        self._outer.setCurrentIndex(0 if project else 1)
        if project is None:
            return

        def ask(s: Session) -> Money:
            return Money(reports.report(s, project.id, today), ask_rates(s, project.id, project.call_year))

        if self._query is not None:
            self._query.cancel()
        self._query = self.desk.read(self, ask, self._show)

    def _ask_payments(self) -> None:
        """Every grant is reckoned twice for them: asked for only while they are looked at."""
        project, today = self.desk.project, self.desk.today
        if project is None:
            return
        if self._owed is not None:
            self._owed.cancel()
        self._owed = self.desk.read(
            self, lambda s: dues(accounts.owed_in(s, project, today=today), today), self.payments.show_dues
        )

    def _show(self, money_: Money) -> None:
        if self._money is not None and self._money.report.project.id != money_.report.project.id:
            self._extra = set()
        self._money = money_
        self.show_banners()
        self._show_face()

    def _show_face(self) -> None:
        """Fills the face that is looked at."""
        if self._money is None:
            return
        match self.faces.chosen():
            case "budget":
                self._show_budget(self._money.report)
            case "payments":
                self._ask_payments()
            case "targets":
                self.targets.show_lines(target_rows(self._money.report))
            case "rates":
                self.rates.show_rates(self._money.rates)

    def _show_budget(self, report: Report) -> None:
        rows = budget_lines.budget_rows(report, self._extra)
        self.budget.show_lines(rows)
        self._show_sums(rows[-1].line)
        self._offer_lines(report)

    def _show_sums(self, total: BudgetLine) -> None:
        for key, figure in self._figures.items():
            value = getattr(total, key)
            figure.setText(_("not entered") if value is None else money(value))

    def show_banners(self) -> None:
        rates = self._money.rates if self._money else None
        self.provisional.say(missing_text(rates.missing) if rates and rates.missing else "")
        self.enter_rates.setVisible(self.faces.chosen() != "rates")
        self.example.setVisible(bool(rates and rates.example and self.faces.chosen() == "rates"))

    def _offer_lines(self, report: Report) -> None:
        """The lines that are not in the table yet, by activity type."""
        shown = {row.key for row in self.budget.figures.lines()}
        made = QMenu(self.add_line)
        for activity in budget_lines.activities_of(report):
            inner = made.addMenu(_(short_title(activity)).replace("&", "&&"))
            for key in ON_DEMAND:
                if (key, activity) not in shown:
                    entry = inner.addAction(budget_lines.line_title(key))
                    entry.triggered.connect(lambda _c=False, wanted=(key, activity): self.add_budget_line(wanted))
        before = self.add_line.menu()
        self.add_line.setMenu(made)
        self.add_line.setEnabled(not made.isEmpty())
        if before is not None:
            before.deleteLater()

    def add_budget_line(self, wanted: Key) -> None:
        """Shows a line that nothing was counted on yet, and begins to type what was awarded."""
        assert self._money is not None
        self._extra.add(wanted)
        rows = budget_lines.budget_rows(self._money.report, self._extra)
        self.budget.show_lines(rows)
        place = next(n for n, row in enumerate(rows) if row.key == wanted)
        index = self.budget.figures.index(place, 1)
        self.budget.setCurrentIndex(index)
        self.budget.scrollTo(index)
        self.budget.edit(index)

    # Writing

    def _award(self, row: BudgetRow, _column: str, written: str) -> None:
        project, key = self.desk.project_id, row.key
        if project is None or key is None:
            return
        self._write(
            self.budget,
            self.budget_trouble,
            Label(N_("awarded amount")),
            lambda: read_amount(written),
            lambda s, cents: projects.award(s, project, *key, cents),
        )

    def _aim(self, row: TargetRow, _column: str, written: str) -> None:
        project, aimed = self.desk.project_id, row.line
        if project is None:
            return
        self._write(
            self.targets,
            self.targets_trouble,
            Label(N_("indicative figure")),
            lambda: read_whole(written) if written.strip() else None,
            lambda s, value: projects.set_target(s, project, aimed.table, aimed.key, aimed.activity, value),
        )

    def _write(
        self,
        table: FiguresTable,
        trouble: InlineMessage,
        label_: Label,
        read: Callable[[], int | None],
        act: Callable[[Session, int | None], None],
    ) -> None:
        try:
            value = read()
        except UserError as error:
            table.figures.take_back()
            trouble.say(str(error))
            return
        trouble.say("")
        self.desk.write(self, label_, lambda s: act(s, value))
