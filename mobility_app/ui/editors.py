"""Editors of fields: one widget per kind of value, used by forms, the detail pane and the change of many rows.

`Editor(field)` shows and reads a value; `committed` fires when she leaves it with a new value that can be read. What
cannot be read stays on the screen with the reason under it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from mobility_app.core.text import clean
from mobility_app.errors import UserError
from mobility_app.fields import Field
from mobility_app.i18n import _
from mobility_app.ui import theme
from mobility_app.ui.cards import column
from mobility_app.ui.countries import countries
from mobility_app.ui.date_edit import DateEdit
from mobility_app.ui.labels import tip
from mobility_app.ui.masked_edit import MaskedEdit
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.values import shown, typed


class Editor(QWidget):
    """`in_place` draws it as text until she comes to it, as the detail pane does."""

    committed = Signal()

    def __init__(self, field: Field, *, in_place: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.control = _control(field)
        self.control.setAccessibleName(_(field.title))
        self.trouble = InlineMessage()
        self._kept: Any = None
        if in_place:
            self.control.setProperty("role", "inplace")
        self.setLayout(column(self.control, self.trouble, spacing=2))
        self.setFocusProxy(self.control)
        self._listen()

    def value(self) -> Any:
        """What it holds; raises UserError when that cannot be read."""
        control = self.control
        if isinstance(control, QCheckBox):
            return control.isChecked()
        if isinstance(control, QComboBox):
            return control.currentData()
        if isinstance(control, QPlainTextEdit):
            return clean(control.toPlainText()) or None
        return typed(self.field, control.text())

    def set_value(self, value: Any) -> None:
        """Shows a stored value, unless she is in the middle of changing it."""
        if self.control.hasFocus() and self.changed():
            return
        self._kept = value
        self._show(value)
        self.say("")

    def forget(self) -> None:
        """Lets go of what she was typing: another record comes."""
        self._kept = None
        self._show(None)
        self.say("")

    def changed(self) -> bool:
        """Whether it differs from what was shown."""
        try:
            return self.value() != (bool(self._kept) if isinstance(self.control, QCheckBox) else self._kept)
        except UserError:
            return True

    def take_back(self) -> None:
        self._show(self._kept)
        self.say("")

    def say(self, trouble: str) -> None:
        """Marks the field and says what is wrong; "" when nothing is."""
        self.trouble.say(trouble)
        if bool(self.control.property("invalid")) != bool(trouble):
            self.control.setProperty("invalid", "true" if trouble else None)
            theme.restyle(self.control)

    def _show(self, value: Any) -> None:
        control = self.control
        if isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, QComboBox):
            place = control.findData(value)
            if place < 0:
                control.addItem(shown(self.field, value), value)
                place = control.count() - 1
            control.setCurrentIndex(place)
            tip(control, control.currentText())
        elif isinstance(control, QPlainTextEdit):
            control.setPlainText(value or "")
        else:
            control.setText((value or "") if isinstance(control, MaskedEdit) else shown(self.field, value))
            control.setCursorPosition(0)

    def _listen(self) -> None:
        control = self.control
        if isinstance(control, QCheckBox):
            control.clicked.connect(lambda _checked: self._commit())
        elif isinstance(control, QComboBox):
            control.activated.connect(lambda _place: self._commit())
        elif isinstance(control, QLineEdit):
            control.editingFinished.connect(self._commit)
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(watched, QPlainTextEdit):
            self._commit()
        elif isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Cancel) and self.changed():
            self.take_back()
            return True
        elif event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox) and not watched.hasFocus():
            event.ignore()  # scrolling the pane must not change a choice on its way
            return True
        return False

    def _commit(self) -> None:
        if not self.changed():
            self.say("")
            return
        try:
            value = self.value()
        except UserError as error:
            self.say(str(error))
            return
        self.say("")
        self._kept = value
        self._show(value)
        self.committed.emit()


def read_all(editors: Mapping[str, Editor]) -> dict[str, Any] | None:
    """The values by key; None once the first that cannot be read has said why and has the keyboard."""
    values = {}
    for key, editor in editors.items():
        try:
            values[key] = editor.value()
        except UserError as error:
            editor.say(str(error))
            editor.control.setFocus()
            return None
    return values


def _control(field: Field) -> QCheckBox | QComboBox | QPlainTextEdit | QLineEdit:
    match field.kind:
        case "boolean":
            return QCheckBox()
        case "choice":
            return _combo([(choice.code, _(choice.title)) for choice in field.choices])
        case "country":
            return _combo(countries())
        case "long_text":
            return _long_text()
        case "date":
            return DateEdit()
        case kind:
            line = MaskedEdit() if kind == "iban" else QLineEdit()
            line.setMaxLength(field.length)
            return line


def _combo(choices: list[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.addItem("", None)
    for code, name in choices:
        box.addItem(name, code)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setMinimumContentsLength(6)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMaxVisibleItems(18)
    return box


def _long_text() -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(72)
    return edit
