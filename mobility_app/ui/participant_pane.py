"""The chosen person at the right of the table: every fact edited in place, the stays, and who may be the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedLayout, QWidget

from mobility_app.actions import participants
from mobility_app.core.bank import Account
from mobility_app.core.facts import MobilityRow, ParticipantRow
from mobility_app.i18n import N_, _, ngettext, number
from mobility_app.store import accounts, queries
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.store.lists import stays_of
from mobility_app.ui import tasks
from mobility_app.ui.bank_card import BankCard
from mobility_app.ui.buttons import button, icon_button
from mobility_app.ui.cards import Card, column, line, scrolled
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.notices import Banner, EmptyState
from mobility_app.ui.record_fields import PARTICIPANT
from mobility_app.ui.record_form import RecordForm
from mobility_app.ui.records_page import RecordPane
from mobility_app.ui.stays_card import StaysCard


@dataclass(frozen=True)
class Person:
    """All that the pane shows of one person, read at once."""

    row: ParticipantRow
    stays: tuple[MobilityRow, ...]
    account: Account


class ParticipantPane(RecordPane):
    """`compare` is called when she wants to see the namesakes side by side."""

    def __init__(self, desk: Desk, compare: Callable[[], object]) -> None:
        super().__init__()
        self._desk, self._compare = desk, compare
        self._query: tasks.Task | None = None
        self._twins = 0
        self._faces = QStackedLayout(self)
        self._faces.addWidget(
            EmptyState("users", _("No participant chosen"), _("Choose a row to see and change it here."))
        )

    def _build(self) -> None:
        """The form is made when a first person is chosen: the window is there sooner."""
        self.name = ElidedLabel("", "heading")
        self.school = label("", "muted", wrap=True)
        self.twins = Banner("", "warning", [button(_("Compare"), self._compare, icon="merge")])
        self.form = RecordForm(self._desk, PARTICIPANT, participants.change, _label)
        self.stays = StaysCard(self._desk)
        self.bank = BankCard(self._desk)
        head = Card()
        top = line(self.name, icon_button("trash-2", _("To the bin"), self.remove), spacing=6)
        top.setStretch(0, 1)
        for each in (top, self.school, self.twins):
            head.add(each)
        facts = Card(_("Person"))
        facts.add(self.form)
        inside = QWidget()
        inside.setLayout(column(head, self.stays, facts, self.bank, None, spacing=10))
        self._faces.addWidget(scrolled(inside))
        self.show_twins(self._twins)

    def show_id(self, record_id: str) -> None:
        self.record_id = record_id
        if record_id:
            self.refresh()
        else:
            self._faces.setCurrentIndex(0)

    def refresh(self) -> None:
        if not self.record_id:
            return
        if self._query is not None:
            self._query.cancel()
        record, today = self.record_id, self._desk.today

        def ask(s: Session) -> Person | None:
            found = queries.participants(s, [record])
            stays = queries.mobilities(s, stays_of(s, participant_id=record), today=today)
            return Person(found[0], tuple(stays), accounts.bank_accounts(s, [record])[record]) if found else None

        self._query = self._desk.read(self, ask, self._show)

    def show_twins(self, count: int) -> None:
        self._twins = count
        if self._faces.count() == 1:
            return
        text = ngettext(
            "{n} other record has this name: perhaps the same person.",
            "{n} other records have this name: perhaps the same person.",
            count,
        )
        self.twins.say(text.format(n=number(count)) if count else "")

    def _show(self, person: Person | None) -> None:
        if person is None:
            self.show_id("")
            return
        if self._faces.count() == 1:
            self._build()
        row = person.row
        self.name.say(row.full_name)
        self.school.setText(row.organisation or _("No sending organisation known"))
        self.form.show_row(row)
        self.bank.show_account(row, person.account)
        self.stays.show_stays(person.stays, len(person.stays), row.full_name)
        self._faces.setCurrentIndex(1)

    def remove(self) -> None:
        """The person and the stays to the bin, undoable."""
        record = self.record_id
        if record:
            label_ = Label(N_("{name} to the bin"), table="participant", id=record)
            self._desk.write(self, label_, lambda s: participants.remove(s, record), lambda _done: self.show_id(""))


_LABELS = {
    "last_name": N_("name of {name}"),
    "first_name": N_("name of {name}"),
    "birth_date": N_("date of birth of {name}"),
    "email": N_("e-mail of {name}"),
    "phone": N_("telephone of {name}"),
}


def _label(key: str, record: str) -> Label:
    return Label(_LABELS.get(key, N_("file of {name}")), table="participant", id=record)
