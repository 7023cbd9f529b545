"""Filled sheets of the schools, read together: what each would change, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mobility_app.core.incoming import Decision
from mobility_app.i18n import N_, _, ngettext, number
from mobility_app.jobs import school_sheets
from mobility_app.jobs.school_sheets import Returned
from mobility_app.ui import tasks
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.import_rows import DECISIONS, PreviewRow, preview_rows
from mobility_app.ui.labels import label
from mobility_app.ui.notices import Banner, EmptyState
from mobility_app.ui.rows_model import Column, Order, RowsModel
from mobility_app.ui.table import RowsTable


@dataclass(frozen=True)
class Sheet:
    """One file and its rows."""

    id: str
    returned: Returned
    rows: tuple[PreviewRow, ...]

    def count(self, decision: Decision) -> str:
        plan = self.returned.plan
        return number(plan.count(decision)) if plan is not None else ""


SHEETS: tuple[Column, ...] = (
    Column("school", N_("School"), lambda s: s.returned.school or "—", 200, grow=True),
    Column("file", N_("File"), lambda s: s.returned.path.name, 220, grow=True, ink=lambda s: "muted"),
    Column("add", N_("New rows"), lambda s: s.count("add"), 100, numeric=True),
    Column("change", N_("Changed rows"), lambda s: s.count("change"), 100, numeric=True),
    Column("unchanged", N_("Unchanged rows"), lambda s: s.count("unchanged"), 110, numeric=True),
    Column("refused", N_("Refused rows"), lambda s: s.count("refused"), 100, numeric=True),
    Column("trouble", N_("Left aside because"), lambda s: s.returned.trouble, 200, grow=True, ink=lambda s: "danger"),
)
QUIET = ("unchanged", "skipped")  # rows that need no look
ROWS: tuple[Column, ...] = (
    Column("number", N_("Row"), lambda r: str(r.number), 60, numeric=True),
    Column("person", N_("Participant"), lambda r: f"{r.text('last_name')} {r.text('first_name')}".strip(), 200),
    Column(
        "decision", N_("Result"), lambda r: _(DECISIONS[r.decision][0]), 130, tone=lambda r: DECISIONS[r.decision][1]
    ),
    Column("why", N_("What changes, or why"), lambda r: r.why, 400, grow=True),
)


class ReturnedSheets(QWidget):
    """`read` shows some files; `taken_in` tells what was written, `closed` that she is done."""

    taken_in = Signal(list)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheets: dict[str, Sheet] = {}
        self._chosen: tuple[PreviewRow, ...] = ()
        self.title = label("", "heading")
        self.trouble = Banner("", "danger")
        self.trouble.hide()
        self.files = RowsModel(SHEETS, self._files_of, (), self)
        self.files_table = _table(self.files, _("Filled sheets"), "returned-files")
        self.files_table.setFixedHeight(250)
        self.files_table.current.connect(self._choose)
        self.files.loaded.connect(lambda _count: self._choose(self.files_table.current_id()))
        self.rows = RowsModel(ROWS, self._rows_of, (), self)
        nothing = EmptyState("circle-check", _("Nothing changes"), _("This sheet says what the file says."))
        self.rows_table = _table(self.rows, _("Rows of the sheet"), "returned-rows", nothing)
        self.take_button = primary("", self.take_in)
        promise = label(
            _("Nothing is written yet. Rows to correct go back to each school with a message."), "muted", wrap=True
        )
        foot = line(promise, button(_("Close"), self.closed.emit), self.take_button)
        foot.setStretch(0, 1)
        lay = column(self.title, self.trouble, self.files_table, self.rows_table, foot, spacing=10)
        lay.setStretch(3, 1)
        self.setLayout(lay)

    def read(self, paths: Sequence[Path]) -> None:
        """Compares each file with its school's people, in the worker."""
        db, today, given = self._desk.db, self._desk.today, tuple(paths)

        def work(_progress: tasks.Progress) -> list[Sheet]:
            found = school_sheets.compare(db, given, today=today)
            return [
                Sheet(str(n), each, preview_rows(each.plan, {}, (), {}) if each.plan else ())
                for n, each in enumerate(found)
            ]

        tasks.run(self, work, self._show, title=_("Reading the filled sheets"), lane="files")

    def _show(self, found: list[Sheet]) -> None:
        self._sheets = {sheet.id: sheet for sheet in found}
        text = ngettext("{n} filled sheet", "{n} filled sheets", len(found)).format(n=number(len(found)))
        self.title.setText(text)
        ids = list(self._sheets)
        self.files.show(lambda _order: ids)
        useful = sum(sheet.returned.plan is not None and sheet.returned.plan.writes for sheet in found)
        press = ngettext("Take {n} sheet in", "Take {n} sheets in", useful).format(n=number(useful))
        self.take_button.setText(press if useful else _("Nothing to import"))
        self.take_button.setAccessibleName(self.take_button.text())
        back = any(sheet.count("refused") not in ("", "0") for sheet in found)
        if back and not useful:
            self.take_button.setText(_("Write the rows to correct"))
        self.take_button.setEnabled(bool(useful) or back)

    def _files_of(self, ids: Sequence[str]) -> list[Sheet]:
        sheets = self._sheets
        return [sheets[id_] for id_ in ids if id_ in sheets]

    def _rows_of(self, ids: Sequence[str]) -> list[PreviewRow]:
        rows = {row.id: row for row in self._chosen}
        return [rows[id_] for id_ in ids if id_ in rows]

    def _choose(self, sheet_id: str) -> None:
        sheet = self._sheets.get(sheet_id) or next(iter(self._sheets.values()), None)
        self._chosen = tuple(row for row in (sheet.rows if sheet else ()) if row.decision not in QUIET)
        ids = [row.id for row in self._chosen]

        def find(_order: Order) -> list[str]:
            return ids

        self.rows.show(find)

    def take_in(self) -> None:
        """Writes all of them as one step, and the rows to correct beside the files."""
        db, returned = self._desk.db, [sheet.returned for sheet in self._sheets.values()]
        self.take_button.setEnabled(False)
        self.trouble.say("")
        tasks.run(
            self,
            lambda _progress: school_sheets.take_in(db, returned),
            lambda _done: self.taken_in.emit(returned),
            self._refused,
            title=_("Importing the mobilities"),
            lane="files",
        )

    def _refused(self, error: BaseException) -> None:
        self.take_button.setEnabled(True)
        self.trouble.say(str(error))


def _table(model: RowsModel, name: str, key: str, empty: EmptyState | None = None) -> RowsTable:
    made = RowsTable(model, name, key, empty)
    made.setProperty("role", "framed")
    return made


def taken_text(returned: Sequence[Returned]) -> str:
    """What was written, and what goes back."""
    plans = [each.plan for each in returned if each.plan is not None]
    done = sum(plan.count("add") + plan.count("change") for plan in plans)
    text = ngettext("{n} mobility imported.", "{n} mobilities imported.", done).format(n=number(done))
    if refused := sum(plan.count("refused") for plan in plans):
        back = ngettext("{n} row goes back to its school.", "{n} rows go back to their schools.", refused)
        text += " " + back.format(n=number(refused))
    if aside := len(returned) - len(plans):
        left = ngettext("{n} file left aside.", "{n} files left aside.", aside)
        text += " " + left.format(n=number(aside))
    return text
