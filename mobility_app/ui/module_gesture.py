"""What the gestures of the module's page share: they ask again when what they show has changed and is in sight."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mobility_app.ui import tasks
from mobility_app.ui.desk import Desk


class Gesture(QWidget):
    """One gesture. `said` carries a banner (None takes the last away), `moved` that it shows something else.

    `tables` are those whose rows it shows, `takes_files` whether it does something with a file that is dropped.
    """

    key = icon = ""
    takes_files: ClassVar[bool] = False
    tables: ClassVar[frozenset[str]] = frozenset()
    said = Signal(object)
    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._asked: tasks.Task | None = None
        self._stale = True

    def title(self) -> str:
        raise NotImplementedError

    def ask(self) -> None:
        """Shows what the dossier holds now."""
        raise NotImplementedError

    @property
    def resting(self) -> bool:
        """Whether it waits for a file."""
        return False

    def open_file(self, path: Path) -> None:
        """A file for it."""

    def ask_again(self) -> None:
        """The dossier has changed: asked at once when it is in sight, else when it comes to the front."""
        self._stale = True
        if self.isVisible():
            self.freshen()

    def freshen(self) -> None:
        if self._stale:
            self.ask()

    def ask_if_idle(self) -> None:
        """After a write: shows again what may be done, unless the write itself has made it ask already."""
        if self._asked is None:
            self.ask()

    def _drop_task(self) -> None:
        task, self._asked = self._asked, None
        if task is not None:
            task.cancel()
