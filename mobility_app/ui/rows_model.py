"""The model of every long list: it holds the ids in their order and a cache of the rows near what she looks at.

The ids come from one query per change (a key, a filter, a click on a header); rows come by pages of ids. Both run in
the database worker; a query that a newer one has overtaken is dropped before it runs, or when it returns.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from mobility_app.i18n import _
from mobility_app.ui import tasks
from mobility_app.ui.labels import plain

Index = QModelIndex | QPersistentModelIndex
Order = tuple[tuple[str, bool], ...]  # (key, descending)
PAGE = 128
KEPT_PAGES = 32
ARROW_ROOM = "\u00a0" * 5  # beside a title at the right, which Qt would hide under the arrow of the order

IdRole = int(Qt.ItemDataRole.UserRole)
ToneRole = IdRole + 1
NoteRole = IdRole + 2
InkRole = IdRole + 3


@dataclass(frozen=True)
class Column:
    """One column of a table of frozen rows: how a row's cell reads.

    `title` is English and marked with N_(). `note` is a quiet text after the first, `tone` makes the cell a pill,
    `sort` is the key that the query orders by, `shown` says whether it is there before she chooses, and `grow` gives
    it a share of the room that is left. `least` is the width below which it never makes room for the others. `copied`
    are the cells (title and text) of a column that shows several facts: a spreadsheet wants one fact a cell.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    width: int = 110
    numeric: bool = False
    note: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    tip: Callable[[Any], str] | None = None
    ink: Callable[[Any], str] | None = None  # a token of the theme for the text
    sort: str = ""
    shown: bool = True
    grow: bool = False
    least: int = 0  # three quarters of its width unless told otherwise
    copied: tuple[tuple[str, Callable[[Any], str]], ...] = ()


class RowsModel(QAbstractTableModel):
    """`find(order)` gives the ids in order, `fetch(ids)` their frozen rows (with an `id`); both run in the worker."""

    loaded = Signal(int)  # rows found, after each query that was not overtaken
    failed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Callable[[Sequence[str]], Iterable[Any]],
        order: Order = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.order: Order = order
        self.fetch = fetch
        self._find: Callable[[Order], Sequence[str]] = lambda order: ()
        self._ids: list[str] = []
        self._places: dict[str, int] | None = None
        self._pages: OrderedDict[int, tuple[Any, ...]] = OrderedDict()
        self._wanted: set[int] = set()
        self._asked: set[int] = set()
        self._query: tasks.Task | None = None
        self._generation = 0
        self._around = 0  # the row that she looks at, so that its page comes with the answer

    # What the page calls

    def show(self, find: Callable[[Order], Sequence[str]]) -> None:
        """Shows what `find` finds from now on: call it with the new closure whenever search or filters change."""
        self._find = find
        self.refresh()

    def refresh(self) -> None:
        """Asks again (the data or the order changed). Rows on the screen stay until the answer is there."""
        if self._query is not None:
            self._query.cancel()
        find, order, fetch, around = self._find, self.order, self.fetch, self._around

        def work(progress: tasks.Progress) -> tuple[list[str], dict[int, tuple[Any, ...]]]:
            ids = list(find(order))
            if progress.cancelled:
                return ids, {}
            pages = sorted({0, min(around, max(len(ids) - 1, 0)) // PAGE})
            return ids, {page: _rows(fetch, ids, page) for page in pages}

        self._query = tasks.run(self, work, self._found, self._failed)

    def ids(self) -> list[str]:
        return list(self._ids)

    def row(self, place: int) -> Any | None:
        """The frozen row at a place of the list; None while its page is on the way."""
        if not 0 <= place < len(self._ids):
            return None
        number, offset = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        self._pages.move_to_end(number)
        return page[offset]

    def id_at(self, place: int) -> str:
        return self._ids[place] if 0 <= place < len(self._ids) else ""

    def place_of(self, record_id: str) -> int:
        """The place of a record in the list; -1 when it is not there."""
        if self._places is None:
            self._places = {record_id: place for place, record_id in enumerate(self._ids)}
        return self._places.get(record_id, -1)

    def look_around(self, place: int) -> None:
        self._around = place

    def column(self, key: str) -> int:
        return next((i for i, column in enumerate(self.columns) if column.key == key), -1)

    # What the view calls

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == IdRole:
            return self.id_at(index.row())
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        read = {
            Qt.ItemDataRole.DisplayRole: column.text,
            NoteRole: column.note,
            ToneRole: column.tone,
            InkRole: column.ink,
            Qt.ItemDataRole.ToolTipRole: column.tip,
        }.get(role)
        if read is None:
            return None
        row = self.row(index.row())
        if row is None:
            return None
        return plain(read(row)) if role == Qt.ItemDataRole.ToolTipRole else read(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            sorts = column.numeric and bool(self.order) and self.order[0][0] == column.sort
            return _(column.title) + (ARROW_ROOM if sorts else "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns) or not self.columns[column].sort:
            return
        wanted = ((self.columns[column].sort, order == Qt.SortOrder.DescendingOrder),)
        if wanted != self.order:
            self.order = wanted
            self.refresh()

    # Answers of the worker

    def _found(self, answer: tuple[list[str], dict[int, tuple[Any, ...]]]) -> None:
        ids, pages = answer
        self._generation += 1
        self._asked.clear()
        if ids == self._ids:
            stale = set(self._pages) - set(pages)
            self._pages = OrderedDict(pages)
            self._wanted |= {page for page in stale if page == self._around // PAGE}
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(self.columns) - 1))
        else:
            self.beginResetModel()
            self._ids, self._places = ids, None
            self._pages = OrderedDict(pages)
            self.endResetModel()
        self.loaded.emit(len(ids))

    def _failed(self, error: BaseException) -> None:
        self.failed.emit(error)
        raise error

    def _want(self, page: int) -> None:
        if page in self._asked or page in self._wanted:
            return
        if not self._wanted:
            QTimer.singleShot(0, self._ask)
        self._wanted.add(page)

    def _ask(self) -> None:
        wanted, self._wanted = tuple(self._wanted), set()
        self._asked.update(wanted)
        ids, fetch, generation = self._ids, self.fetch, self._generation
        tasks.run(
            self,
            lambda progress: {page: _rows(fetch, ids, page) for page in wanted},
            lambda pages: self._arrived(pages, generation),
            self._failed,
        )

    def _arrived(self, pages: dict[int, tuple[Any, ...]], generation: int) -> None:
        if generation != self._generation:
            return
        for page, rows in pages.items():
            self._asked.discard(page)
            self._pages[page] = rows
            last = min((page + 1) * PAGE, len(self._ids)) - 1
            self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)


def _rows(fetch: Callable[[Sequence[str]], Iterable[Any]], ids: Sequence[str], page: int) -> tuple[Any, ...]:
    """The rows of one page in the order of its ids; None for a record that has just gone."""
    chosen = ids[page * PAGE : (page + 1) * PAGE]
    found = {row.id: row for row in fetch(chosen)} if chosen else {}
    return tuple(found.get(record_id) for record_id in chosen)
