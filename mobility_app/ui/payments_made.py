"""The payments that were made: to whom, when, under which reference; corrected and removed, each undoable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from mobility_app.actions import payments
from mobility_app.core.wanted import Wanted
from mobility_app.fields import Choice, Field
from mobility_app.i18n import N_, _, date, money, ngettext, number
from mobility_app.store import payments as made
from mobility_app.store.database import Session
from mobility_app.store.journal import Label, counted
from mobility_app.store.payments import PaidRow
from mobility_app.ui import tasks
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import column, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.entry_form import EntryForm
from mobility_app.ui.labels import label
from mobility_app.ui.notices import EmptyState, InlineMessage
from mobility_app.ui.rows_model import Column, RowsModel
from mobility_app.ui.table import RowsTable

KINDS = {
    "advance": (N_("Advance"), "info"),
    "balance": (N_("Balance"), "success"),
    "repayment": (N_("Overpaid, came back"), "danger"),
    "in_kind": (N_("In kind"), "neutral"),
}
FIELDS = (
    Field(
        "kind",
        N_("Payment"),
        "choice",
        "payment",
        choices=tuple(Choice(code, title) for code, (title, _tone) in KINDS.items()),
    ),
    Field("cents", N_("Amount"), "money", "payment"),
    Field("date", N_("Paid on"), "date", "payment"),
    Field("payee", N_("Payee"), "text", "payment", length=200),
    Field("reference", N_("Reference"), "text", "payment", length=120),
)
COLUMNS: tuple[Column, ...] = (
    Column("name", N_("Participant"), lambda row: row.full_name, 170, sort="name", grow=True),
    Column("school", N_("Sending organisation"), lambda row: row.school or "", 160, sort="school", grow=True),
    Column(
        "kind",
        N_("Payment"),
        lambda row: _(KINDS[row.kind][0]),
        140,
        tone=lambda row: KINDS[row.kind][1],
        sort="kind",
    ),
    Column("cents", N_("Amount"), lambda row: money(row.cents), 112, numeric=True, sort="cents"),
    Column("date", N_("Paid on"), lambda row: date(row.date), 104, sort="date"),
    Column("payee", N_("Payee"), lambda row: row.payee or _("the participant"), 190, sort="payee", grow=True),
    Column("reference", N_("Reference"), lambda row: row.reference or "", 150, sort="reference", grow=True),
)


class PaymentsMade(QWidget):
    """`form` is open while one payment is corrected."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: PaidRow | None = None  # the one in the form
        self._sum: tasks.Task | None = None
        self.model = RowsModel(COLUMNS, self._fetch, (("date", True),), self)
        nothing = EmptyState("wallet", _("Nothing paid yet"), _("What you enter as paid under “To pay” comes here."))
        self.table = RowsTable(self.model, _("Payments made"), "payments-made", nothing)
        self.table.setProperty("role", "framed")
        self.table.picked.connect(lambda _ids: self._show_chosen())
        self.table.opened.connect(lambda _id: self.open())
        self.model.loaded.connect(lambda _count: self._show_chosen())
        self.chosen = label("", "muted")
        self.trouble = InlineMessage()
        self.open_button = button(_("Open the mobility"), self.open)
        self.correct_button = button(_("Correct…"), self.correct, icon="pencil")
        self.remove_button = button(_("Remove"), self.remove, icon="trash-2")
        self.form = EntryForm([FIELDS])
        self.form.hide()
        self.form.saved.connect(self._save)
        self.form.removed.connect(self.remove)
        self.form.closed.connect(self.close_form)
        self.foot = QWidget()
        self.foot.setLayout(
            line(self.chosen, self.trouble, None, self.open_button, self.correct_button, self.remove_button)
        )
        lay = column(self.table, self.form, self.foot, spacing=8)
        lay.setStretch(0, 1)
        self.setLayout(lay)
        self._show_chosen()

    # Showing

    def refresh(self, project_id: str) -> None:
        db = self._desk.db

        def find(order: Any) -> list[str]:
            with db.read() as s:
                return made.ids(s, project_id, order)

        self.model.show(find)

    def _fetch(self, ids: Sequence[str]) -> list[PaidRow]:
        with self._desk.db.read() as s:
            return made.rows(s, ids)

    def _show_chosen(self) -> None:
        """What the chosen payments come to, or all of them when none is."""
        ids = self.table.selected_ids()
        for each in (self.open_button, self.correct_button):
            each.setEnabled(len(ids) == 1)
        self.remove_button.setEnabled(bool(ids))
        if self._row is not None and ids != [self._row.id]:
            self.close_form()
        if self._sum is not None:
            self._sum.cancel()
        meant, chosen, today = ids or self.model.ids(), bool(ids), self._desk.today
        self._sum = self._desk.read(
            self,
            lambda s: made.totals(s, meant, today),
            lambda sums: self.chosen.setText(_totals_text(len(meant), *sums, chosen=chosen)),
        )

    def _current(self) -> PaidRow | None:
        ids = self.table.selected_ids()
        return self.model.row(self.model.place_of(ids[0])) if len(ids) == 1 else None

    def open(self) -> None:
        if row := self._current():
            self._desk.show("mobilities", Wanted(ids=(row.mobility_id,), title=row.full_name))

    # Changing

    def correct(self) -> None:
        """Opens the form on the chosen payment."""
        self._row = self._current()
        if self._row is not None:
            self.form.begin({field.key: getattr(self._row, field.key) for field in FIELDS}, known=True)
            self.foot.hide()
            self.form.show()

    def close_form(self) -> None:
        self._row = None
        self.form.hide()
        self.foot.show()

    def _save(self, values: dict[str, Any]) -> None:
        row = self._row
        if row is None:
            return
        step = Label(N_("corrected payment of {name}"), table="mobility", id=row.mobility_id)
        self._desk.write(
            self,
            step,
            lambda s: payments.change(s, row.id, seen=row.version, **values),
            lambda _done: self.close_form(),
            self.form.trouble.refuse,
        )

    def remove(self) -> None:
        """The chosen payments to the bin: one step, and they are to be paid again."""
        ids = self.table.selected_ids()

        def act(s: Session) -> None:
            for each in ids:
                payments.remove(s, each)

        step = counted("one payment removed", "{count} payments removed", len(ids))
        self._desk.write(self, step, act, failed=self.trouble.refuse)


def _totals_text(count: int, cents: int, later: int, *, chosen: bool) -> str:
    """The budget counts what was paid up to today: what has a later day is told apart."""
    if not count:
        return ""
    if chosen:
        text = ngettext("{n} payment chosen, {total} in all", "{n} payments chosen, {total} in all", count)
    else:
        text = ngettext("{n} payment made, {total} in all", "{n} payments made, {total} in all", count)
    parts = [text.format(n=number(count), total=money(cents))]
    if later:
        parts.append(_("of which {total} after today").format(total=money(later)))
    return ", ".join(parts)
