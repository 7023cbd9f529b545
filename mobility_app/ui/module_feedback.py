"""Lire le fichier de retour: the cells that the module marked after an import, each leading to its mobility."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from mobility_app.i18n import N_, _, ngettext, number
from mobility_app.jobs import beneficiary_module as job
from mobility_app.ui import tasks
from mobility_app.ui.cards import column
from mobility_app.ui.desk import Desk
from mobility_app.ui.module_list import ModuleList
from mobility_app.ui.module_room import ModuleRoom
from mobility_app.ui.module_rows import MARK_COLUMNS, MARKS, Listed, marked_rows
from mobility_app.ui.notices import EmptyState

MENU_TITLE = N_("Read the feedback file")


class FeedbackRoom(ModuleRoom):
    key, icon = "feedback", "circle-alert"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        nothing = EmptyState(
            "circle-check",
            _("No marked cell"),
            _("The file carries no coloured cell, no note and no message beside a mobility."),
        )
        self.list = ModuleList(
            MARK_COLUMNS, MARKS, _("Cells that the module marked"), "module-marks", nothing, always=("known", "unknown")
        )
        self.list.opened.connect(self.go_to)
        face = QWidget()
        lay = column(self.head(), self.list, spacing=10)
        lay.setStretch(1, 1)
        face.setLayout(lay)
        self.set_face(face)

    def title(self) -> str:
        return _(MENU_TITLE)

    def invitation(self) -> tuple[str, str]:
        return (
            _("Drop the file that the module gave back"),
            _("After an import it offers a copy with the doubtful cells marked: each leads to its mobility here."),
        )

    def work(self, path: Path, project: str, *, fresh: bool) -> Callable[[tasks.Progress], Listed]:
        db, today = self.desk.db, self.desk.today
        return lambda _progress: Listed(marked_rows(job.feedback(db, path, project, today=today)))

    def show_outcome(self, outcome: Any, *, fresh: bool) -> None:
        count = len(outcome.by_id)
        self.facts.say(ngettext("{n} marked cell", "{n} marked cells", count).format(n=number(count)))
        self.list.show_rows(outcome)
