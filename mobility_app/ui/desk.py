"""What every page stands on: the open dossier, the project she has chosen, the day, and word of every change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mobility_app.store.database import Database
from mobility_app.store.journal import Changes, Label
from mobility_app.ui import tasks
from mobility_app.ui.page import Page


class Desk(QObject):
    """One for the window; every page gets it."""

    changed = Signal(object)  # Changes: a write, an undo or a redo, told on the UI thread whoever wrote
    project_changed = Signal(str)  # the id of the project that she chose; "" for all of them
    asked = Signal(str, object)  # a page by its key, and what to show there

    def __init__(self, db: Database, today: dt.date, project_id: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.db, self.today = db, today
        self._project_id = project_id
        db.listen(self._tell)

    @property
    def project_id(self) -> str:
        return self._project_id

    def choose_project(self, project_id: str) -> None:
        if project_id != self._project_id:
            self._project_id = project_id
            self.project_changed.emit(project_id)

    def _tell(self, changes: Changes) -> None:
        if shiboken6.isValid(self):  # a long job may end after the window has closed
            self.changed.emit(changes)

    def read(self, parent: QObject, ask: Callable[[Any], Any], done: tasks.Done) -> tasks.Task:
        """Asks `ask(session)` in the database worker, then calls `done(answer)`."""

        def work(_progress: tasks.Progress) -> Any:
            with self.db.read() as s:
                return ask(s)

        return tasks.run(parent, work, done)

    def write(
        self,
        parent: QObject,
        label: Label,
        act: Callable[[Any], Any],
        done: tasks.Done = lambda _answer: None,
        failed: tasks.Failed | None = None,
    ) -> tasks.Task:
        """Does `act(session)` as one step that can be undone, in the database worker."""

        def work(_progress: tasks.Progress) -> Any:
            with self.db.write(label) as s:
                return act(s)

        return tasks.run(parent, work, done, failed)


class DeskPage(Page):
    """A page of the dossier: it asks again when what it shows has changed, at once in front, else when it is opened.

    `tables` are those whose rows it shows; `count` is the number beside its name.
    """

    tables: frozenset[str] = frozenset()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        desk.changed.connect(self._changed)
        desk.project_changed.connect(lambda _project_id: self.ask_again())

    def opened(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()

    def refresh(self) -> None:
        """Shows what the dossier holds now."""
        raise NotImplementedError

    def count(self, session: Any, project_id: str) -> int | None:
        """Asked in the worker whenever it may have changed."""
        return None

    def ask_again(self) -> None:
        self._stale = True
        self.recount()
        if self.isVisible():
            self.opened()

    def recount(self) -> None:
        """Tells the number beside its name; the window calls it once at the start."""
        if type(self).count is not DeskPage.count:
            project_id = self.desk.project_id
            self.desk.read(self, lambda s: self.count(s, project_id), self.count_changed.emit)

    def _changed(self, changes: Changes) -> None:
        if changes.touched(*self.tables):
            self.ask_again()
