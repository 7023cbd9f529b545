"""A line that hides an account number, but for its ends, until she comes to it."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mobility_app.core.bank import compact, grouped, masked


class MaskedEdit(QLineEdit):
    """`text` is the whole, hidden or not; what is marked as wrong stays in sight, to be compared and corrected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._hidden = False

    def text(self) -> str:
        return self._whole if self._hidden else super().text()

    def setText(self, text: str | None) -> None:
        self._whole = grouped(compact(text or ""))
        self._hide(not self.hasFocus())

    def _hide(self, hidden: bool) -> None:
        self._hidden = hidden
        super().setText(masked(compact(self._whole)) if hidden else self._whole)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._hidden:
            self._hide(False)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._whole = self.text()
        super().focusOutEvent(event)  # tells that editing is over: the field may be found wrong now
        if not self.property("invalid"):
            self._hide(True)
