"""Real expenses beside the flat rates: what is left over, what is left to the families, and the invoices behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from mobility_app.core import real_costs
from mobility_app.core.wanted import Wanted
from mobility_app.i18n import N_, _, money, ngettext, number
from mobility_app.jobs import costs
from mobility_app.jobs.costs import Costs
from mobility_app.store import expenses
from mobility_app.store.database import Session
from mobility_app.ui import account_files, cost_lines
from mobility_app.ui.buttons import menu_button
from mobility_app.ui.cards import Card, column, line
from mobility_app.ui.chips import Segments
from mobility_app.ui.cost_columns import COLUMNS, SORTED, amounts
from mobility_app.ui.cost_lines import GROUPS, CostLine
from mobility_app.ui.desk import Desk
from mobility_app.ui.expense_pane import ExpensePane
from mobility_app.ui.face import Face
from mobility_app.ui.labels import label
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.records_page import PANE
from mobility_app.ui.rows_model import Order, RowsModel
from mobility_app.ui.table import RowsTable

SUMS = (
    ("flat", N_("Flat sums")),
    ("real", N_("Real costs")),
    ("left", N_("Leftover")),
    ("family", N_("Families’ share")),
)


@dataclass(frozen=True)
class Known:
    """All that the face shows, reckoned in the worker; `astray`: cents of invoices about nobody who leaves."""

    costs: Costs
    lines: Mapping[str, Sequence[CostLine]]  # by code of GROUPS
    astray: int
    suppliers: Sequence[str]


class CostsFace(Face):
    """`table` has a line a departure, member or project, as `groups` says; `pane` the expenses of the chosen one."""

    code, name = "costs", N_("Real costs")
    tables = frozenset({"expense", "co_funding", "flow", "file"}) | {
        *("mobility", "participant", "organisation", "project", "rate", "grant_line"),
    }

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._known: Known | None = None
        self._lines: dict[str, CostLine] = {}
        self.groups = Segments(_("Leftover"), [(code, _(title)) for code, title in GROUPS])
        self.groups.changed.connect(lambda _by: self._show_lines())
        self.leftovers, self.region = self._statement("leftovers"), self._statement("region")
        self.sums: dict[str, QLabel] = {}
        tiles = Card()
        tiles.add(line(*(self._tile(key, _(title)) for key, title in SUMS), spacing=16))
        self.model = RowsModel(COLUMNS, self._fetch, (), self)
        nothing = EmptyState("users", _("No departure yet"), _("Put mobilities into a departure first."))
        self.table = RowsTable(self.model, _("Real costs"), "costs", nothing)
        self.table.setProperty("role", "framed")
        self.table.current.connect(self._show_chosen)
        self.table.opened.connect(self._open)
        self.model.loaded.connect(self._choose_first)
        self.remark = label("", "small", wrap=True)
        self.pane = ExpensePane(desk)
        self.pane.setFixedWidth(PANE + 24)
        head = line(column(self.groups, margins=(0, 4, 0, 0)), self.leftovers, self.region)
        head.setStretch(0, 1)
        left = column(head, tiles, self.table, self.remark, spacing=10)
        left.setStretch(2, 1)
        whole = line(left, self.pane, spacing=12)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _tile(self, key: str, title: str) -> QVBoxLayout:
        figure = self.sums[key] = label("", "tile")
        figure.setAccessibleName(title)
        return column(label(title, "muted"), figure, spacing=2)

    def _statement(self, paper: str) -> QPushButton:
        kinds = [(kind, partial(self._ask, paper, ending)) for ending, (kind, _endings) in account_files.KINDS.items()]
        return menu_button(_(account_files.PAPERS[paper][0]), kinds)

    def _ask(self, paper: str, ending: str) -> None:
        if path := account_files.ask(self, self.desk, paper, ending):
            account_files.write(self, self.desk, paper, path)

    def refresh(self) -> None:
        project, today = self.desk.project, self.desk.today
        assert project is not None

        def read(s: Session) -> Known:
            found = costs.of_project(s, project, today=today)
            grouped = {code: cost_lines.lines(found, code) for code, _title in GROUPS}
            return Known(found, grouped, real_costs.astray(found.rows, found.invoices), expenses.suppliers(s))

        self.ask(read, self._show)

    def _show(self, known: Known) -> None:
        self._known = known
        self._show_lines()

    def _show_lines(self) -> None:
        if self._known is None:
            return
        found = self._known.lines[self.groups.chosen()]
        self._lines = {line.id: line for line in found}
        for key, text in amounts(found).items():
            self.sums[key].setText(text)
        self.remark.setText(_remark(self._known, found))
        self.remark.setVisible(bool(self.remark.text()))

        def find(order: Order) -> list[str]:
            chosen = list(found)
            for key, down in order:
                chosen.sort(key=SORTED[key], reverse=down)  # type: ignore[arg-type]  # a key gives one kind of value
            return [line.id for line in chosen]

        self.model.show(find)

    def _fetch(self, ids: Sequence[str]) -> list[CostLine]:
        found = self._lines
        return [found[id_] for id_ in ids if id_ in found]

    def _choose_first(self, count: int) -> None:
        """One line is always chosen, so that its expenses are in sight."""
        if count and not self.table.current_id():
            self.table.select_ids(self.model.ids()[:1])
        self._show_chosen(self.table.current_id())

    def _open(self, id_: str) -> None:
        """The mobilities behind a line."""
        chosen = self._lines[id_]
        self.desk.show("mobilities", Wanted(ids=tuple(row.id for row in chosen.rows), title=chosen.name))

    def _show_chosen(self, id_: str) -> None:
        if self._known is not None:
            self.pane.show_line(self._known.costs, self._lines.get(id_), self.groups.chosen(), self._known.suppliers)


def _remark(known: Known, lines: Sequence[CostLine]) -> str:
    """Why the leftover is not the last word yet."""
    said = []
    if uncosted := sum(line.left.uncosted for line in lines):
        text = ngettext(
            "{n} mobility has no invoice yet: it is not counted.",
            "{n} mobilities have no invoice yet: they are not counted.",
            uncosted,
        )
        said.append(text.format(n=number(uncosted)))
    if known.astray:
        text = _("{amount} of expenses are about nobody who leaves: they are in no leftover.")
        said.append(text.format(amount=money(known.astray)))
    return " ".join(said)
