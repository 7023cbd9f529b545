"""The table of every long list: fixed rows, columns that she chooses and drags, sort by clicking, copy for Excel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from mobility_app.i18n import _
from mobility_app.ui import tasks
from mobility_app.ui.remembered import recall, remember
from mobility_app.ui.row_delegate import RowDelegate
from mobility_app.ui.rows_model import Column, Order, RowsModel

ROW_HEIGHT = 36
LEAST = 0.75  # of its width, for a column that makes room before the table scrolls sideways
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s().,]+$)")  # what a spreadsheet would run; a telephone number is not


class RowsTable(QTableView):
    """`name` is what a screen reader says and where her columns are remembered; `empty` covers a list with no row."""

    opened = Signal(str)  # id of the row that she double-clicked or entered
    current = Signal(str)  # id of the row under the cursor; "" for none
    picked = Signal(list)  # ids of the selected rows

    def __init__(
        self, model: RowsModel, name: str, key: str, empty: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._key = f"table/{key}"
        self._rows = model
        self._delegate = RowDelegate(self)  # Qt does not keep it alive
        self._kept: tuple[str, set[str]] = ("", set())
        self._empty = empty
        self._spreading = False
        self._borrowed = False  # whether the columns are those of a saved view
        self._widths: dict[str, int] = {}
        self._set_up()
        self.setModel(model)
        self._set_up_header()
        self.selectionModel().selectionChanged.connect(lambda *_args: self.picked.emit(self.selected_ids()))
        self.selectionModel().currentRowChanged.connect(self._moved)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        model.loaded.connect(self._show_empty)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.id_at(index.row())))
        if empty is not None:
            empty.setParent(self)
            empty.hide()

    # What the page calls

    def selected_ids(self) -> list[str]:
        """The selected records in the order of the list."""
        selection = self.selectionModel().selection()
        ranges = [(selection.at(i).top(), selection.at(i).bottom()) for i in range(selection.count())]
        places = sorted(set(chain.from_iterable(range(top, bottom + 1) for top, bottom in ranges)))
        return [self._rows.id_at(place) for place in places]

    def current_id(self) -> str:
        return self._rows.id_at(self.currentIndex().row())

    def select_ids(self, ids: Iterable[str], *, scroll: bool = True) -> None:
        """Selects the records that are in the list, and goes to the first of them."""
        places = sorted(place for place in map(self._rows.place_of, ids) if place >= 0)
        selection = QItemSelection()
        for top, bottom in _runs(places):
            selection.select(self._rows.index(top, 0), self._rows.index(bottom, len(self._rows.columns) - 1))
        if places:
            first = self._rows.index(places[0], max(self._first_column(), 0))
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            if scroll:
                self.scrollTo(first)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def shown_columns(self) -> list[Column]:
        """The columns in sight, from left to right: what a copy and an export of this table hold."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [self._rows.columns[i] for i in order if not header.isSectionHidden(i)]

    def show_column(self, key: str, shown: bool) -> None:
        """Shows a column that only some lists need; her own choice of columns is not touched."""
        self.setColumnHidden(self._rows.column(key), not shown)
        self._spread()

    def copy(self) -> None:
        """Puts the selected rows under their titles on the clipboard, as tab-separated cells for a spreadsheet."""
        ids, fetch = self.selected_ids(), self._rows.fetch
        cells: dict[str, Callable[[Any], str]] = {}  # by title: what two columns show is copied once
        for column in self.shown_columns():
            for title, text in column.copied or ((column.title, _text(column)),):
                cells.setdefault(title, text)

        def work(_progress: tasks.Progress) -> str:
            rows = {row.id: row for row in fetch(ids)}
            lines = [[_cell(text(rows[i])) for text in cells.values()] for i in ids if i in rows]
            return "\n".join("\t".join(line) for line in ([_cell(_(title)) for title in cells], *lines))

        if ids:
            tasks.run(self, work, QGuiApplication.clipboard().setText)

    # Setting up

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(False)
        self.setItemDelegate(self._delegate)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setFixedHeight(ROW_HEIGHT)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        # It would ask every cell of a long selection whether its whole column is chosen, each time it is drawn.
        header.setSelectionModel(QItemSelectionModel(self._rows, header))
        header.setMinimumSectionSize(40)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._header_menu)
        header.sectionClicked.connect(self._sort_by)
        self._recall(recall(self._key, {}))
        header.sectionMoved.connect(lambda *_args: self._remember())
        header.sectionResized.connect(self._resized)
        self._show_order()

    def _recall(self, kept: dict[str, Any]) -> None:
        columns, header = self._rows.columns, self.horizontalHeader()
        known = {column.key for column in columns}
        hidden = set(kept.get("hidden", [column.key for column in columns if not column.shown]))
        hidden |= {column.key for column in columns if not column.shown and column.key not in kept.get("order", known)}
        self._widths = {column.key: kept.get("widths", {}).get(column.key, column.width) for column in columns}
        order = kept.get("order") or [column.key for column in columns]
        for place, key in enumerate(key for key in order if key in known):
            header.moveSection(header.visualIndex(self._rows.column(key)), place)
        for i, column in enumerate(columns):
            header.resizeSection(i, self._widths[column.key])
            header.setSectionHidden(i, column.key in hidden)
        sort = kept.get("sort")
        if sort and any(column.sort == sort[0] for column in columns):
            self._rows.order = ((str(sort[0]), bool(sort[1])),)

    def lay_out(self, columns: Sequence[str], order: Order) -> None:
        """The columns and the order of a saved view; without any, her own again. Hers are kept as they were."""
        kept: dict[str, Any] = recall(self._key, {})
        if columns:
            every = [column.key for column in self._rows.columns]
            kept = kept | {"order": list(columns), "hidden": [key for key in every if key not in columns]}
        self._borrowed = True
        self._recall(kept)
        self._borrowed = bool(columns)
        if order:
            self._rows.order = tuple(order)
        self._show_order()
        self._spread()

    def _remember(self) -> None:
        if self._borrowed:
            return
        header, columns = self.horizontalHeader(), self._rows.columns
        remember(
            self._key,
            {
                "order": [columns[header.logicalIndex(place)].key for place in range(header.count())],
                "hidden": [column.key for i, column in enumerate(columns) if header.isSectionHidden(i)],
                "widths": self._widths,
                "sort": list(self._rows.order[0]) if self._rows.order else None,
            },
        )

    # The header

    def _header_menu(self, place: QPoint) -> None:
        self.header_menu().popup(self.horizontalHeader().mapToGlobal(place))

    def header_menu(self) -> QMenu:
        """The menu of a right click on the header: a tick for each column, and the columns as they were at first."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for i, column in enumerate(self._rows.columns):
            action = QAction(_(column.title).replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(i))
            action.triggered.connect(lambda checked, i=i: self._show_column(i, checked))
            menu.addAction(action)
        menu.addSeparator()
        reset = QAction(_("Columns as they were at first"), menu)
        reset.triggered.connect(self._reset_columns)
        menu.addAction(reset)
        return menu

    def _show_column(self, i: int, shown: bool) -> None:
        if not shown and len(self.shown_columns()) == 1:
            return
        self.setColumnHidden(i, not shown)
        self._remember()
        self._spread()

    def _reset_columns(self) -> None:
        header = self.horizontalHeader()
        for i, column in enumerate(self._rows.columns):
            header.moveSection(header.visualIndex(i), i)
            self._widths[column.key] = column.width
            self.setColumnHidden(i, not column.shown)
        self._spread()
        self._remember()

    def _sort_by(self, i: int) -> None:
        key = self._rows.columns[i].sort
        if not key:
            return
        down = self._rows.order[:1] == ((key, False),)
        self._rows.sort(i, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        self._show_order()
        self._remember()

    def _show_order(self) -> None:
        header = self.horizontalHeader()
        key, down = self._rows.order[0] if self._rows.order else ("", False)
        section = next((i for i, column in enumerate(self._rows.columns) if column.sort == key and key), -1)
        header.setSortIndicatorShown(section >= 0)
        # Qt's "ascending" arrow points down; readers expect the point up for A to Z.
        header.setSortIndicator(section, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    def _resized(self, i: int, _old: int, new: int) -> None:
        if not self._spreading and new:
            self._widths[self._rows.columns[i].key] = new
            self._remember()

    def _spread(self) -> None:
        """Shares the room that is left among the columns that can use it; when there is too little, they give some."""
        shown = self.shown_columns()
        left = self.viewport().width() - sum(self._widths[column.key] for column in shown)
        growing = [column for column in shown if column.grow] or shown[-1:]
        shares = {column.key: self._give(column) if left < 0 else self._widths[column.key] for column in growing}
        whole = sum(shares.values()) or 1
        self._spreading = True
        for column in shown:
            width = self._widths[column.key]
            if column in growing:
                width = max(width + left * shares[column.key] // whole, width - self._give(column))
            self.horizontalHeader().resizeSection(self._rows.column(column.key), width)
        self._spreading = False

    def _give(self, column: Column) -> int:
        """How much of its width a column can do without."""
        width = self._widths[column.key]
        return max(width - (column.least or int(width * LEAST)), 0)

    # Keeping the selection by id

    def _keep(self) -> None:
        self._kept = (self.current_id(), set(self.selected_ids()))

    def _restore(self) -> None:
        current, selected = self._kept
        self.select_ids(selected, scroll=bool(selected))
        if (place := self._rows.place_of(current)) >= 0:
            index = self._rows.index(place, self._first_column())
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        elif current:
            self.current.emit("")
        if not selected:
            self.scrollToTop()
        elif not self.selected_ids():  # a reset tells nobody that what was selected is gone
            self.picked.emit([])

    def _moved(self, index: QModelIndex, _previous: QModelIndex) -> None:
        self._rows.look_around(max(index.row(), 0))
        self.current.emit(self._rows.id_at(index.row()))

    def _first_column(self) -> int:
        return self._rows.column(self.shown_columns()[0].key)

    def _show_empty(self, count: int) -> None:
        if self._empty is not None:
            self._empty.setVisible(count == 0)
            self._place_empty()

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().geometry())

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()
        self._place_empty()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dy and self.rowAt(0) >= 0:
            self._rows.look_around(self.rowAt(0))


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers as (first, last)."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _text(column: Column) -> Callable[[Any], str]:
    note = column.note
    return (lambda row: f"{column.text(row)} {note(row)}") if note else column.text


def _cell(text: str) -> str:
    """One line, and nothing that a spreadsheet would run."""
    text = " ".join(text.split())
    return f"'{text}" if _FORMULA.match(text) else text
