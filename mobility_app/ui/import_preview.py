"""What an import would do, before anything is written: where it goes, what was understood, every row and its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mobility_app.actions import deciding
from mobility_app.core.incoming import PlannedRow
from mobility_app.errors import Stopped, UserError
from mobility_app.exchange.book import Book
from mobility_app.fields import SheetKind
from mobility_app.i18n import _, ngettext, number
from mobility_app.jobs import import_cells, importing
from mobility_app.ui import import_rows, tasks
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.counters import Counters
from mobility_app.ui.desk import Desk
from mobility_app.ui.import_columns import ColumnChips
from mobility_app.ui.import_head import ImportHead
from mobility_app.ui.import_kinds import WORDS
from mobility_app.ui.import_reading import Asked, Understood, decide, understand
from mobility_app.ui.import_row_bar import RowBar
from mobility_app.ui.import_rows import DECISIONS, PreviewRow
from mobility_app.ui.import_table import PreviewModel, PreviewTable
from mobility_app.ui.import_target import ImportTarget
from mobility_app.ui.labels import label
from mobility_app.ui.notices import Banner
from mobility_app.ui.rows_model import Order


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
        self._rows: Mapping[str, PreviewRow] = {}
        self._text = ""
        self._tables: dict[SheetKind, PreviewTable] = {}
        self.head = ImportHead()
        self.target = ImportTarget()
        self.counters = Counters([(code, _(many), tone) for code, (_one, tone, many) in DECISIONS.items()])
        self.columns = ColumnChips()
        self.trouble = Banner("", "danger")
        self.trouble.hide()
        self._place = QStackedWidget()
        self.row_bar = RowBar()
        self._show_kind("mobilities")
        table = column(self._place, self.row_bar, spacing=6)
        table.setStretch(0, 1)
        parts = (self.head, self.trouble, self.target, self.counters, self.columns, table, self._foot())
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
        self.counters.chosen.connect(lambda _code: self._filter())
        self.columns.chosen.connect(self._mean)
        self.row_bar.decided.connect(self._decide)

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

    # The table of each kind of sheet is made when such a sheet comes

    @property
    def table(self) -> PreviewTable:
        made = self._place.currentWidget()
        assert isinstance(made, PreviewTable)
        return made

    @property
    def model(self) -> PreviewModel:
        model = self.table.model()
        assert isinstance(model, PreviewModel)
        return model

    def _show_kind(self, kind: SheetKind) -> None:
        if kind not in self._tables:
            model = PreviewModel(kind, self._fetch, self)
            made = self._tables[kind] = PreviewTable(kind, model, self)
            self._place.addWidget(made)
            model.typed.connect(self._correct)
            model.loaded.connect(self._loaded)
            made.picked.connect(self._show_chosen)
        self._place.setCurrentWidget(self._tables[kind])

    # What the page calls

    def start(self, path: Path, book: Book) -> None:
        """Shows another file from the beginning."""
        self.path, self.understood, self._text = path, None, ""
        self.head.name.say(path.name)
        self.counters.choose("")
        self._understand(Asked(book, policy=self.target.chosen_policy()), fresh=True)

    def search(self, text: str) -> None:
        """Only the rows with these words, of those that the counter shows."""
        self._text = text
        self._filter()

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
        self._run(asked, lambda _progress: decide(found, asked), partial(self._show, fresh=False), "")

    def _run(self, asked: Asked, work: tasks.Work, done: tasks.Done, title: str) -> None:
        self._asked = asked
        if self._task is not None:
            self._task.cancel()
        self._task = tasks.run(
            self, work, done, self._not_understood, stopped=lambda: self._stopped(asked), title=title, lane="files"
        )

    def _stopped(self, asked: Asked) -> None:
        """She cancelled, unless a newer wish has overtaken this one: the sheet is as it was before."""
        if self._asked is not asked:
            return
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
        self.understood = None
        self.trouble.say(str(error))
        self.head.show_trouble(self._asked.book, self._asked.sheet, self._asked.header)
        self._rows = {}
        self._filter()
        for each in (self.target, self.counters, self.columns, self.corrections):
            each.hide()
        self.show_whether_ready()

    def _show(self, found: Understood, *, fresh: bool) -> None:
        self.understood, table, before = found, found.table, self.understood
        self.trouble.say("")
        self._show_kind(table.kind)
        if fresh:
            self.target.offer(found.projects, found.project_id, table, found.since, found.asked.policy)
        if before is None or before.table is not table:
            self.head.show_table(found.book, table)
            self.columns.show_table(table)
            self._show_columns(found)
        self._rows = found.rows
        self.counters.show_numbers(found.figures, hide_zero=("near", "kept", "skipped"))
        if self.counters.on() and not found.figures.get(self.counters.on()):
            self.counters.choose("")
        for each in (self.target, self.counters, self.columns):
            if each.isHidden():  # showing what is shown lays the whole page out again
                each.show()
        self.corrections.setVisible(found.figures.get("refused", 0) > 0)
        self._filter()
        self.show_whether_ready()

    def _show_columns(self, found: Understood) -> None:
        """The tab where there are several, and every column that holds a cell to correct."""
        named = frozenset(each.field_key for each in found.table.columns if each.field_key and not each.computed)
        whole = any(each.full_name for each in found.table.columns)
        self.model.writable = named | {"first_name"} if whole else named
        self.table.show_column("sheet", bool(found.table.sheets))
        for key in found.refused & named - set(WORDS[found.table.kind].columns):
            self.table.show_column(key, True)

    # The table

    def _fetch(self, ids: Sequence[str]) -> list[PreviewRow]:
        rows = self._rows
        return [rows[row_id] for row_id in ids if row_id in rows]

    def _filter(self) -> None:
        rows, decision, text = self._rows, self.counters.on(), self._text

        def find(order: Order) -> list[str]:
            return import_rows.find(tuple(rows.values()), decision, text, order)

        self.model.show(find)

    def _loaded(self, count: int) -> None:
        text = _("{n} shown of {total}").format(n=number(count), total=number(len(self._rows)))
        self.status_changed.emit(text if self.understood else "")
        self._show_chosen(self.table.selected_ids())

    def _show_chosen(self, ids: Sequence[str]) -> None:
        rows, found = [self._rows[row_id] for row_id in ids if row_id in self._rows], self.understood
        decided, trouble = False, None
        if found is not None and found.asked.acts:  # she said something: of these rows?
            places = {deciding.place_of(row.planned) for row in rows if row.planned is not None}
            decided = not places.isdisjoint(found.asked.acts)
            trouble = next((error for place, error in found.troubles.items() if place in places), None)
        self.row_bar.show_rows(rows, decided, trouble)

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
