"""Where a person's money goes: checked as it is typed, hidden but for its ends as soon as she leaves the field."""

from __future__ import annotations

from dataclasses import dataclass

from mobility_app.actions import participants
from mobility_app.core.bank import Account
from mobility_app.core.facts import ParticipantRow
from mobility_app.fields import ACCOUNT
from mobility_app.i18n import N_, _
from mobility_app.store.journal import Label
from mobility_app.ui.cards import Card
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.record_form import RecordForm


@dataclass(frozen=True)
class BankDetails:
    """The account of a person, as a form edits it."""

    id: str
    version: int
    iban: str
    bic: str
    account_holder: str


class BankCard(Card):
    """`form` has one field for each of `fields.ACCOUNT`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Bank details"))
        self.form = RecordForm(desk, ACCOUNT, participants.change, _label, width=68)
        self.add(self.form)
        note = _(
            "Only for the payment list. Shown in full while you type; "
            "the account is the participant's own when no holder is named."
        )
        self.add(label(note, "small", wrap=True))

    def show_account(self, person: ParticipantRow, account: Account) -> None:
        row = BankDetails(person.id, person.version, account.iban, account.bic, account.account_holder)
        self.form.show_row(row)


def _label(_key: str, record: str) -> Label:
    return Label(N_("bank details of {name}"), table="participant", id=record)
