"""A few fields that are typed together and saved by one button: an invoice, a funder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mobility_app.fields import Field
from mobility_app.i18n import _
from mobility_app.ui.buttons import button, icon_button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.editors import Editor, read_all
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage


class EntryForm(QWidget):
    """`saved` tells values that could be read: whoever listens writes them, and says at `trouble` what is refused."""

    saved = Signal(dict)
    removed = Signal()
    closed = Signal()

    def __init__(self, lines: Sequence[Sequence[Field]], *more: QWidget, parent: QWidget | None = None) -> None:
        """`lines` of fields side by side; `more` stands between them and the buttons."""
        super().__init__(parent)
        self.editors: dict[str, Editor] = {}
        rows = []
        for fields in lines:
            row = line(*(self._captioned(field) for field in fields))
            for place in range(len(fields)):
                row.setStretch(place, 1)
            rows.append(row)
        self.trouble = InlineMessage()
        self.remove_button = icon_button("trash-2", _("Remove"), self.removed.emit)
        self.save_button = primary("", self.save)
        foot = line(self.remove_button, None, button(_("Cancel"), self.closed.emit), self.save_button)
        self.setLayout(column(*rows, *more, self.trouble, foot))

    def _captioned(self, field: Field) -> QVBoxLayout:
        editor = self.editors[field.key] = Editor(field)
        caption = label(_(field.title), "small")
        caption.setBuddy(editor)
        return column(caption, editor, None, spacing=2)

    def begin(self, values: Mapping[str, Any], *, known: bool) -> None:
        """Shows the values of a record to be changed, or those that a new one begins with."""
        for key, editor in self.editors.items():
            editor.forget()
            editor.set_value(values.get(key))
        self.trouble.say("")
        self.save_button.setText(_("Save") if known else _("Add"))
        self.save_button.setAccessibleName(self.save_button.text())
        self.remove_button.setVisible(known)
        next(iter(self.editors.values())).control.setFocus()

    def save(self) -> None:
        values = read_all(self.editors)
        if values is None:
            return
        self.trouble.say("")
        self.saved.emit(values)
