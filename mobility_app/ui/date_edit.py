"""A date typed as she likes, or picked in a little calendar."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidget, QWidgetAction

from mobility_app.i18n import _, date
from mobility_app.ui import icons, theme


def day_edit(title: str, day: dt.date) -> DateEdit:
    """For the day on which something was done: this one unless she types another."""
    made = DateEdit()
    made.setText(date(day))
    made.setFixedWidth(130)
    made.setAccessibleName(title)
    return made


class DateEdit(QLineEdit):
    """A date as she types it (04/05/2026, 040526); the little calendar at the right, or Alt+Down, picks one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("dd/mm/yyyy"))
        self.setMaxLength(20)
        self._open = QAction(_("Choose a date"), self)
        self._open.setShortcut("Alt+Down")
        self._open.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._open.triggered.connect(self._choose)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self._open.setIcon(icons.icon("calendar"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if theme.is_style_change(event) and hasattr(self, "_open"):
            self._open.setIcon(icons.icon("calendar"))

    def _choose(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setAccessibleName(_("Choose a date"))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        known = QDate.fromString(self.text(), "dd/MM/yyyy")
        if known.isValid():
            calendar.setSelectedDate(known)
        entry = QWidgetAction(menu)
        entry.setDefaultWidget(calendar)
        menu.addAction(entry)
        calendar.clicked.connect(lambda chosen: self._take(chosen, menu))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _take(self, chosen: QDate, menu: QMenu) -> None:
        menu.close()
        self.setText(chosen.toString("dd/MM/yyyy"))
        self.setFocus()
        self.editingFinished.emit()
