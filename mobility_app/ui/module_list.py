"""A list of the module's page: counters that filter, the table, the chosen row in full and the way to its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from mobility_app.i18n import _
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import column, line
from mobility_app.ui.counters import Counters
from mobility_app.ui.labels import label
from mobility_app.ui.module_rows import Listed, ModuleRow, find
from mobility_app.ui.module_ticks import TickDelegate, TickModel
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.rows_model import Column, Order, RowsModel
from mobility_app.ui.table import RowsTable


class RowBar(QFrame):
    """The row under the cursor: everything that there is to say of it, and the way to its mobility."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setProperty("tone", "neutral")
        self.text = label("", wrap=True, selectable=True)
        self.open = button(_("Open the mobility"), self.asked.emit)
        inside = line(self.text, self.open, margins=(12, 6, 8, 6))
        inside.setStretch(0, 1)
        self.setLayout(inside)
        self.hide()

    def show_row(self, row: ModuleRow | None, more: str = "") -> None:
        if row is None:
            self.hide()
            return
        where = " · ".join(part for part in (row.cell, row.who) if part)
        text = _("{name}: {value}").format(name=where, value=row.whole) if where else row.whole
        self.text.setText(f"{text} {more}".strip())
        self.text.setAccessibleName(self.text.text())
        self.open.setVisible(bool(row.stay_id))
        self.show()


class ModuleList(QWidget):
    """`chosen` tells the row under the cursor (or None), `opened` the one whose record she wants to see."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        groups: Mapping[str, tuple[str, str]],
        name: str,
        key: str,
        nothing: EmptyState,
        *,
        ticks: bool = False,
        always: Sequence[str] = (),
    ) -> None:
        """`groups` are the counters, of which those not in `always` hide at nought; `ticks` gives rows a box."""
        super().__init__()
        self._rows: dict[str, ModuleRow] = {}
        self._hide_zero = tuple(code for code in groups if code not in always)
        self.counters = Counters([(code, _(title), tone) for code, (title, tone) in groups.items()])
        self.counters.chosen.connect(lambda _code: self._filter())
        order: Order = (("place", False),)
        self.model: RowsModel = (
            TickModel(columns, self._fetch, order, lambda row: row.adoptable, self)
            if ticks
            else RowsModel(columns, self._fetch, order, self)
        )
        self.table = RowsTable(self.model, name, key, nothing)
        self.table.setProperty("role", "framed")
        if ticks:
            self._boxes = TickDelegate(self.table)
            self.table.setItemDelegateForColumn(0, self._boxes)
        self.bar = RowBar()
        self.bar.asked.connect(lambda: self._open(self.table.current_id()))
        self.table.opened.connect(self._entered)
        self.table.current.connect(lambda _id: self._choose())
        self.model.loaded.connect(lambda _count: self._choose())
        lay = column(self.counters, self.table, self.bar)
        lay.setStretch(1, 1)
        self.setLayout(lay)

    def show_rows(self, listed: Listed, first: str = "") -> None:
        """`first` is the group to begin with; without it the present one stays."""
        self._rows = listed.by_id
        found = listed.counts
        self.counters.show_numbers(found, hide_zero=self._hide_zero)
        on = first or self.counters.on()
        self.counters.choose(on if found.get(on) else "")

    def rows(self) -> list[ModuleRow]:
        return list(self._rows.values())

    def _fetch(self, ids: Sequence[str]) -> list[ModuleRow]:
        rows = self._rows
        return [rows[row_id] for row_id in ids if row_id in rows]

    def _filter(self) -> None:
        rows, group = self._rows, self.counters.on()

        def wanted(order: Order) -> list[str]:
            return find(rows.values(), group, order)

        self.model.show(wanted)

    def _choose(self) -> None:
        row = self._rows.get(self.table.current_id())
        self.bar.show_row(row)
        self.chosen.emit(row)

    def _entered(self, row_id: str) -> None:
        """Two quick presses on a box are no wish to leave the page."""
        if not (isinstance(self.model, TickModel) and self.table.currentIndex().column() == 0):
            self._open(row_id)

    def _open(self, row_id: str) -> None:
        row = self._rows.get(row_id)
        if row is not None and row.stay_id:
            self.opened.emit(row)
