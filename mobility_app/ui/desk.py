"""What every page shares: the open dossier, the chosen project, the day, and one way each to read, write and go on."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from mobility_app.core.facts import ProjectRow
from mobility_app.core.wanted import Wanted
from mobility_app.store import queries
from mobility_app.store.database import Database, Session
from mobility_app.store.journal import Changes, Label
from mobility_app.ui import tasks


def present_day() -> dt.date:
    """The day in this place; MOBILITY_TODAY stands in for it in tests and demonstrations."""
    given = os.environ.get("MOBILITY_TODAY")
    return dt.date.fromisoformat(given) if given else dt.datetime.now().astimezone().date()


NEWS_MS = 5_000


class Desk(QObject):
    """Pages listen to `changed` (something was written: refetch what you show) and `project_changed`."""

    changed = Signal(object)  # Changes, on the UI thread, after every write of ours
    projects_changed = Signal(object)  # the projects anew, told before `changed` when a write touched them
    project_changed = Signal()
    search_set = Signal(str)  # what the search field of the window must show
    asked = Signal(str, object)  # open this page with these wishes (Wanted, or None)
    paste_asked = Signal()  # cells copied in a spreadsheet are to come in
    language_chosen = Signal(str)  # the window must speak this language from now on

    def __init__(self, db: Database, *, today: dt.date | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.db = db
        self.today = today or present_day()
        self.projects: tuple[ProjectRow, ...] = ()
        self.project: ProjectRow | None = None  # None for all of them together
        db.listen(self._tell)
        if db.path is None:
            news = QTimer(self)
            news.timeout.connect(self.ask_news)
            news.start(NEWS_MS)

    def ask_news(self) -> None:
        """What colleagues wrote on the server since it was last asked; pages learn of it by `changed`.

        A server that does not answer is told when she reads or writes herself.
        """
        tasks.run(self, lambda _progress: self.db.catch_up(), lambda _news: None, lambda _error: None)

    def _tell(self, changes: Changes) -> None:
        """Called on the thread that wrote; the signal brings it to the UI thread."""
        projects = None
        if changes.touched("project", "organisation", "file"):
            with self.db.read() as s:
                projects = queries.projects(s)
        if shiboken6.isValid(self):  # a long job may end after the window has gone
            if projects is not None:
                self.projects_changed.emit(projects)  # first, so that no page asks for a project that has gone
            self.changed.emit(changes)

    @property
    def project_id(self) -> str | None:
        return self.project.id if self.project else None

    def choose(self, project: ProjectRow | None) -> None:
        """Makes all pages show another project (or its new facts)."""
        moved = (project.id if project else None) != self.project_id
        self.project = project
        if moved:
            self.project_changed.emit()

    def show(self, page: str, wanted: Wanted | None = None) -> None:
        """Opens a page with the rows behind a figure."""
        self.asked.emit(page, wanted)

    def read(self, parent: QObject, work: Callable[[Session], Any], done: Callable[[Any], object]) -> tasks.Task:
        """Reads in the worker, then `done(result)` here. `work` must not touch any widget."""

        def reading(_progress: tasks.Progress) -> Any:
            with self.db.read() as s:
                return work(s)

        return tasks.run(parent, reading, done)

    def write(
        self,
        parent: QObject,
        label: Label,
        work: Callable[[Session], Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> tasks.Task:
        """One undoable step in the worker. Pages learn of it by `changed`; `done` is for what else is to happen."""

        def writing(_progress: tasks.Progress) -> Any:
            with self.db.write(label) as s:
                return work(s)

        return tasks.run(parent, writing, done or (lambda _result: None), failed)
