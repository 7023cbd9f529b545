"""The shape of a page of records that are no mobility: a table, a pane for the chosen one, a pane to merge several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from mobility_app.core.text import sort_key
from mobility_app.i18n import _, number
from mobility_app.store.database import Session
from mobility_app.ui.cards import column, line
from mobility_app.ui.chips import Flow, chip
from mobility_app.ui.desk import Desk
from mobility_app.ui.desk_page import DeskPage
from mobility_app.ui.merge_pane import Likeness, MergePane
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.pasting import takes_paste
from mobility_app.ui.rows_model import Column, Order, RowsModel
from mobility_app.ui.table import RowsTable

PANE = 350


class RecordPane(QWidget):
    """What stands at the right: `show_id` fills it, "" empties it."""

    record_id = ""

    def show_id(self, record_id: str) -> None:
        raise NotImplementedError

    def refresh(self) -> None:
        """Shows the same record again."""
        raise NotImplementedError


class RecordsPage(DeskPage):
    """A page says where its rows come from (`find_ids`, `find_rows`, `namesakes`, `merge`) and brings its pane."""

    searches = True
    computed: frozenset[str] = frozenset()  # sort keys that no column of the store has

    def __init__(self, desk: Desk, columns: Sequence[Column], pane: RecordPane, empty: EmptyState) -> None:
        super().__init__(desk)
        self.pane = pane
        self._text = ""
        self._total = 0
        self._twins: dict[str, tuple[str, ...]] = {}
        self.model = RowsModel(columns, self._fetch, (("sort", False),), self)
        self.table = RowsTable(self.model, self.title(), self.key, empty)
        self.table.setProperty("role", "framed")
        self.twins_chip = chip("")
        self.twins_chip.hide()
        self.twins_chip.toggled.connect(lambda _on: self._list())
        self._merging: MergePane | None = None
        self._panes = QStackedWidget()
        self._panes.setFixedWidth(PANE)
        self._panes.addWidget(pane)
        chips = Flow()
        for each in (*self.chips(), self.twins_chip):
            chips.addWidget(each)
        left = column(chips, self.table)
        left.setStretch(1, 1)
        whole = line(left, self._panes, margins=(16, 0, 16, 12), spacing=12)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        takes_paste(self, desk.paste_asked.emit)
        self.table.picked.connect(self._follow)
        self.model.loaded.connect(self._loaded)

    can_tell_apart = False

    # What a page says of its records

    def find_ids(self, s: Session, project_id: str | None, search: str, order: Order) -> Sequence[str]:
        raise NotImplementedError

    def find_rows(self, s: Session, ids: Sequence[str], project_id: str | None) -> Sequence[Any]:
        raise NotImplementedError

    def namesakes(self, s: Session) -> dict[str, tuple[str, ...]]:
        raise NotImplementedError

    def likeness(self, row: Any) -> Likeness:
        raise NotImplementedError

    def merge_title(self) -> str:
        raise NotImplementedError

    def merge(self, kept: str, others: Sequence[str]) -> None:
        raise NotImplementedError

    def distinct(self, ids: Sequence[str]) -> None:
        raise NotImplementedError

    def chips(self) -> Iterable[QWidget]:
        return ()

    # The list

    def search(self, text: str) -> None:
        self._text = text
        self._list()

    def refresh(self) -> None:
        self._list()
        self.desk.read(self, self.namesakes, self._show_twins)
        self.pane.refresh()

    def _list(self) -> None:
        db, project, text = self.desk.db, self.desk.project_id, self._text
        only = frozenset(self._twins) if self.twins_chip.isChecked() else None

        def find(order: Order) -> Sequence[str]:
            stored = tuple(part for part in order if part[0] not in self.computed)
            with db.read() as s:
                ids = self.find_ids(s, project, text, stored)
                ids = [id_ for id_ in ids if only is None or id_ in only]
                if stored == order:
                    return ids
                rows = self.find_rows(s, ids, project)
            for key, down in order:  # sums are few and cheap: they are ordered here
                rows = sorted(rows, key=lambda row: _sorted_by(row, key), reverse=down)
            return [row.id for row in rows]

        self.model.show(find)

    def _fetch(self, ids: Sequence[str]) -> Sequence[Any]:
        with self.desk.db.read() as s:
            return self.find_rows(s, ids, self.desk.project_id)

    def _loaded(self, count: int) -> None:
        if not self._text and not self.twins_chip.isChecked():
            self._total = count
            self.count_changed.emit(count)
        text = _("{n} in all").format(n=number(count))
        if count != self._total:
            text = _("{n} shown of {total}").format(n=number(count), total=number(max(self._total, count)))
        self.status_changed.emit(text)

    def _show_twins(self, found: dict[str, tuple[str, ...]]) -> None:
        self._twins = found
        text = _("Possible duplicates: {n}").format(n=number(len(found)))
        self.twins_chip.setText(text)
        self.twins_chip.setAccessibleName(text)
        if not found:
            self.twins_chip.setChecked(False)
        self.twins_chip.setVisible(bool(found))
        self.show_namesakes(self.pane.record_id)

    def show_namesakes(self, record_id: str) -> None:
        """Tells the pane how many records look like the one that it shows."""

    def twins_of(self, record_id: str) -> tuple[str, ...]:
        return self._twins.get(record_id, ())

    # The pane

    @property
    def merging(self) -> MergePane:
        """Made when several records are first compared."""
        if self._merging is None:
            self._merging = MergePane(self.merge_title(), self._merge, self.distinct if self.can_tell_apart else None)
            self._merging.closed.connect(self._leave_merging)
            self._panes.addWidget(self._merging)
        return self._merging

    def _follow(self, ids: list[str]) -> None:
        if len(ids) > 1:
            self.compare(ids)
            return
        self._panes.setCurrentWidget(self.pane)
        self.pane.show_id(ids[0] if ids else "")
        self.show_namesakes(ids[0] if ids else "")

    def compare(self, ids: Sequence[str]) -> None:
        """Shows these records side by side, to merge them or to tell them apart."""
        chosen, project = tuple(ids)[:12], self.desk.project_id
        self.desk.read(self, lambda s: self.find_rows(s, chosen, project), self._compare)

    def _compare(self, rows: Sequence[Any]) -> None:
        self.merging.show_records([self.likeness(row) for row in rows])
        self._panes.setCurrentWidget(self.merging)

    def _merge(self, kept: str, others: Sequence[str]) -> None:
        self.merge(kept, others)

    def merged(self, kept: str) -> None:
        """What a page calls once the merge is written."""
        self.table.select_ids([kept])
        self._panes.setCurrentWidget(self.pane)
        self.pane.show_id(kept)

    def _leave_merging(self) -> None:
        current = self.table.current_id()
        self.table.select_ids([current] if current else [])
        self._panes.setCurrentWidget(self.pane)


def _sorted_by(row: Any, key: str) -> tuple[bool, Any]:
    """Unknown values last; texts as a French reader expects them."""
    value = getattr(row, key)
    return (value is None, 0 if value is None else sort_key(value) if isinstance(value, str) else value)
