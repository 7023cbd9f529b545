"""The expenses of the chosen departure, member or project: listed, and one of them in its form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedLayout, QWidget

from mobility_app.core.real_costs import Invoice
from mobility_app.i18n import _, money, ngettext, number
from mobility_app.jobs.costs import Costs
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, column, line, scrolled
from mobility_app.ui.cost_columns import EXPENSES
from mobility_app.ui.cost_lines import CostLine, Part, parts
from mobility_app.ui.desk import Desk
from mobility_app.ui.expense_form import ExpenseForm, Owner
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.rows_model import RowsModel
from mobility_app.ui.table import RowsTable

NOTHING, LIST, FORM = range(3)


class ExpensePane(QWidget):
    """`show_line` fills it; the list is one face, the form of one expense the other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._line: CostLine | None = None
        self._parts: dict[str, Part] = {}
        self._offered: Callable[[], tuple[list[tuple[str, Owner]], Sequence[str]]] = lambda: ([], ())
        self._faces = QStackedLayout(self)
        self.form = ExpenseForm(desk)
        self.form.closed.connect(lambda: self._faces.setCurrentIndex(LIST))
        inside = QWidget()
        inside.setLayout(column(self.form, None))
        nothing = EmptyState("wallet", _("No line chosen"), _("Choose a line to see its expenses and add one."))
        for face in (nothing, self._list(), scrolled(inside)):
            self._faces.addWidget(face)

    def _list(self) -> Card:
        self.name, self.sum = ElidedLabel("", "heading"), label("", "muted")
        self.model = RowsModel(EXPENSES, self._fetch, (), self)
        nothing = EmptyState("file-spreadsheet", _("No expense yet"), _("Add the invoices as they come in."))
        self.table = RowsTable(self.model, _("Expenses"), "expenses", nothing)
        self.table.opened.connect(self.change)
        self.table.current.connect(lambda _id: self._enable())
        self.model.loaded.connect(lambda _count: self._enable())
        self.add_button = button(_("Add an expense"), self.add, icon="plus")
        self.change_button = button(_("Change…"), lambda: self.change(self.table.current_id()), icon="pencil")
        card = Card()
        card.add(column(self.name, self.sum, spacing=2))
        card.add(self.table, 1)
        card.add(line(self.add_button, None, self.change_button))
        return card

    def show_line(self, costs: Costs, chosen: CostLine | None, by: str, suppliers: Sequence[str]) -> None:
        """The expenses of a line; a form that she fills in stays open while it is the same line."""
        other = self._line is None or chosen is None or self._line.id != chosen.id
        self._line = chosen
        if chosen is None:
            self._faces.setCurrentIndex(NOTHING)
            return
        self._offered = lambda: (_owners(costs, chosen, by), suppliers)
        self._parts = {part.id: part for part in parts(costs, chosen, by)}
        ids = list(self._parts)
        self.model.show(lambda order: ids)
        self.name.say(chosen.name)
        self.sum.setText(_summed(chosen, len(ids)))
        if other or self._faces.currentIndex() != FORM:
            self._faces.setCurrentIndex(LIST)

    def _fetch(self, ids: Sequence[str]) -> list[Part]:
        found = self._parts
        return [found[id_] for id_ in ids if id_ in found]

    def _enable(self) -> None:
        self.change_button.setEnabled(bool(self.table.current_id()))

    def add(self) -> None:
        self._open(None, "")

    def change(self, expense_id: str) -> None:
        if part := self._parts.get(expense_id):
            self._open(part.invoice, part.whose)

    def _open(self, invoice: Invoice | None, whose: str) -> None:
        self.form.offer(*self._offered())
        self.form.begin(invoice, whose)
        self._faces.setCurrentIndex(FORM)


def _owners(costs: Costs, chosen: CostLine, by: str) -> list[tuple[str, Owner]]:
    """To whom an expense of this line may belong: its departures first, then its people."""
    flows = {row.flow_id for row in chosen.rows} | ({chosen.key} if by == "flow_id" else set())
    found: list[tuple[str, Owner]] = [
        (_("Whole departure: {name}").format(name=name), ("flow_id", id_))
        for id_, name in costs.flows.items()
        if id_ in flows
    ]
    people = sorted(chosen.rows, key=lambda row: row.full_name)
    return found + [(row.full_name, ("mobility_id", row.id)) for row in people]


def _summed(chosen: CostLine, count: int) -> str:
    stays = ngettext("{n} stay", "{n} stays", len(chosen.rows)).format(n=number(len(chosen.rows)))
    expenses = ngettext("{n} expense", "{n} expenses", count).format(n=number(count))
    return " · ".join([stays, expenses, *([money(chosen.left.real)] if chosen.costed else [])])
