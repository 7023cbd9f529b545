"""Sheets for the schools: one each to fill in, with a message ready to send; the filled ones come back together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mobility_app.i18n import _, current, ngettext, number
from mobility_app.jobs import school_sheets
from mobility_app.ui import places, tasks
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage


class SchoolCard(Card):
    """`written` tells the folder and how many sheets are in it; `returned` the filled files that she chose."""

    written = Signal(Path, int)
    returned = Signal(list)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Sheets of the schools"), parent=parent)
        self._desk = desk
        self.prepare_button = button(_("Prepare the sheets…"), self._ask_prepare, icon="school")
        self.collect_button = button(_("Filled sheets…"), self._ask_filled, icon="upload")
        self.trouble = InlineMessage()
        text = _(
            "A workbook for each school with its people and its places, and a draft message. "
            "Drop all the filled ones here together: each finds its school."
        )
        for each in (
            label(text, "small", wrap=True),
            self.trouble,
            line(self.prepare_button, self.collect_button, None),
        ):
            self.add(each)

    def refresh(self) -> None:
        self.prepare_button.setEnabled(self._desk.project is not None)

    def _ask_prepare(self) -> None:
        folder = places.ask_folder(self, _("Folder for the sheets and the messages"), "school-sheets")
        if folder is not None:
            self.prepare(folder)

    def prepare(self, folder: Path) -> None:
        """One sheet and one draft a school, in that folder."""
        project, db, today, language = self._desk.project, self._desk.db, self._desk.today, current()
        if project is None:
            return
        self.trouble.say("")
        tasks.run(
            self,
            lambda _progress: school_sheets.write(db, project, folder, today=today, language=language),
            lambda paths: self.written.emit(folder, len(paths)),
            self.trouble.refuse,
            title=_("Writing the sheets of the schools"),
            lane="files",
        )

    def _ask_filled(self) -> None:
        paths = places.ask_several(self, _("Filled sheets…"), [(_("Sheets"), school_sheets.SUFFIXES)], "school-sheets")
        if paths:
            self.returned.emit(paths)


def written_text(count: int) -> str:
    text = ngettext("{n} sheet and its message are ready.", "{n} sheets and their messages are ready.", count)
    return text.format(n=number(count))
