"""Money between the lead school and one member: what was sent, certified and sent back; added, changed, taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from mobility_app.actions import accounts
from mobility_app.core.account_papers import TRANSFERS, Transferred
from mobility_app.fields import Choice, Field
from mobility_app.i18n import N_, _, date, money, number
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.store.schema import Transfer
from mobility_app.ui.buttons import button, link
from mobility_app.ui.cards import Card, amount, column, empty, line, rule
from mobility_app.ui.desk import Desk
from mobility_app.ui.entry_form import EntryForm
from mobility_app.ui.labels import ElidedLabel, label

KINDS = tuple(Choice(code, title) for code, title in TRANSFERS.items())
FIELDS = (
    (Field("kind", N_("Kind"), "choice", "payment", choices=KINDS),),
    (Field("cents", N_("Amount"), "money", "payment", length=20), Field("date", N_("Date"), "date", "payment")),
    (Field("reference", N_("Reference"), "text", "payment", length=120),),
)


class TransfersCard(Card):
    """A press on a line opens `form` on it, the button opens it on a new one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Transfers"))
        self._desk = desk
        self._member = ""
        self._changing = ""  # the transfer in the form; "" for a new one
        self._lines = column(spacing=0)
        self._nothing = label(_("Nothing was sent to this school yet."), "muted", wrap=True)
        self.add_button = button(_("Add a transfer"), self.begin, icon="plus")
        self.form = EntryForm(FIELDS)
        self.form.saved.connect(self._save)
        self.form.removed.connect(self._remove)
        self.form.closed.connect(self._close)
        for each in (self._lines, self._nothing, self.form, line(self.add_button, None)):
            self.add(each)
        self._close()

    def show_transfers(self, member: str, found: Sequence[Transferred]) -> None:
        """What stands in the file; another member lets go of what was being typed."""
        if member != self._member:
            self._close()
        self._member = member
        empty(self._lines)
        for one, title in named(found):
            self._lines.addLayout(self._line(one, title))
            self._lines.addWidget(rule())
        self._nothing.setVisible(not found)

    def _line(self, one: Transferred, title: str) -> QHBoxLayout:
        said = [date(one.date) or _("date unknown"), one.reference]
        note = ElidedLabel(" · ".join(filter(None, said)), "small")
        note.setContentsMargins(5, 0, 0, 0)  # where the words of the link above begin
        change = link(title, partial(self.begin, one), name=_("Change: {what}").format(what=title))
        made = line(column(change, note, spacing=0), amount(money(one.cents)), margins=(0, 4, 0, 4))
        made.setStretch(0, 1)
        return made

    def begin(self, one: Transferred | None = None) -> None:
        """Opens the form on a transfer, or on a new one of today."""
        self._changing = one.id if one else ""
        given = one or Transferred("instalment", 0, self._desk.today)
        self.form.begin({key: getattr(given, key) or None for key in self.form.editors}, known=one is not None)
        self.form.show()
        self.add_button.hide()
        self.form.editors["cents"].control.setFocus()

    def _close(self) -> None:
        self._changing = ""
        self.form.hide()
        self.add_button.show()

    def _save(self, values: dict[str, Any]) -> None:
        transfer, member, project = self._changing, self._member, self._desk.project_id or ""
        typed = (values["kind"] or "", values["cents"] or 0, values["date"], values["reference"] or "")
        if transfer:
            self._write(N_("corrected transfer of {name}"), lambda s: accounts.change_transfer(s, transfer, *typed))
        else:
            self._write(N_("transfer of {name}"), lambda s: accounts.transfer(s, project, member, *typed))

    def _remove(self) -> None:
        """To the bin, undoable."""
        gone = self._changing
        self._write(N_("transfer of {name} to the bin"), lambda s: accounts.remove(s, Transfer, gone))

    def _write(self, template: str, act: Callable[[Session], object]) -> None:
        step = Label(template, table="organisation", id=self._member)
        self._desk.write(self, step, act, lambda _done: self._close(), self.form.trouble.refuse)


def named(found: Sequence[Transferred]) -> Iterator[tuple[Transferred, str]]:
    """Each with its title; what was sent is numbered in the order of the days."""
    count = 0
    for one in found:
        title = _(TRANSFERS.get(one.kind, one.kind))
        if one.kind == "instalment":
            count += 1
            title = _("Transfer no. {n}").format(n=number(count))
        yield one, title
