"""The few small dialogs: a line of text, a passphrase, a reason with a date. Each has its two answers in words."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.date_edit import DateEdit
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.values import read_date


class AskDialog(QDialog):
    """A title, one line to fill, two buttons; the first stays closed to an empty line."""

    def __init__(
        self, parent: QWidget, title: str, name: str, control: QLineEdit, *, accept: str, note: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        self.control = control
        control.setAccessibleName(name)
        self.trouble = InlineMessage()
        caption = label(name, "strong")
        caption.setBuddy(control)
        self.yes = primary(accept, self.check)
        self.yes.setDefault(True)
        self.no = button(_("Cancel"), self.reject)
        parts: list[QWidget] = [caption, control, self.trouble]
        if note:
            parts.insert(0, label(note, "muted", wrap=True))
        self.setLayout(column(*parts, 8, line(None, self.no, self.yes), margins=(20, 16, 20, 16)))
        control.textChanged.connect(self._enable)
        self._enable(control.text())

    def _enable(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    def check(self) -> None:
        if isinstance(self.control, DateEdit):
            try:
                read_date(self.control.text().strip())
            except UserError as error:
                self.trouble.say(str(error))
                return
        self.accept()


def ask_text(parent: QWidget, title: str, name: str, *, accept: str, note: str = "", text: str = "") -> str:
    """What she typed, trimmed; "" when she cancelled."""
    control = QLineEdit(text)
    control.setMaxLength(300)
    dialog = AskDialog(parent, title, name, control, accept=accept, note=note)
    answered = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return control.text().strip() if answered else ""


def ask_secret(parent: QWidget, title: str, name: str, *, accept: str, note: str = "") -> str:
    """A passphrase as it was typed, spaces and all; "" when she cancelled."""
    control = QLineEdit()
    control.setEchoMode(QLineEdit.EchoMode.Password)
    dialog = AskDialog(parent, title, name, control, accept=accept, note=note)
    answered = dialog.exec() == QDialog.DialogCode.Accepted
    secret = control.text()
    dialog.deleteLater()
    return secret if answered else ""


def ask_day(parent: QWidget, title: str, name: str, *, accept: str, note: str = "") -> dt.date | None:
    control = DateEdit()
    dialog = AskDialog(parent, title, name, control, accept=accept, note=note)
    answered = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return read_date(control.text().strip()) if answered else None
