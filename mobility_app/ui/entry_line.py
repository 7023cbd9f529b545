"""A line under a small table that adds to it: captions above their editors, and a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mobility_app.errors import UserError
from mobility_app.fields import Field
from mobility_app.i18n import _
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import column
from mobility_app.ui.chips import Flow
from mobility_app.ui.completion import propose
from mobility_app.ui.editors import Editor
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage

_LETTER, LEAST = 7, 62  # pixels for each character of a field, and for the shortest


class EntryLine(QWidget):
    """`entered` tells the values by key once those that are `required` are there."""

    entered = Signal(dict)

    def __init__(self, fields: Sequence[Field], accept: str, required: Sequence[str] = ()) -> None:
        super().__init__()
        self._required = tuple(required)
        self.editors = {field.key: Editor(field) for field in fields}
        self.trouble = InlineMessage()
        flow = Flow(spacing=8)
        for editor in self.editors.values():
            caption = label(_(editor.field.title), "small")
            caption.setBuddy(editor)
            editor.setFixedWidth(max(editor.field.width * _LETTER, LEAST))
            held = QWidget()
            held.setLayout(column(caption, editor, spacing=2))
            flow.addWidget(held)
            if isinstance(editor.control, QLineEdit):
                editor.control.returnPressed.connect(self.enter)
        self.accept = button(accept, self.enter, icon="plus")
        held = QWidget()
        held.setLayout(column(label(" ", "small"), self.accept, spacing=2))
        flow.addWidget(held)
        self.setLayout(column(flow, self.trouble, spacing=4))

    def begin(self) -> None:
        """Goes to the first field."""
        next(iter(self.editors.values())).control.setFocus()

    def clear(self) -> None:
        for editor in self.editors.values():
            editor.forget()
        self.trouble.say("")

    def offer(self, key: str, options: Sequence[tuple[str, str]]) -> None:
        """The (code, title) among which a choice is made; what she chose already stays chosen."""
        control = self.editors[key].control
        assert isinstance(control, QComboBox)
        chosen = control.currentData()
        control.clear()
        control.addItem("", None)
        for code, title in options:
            control.addItem(title, code)
        control.setCurrentIndex(max(control.findData(chosen), 0))

    def suggest(self, key: str, names: Sequence[str]) -> None:
        """Names that a text may be completed to."""
        control = self.editors[key].control
        assert isinstance(control, QLineEdit)
        propose(control, names)

    def enter(self) -> None:
        """Reads the line; what lacks or cannot be read is said under it."""
        try:
            values = {key: editor.value() for key, editor in self.editors.items()}
        except UserError as error:
            self.trouble.say(str(error))
            return
        missing = [_(self.editors[key].field.title) for key in self._required if values[key] is None]
        if missing:
            self.trouble.say(_("To fill in: {names}.").format(names=", ".join(missing)))
            return
        self.trouble.say("")
        self.entered.emit(values)


def given(values: Mapping[str, object]) -> dict[str, object]:
    """Only what was filled in."""
    return {key: value for key, value in values.items() if value is not None}
