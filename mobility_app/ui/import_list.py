"""The rows of a sheet in the preview: a table for each kind of sheet, narrowed by decision and words, decided by her.

The rows are in memory: narrowing and sorting ask the worker all the same, for ten thousand of them take a moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mobility_app.actions import deciding
from mobility_app.fields import SheetKind
from mobility_app.i18n import _, number
from mobility_app.ui import import_rows
from mobility_app.ui.cards import column
from mobility_app.ui.import_kinds import WORDS
from mobility_app.ui.import_reading import Understood
from mobility_app.ui.import_row_bar import RowBar
from mobility_app.ui.import_rows import PreviewRow
from mobility_app.ui.import_table import PreviewModel, PreviewTable
from mobility_app.ui.rows_model import Order


class ImportList(QWidget):
    """`typed` tells a corrected cell, `decided` her word on the rows that she chose."""

    typed = Signal(object, str, str)  # PreviewRow, field, text
    decided = Signal(object, list)  # Act | None, [PlannedRow]
    status_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._understood: Understood | None = None
        self._rows: Mapping[str, PreviewRow] = {}
        self._decision = self._text = ""
        self._tables: dict[SheetKind, PreviewTable] = {}
        self._place = QStackedWidget()
        self.bar = RowBar()
        self.bar.decided.connect(self.decided)
        self._show_kind("mobilities")
        lay = column(self._place, self.bar, spacing=6)
        lay.setStretch(0, 1)
        self.setLayout(lay)

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
        """The table of each kind of sheet is made when such a sheet comes."""
        if kind not in self._tables:
            model = PreviewModel(kind, self._fetch, self)
            made = self._tables[kind] = PreviewTable(kind, model, self)
            self._place.addWidget(made)
            model.typed.connect(self.typed)
            model.loaded.connect(self._loaded)
            made.picked.connect(self._show_chosen)
        self._place.setCurrentWidget(self._tables[kind])

    # What the preview calls

    def show_sheet(self, found: Understood | None) -> None:
        before, self._understood = self._understood, found
        self._rows = found.rows if found else {}
        if found is not None:
            self._show_kind(found.table.kind)
            if before is None or (before.meanings, before.refused) != (found.meanings, found.refused):
                self._show_columns(found)
        self._filter()

    def narrow(self, *, decision: str | None = None, text: str | None = None) -> None:
        """Only the rows with this decision and these words; what is not told stays."""
        self._decision = self._decision if decision is None else decision
        self._text = self._text if text is None else text
        self._filter()

    def _show_columns(self, found: Understood) -> None:
        """The tab where there are several, and every column that holds a cell to correct."""
        named = frozenset(each.field_key for each in found.table.columns if each.field_key and not each.computed)
        whole = any(each.full_name for each in found.table.columns)
        self.model.writable = named | {"first_name"} if whole else named
        self.table.show_column("sheet", bool(found.table.sheets))
        for key in found.refused & named - set(WORDS[found.table.kind].columns):
            self.table.show_column(key, True)

    # The rows

    def _fetch(self, ids: Sequence[str]) -> list[PreviewRow]:
        rows = self._rows
        return [rows[row_id] for row_id in ids if row_id in rows]

    def _filter(self) -> None:
        rows, decision, text = self._rows, self._decision, self._text

        def find(order: Order) -> list[str]:
            return import_rows.find(tuple(rows.values()), decision, text, order)

        self.model.show(find)

    def _loaded(self, count: int) -> None:
        text = _("{n} shown of {total}").format(n=number(count), total=number(len(self._rows)))
        self.status_changed.emit(text if self._understood else "")
        self._show_chosen(self.table.selected_ids())

    def _show_chosen(self, ids: Sequence[str]) -> None:
        rows, found = [self._rows[row_id] for row_id in ids if row_id in self._rows], self._understood
        decided, trouble = False, None
        if found is not None and found.asked.acts:  # she said something: of these rows?
            places = {deciding.place_of(row.planned) for row in rows if row.planned is not None}
            decided = not places.isdisjoint(found.asked.acts)
            trouble = next((error for place, error in found.troubles.items() if place in places), None)
        self.bar.show_rows(rows, decided, trouble)
