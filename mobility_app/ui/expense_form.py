"""The form of one expense: whose it is, what it was for, its numbers, and the invoice attached to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTemporaryDir, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mobility_app.actions import accounts, files
from mobility_app.core.real_costs import KINDS, Invoice
from mobility_app.fields import Field
from mobility_app.i18n import N_, _
from mobility_app.jobs import invoices
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.store.schema import Expense
from mobility_app.ui import places, tasks
from mobility_app.ui.buttons import button, icon_button, link
from mobility_app.ui.cards import Card, column, line
from mobility_app.ui.completion import propose
from mobility_app.ui.desk import Desk
from mobility_app.ui.entry_form import EntryForm
from mobility_app.ui.labels import ElidedLabel, label

FIELDS = (
    (Field("kind", N_("Category"), "choice", "project", choices=KINDS),),
    (Field("supplier", N_("Supplier"), "text", "project"),),
    (Field("cents", N_("Amount"), "money", "project", length=20), Field("date", N_("Date"), "date", "project")),
    (
        Field("order_number", N_("Order no."), "text", "project", length=60),
        Field("invoice_number", N_("Invoice no."), "text", "project", length=60),
    ),
)
ATTACHED: places.Kind = (N_("PDF or picture"), tuple(invoices.KINDS))
Owner = tuple[str, str]  # ("flow_id" or "mobility_id", id)


def owner_of(invoice: Invoice) -> Owner:
    return ("flow_id", invoice.flow_id) if invoice.flow_id else ("mobility_id", invoice.mobility_id or "")


class ExpenseForm(Card):
    """`begin` opens it on an expense or on a new one; `closed` tells that it was written, removed or left."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(" ")
        self._desk = desk
        self._invoice: Invoice | None = None  # the one that is being changed
        self._file: tuple[str, bytes, str] | None = None  # chosen, not written yet
        self._folder = QTemporaryDir()  # copies that were opened; it goes with the form
        self.whose = QComboBox()
        self.whose.setAccessibleName(_("Departure or participant"))
        self.whose.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whose.setMinimumContentsLength(12)
        caption = label(_("Departure or participant"), "small")
        caption.setBuddy(self.whose)
        self.file_name, self.open_button = ElidedLabel(), link(_("Open the file"), self.open_file)
        self.drop_button = icon_button("x", _("Take the file away"), self.drop_file)
        self.attach_button = button(_("Attach the invoice…"), self._ask_file, icon="upload")
        attached = QWidget()
        inside = line(self.attach_button, self.file_name, self.open_button, self.drop_button)
        inside.setStretch(1, 1)
        attached.setLayout(inside)
        self.fields = EntryForm(FIELDS, attached)
        self.fields.saved.connect(self._save)
        self.fields.removed.connect(self.remove)
        self.fields.closed.connect(self.closed)
        self.trouble = self.fields.trouble
        self.add(column(caption, self.whose, spacing=2))
        self.add(self.fields)

    # What it begins with

    def offer(self, owners: Sequence[tuple[str, Owner]], suppliers: Sequence[str]) -> None:
        """To whom an expense may belong, and who sent one before."""
        self.whose.clear()
        for name, owner in owners:
            self.whose.addItem(name, owner)
        control = self.fields.editors["supplier"].control
        assert isinstance(control, QLineEdit)
        propose(control, suppliers)

    def begin(self, invoice: Invoice | None, whose: str = "") -> None:
        """`whose` names the owner of an expense that is not offered: somebody who does not leave."""
        self._invoice, self._file = invoice, None
        self.heading.setText(_("Change the expense") if invoice else _("New expense"))
        values = {key: getattr(invoice, key) for key in self.fields.editors} if invoice else {"kind": KINDS[0].code}
        self.fields.begin(values, known=invoice is not None)
        self._show_file((invoice.file_name or "") if invoice else "")
        self._choose(owner_of(invoice), whose) if invoice else self.whose.setCurrentIndex(0)

    def _choose(self, owner: Owner, name: str) -> None:
        place = next((n for n in range(self.whose.count()) if tuple(self.whose.itemData(n)) == owner), -1)
        if place < 0:
            self.whose.addItem(name, owner)
            place = self.whose.count() - 1
        self.whose.setCurrentIndex(place)

    # What is written

    def _save(self, typed: dict[str, Any]) -> None:
        invoice, attached = self._invoice, self._file
        if self.whose.currentIndex() < 0:
            self.trouble.say(_("Nobody leaves here yet: put mobilities into this departure first."))
            return
        owner: Owner = tuple(self.whose.currentData())
        values: dict[str, Any] = typed | {"flow_id": None, "mobility_id": None, owner[0]: owner[1]}
        values |= {"kind": typed["kind"] or KINDS[-1].code, "cents": typed["cents"] or 0}
        if not self.file_name.whole():
            values["file_id"] = None

        def act(s: Session) -> None:
            if attached:
                values["file_id"] = files.add(s, *attached)
            if invoice is None:
                accounts.expense(s, **values)
            else:
                accounts.change_expense(s, invoice.id, seen=invoice.version, **values)

        self._write(N_("expense of {name}"), owner, act)

    def remove(self) -> None:
        """To the bin, undoable."""
        invoice = self._invoice
        if invoice is not None:
            act = lambda s: accounts.remove(s, Expense, invoice.id)  # noqa: E731  the step reads better in one line
            self._write(N_("expense of {name} removed"), owner_of(invoice), act)

    def _write(self, template: str, owner: Owner, act: Any) -> None:
        step = Label(template, table="flow" if owner[0] == "flow_id" else "mobility", id=owner[1])
        self._desk.write(self, step, act, lambda _done: self.closed.emit(), self.trouble.refuse)

    # The file

    def _show_file(self, name: str) -> None:
        self.file_name.say(name)
        self.drop_button.setVisible(bool(name))
        self.open_button.setVisible(bool(name) and self._file is None)  # one not written yet is still on her disk
        self.attach_button.setVisible(not name)

    def _ask_file(self) -> None:
        path = places.ask_open(self, _("Attach the invoice…"), [(_(ATTACHED[0]), ATTACHED[1])], "invoice")
        if path is not None:
            self.attach(path)

    def attach(self, path: Path) -> None:
        """Takes a file in the worker; it is written with the expense."""
        self.trouble.say("")
        tasks.run(self, lambda _p: invoices.take(path), self._attached, self.trouble.refuse, lane="files")

    def _attached(self, file: tuple[str, bytes, str]) -> None:
        self._file = file
        self._show_file(file[0])

    def drop_file(self) -> None:
        self._file = None
        self._show_file("")

    def open_file(self) -> None:
        """Shows the attached file in the program that she uses for it."""
        invoice = self._invoice
        if invoice is None or invoice.file_id is None:
            return
        db, file_id, name, folder = self._desk.db, invoice.file_id, invoice.file_name or "", Path(self._folder.path())
        tasks.run(self, lambda _p: invoices.hand_out(db, file_id, name, folder), places.open_path, self.trouble.refuse)
