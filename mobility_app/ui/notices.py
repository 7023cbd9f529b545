"""What the program says in place: banners, a message under a field, an empty page, and the few questions it asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QMessageBox, QPushButton, QSizePolicy, QWidget

from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.ui import icons
from mobility_app.ui.buttons import button, icon_button
from mobility_app.ui.cards import column, line
from mobility_app.ui.labels import label
from mobility_app.ui.theme import restyle

_DRAWINGS = {
    "neutral": "info",
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
}


class Banner(QFrame):
    """A coloured strip with an icon, a sentence and its buttons; `closable` gives it a cross."""

    def __init__(
        self,
        text: str,
        tone: str = "info",
        buttons: Sequence[QPushButton] = (),
        *,
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setProperty("tone", tone)
        drawing = self._drawing = QLabel()
        icons.dress(drawing, _DRAWINGS[tone], tone)
        drawing.setFixedWidth(20)
        self.text = label(text, wrap=True)
        parts: list[QWidget] = [drawing, self.text, *buttons]
        if closable:
            parts.append(icon_button("x", _("Close this message"), self.hide))
        inside = line(*parts, margins=(12, 8, 12, 8), spacing=8)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def say(self, text: str) -> None:
        self.text.setText(text)
        self.setAccessibleName(text)
        if self.isHidden() == bool(text):  # showing what is shown lays the whole page out again
            self.setVisible(bool(text))

    def retone(self, tone: str) -> None:
        """Says the same in another colour and with another drawing."""
        self.setProperty("tone", tone)
        icons.dress(self._drawing, _DRAWINGS[tone], tone)
        restyle(self)
        restyle(self.text)


class InlineMessage(QLabel):
    """A short line under a field, hidden while there is nothing to say."""

    def __init__(self, role: str = "danger", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.hide()

    def say(self, text: str) -> None:
        self.setText(text)
        if self.isHidden() == bool(text):
            self.setVisible(bool(text))

    def refuse(self, error: BaseException) -> None:
        """Says why a write was refused; what nobody can explain is a bug."""
        if not isinstance(error, UserError):
            raise error
        self.say(str(error))


class EmptyState(QWidget):
    """A page or a list with nothing in it: why, and what to do next."""

    def __init__(
        self, icon: str, title: str, text: str, buttons: Sequence[QPushButton] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        drawing = QLabel()
        icons.dress(drawing, icon, "muted", 32)
        drawing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = label(title, "heading")
        self.text = label(text, "muted", wrap=True)
        for each in (self.title, self.text):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setMinimumWidth(240)
        self.text.setMaximumWidth(440)
        middle = line(None, self.text, None)
        self.setLayout(
            column(None, drawing, self.title, middle, line(None, *buttons, None), None, margins=(24, 24, 24, 24))
        )

    def say(self, title: str, text: str) -> None:
        self.title.setText(title)
        self.text.setText(text)


def message(
    parent: QWidget | None, title: str, text: str, *, icon: QMessageBox.Icon = QMessageBox.Icon.Information
) -> None:
    """Says something that she must have read before going on."""
    box = _box(parent, title, text, icon)
    box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def ask(parent: QWidget, title: str, text: str, yes: str, no: str = "", *, danger: bool = False) -> bool:
    """A question with its two answers in words (the second is "Cancel" unless told otherwise); Escape is no."""
    icon = QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question
    box = _box(parent, title, text, icon)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    accept.setProperty("role", "danger" if danger else "primary")
    refuse = box.addButton(no or _("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(refuse)
    box.setDefaultButton(refuse if danger else accept)
    box.exec()
    return box.clickedButton() is accept


def show_error(parent: QWidget | None, error: UserError) -> None:
    """What happened and what to do."""
    text = f"{error.message}\n\n{error.hint}" if error.hint else error.message
    box = _box(parent, _("This could not be done"), text, QMessageBox.Icon.Warning)
    box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def _box(parent: QWidget | None, title: str, text: str, icon: QMessageBox.Icon) -> QMessageBox:
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setIcon(icon)
    box.setText(text)
    return box


def undo_notice(text: str, undo: Callable[[], object]) -> Banner:
    """After something big: what was done, and the button that takes it back."""
    return Banner(text, "success", [button(_("Undo"), undo, icon="undo-2")], closable=True)
