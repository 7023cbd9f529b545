"""What an import would do, before anything is written: where it goes, what was understood, every row and its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mobility_app.actions import deciding
from mobility_app.core.incoming import PlannedRow
from mobility_app.errors import Stopped, UserError
from mobility_app.exchange.book import Book
from mobility_app.i18n import _, ngettext, number
from mobility_app.jobs import import_cells, importing
from mobility_app.ui import tasks
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.counters import Counters
from mobility_app.ui.desk import Desk
from mobility_app.ui.import_columns import ColumnChips
from mobility_app.ui.import_head import ImportHead
from mobility_app.ui.import_kinds import WORDS
from mobility_app.ui.import_list import ImportList
from mobility_app.ui.import_reading import Asked, Understood, decide, understand
from mobility_app.ui.import_rows import DECISIONS, PreviewRow
from mobility_app.ui.import_target import ImportTarget
from mobility_app.ui.labels import label
from mobility_app.ui.notices import Banner


class ImportPreview(QWidget):
    """`start(path, book)` shows a file; the signals tell what she wants done with it."""

    confirmed = Signal(object)  # jobs.importing.Import
    corrections_asked = Signal()
    other_asked = Signal()
    closed = Signal()
    status_changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.path = Path()
        self.understood: Understood | None = None
        self._asked: Asked | None = None
        self._task: tasks.Task | None = None
        self._reading = False  # whether the sheet is being read, and not just her word applied
        self.head = ImportHead()
        self.target = ImportTarget()
        self.counters = Counters([(code, _(many), tone) for code, (_one, tone, many) in DECISIONS.items()])
        self.columns = ColumnChips()
        self.trouble = Banner("", "danger")
        self.trouble.hide()
        self.list = ImportList()
        parts = (self.head, self.trouble, self.target, self.counters, self.columns, self.list, self._foot())
        lay = column(*parts, spacing=8)
        assert isinstance(lay, QVBoxLayout)
        lay.setStretch(5, 1)
        self.setLayout(lay)
        self._listen()

    def _listen(self) -> None:
        self.head.kind_chosen.connect(lambda kind: self._read_anew(kind=kind, header=None, choices={}, edits={}))
        self.head.sheet_chosen.connect(lambda name: self._read_anew(sheet=name, header=None, kind=None))
        self.head.header_chosen.connect(lambda row: self._read_anew(header=row))
        self.head.other_asked.connect(self.other_asked.emit)
        self.target.changed.connect(self._plan_again)
        self.target.edited.connect(self.show_whether_ready)
        self.counters.chosen.connect(lambda code: self.list.narrow(decision=code))
        self.columns.chosen.connect(self._mean)
        self.list.typed.connect(self._correct)
        self.list.decided.connect(self._decide)
        self.list.status_changed.connect(self.status_changed)

    def _foot(self) -> QWidget:
        self._promise = label("", "muted", wrap=True)
        self.corrections = button(_("Sheet “To correct”"), self.corrections_asked.emit)
        self.close_button = button(_("Close"), self.closed.emit)
        self.confirm = primary(_("Import"), self._confirm)
        foot = QWidget()
        lay = line(self._promise, self.corrections, self.close_button, self.confirm)
        lay.setStretch(0, 1)
        foot.setLayout(lay)
        return foot

    # What the page calls

    def start(self, path: Path, book: Book) -> None:
        """Shows another file from the beginning."""
        self.path, self.understood = path, None
        self.head.name.say(path.name)
        self.list.narrow(text="")
        self.counters.choose("")
        self._understand(Asked(book, policy=self.target.chosen_policy()), fresh=True)

    def search(self, text: str) -> None:
        """Only the rows with these words, of those that the counter shows."""
        self.list.narrow(text=text)

    # Understanding

    def _read_anew(self, **asked: Any) -> None:
        """Another part of the file, or other titles: what she said of the rows before is void."""
        if self._asked is not None:
            self._understand(replace(self._asked, **asked, acts={}, project_id=None, since=None), fresh=True)

    def _plan_again(self) -> None:
        if self._asked is not None:
            target = self.target
            asked = replace(
                self._asked, project_id=target.project_id, policy=target.chosen_policy(), since=target.since()
            )
            self._understand(asked, fresh=False)

    def _mean(self, header: str, key: str) -> None:
        if self._asked is not None:
            choices = {**self._asked.choices, header: key}
            self._understand(replace(self._asked, choices=choices), fresh=False)

    def _correct(self, row: PreviewRow, key: str, text: str) -> None:
        """A cell as she types it: the sheet is read again with it, her file is not."""
        found = self.understood
        if found is None or row.planned is None or self._asked is None:
            return
        cell = import_cells.typed_cell(found.plan, row.planned, key, text)
        if cell is not None:
            place, written = cell
            self._understand(replace(self._asked, edits={**self._asked.edits, place: written}), fresh=False)

    def _understand(self, asked: Asked, *, fresh: bool) -> None:
        """`fresh`: where it goes is what the sheet says, not what she chose."""
        db, chosen, today = self._desk.db, self._desk.project_id, self._desk.today
        kind = self.understood.table.kind if self.understood and not fresh else asked.kind
        asked = replace(asked, kind=kind)
        self._run(
            asked,
            lambda progress: understand(db, asked, chosen, today, progress),
            partial(self._show, fresh=fresh),
            _("Comparing the sheet with the tracking file"),
        )

    def _decide(self, act: deciding.Act | None, rows: Sequence[PlannedRow]) -> None:
        """Her word on some rows: the plan is another one, nothing is read again."""
        found, asked = self.understood, self._asked
        if found is None or asked is None:
            return
        asked = asked.after(act, rows)
        if self._reading:  # what is being read does not know it yet
            self._understand(asked, fresh=False)
            return
        self._run(asked, lambda _progress: decide(found, asked), partial(self._show, fresh=False), "")

    def _run(self, asked: Asked, work: tasks.Work, done: tasks.Done, title: str) -> None:
        self._asked = asked
        if self._task is not None:
            self._task.cancel()
        self._reading = bool(title)
        stopped = partial(self._stopped, asked)
        lane: tasks.Lane = "files" if title else "database"
        self._task = tasks.run(self, work, done, self._not_understood, stopped=stopped, title=title, lane=lane)

    def _stopped(self, asked: Asked) -> None:
        """She cancelled, unless a newer wish has overtaken this one: the sheet is as it was before."""
        if self._asked is not asked:
            return
        self._reading = False
        if self.understood is None:
            self.closed.emit()
        else:
            self._asked = self.understood.asked
            self._show(self.understood, fresh=True)

    def _not_understood(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        if isinstance(error, Stopped) or self._asked is None:
            return
        self.understood, self._reading = None, False
        self.trouble.say(str(error))
        self.head.show_trouble(self._asked.book, self._asked.sheet, self._asked.header)
        self.list.show_sheet(None)
        for each in (self.target, self.counters, self.columns, self.corrections):
            each.hide()
        self.show_whether_ready()

    def _show(self, found: Understood, *, fresh: bool) -> None:
        self.understood, table, before = found, found.table, self.understood
        self._reading = False
        self.trouble.say("")
        if fresh:
            self.target.offer(found.projects, found.project_id, table, found.since, found.asked.policy)
        if before is None or before.part != found.part:
            self.head.show_table(found.asked.book, table)
        if before is None or before.meanings != found.meanings:
            self.columns.show_table(table)
        self.list.show_sheet(found)
        self.counters.show_numbers(found.figures, hide_zero=("near", "kept", "skipped"))
        if self.counters.on() and not found.figures.get(self.counters.on()):
            self.counters.choose("")
        for each in (self.target, self.counters, self.columns):
            if each.isHidden():  # showing what is shown lays the whole page out again
                each.show()
        self.corrections.setVisible(found.figures.get("refused", 0) > 0)
        self.show_whether_ready()

    # Going on

    def show_whether_ready(self) -> None:
        found = self.understood
        lacks = self.target.check() if found else ""
        self.target.trouble.say(lacks)
        count = self._to_write()
        text = WORDS[found.table.kind].import_n(count) if found and count else _("Nothing to import")
        self.confirm.setText(text)
        self.confirm.setAccessibleName(text)
        self.confirm.setEnabled(count > 0 and not lacks)
        self._promise.setText(_promise(found.figures.get("near", 0) if found else 0))

    def _to_write(self) -> int:
        return self.understood.to_write if self.understood else 0

    def _confirm(self) -> None:
        found = self.understood
        assert found is not None
        reference, title = self.target.said()
        chosen = importing.Import(
            found.plan,
            self.target.project_id,
            reference,
            title,
            self.target.call_year(),
            dict(found.asked.choices),
            self.target.since() if found.table.kind == "mobilities" else None,
        )
        self.confirm.setEnabled(False)
        self.confirmed.emit(chosen)


def _promise(near: int) -> str:
    if near:
        template = ngettext(
            "{n} row “to decide” comes in as somebody new unless you say otherwise.",
            "{n} rows “to decide” come in as somebody new unless you say otherwise.",
            near,
        )
        return template.format(n=number(near))
    return _("Nothing is written yet. A verified backup is made first. The import is undone in one click.")
