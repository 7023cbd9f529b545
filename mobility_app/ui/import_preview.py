"""What an import would do, before anything is written: where it goes, what was understood, every row and its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from mobility_app.core.facts import ProjectRow
from mobility_app.core.incoming import Plan, PlannedRow, Table
from mobility_app.errors import UserError
from mobility_app.exchange.book import Book
from mobility_app.i18n import _, ngettext, number
from mobility_app.jobs import importing
from mobility_app.jobs.todo import cut_off
from mobility_app.store import queries
from mobility_app.ui import icons, import_rows, tasks
from mobility_app.ui.buttons import button, menu_button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.counters import Counters
from mobility_app.ui.desk import Desk
from mobility_app.ui.import_columns import ColumnChips
from mobility_app.ui.import_row_bar import Act, RowBar
from mobility_app.ui.import_rows import DECISIONS, PreviewRow
from mobility_app.ui.import_target import ImportTarget
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.notices import Banner, EmptyState
from mobility_app.ui.rows_model import Order, RowsModel
from mobility_app.ui.table import RowsTable

HEADERS_OFFERED = 20  # rows that may hold the titles


@dataclass(frozen=True)
class Understood:
    """The sheet as it was read: all that the worker hands to the screen at once."""

    table: Table
    plan: Plan
    projects: tuple[ProjectRow, ...]
    project_id: str
    rows: tuple[PreviewRow, ...]
    since: dt.date | None = None  # the day from which papers are followed here, as the dossier knows it


class ImportPreview(QWidget):
    """`start(path, book)` shows a file; the signals tell what she wants done with it."""

    confirmed = Signal(object)  # jobs.importing.Import
    corrections_asked = Signal()
    other_asked = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.path = Path()
        self.book: Book | None = None
        self.understood: Understood | None = None
        self._choices: dict[str, str] = {}
        self._sheet: str | None = None
        self._header: int | None = None
        self._asked: tasks.Task | None = None
        self._rows: dict[str, PreviewRow] = {}
        self.target = ImportTarget()
        self.target.moved.connect(self._plan_again)
        self.target.since_changed.connect(self._plan_again)
        self.target.edited.connect(self.show_whether_ready)
        self.counters = Counters([(code, _(many), tone) for code, (_one, tone, many) in DECISIONS.items()])
        self.counters.chosen.connect(lambda _code: self._filter())
        self.columns = ColumnChips()
        self.columns.chosen.connect(self._mean)
        self.trouble = Banner("", "danger")
        self.trouble.hide()
        self.model = RowsModel(import_rows.COLUMNS, self._fetch, (("number", False),), self)
        nothing = EmptyState("file-spreadsheet", _("No row here"), _("Press the counter again to see all rows."))
        self.table = RowsTable(self.model, _("Rows of the sheet"), "import", nothing)
        self.table.setProperty("role", "framed")
        self.row_bar = RowBar()
        self.row_bar.decided.connect(self._decide)
        self.table.current.connect(lambda _row_id: self._show_row())
        self.model.loaded.connect(lambda _count: self._show_row())
        table = column(self.table, self.row_bar, spacing=6)
        table.setStretch(0, 1)
        lay = column(
            self._head(), self.trouble, self.target, self.counters, self.columns, table, self._foot(), spacing=10
        )
        assert isinstance(lay, QVBoxLayout)
        lay.setStretch(5, 1)
        self.setLayout(lay)

    def _head(self) -> QWidget:
        drawing = QLabel()
        icons.dress(drawing, "file-spreadsheet", "accent", 20)
        self._name = ElidedLabel("", "heading")
        self.sheet = menu_button("", [])
        self.header = menu_button("", [])
        other = button(_("Another file…"), self.other_asked.emit)
        head = QWidget()
        lay = line(drawing, self._name, self.sheet, self.header, other)
        lay.setStretch(1, 1)
        head.setLayout(lay)
        return head

    def _foot(self) -> QWidget:
        self._promise = label(
            _("Nothing is written yet. A verified backup is made first. The import is undone in one click."),
            "muted",
            wrap=True,
        )
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
        self.path, self.book, self.understood = path, book, None
        self._choices, self._sheet, self._header = {}, importing.ALL_SHEETS, None
        self._name.say(path.name)
        self.counters.choose("")
        self._understand(None)

    # Understanding

    def _understand(self, project_id: str | None) -> None:
        """Reads the sheet again as she means it; `project_id` None lets the sheet decide where it goes."""
        book, db, today = self.book, self._desk.db, self._desk.today
        sheet, header, choices, chosen = self._sheet, self._header, dict(self._choices), self._desk.project_id
        since = self.target.since() if project_id is not None else None
        assert book is not None

        def work(_progress: tasks.Progress) -> Understood:
            table = importing.table_of(db, book, sheet=sheet, header_row=header, choices=choices)
            with db.read() as s:
                projects, known = tuple(queries.projects(s)), cut_off(s)
            target = importing.target_of(projects, table, chosen) if project_id is None else project_id
            day = since or known or (None if projects else today)
            plan = importing.plan_for(db, table, target, today=today, cut_off=day)
            return Understood(table, plan, projects, target, import_rows.preview_rows(plan), day)

        if self._asked is not None:
            self._asked.cancel()
        fresh = project_id is None
        self._asked = tasks.run(self, work, lambda found: self._show(found, fresh), self._not_understood)

    def _not_understood(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.understood = None
        self.trouble.say(str(error))
        self._show_sheets(self._sheet, self._header)
        self._rows = {}
        self._filter()
        for each in (self.target, self.counters, self.columns, self.corrections):
            each.hide()
        self.show_whether_ready()

    def _show(self, found: Understood, fresh: bool) -> None:
        """`fresh`: where it goes is what the sheet says, not what she chose."""
        self.understood = found
        self.trouble.say("")
        table = found.table
        self._show_sheets(table.sheet, table.header_row, table)
        if fresh:
            self.target.offer(found.projects, found.project_id, table.reference, table.title, found.since)
        self.columns.show_table(table)
        self._rows = {row.id: row for row in found.rows}
        figures: dict[str, int] = {}
        for row in found.rows:
            figures[row.decision] = figures.get(row.decision, 0) + 1
        self.counters.show_numbers(figures, hide_zero=("near", "kept", "skipped"))
        if self.counters.on() and not figures.get(self.counters.on()):
            self.counters.choose("")
        self.table.show_column("sheet", bool(table.sheets))
        for each in (self.target, self.counters, self.columns):
            if each.isHidden():  # showing what is shown lays the whole page out again
                each.show()
        self.corrections.setVisible(figures.get("refused", 0) > 0)
        self._filter()
        self.show_whether_ready()

    def _show_sheets(self, sheet: str | None, header: int | None, table: Table | None = None) -> None:
        assert self.book is not None
        shown = next((each for each in self.book.sheets if each.name == sheet), self.book.sheets[0])
        together = len(table.sheets) if table else 0
        text = _("Sheet: {name}").format(name=shown.name)
        if together:
            text = _("{n} sheets together").format(n=number(together))
        _set_menu(self.sheet, text, self._sheet_menu(len(table.alike) + 1 if table and table.alike else 0))
        text = _("Titles: row {n}").format(n=header) if header else _("Titles: choose the row")
        _set_menu(self.header, text, self._header_menu(shown.name))

    def _sheet_menu(self, alike: int) -> QMenu:
        """`alike` sheets of one shape can be read together."""
        assert self.book is not None
        menu = QMenu(self.sheet)
        if alike:
            entry = menu.addAction(_("All {n} sheets of this shape together").format(n=number(alike)))
            entry.triggered.connect(lambda _checked=False: self._choose_sheet(importing.ALL_SHEETS))
            menu.addSeparator()
        for each in self.book.sheets:
            rows = ngettext("{n} row", "{n} rows", len(each.rows)).format(n=number(len(each.rows)))
            entry = menu.addAction(f"{each.name} ({rows})".replace("&", "&&"))
            entry.triggered.connect(lambda _checked=False, name=each.name: self._choose_sheet(name))
        return menu

    def _header_menu(self, name: str) -> QMenu:
        assert self.book is not None
        menu = QMenu(self.header)
        rows = next(each.rows for each in self.book.sheets if each.name == name)
        for row in rows[:HEADERS_OFFERED]:
            said = ", ".join(str(cell) for cell in row.cells if cell is not None)
            said = f"{said[:60]}…" if len(said) > 60 else said
            entry = menu.addAction(_("Row {n}: {text}").format(n=row.number, text=said).replace("&", "&&"))
            entry.triggered.connect(lambda _checked=False, n=row.number: self._choose_header(n))
        return menu

    def _choose_sheet(self, name: str) -> None:
        self._sheet, self._header = name, None
        self._understand(None)

    def _choose_header(self, row: int) -> None:
        self._header = row
        self._understand(None)

    def _mean(self, header: str, key: str) -> None:
        self._choices[header] = key
        self._understand(self.target.project_id)

    def _plan_again(self) -> None:
        self._understand(self.target.project_id)

    # The table

    def _fetch(self, ids: Sequence[str]) -> list[PreviewRow]:
        rows = self._rows
        return [rows[row_id] for row_id in ids if row_id in rows]

    def _filter(self) -> None:
        rows, decision = tuple(self._rows.values()), self.counters.on()

        def find(order: Order) -> list[str]:
            return import_rows.find(rows, decision, order)

        self.model.show(find)

    def _decide(self, act: Act, row: PlannedRow) -> None:
        """Her word on one row: the plan is another one, nothing is read again."""
        found = self.understood
        if found is None:
            return
        try:
            plan = act(found.plan, row)
        except UserError as error:
            self.row_bar.text.setText(str(error))
            return
        self._show(replace(found, plan=plan, rows=import_rows.preview_rows(plan)), fresh=False)

    def _show_row(self) -> None:
        self.row_bar.show_row(self._rows.get(self.table.current_id()))

    # Going on

    def show_whether_ready(self) -> None:
        lacks = self.target.check() if self.understood else ""
        self.target.trouble.say(lacks)
        count = self._to_write()
        if count:
            text = ngettext("Import {n} mobility", "Import {n} mobilities", count).format(n=number(count))
        else:
            text = _("Nothing to import")
        self.confirm.setText(text)
        self.confirm.setAccessibleName(text)
        self.confirm.setEnabled(count > 0 and not lacks)

    def _to_write(self) -> int:
        plan = self.understood.plan if self.understood else None
        return plan.count("add") + plan.count("change") if plan else 0

    def _confirm(self) -> None:
        assert self.understood is not None
        reference, title = self.target.said()
        chosen = importing.Import(
            self.understood.plan,
            self.target.project_id,
            reference,
            title,
            self.target.call_year(),
            dict(self._choices),
            self.target.since(),
        )
        self.confirm.setEnabled(False)
        self.confirmed.emit(chosen)


def _set_menu(made: QPushButton, text: str, menu: QMenu) -> None:
    made.setText(text.replace("&", "&&"))
    made.setAccessibleName(text)
    before = made.menu()
    made.setMenu(menu)
    if before is not None:
        before.deleteLater()
