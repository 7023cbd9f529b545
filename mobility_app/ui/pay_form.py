"""What is typed when payments are entered as made: the day, to whom, the reference, and the sum of a single one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from mobility_app.core.facts import MobilityRow
from mobility_app.i18n import N_, _, date, money
from mobility_app.ui.cards import column, line
from mobility_app.ui.date_edit import DateEdit
from mobility_app.ui.labels import label
from mobility_app.ui.values import read_cents, read_date

# To whom money usually goes; anything else that is typed is the payee's name.
PAYEES = {
    "participant": N_("Participant"),
    "family": N_("Family"),
    "school": N_("School"),
    "in_kind": N_("In kind"),
}


@dataclass(frozen=True)
class Typed:
    """`cents` is None for what is due; `payee` a code of PAYEES or a name."""

    day: dt.date
    payee: str
    reference: str
    cents: int | None = None

    def kind(self, due: str) -> str:
        """What money comes back as stays what it is."""
        return "in_kind" if self.payee == "in_kind" and due != "repayment" else due

    def payee_of(self, row: MobilityRow) -> str:
        match self.payee:
            case "participant" | "in_kind":
                return ""
            case "family":
                return _("Family of {name}").format(name=row.full_name)
            case "school":
                return row.sending_organisation or _(PAYEES["school"])
        return self.payee


class PayForm(QWidget):
    """`typed` reads it, and raises UserError for what cannot be read."""

    def __init__(self, today: dt.date) -> None:
        super().__init__()
        self.day = DateEdit()
        self.day.setFixedWidth(132)
        self.day.setText(date(today))
        self.amount = QLineEdit()
        self.amount.setFixedWidth(104)
        self.payee = QComboBox()
        self.payee.setEditable(True)
        self.payee.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.payee.setFixedWidth(220)
        for code, title in PAYEES.items():
            self.payee.addItem(_(title), code)
        name = self.payee.lineEdit()
        assert name is not None
        name.setMaxLength(200)
        name.setAccessibleName(_("Payee"))
        self.reference = QLineEdit()
        self.reference.setMaxLength(120)
        self.reference.setPlaceholderText(_("order no., batch…"))
        self._amount = self._captioned(_("Amount"), self.amount)
        self.setLayout(
            line(
                self._captioned(_("Paid on"), self.day),
                self._amount,
                self._captioned(_("Payee"), self.payee),
                self._captioned(_("Reference"), self.reference),
            )
        )
        self.offer_amount(None)

    def _captioned(self, title: str, control: QWidget) -> QWidget:
        caption = label(title, "small")
        caption.setBuddy(control)
        control.setAccessibleName(title)
        made = QWidget()
        lay: QVBoxLayout = column(caption, control, spacing=2)
        made.setLayout(lay)
        return made

    def offer_amount(self, cents: int | None) -> None:
        """The sum of the one payment that is chosen may be another: a part of it; None when there is not just one."""
        self._amount.setVisible(cents is not None)
        self.amount.setText("" if cents is None else money(cents))

    def typed(self) -> Typed:
        written = self.payee.currentText().strip()
        known = self.payee.findText(written)
        payee = self.payee.itemData(known) if known >= 0 else written or "participant"
        written = self.amount.text().strip()
        cents = read_cents(written) if written and not self._amount.isHidden() else None
        return Typed(read_date(self.day.text().strip()), payee, self.reference.text().strip(), cents)
