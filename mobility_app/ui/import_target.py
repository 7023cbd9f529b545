"""Where a sheet goes and what it may do: a project of the dossier or a new one, add, update, and the cut-off day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from mobility_app.core.facts import ProjectRow
from mobility_app.core.identifiers import project_code
from mobility_app.core.incoming import Policy, Table
from mobility_app.core.text import clean
from mobility_app.errors import UserError
from mobility_app.fields import SheetKind
from mobility_app.i18n import N_, _, date
from mobility_app.jobs.importing import WITHOUT_PROJECT
from mobility_app.ui.cards import column, line
from mobility_app.ui.editors import Editor
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.record_fields import SINCE

REFERENCE_LENGTH, TITLE_LENGTH = 60, 300  # what the dossier holds
POLICIES: Mapping[Policy, str] = {
    "add_and_update": N_("Add and update"),
    "add": N_("Only add what is new"),
    "update": N_("Only update what is known"),
}


class ImportTarget(QFrame):
    """`project_id` is "" for a new project; `changed` fires when the sheet must be planned again."""

    changed = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.project = QComboBox()
        self.project.setAccessibleName(_("Project that the sheet goes to"))
        self.project.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.project.setMaximumWidth(420)
        self.project.activated.connect(self._chosen)
        self.policy = QComboBox()
        self.policy.setAccessibleName(_("What the import may do"))
        for code, text in POLICIES.items():
            self.policy.addItem(_(text), code)
        self.policy.activated.connect(lambda _place: self.changed.emit())
        self.reference = _field(_("Reference of the grant agreement"), "2026-1-FR01-KA121-VET-000212345", 272)
        self.reference.setMaxLength(REFERENCE_LENGTH)
        self.call = _field(_("Call"), "2026", 72)
        self.call.setMaxLength(4)
        self.title = _field(_("Title"), "", 140)
        self.title.setMaxLength(TITLE_LENGTH)
        self.title.setMaximumWidth(16777215)
        self.reference.textEdited.connect(self._read_call)
        for each in (self.call, self.title):
            each.textEdited.connect(lambda _text: self.edited.emit())
        self.trouble = InlineMessage("warning")
        self._since = Editor(SINCE)
        self._since.setFixedWidth(132)
        self._since.committed.connect(self._dated)
        self._explained = label("", "small", wrap=True)
        self._kind: SheetKind = "mobilities"
        self._new = QWidget()
        fields = line(
            label(_("Reference"), "muted"),
            self.reference,
            label(_("Call"), "muted"),
            self.call,
            label(_("Title"), "muted"),
            self.title,
        )
        fields.setStretch(5, 1)
        self._new.setLayout(fields)
        self._project = QWidget()
        self._project.setLayout(line(label(_("Project"), "heading"), self.project))
        self._papers = QWidget()
        self._papers.setLayout(line(label(_(SINCE.title), "muted"), self._since))
        head = line(self._project, self.policy, None, self._papers)
        self.setLayout(column(head, self._new, self._explained, self.trouble, margins=(16, 8, 16, 8), spacing=6))

    @property
    def project_id(self) -> str:
        return self.project.currentData() or ""

    def since(self) -> dt.date | None:
        """The day from which papers are followed here; what cannot be read is none."""
        try:
            day: dt.date | None = self._since.value()
        except UserError:
            return None
        return day

    def chosen_policy(self) -> Policy:
        policy: Policy = self.policy.currentData()
        return policy

    def offer(
        self, projects: Sequence[ProjectRow], chosen: str, table: Table, since: dt.date | None, policy: Policy
    ) -> None:
        """Shows the choice; reference and title are what the sheet says of a new project."""
        kind = self._kind = table.kind
        self._since.forget()
        self._since.set_value(since)
        self.policy.setCurrentIndex(self.policy.findData(policy))
        self._papers.setVisible(kind == "mobilities")
        self._project.setVisible(kind not in WITHOUT_PROJECT)
        self.policy.setVisible(kind != "payments")  # a payment is never changed by a sheet
        with QSignalBlocker(self.project):
            self.project.clear()
            for row in projects:
                self.project.addItem(f"{row.label} · {row.reference}", row.id)
            if kind == "mobilities":
                self.project.addItem(_("New project"), "")
            self.project.setCurrentIndex(max(self.project.findData(chosen), 0))
        self.reference.setText(table.reference)
        self.title.setText(table.title)
        for each in (self.reference, self.title):
            each.setCursorPosition(0)
        self._read_call(table.reference)
        self._show_fields()

    def call_year(self) -> int | None:
        text = self.call.text().strip()
        return int(text) if text.isdecimal() and 2014 <= int(text) <= 2100 else None

    def said(self) -> tuple[str, str]:
        """Reference and title as she confirmed them."""
        return clean(self.reference.text()), clean(self.title.text())

    def check(self) -> str:
        """What a new project still lacks, in words; "" when it can be made."""
        if self.project_id or self._kind != "mobilities":
            return ""
        if not clean(self.reference.text()):
            return _("Type the reference of the grant agreement: it names the project.")
        if self.call_year() is None:
            return _("Type the year of the call: the rates depend on it.")
        return ""

    def _read_call(self, reference: str) -> None:
        code = project_code(reference)
        if code is not None:
            self.call.setText(str(code.call_year))
        self.edited.emit()

    def _chosen(self, _place: int) -> None:
        self._show_fields()
        self.changed.emit()

    def _dated(self) -> None:
        self._show_fields()
        self.changed.emit()

    def _show_fields(self) -> None:
        self._new.setVisible(not self.project_id and self._kind == "mobilities")
        self.trouble.say(self.check())
        self._explained.setText(self._explanation())
        self._explained.setVisible(bool(self._explained.text()))

    def _explanation(self) -> str:
        """What follows from the kind of rows and from the cut-off day."""
        if self._kind == "participants":
            return _("People come in without a stay: their mobilities are added later.")
        if self._kind == "organisations":
            return _("Schools that send join the project that is open; hosts are there for every project.")
        if self._kind == "payments":
            return _("Each line finds its mobility by our number, by the BM ID, or by the person.")
        day = self.since()
        if day is None:
            return _("Without this day, the papers of every stay are expected here, past ones too.")
        return _(
            "Papers of departures before {day} were followed elsewhere: none of them will be called late or missing."
        ).format(day=date(day))


def _field(name: str, example: str, width: int) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    made.setMinimumWidth(min(width, 268))
    made.setMaximumWidth(width)
    return made
