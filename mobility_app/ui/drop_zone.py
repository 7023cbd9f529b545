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


def dropped_files(dropped: QMimeData, endings: Collection[str]) -> list[Path]:
    """The files of a drop that have one of these endings."""
    paths = (Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile())
    return [path for path in paths if path.suffix.lower() in endings]


def dropped_file(dropped: QMimeData, endings: Collection[str]) -> Path | None:
    """The first of them."""
    return next(iter(dropped_files(dropped, endings)), None)


class DropZone(QFrame):
    """Lights up while a file that it takes hangs over it."""

    dropped = Signal(Path)
    several = Signal(list)  # of paths; only of a zone that `takes_several`

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        press: QWidget,
        endings: Collection[str],
        *,
        takes_several: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        self._endings, self._takes_several = endings, takes_several
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
        paths = dropped_files(event.mimeData(), self._endings)
        if len(paths) > 1 and self._takes_several:
            event.acceptProposedAction()
            self.several.emit(paths)
        elif paths:
            event.acceptProposedAction()
            self.dropped.emit(paths[0])

    def _light(self, on: bool) -> None:
        self.setProperty("over", "true" if on else "false")
        restyle(self)
