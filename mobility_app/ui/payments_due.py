"""The payments to make: choose some, write their list for the accountant, enter them as paid in one step."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mobility_app.actions import payments
from mobility_app.core.wanted import Wanted
from mobility_app.errors import UserError
from mobility_app.i18n import _, date, money, ngettext, number, render
from mobility_app.jobs.papers import Made
from mobility_app.store.database import Session
from mobility_app.store.journal import counted
from mobility_app.ui import places
from mobility_app.ui.account_files import KINDS
from mobility_app.ui.buttons import button, menu_button, primary
from mobility_app.ui.cards import column, empty, line
from mobility_app.ui.counters import Counters
from mobility_app.ui.desk import Desk
from mobility_app.ui.due_lines import COLUMNS, STATES, Due, due_id, ordered
from mobility_app.ui.labels import label
from mobility_app.ui.notices import Banner, EmptyState, InlineMessage
from mobility_app.ui.pay_form import PayForm, Typed
from mobility_app.ui.printing import SHOWN
from mobility_app.ui.rows_model import RowsModel
from mobility_app.ui.table import RowsTable

# One payment as it is entered: mobility, kind, cents, payee.
Entry = tuple[str, str, int, str]


class PaymentsDue(QWidget):
    """`list_wanted` asks for the payment list of the chosen ones as a file with this ending."""

    list_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._dues: dict[str, Due] = {}
        self._listed: Made | None = None
        self.counters = Counters([(code, _(title), tone) for code, (title, tone) in STATES.items()])
        self.counters.chosen.connect(lambda _code: self._filter())
        self.model = RowsModel(COLUMNS, self._fetch, (("due", False),), self)
        nothing = EmptyState("wallet", _("Nothing to pay"), _("Advances and balances appear here when they fall due."))
        self.table = RowsTable(self.model, _("Payments to make"), "payments", nothing)
        self.table.setProperty("role", "framed")
        self.table.picked.connect(lambda _ids: self._show_chosen())
        self.table.opened.connect(self._open)
        self.notices = column()
        self.chosen = label("", "muted")
        self.trouble = InlineMessage()
        self.form = PayForm(desk.today)
        asks = [(f"{title}…", partial(self.list_wanted.emit, ending)) for ending, (title, _endings) in KINDS.items()]
        self.list_button = menu_button(_("Payment list"), asks, icon="file-spreadsheet")
        self.pay_button = primary(_("Enter as paid"), self.pay)
        said = line(self.chosen, self.trouble)
        said.setStretch(1, 1)
        foot = line(self.form, None, column(None, self.list_button), column(None, self.pay_button))
        lay = column(self.counters, self.table, self.notices, said, foot, spacing=8)
        lay.setStretch(1, 1)
        self.setLayout(lay)
        self._show_chosen()

    # Showing

    def show_dues(self, found: Sequence[Due]) -> None:
        self._dues = {due.id: due for due in found}
        self.counters.show_numbers(Counter(due.state for due in found), hide_zero=("unknown",))
        self.counters.let_go()
        if self._listed is not None and not self._still_due(self._listed):
            self._show_notice(None)
        self._filter()

    def _fetch(self, ids: Sequence[str]) -> list[Due]:
        found = self._dues
        return [found[each] for each in ids if each in found]

    def _filter(self) -> None:
        found, state = tuple(self._dues.values()), self.counters.on()
        self.model.show(lambda order: ordered(found, state, order))

    def chosen_dues(self) -> list[Due]:
        return [self._dues[each] for each in self.table.selected_ids() if each in self._dues]

    def _payable(self) -> list[Due]:
        return [due for due in self.chosen_dues() if due.step.amount]

    def _show_chosen(self) -> None:
        chosen = self._payable()
        count = len(chosen)
        if count:
            total = sum(due.step.amount or 0 for due in chosen if due.step.kind != "repayment")
            text = ngettext("{n} payment chosen, {total} in all", "{n} payments chosen, {total} in all", count)
            self.chosen.setText(text.format(n=number(count), total=money(total)))
        else:
            self.chosen.setText(_("Choose payments (Ctrl+A for all) to list them or to enter them as paid."))
        self.form.offer_amount(chosen[0].step.amount if count == 1 else None)
        self.pay_button.setEnabled(count > 0)
        self.list_button.setEnabled(bool(self.chosen_dues()))

    def _open(self, each: str) -> None:
        if due := self._dues.get(each):
            self._desk.show("mobilities", Wanted(ids=(due.row.id,), title=due.row.full_name))

    # Entering

    def pay(self) -> None:
        """Enters the chosen payments as made on that day: one step."""
        if typed := self._typed():
            entries = [_entry(due, typed) for due in self._payable()]
            self._enter(entries, typed.day, typed.reference)

    def _typed(self) -> Typed | None:
        try:
            typed = self.form.typed()
        except UserError as error:
            self.trouble.say(str(error))
            return None
        self.trouble.say("")
        return typed

    def _enter(self, entries: Sequence[Entry], day: dt.date, reference: str) -> None:
        def act(s: Session) -> None:
            for mobility_id, kind, cents, payee in entries:
                payments.add(s, mobility_id, kind, cents, day, payee=payee, reference=reference)

        step = counted("one payment", "{count} payments", len(entries))
        self._desk.write(self, step, act, failed=self.trouble.refuse)

    # The list for the accountant

    def tell_list(self, made: Made, path: Path | None) -> None:
        """What is on the list that was written, who is not and why; what is on it can be entered as paid."""
        self._listed = made
        text = list_text(made)
        if path is None:
            self._show_notice(Banner(text, "warning", closable=True))
            return
        enter = button(_("Enter this list as paid"), lambda: self._enter_list(made))
        banner = places.written_notice(text, path, enter)
        if made.waiting:
            banner.retone("warning")
        self._show_notice(banner)

    def _enter_list(self, made: Made) -> None:
        """Under the reference that is typed, else as the list of this day."""
        if typed := self._typed():
            reference = typed.reference or _("payment list of {day}").format(day=date(self._desk.today))
            entries = [(one.mobility_id, one.kind, one.cents, one.payee) for one in made.listed]
            self._enter(entries, typed.day, reference)

    def _show_notice(self, banner: Banner | None) -> None:
        empty(self.notices)
        if banner is None:
            self._listed = None
        else:
            self.notices.addWidget(banner)

    def _still_due(self, made: Made) -> bool:
        """Whether every payment of the list is still to make, to the cent."""
        found = (self._dues.get(due_id(one.mobility_id, one.kind)) for one in made.listed)
        return all(due and due.step.amount == one.cents for due, one in zip(found, made.listed, strict=True))


def _entry(due: Due, typed: Typed) -> Entry:
    """What is due, or the sum that she typed for it."""
    cents = (due.step.amount or 0) if typed.cents is None else typed.cents
    return due.row.id, typed.kind(due.step.kind), cents, typed.payee_of(due.row)


def list_text(made: Made) -> str:
    """How many payments are on the list, what they come to, who is not on it and why."""
    count = len(made.listed)
    if not count:
        parts = [_("No list was written: none of these payments may go out yet.")]
    else:
        text = ngettext(
            "Payment list written: {n} payment, {total}.", "Payment list written: {n} payments, {total}.", count
        )
        parts = [text.format(n=number(count), total=money(sum(one.cents for one in made.listed)))]
    if unknown := sum(not one.account for one in made.listed):
        text = ngettext("{n} without bank details.", "{n} without bank details.", unknown)
        parts.append(text.format(n=number(unknown)))
    if made.waiting:
        names = " · ".join(map(render, made.waiting[:SHOWN]))
        parts.append(_("Not on it, with what each waits for: {names}").format(names=names))
        if len(made.waiting) > SHOWN:
            more = len(made.waiting) - SHOWN
            parts.append(ngettext("and {n} other.", "and {n} others.", more).format(n=number(more)))
    return " ".join(parts)
