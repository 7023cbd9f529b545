"""Ctrl+V on a page: cells copied in a spreadsheet go to the preview of an import."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def takes_paste(page: QWidget, act: Callable[[], object]) -> QShortcut:
    """Wherever the cursor stands while the page is in sight; a field that she types in keeps the key for itself."""
    key = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), page)
    key.setContext(Qt.ShortcutContext.WindowShortcut)
    key.activated.connect(act)
    return key
