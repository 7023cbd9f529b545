"""The payments still to make: advance, balance or what comes back, when each is due and what must be in first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mobility_app.actions import payments
from mobility_app.core.facts import MobilityRow
from mobility_app.core.payment_plan import Step
from mobility_app.core.text import sort_key
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _, date, money, ngettext, number
from mobility_app.jobs import accounts
from mobility_app.jobs.accounts import Owed
from mobility_app.store.database import Session
from mobility_app.store.journal import counted
from mobility_app.ui.buttons import primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.counters import Counters
from mobility_app.ui.desk import Desk
from mobility_app.ui.editors import DateEdit
from mobility_app.ui.face import Face
from mobility_app.ui.labels import label
from mobility_app.ui.notices import EmptyState, InlineMessage
from mobility_app.ui.rows_model import Column, Order, RowsModel
from mobility_app.ui.table import RowsTable
from mobility_app.ui.values import read_date
from mobility_app.ui.wanted import Wanted

KINDS = {
    "advance": (N_("Advance"), "info"),
    "balance": (N_("Balance"), "success"),
    "repayment": (N_("Overpaid, to come back"), "danger"),
}
STATES = {
    "late": (N_("Late"), "danger"),
    "ready": (N_("Ready to pay"), "success"),
    "waiting": (N_("Waiting for papers"), "neutral"),
    "unknown": (N_("Amount unknown"), "warning"),
}


@dataclass(frozen=True)
class Due:
    """One payment to make, of one mobility."""

    id: str
    row: MobilityRow
    step: Step
    state: str

    @property
    def lacking(self) -> str:
        """What must be in first."""
        return ", ".join(_(gate.title.text) for gate in self.step.gates if not gate.met)


def dues(owed: Sequence[Owed], today: dt.date) -> tuple[Due, ...]:
    """The next payments first; what is open and past its day is late."""
    found = [Due(f"{one.row.id}/{step.kind}", one.row, step, _state(step, today)) for one in owed for step in one.steps]
    return tuple(sorted(found, key=lambda due: (due.step.due is None, due.step.due or today, due.row.number)))


def _state(step: Step, today: dt.date) -> str:
    if step.amount is None:
        return "unknown"
    if not step.open:
        return "waiting"
    return "late" if step.due is not None and step.due < today else "ready"


def _amount(due: Due) -> str:
    return "" if due.step.amount is None else money(due.step.amount)


def _kind(due: Due) -> str:
    return _(KINDS[due.step.kind][0])


COLUMNS: tuple[Column, ...] = (
    Column("name", N_("Participant"), lambda due: due.row.full_name, 170, sort="name", grow=True),
    Column("school", N_("Sending organisation"), lambda due: due.row.sending_organisation or "", 170, sort="school"),
    Column(
        "kind", N_("Payment"), lambda due: _(KINDS[due.step.kind][0]), 150, tone=lambda due: KINDS[due.step.kind][1]
    ),
    Column("amount", N_("Amount"), _amount, 112, numeric=True, sort="amount"),
    Column("due", N_("Due on"), lambda due: date(due.step.due), 104, sort="due"),
    Column("state", N_("State"), lambda due: _(STATES[due.state][0]), 160, tone=lambda due: STATES[due.state][1]),
    Column("lacking", N_("Waits for"), lambda due: due.lacking, 200, grow=True, ink=lambda due: "muted"),
)
_SORTED: dict[str, Callable[[Due], object]] = {
    "name": lambda due: sort_key(due.row.last_name, due.row.first_name),
    "school": lambda due: sort_key(due.row.sending_organisation or ""),
    "amount": lambda due: due.step.amount or 0,
    "due": lambda due: due.step.due or dt.date.max,
}


class PaymentsFace(Face):
    """Choose some, say the day, and they are entered as paid in one step."""

    code, name = "payments", N_("Payments")
    tables = frozenset({"mobility", "payment", "rate", "project", "grant_line", "paper"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._dues: dict[str, Due] = {}
        self.counters = Counters([(code, _(title), tone) for code, (title, tone) in STATES.items()])
        self.counters.chosen.connect(lambda _code: self._filter())
        self.model = RowsModel(COLUMNS, self._fetch, (("due", False),), self)
        nothing = EmptyState("wallet", _("Nothing to pay"), _("Advances and balances appear here when they fall due."))
        self.table = RowsTable(self.model, _("Payments to make"), "payments", nothing)
        self.table.setProperty("role", "framed")
        self.table.picked.connect(lambda _ids: self._show_chosen())
        self.table.opened.connect(self._open)
        self.chosen = label("", "muted")
        self.day = DateEdit()
        self.day.setAccessibleName(_("Paid on"))
        self.day.setFixedWidth(132)
        self.day.setText(date(desk.today))
        self.trouble = InlineMessage()
        self.pay_button = primary(_("Enter as paid"), self.pay)
        foot = line(self.chosen, None, self.trouble, label(_("Paid on"), "muted"), self.day, self.pay_button)
        lay = column(self.counters, self.table, foot, spacing=10)
        lay.setStretch(1, 1)
        self.setLayout(lay)
        self._show_chosen()

    def refresh(self) -> None:
        project, today = self.desk.project, self.desk.today
        assert project is not None
        self.ask(lambda s: dues(accounts.owed_in(s, project, today=today), today), self.show_dues)

    def show_dues(self, found: Sequence[Due]) -> None:
        self._dues = {due.id: due for due in found}
        figures: dict[str, int] = {}
        for due in found:
            figures[due.state] = figures.get(due.state, 0) + 1
        self.counters.show_numbers(figures, hide_zero=("unknown",))
        if self.counters.on() and not figures.get(self.counters.on()):
            self.counters.choose("")
        self._filter()

    def _fetch(self, ids: Sequence[str]) -> list[Due]:
        found = self._dues
        return [found[due_id] for due_id in ids if due_id in found]

    def _filter(self) -> None:
        found, state = tuple(self._dues.values()), self.counters.on()

        def find(order: Order) -> list[str]:
            chosen = [due for due in found if not state or due.state == state]
            for key, down in order:
                chosen.sort(key=_SORTED[key], reverse=down)  # type: ignore[arg-type]  # each key gives one kind of value
            return [due.id for due in chosen]

        self.model.show(find)

    def _payable(self) -> list[Due]:
        return [due for due_id in self.table.selected_ids() if (due := self._dues[due_id]).step.amount]

    def _show_chosen(self) -> None:
        chosen = self._payable()
        count = len(chosen)
        if count:
            total = sum(due.step.amount or 0 for due in chosen if due.step.kind != "repayment")
            text = ngettext("{n} payment chosen, {total} in all", "{n} payments chosen, {total} in all", count)
            self.chosen.setText(text.format(n=number(count), total=money(total)))
        else:
            self.chosen.setText(_("Choose payments (Ctrl+A for all) to enter them as paid."))
        self.pay_button.setEnabled(count > 0)

    def _open(self, due_id: str) -> None:
        due = self._dues.get(due_id)
        if due is not None:
            self.desk.show("mobilities", Wanted(ids=(due.row.id,), title=due.row.full_name))

    def pay(self) -> None:
        """Enters the chosen payments as made on that day: one step."""
        chosen = self._payable()
        try:
            day = read_date(self.day.text().strip())
        except UserError as error:
            self.trouble.say(str(error))
            return
        self.trouble.say("")

        def act(s: Session) -> None:
            for due in chosen:
                payments.add(s, due.row.id, due.step.kind, due.step.amount or 0, day)

        self.desk.write(self, counted("one payment", "{count} payments", len(chosen)), act)
