"""One of the faces of a page: it reads what it shows when it is looked at, and again when that has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mobility_app.store.database import Session
from mobility_app.ui import tasks
from mobility_app.ui.desk import Desk


class Face(QWidget):
    """Set `code`, `name` (a text to translate) and `tables`, whose rows it shows; `refresh` asks for them."""

    code: ClassVar[str] = ""
    name: ClassVar[str] = ""
    tables: ClassVar[frozenset[str]] = frozenset()
    elsewhere = Signal(str)  # asks for another face of the page, by its code

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._asked: tasks.Task | None = None

    def refresh(self) -> None:
        """Shows what the dossier holds now of the chosen project: there is one whenever this is called."""
        raise NotImplementedError

    def ask(self, work: Callable[[Session], Any], show: Callable[[Any], object]) -> None:
        """Reads in the worker, then shows it here; an earlier question that is still open is dropped."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self.desk.read(self, work, show)
