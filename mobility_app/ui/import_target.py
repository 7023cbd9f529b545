"""Where a sheet goes: one of the dossier's projects, or a new one whose reference, call and title she confirms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from mobility_app.core.facts import ProjectRow
from mobility_app.core.identifiers import project_code
from mobility_app.core.text import clean
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.ui.cards import column, line
from mobility_app.ui.editors import Editor
from mobility_app.ui.labels import label, tip
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.record_fields import SINCE

REFERENCE_LENGTH, TITLE_LENGTH = 60, 300  # what the dossier holds


class ImportTarget(QFrame):
    """`project_id` is "" for a new project; `moved` fires when she chooses another one."""

    moved = Signal()
    edited = Signal()
    since_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.project = QComboBox()
        self.project.setAccessibleName(_("Project that the sheet goes to"))
        self.project.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.project.setMaximumWidth(420)
        self.project.activated.connect(self._chosen)
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
        self._since.committed.connect(self.since_changed.emit)
        tip(self._since, _("Papers of stays that began earlier were followed elsewhere: none of them is called late."))
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
        head = line(label(_("Project"), "heading"), self.project, None, label(_(SINCE.title), "muted"), self._since)
        self.setLayout(column(head, self._new, self.trouble, margins=(16, 8, 16, 8), spacing=6))

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

    def offer(
        self, projects: Sequence[ProjectRow], chosen: str, reference: str, title: str, since: dt.date | None = None
    ) -> None:
        """Shows the choice; reference and title are what the sheet says of a new project."""
        self._since.forget()
        self._since.set_value(since)
        with QSignalBlocker(self.project):
            self.project.clear()
            for row in projects:
                self.project.addItem(f"{row.label} · {row.reference}", row.id)
            self.project.addItem(_("New project"), "")
            self.project.setCurrentIndex(max(self.project.findData(chosen), 0))
        self.reference.setText(reference)
        self.title.setText(title)
        for each in (self.reference, self.title):
            each.setCursorPosition(0)
        self._read_call(reference)
        self._show_fields()

    def call_year(self) -> int | None:
        text = self.call.text().strip()
        return int(text) if text.isdecimal() and 2014 <= int(text) <= 2100 else None

    def said(self) -> tuple[str, str]:
        """Reference and title as she confirmed them."""
        return clean(self.reference.text()), clean(self.title.text())

    def check(self) -> str:
        """What a new project still lacks, in words; "" when it can be made."""
        if self.project_id:
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
        self.moved.emit()

    def _show_fields(self) -> None:
        self._new.setVisible(not self.project_id)
        self.trouble.say("" if self.project_id else self.check())


def _field(name: str, example: str, width: int) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    made.setMinimumWidth(min(width, 268))
    made.setMaximumWidth(width)
    return made
