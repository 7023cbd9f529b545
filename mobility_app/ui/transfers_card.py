"""Money between the lead school and one member: what was sent, certified and sent back; added, changed, taken away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mobility_app.actions import accounts
from mobility_app.core.account_papers import TRANSFERS, Transferred
from mobility_app.errors import UserError
from mobility_app.fields import Choice, Field
from mobility_app.i18n import N_, _, date, money, number
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.store.schema import Transfer
from mobility_app.ui.buttons import button, icon_button, link, primary
from mobility_app.ui.cards import Card, Facts, amount, column, empty, line, rule
from mobility_app.ui.desk import Desk
from mobility_app.ui.editors import Editor
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.notices import InlineMessage

KINDS = tuple(Choice(code, title) for code, title in TRANSFERS.items())
FIELDS = (
    Field("kind", N_("Kind"), "choice", "payment", choices=KINDS),
    Field("cents", N_("Amount"), "money", "payment"),
    Field("date", N_("Date"), "date", "payment"),
    Field("reference", N_("Reference"), "text", "payment", length=120),
)
STEPS = {
    "add": N_("transfer of {name}"),
    "change": N_("corrected transfer of {name}"),
    "remove": N_("transfer of {name} to the bin"),
}


class TransfersCard(Card):
    """`form` is open while one is added or changed."""

    def __init__(self, desk: Desk) -> None:
        self.add_button = button(_("Add a transfer"), self.begin, icon="plus")
        super().__init__(_("Transfers"))
        self._desk = desk
        self._member = ""
        self._changing = ""  # the transfer in the form; "" for a new one
        self._lines = column(spacing=0)
        self._nothing = label(_("Nothing was sent to this school yet."), "muted", wrap=True)
        self.editors = {field.key: Editor(field) for field in FIELDS}
        self.trouble, self.refused = InlineMessage(), InlineMessage()
        self.save_button = primary(_("Save"), self.save)
        self.form = QWidget()
        facts = Facts(84)
        for editor in self.editors.values():
            facts.add(_(editor.field.title), editor)
        buttons = line(None, button(_("Cancel"), self.close_form), self.save_button)
        self.form.setLayout(column(facts, self.trouble, buttons, spacing=6))
        for each in (self._lines, self._nothing, self.refused, self.form, line(self.add_button, None)):
            self.add(each)
        self.close_form()

    def show_transfers(self, member: str, found: Sequence[Transferred]) -> None:
        """What stands in the file; another member lets go of what was being typed."""
        if member != self._member:
            self.close_form()
        self._member = member
        empty(self._lines)
        for one, title in named(found):
            self._lines.addLayout(self._line(one, title))
            self._lines.addWidget(rule())
        self._nothing.setVisible(not found)

    def _line(self, one: Transferred, title: str) -> QHBoxLayout:
        note = ElidedLabel(
            " · ".join(part for part in (date(one.date) or _("date unknown"), one.reference) if part), "small"
        )
        note.setContentsMargins(5, 0, 0, 0)  # where the words of the link above begin
        change = link(title, partial(self.begin, one), name=_("Change: {what}").format(what=title))
        gone = icon_button("trash-2", _("Remove: {what}").format(what=title), partial(self.remove, one))
        made = line(column(change, note, spacing=0), amount(money(one.cents)), gone, margins=(0, 4, 0, 4))
        made.setStretch(0, 1)
        return made

    def begin(self, one: Transferred | None = None) -> None:
        """Opens the form on a transfer, or on a new one of today."""
        self._changing = one.id if one else ""
        given = one or Transferred("instalment", 0, self._desk.today)
        for key, editor in self.editors.items():
            editor.forget()
            editor.set_value(getattr(given, key) or None)
        self.trouble.say("")
        self.form.show()
        self.add_button.hide()
        self.editors["cents"].control.setFocus()

    def close_form(self) -> None:
        self._changing = ""
        self.form.hide()
        self.add_button.show()

    def save(self) -> None:
        """One step; what cannot be read is said at its field."""
        try:
            values = {key: editor.value() for key, editor in self.editors.items()}
        except UserError as error:
            self.trouble.say(str(error))
            return
        kind, cents, reference = values["kind"] or "", values["cents"] or 0, values["reference"] or ""
        changing, member, project = self._changing, self._member, self._desk.project_id or ""

        def act(s: Session) -> None:
            if changing:
                accounts.change_transfer(s, changing, kind, cents, values["date"], reference)
            else:
                accounts.transfer(s, project, member, kind, cents, values["date"], reference)

        step = self._step("change" if changing else "add")
        self._desk.write(self, step, act, lambda _done: self.close_form(), self.trouble.refuse)

    def remove(self, one: Transferred) -> None:
        """To the bin; the form lets go of it."""
        if self._changing == one.id:
            self.close_form()
        act = partial(accounts.remove, kind=Transfer, id_=one.id)
        self._desk.write(self, self._step("remove"), act, failed=self.refused.refuse)

    def _step(self, what: str) -> Label:
        return Label(STEPS[what], table="organisation", id=self._member)


def named(found: Sequence[Transferred]) -> Iterator[tuple[Transferred, str]]:
    """Each with its title; what was sent is numbered in the order of the days."""
    count = 0
    for one in found:
        title = _(TRANSFERS.get(one.kind, one.kind))
        if one.kind == "instalment":
            count += 1
            title = _("Transfer no. {n}").format(n=number(count))
        yield one, title
