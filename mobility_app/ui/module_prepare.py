"""Préparer le fichier BM: what a filled copy of her file would hold, what the module would refuse, and the copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mobility_app.i18n import N_, _, ngettext, number
from mobility_app.jobs import beneficiary_module as job
from mobility_app.ui import tasks
from mobility_app.ui.buttons import primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.module_columns import ModuleColumns
from mobility_app.ui.module_list import ModuleList
from mobility_app.ui.module_room import ModuleRoom
from mobility_app.ui.module_rows import PROBLEM_COLUMNS, PROBLEMS, Listed, problem_rows
from mobility_app.ui.notices import EmptyState

MENU_TITLE = N_("Prepare the BM file")


@dataclass(frozen=True)
class Outcome:
    prepared: job.Prepared
    rows: Listed
    cells: int


class PrepareRoom(ModuleRoom):
    """`copy_asked` tells that she wants the copy written; `outcome` is what it would hold."""

    key, icon = "prepare", "pencil"
    copy_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.outcome: Outcome | None = None
        self.columns = ModuleColumns()
        self.columns.chosen.connect(self.mean)
        nothing = EmptyState(
            "circle-check", _("Nothing to look at"), _("Every rule that is known is kept: save the filled copy.")
        )
        self.list = ModuleList(
            PROBLEM_COLUMNS,
            PROBLEMS,
            _("Points to look at before the upload"),
            "module-problems",
            nothing,
            always=("mobility", "row", "value", "column"),
        )
        self.list.opened.connect(self.go_to)
        face = QWidget()
        lay = column(self.head(), self.columns, self.list, self._foot(), spacing=10)
        lay.setStretch(2, 1)
        face.setLayout(lay)
        self.set_face(face)

    def _foot(self) -> QWidget:
        promise = label(
            _("Your own file is never changed: a copy is filled, read back and compared before you get it."),
            "muted",
            wrap=True,
        )
        self.save = primary(_("Save the filled copy…"), self.copy_asked.emit, icon="download")
        foot = QWidget()
        lay = line(promise, self.save)
        lay.setStretch(0, 1)
        foot.setLayout(lay)
        return foot

    def title(self) -> str:
        return _(MENU_TITLE)

    def invitation(self) -> tuple[str, str]:
        return (
            _("Drop the file that you exported in the module"),
            _("An empty template will do. A copy is filled; what the module would refuse is shown beforehand."),
        )

    def work(self, path: Path, project: str, *, fresh: bool) -> Callable[[tasks.Progress], Outcome]:
        db, today, choices = self.desk.db, self.desk.today, dict(self.choices)

        def doing(progress: tasks.Progress) -> Outcome:
            prepared = job.prepare(db, path, project, today=today, choices=choices, cancel=lambda: progress.cancelled)
            cells = sum(map(len, prepared.plan.edits.values()))
            return Outcome(prepared, Listed(problem_rows(prepared.problems)), cells)

        return doing

    def wait(self) -> None:
        self.save.setEnabled(False)

    def show_outcome(self, outcome: Any, *, fresh: bool) -> None:
        held = [self.outcome.prepared] if self.outcome else []
        self.outcome = outcome
        prepared = outcome.prepared
        self.facts.say(_facts(outcome))
        self.columns.show_columns(prepared.file.layout.columns, prepared.appeared, prepared.vanished)
        self.list.show_rows(outcome.rows, "mobility" if fresh else "")
        self.save.setEnabled(not self.desk.db.read_only)
        if held:
            self._let_go(held)


def _facts(outcome: Outcome) -> str:
    """What the copy would hold, in figures."""
    plan = outcome.prepared.plan
    rows, added, ids, cells = len(plan.rows), plan.added, len(plan.ids), outcome.cells
    parts = [
        ngettext("{n} mobility", "{n} mobilities", rows).format(n=number(rows)),
        ngettext("{n} row added", "{n} rows added", added).format(n=number(added)),
        ngettext("{n} cell filled", "{n} cells filled", cells).format(n=number(cells)),
        ngettext("{n} BM ID given", "{n} BM IDs given", ids).format(n=number(ids)) if ids else "",
    ]
    return " · ".join(filter(None, parts))
