"""A place to drop a file on, with the button that asks for it instead."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from mobility_app.ui import icons
from mobility_app.ui.cards import column, line
from mobility_app.ui.labels import label
from mobility_app.ui.theme import restyle


def dropped_file(dropped: QMimeData, endings: Collection[str]) -> Path | None:
    """The first file of a drop that has one of these endings."""
    paths = (Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile())
    return next((path for path in paths if path.suffix.lower() in endings), None)


class DropZone(QFrame):
    """Lights up while a file that it takes hangs over it."""

    dropped = Signal(Path)

    def __init__(
        self, icon: str, title: str, text: str, press: QWidget, endings: Collection[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        self._endings = endings
        drawing = QLabel()
        icons.dress(drawing, icon, "accent", 32)
        drawing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = [label(title, "title"), label(text, "muted", wrap=True)]
        for each in words:
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(
            column(None, drawing, *words, 4, line(None, press, None), None, margins=(24, 24, 24, 24), spacing=10)
        )
        self.setAccessibleName(title)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData(), self._endings):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        path = dropped_file(event.mimeData(), self._endings)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _light(self, on: bool) -> None:
        self.setProperty("over", "true" if on else "false")
        restyle(self)
