"""The search field: a magnifying glass, a cross to clear it, and its shortcut in sight while it is empty."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from mobility_app.i18n import _
from mobility_app.ui import icons, theme


class SearchField(QLineEdit):
    """Emits `textEdited`/`textChanged` as she types; Escape empties it; `shortcut` brings her here from anywhere."""

    def __init__(self, placeholder: str, shortcut: str = "Ctrl+F", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(_("Search"))
        self.setClearButtonEnabled(False)
        self.setMaxLength(200)
        self._shortcut = shortcut
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._cross = QAction(_("Clear the search"), self)
        self._cross.triggered.connect(self.clear)
        self.textChanged.connect(self._show_cross)
        self._tint()
        if shortcut:
            key = QShortcut(QKeySequence(shortcut), self)
            key.setContext(Qt.ShortcutContext.WindowShortcut)
            key.activated.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_style_change(event) and hasattr(self, "_cross"):
            self._tint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or not self._shortcut:
            return
        painter = QPainter(self)
        painter.setFont(theme.font(12))
        painter.setPen(theme.tokens().color("muted"))
        room = self.rect().adjusted(0, 0, -12, 0)
        needed = self.fontMetrics().horizontalAdvance(self.placeholderText()) + 96
        if room.width() > needed:
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._shortcut)

    def _take(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _show_cross(self, text: str) -> None:
        shown = self._cross in self.actions()
        if text and not shown:
            self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        elif not text and shown:
            self.removeAction(self._cross)

    def _tint(self) -> None:
        self._glass.setIcon(icons.icon("search"))
        self._cross.setIcon(icons.icon("x"))
