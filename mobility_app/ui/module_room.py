"""What the three gestures on the module's file share: a file comes in, the worker reads it, its outcome is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from mobility_app.core.wanted import Wanted
from mobility_app.errors import UserError
from mobility_app.exchange.book import SUFFIXES
from mobility_app.i18n import N_, _
from mobility_app.jobs import beneficiary_module as job
from mobility_app.ui import icons, places, tasks
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import line
from mobility_app.ui.desk import Desk
from mobility_app.ui.drop_zone import DropZone
from mobility_app.ui.labels import ElidedLabel
from mobility_app.ui.module_gesture import Gesture
from mobility_app.ui.module_rows import ModuleRow
from mobility_app.ui.notices import Banner

FILES: places.Kind = (N_("File of the Beneficiary Module"), SUFFIXES)


class ModuleRoom(Gesture):
    """A gesture on a file of hers."""

    takes_files = True
    tables = frozenset({"mobility", "participant", "organisation", "project", "rate"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.path: Path | None = None
        self.choices: dict[str, str] = {}  # what she said of the headers of this file
        self._stale = False
        title, text = self.invitation()
        self.drop = DropZone("upload", title, text, primary(_("Choose the file…"), self.choose_file), SUFFIXES)
        self.drop.dropped.connect(self.open_file)
        self._faces = QStackedLayout(self)
        self._faces.addWidget(self.drop)

    # What each gesture says and does

    def invitation(self) -> tuple[str, str]:
        """Title and text of its drop zone."""
        raise NotImplementedError

    def work(self, path: Path, project: str, *, fresh: bool) -> Callable[[tasks.Progress], Any]:
        """What the worker does with her file; `fresh` when she has just brought it."""
        raise NotImplementedError

    def show_outcome(self, outcome: Any, *, fresh: bool) -> None:
        raise NotImplementedError

    def wait(self) -> None:
        """The outcome on the screen is being asked again: nothing may be written from it."""

    # Her file

    @property
    def resting(self) -> bool:
        """Whether it waits for a file."""
        return self._faces.currentIndex() == 0

    def set_face(self, face: QWidget) -> None:
        self._faces.addWidget(face)

    def head(self) -> QWidget:
        """The name of her file, and the way to another."""
        drawing = QLabel()
        icons.dress(drawing, "file-spreadsheet", "accent", 20)
        self.name = ElidedLabel("", "heading")
        self.facts = ElidedLabel("", "muted")
        made = QWidget()
        lay = line(
            drawing,
            self.name,
            self.facts,
            button(_("Another file…"), self.choose_file),
            button(_("Close"), self.close_file),
        )
        lay.setStretch(1, 2)
        lay.setStretch(2, 3)
        made.setLayout(lay)
        return made

    def choose_file(self) -> None:
        path = places.ask_open(self, self.title(), [(_(FILES[0]), FILES[1])], "module")
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        self.path, self.choices = path, {}
        self.said.emit(None)
        self.ask(fresh=True)

    def close_file(self) -> None:
        self._drop_task()
        self.path = None
        self._rest()

    def mean(self, header: str, key: str) -> None:
        """A header means this from now on."""
        self.choices[header] = key
        self.ask()

    # Asking

    def ask_if_idle(self) -> None:
        """After a write: shows again what may be done, unless the write itself has made it ask already."""
        if self._asked is None:
            self.ask()

    def ask(self, *, fresh: bool = False) -> None:
        """`fresh` when she has just brought the file."""
        project = self.desk.project
        if self.path is None or project is None:
            return
        self._stale = False
        self._drop_task()
        self.wait()
        task = tasks.run(
            self,
            self.work(self.path, project.reference, fresh=fresh),
            lambda outcome: self._show(outcome, fresh),
            self._failed,
            stopped=self._stopped,
            title=_("Reading “{name}”").format(name=self.path.name),
            lane="files",
        )
        self._asked = task

    def _show(self, outcome: Any, fresh: bool) -> None:
        self._asked = None
        assert self.path is not None
        self.name.say(self.path.name)
        self.show_outcome(outcome, fresh=fresh)
        self._faces.setCurrentIndex(1)
        self.moved.emit()

    def _let_go(self, held: list[Any]) -> None:
        """An outcome that is shown no more goes in the worker."""
        tasks.run(self, lambda _progress: job.let_go(held), lambda _nothing: None, lane="files")

    def _stopped(self) -> None:
        """She cancelled; a task that a newer one replaced says nothing."""
        if self._asked is not None and self._asked.cancelled:
            self._asked = None
            self._rest()
            self.said.emit(Banner(_("Reading was cancelled: nothing was written."), "neutral", closable=True))

    def _failed(self, error: BaseException) -> None:
        self._asked = None
        self._rest()
        if not isinstance(error, UserError):
            raise error
        self.said.emit(Banner(str(error), "danger", [button(_("Another file…"), self.choose_file)], closable=True))

    def _rest(self) -> None:
        self.path = None
        self._faces.setCurrentIndex(0)
        self.moved.emit()

    # The way to a record

    def go_to(self, row: ModuleRow) -> None:
        self.desk.show("mobilities", Wanted(ids=(row.stay_id,), title=row.who))
