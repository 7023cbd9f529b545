"""A list whose rows can be ticked: with the mouse on the box, with Space for all selected rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionViewItem

from mobility_app.ui import theme
from mobility_app.ui.row_delegate import PADDING, RowDelegate
from mobility_app.ui.rows_model import Column, Index, Order, RowsModel

BOX = 16
_CheckRole = Qt.ItemDataRole.CheckStateRole


class TickModel(RowsModel):
    """`may_tick(row)` says which rows have a box, in the first column; `ticked` tells that the ticks have changed."""

    ticks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Callable[[Sequence[str]], Iterable[Any]],
        order: Order,
        may_tick: Callable[[Any], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, fetch, order, parent)
        self.ticked: set[str] = set()
        self._may_tick = may_tick

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self._has_box(index) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != _CheckRole:
            return super().data(index, role)
        if not self._has_box(index):
            return None
        return Qt.CheckState.Checked if self.id_at(index.row()) in self.ticked else Qt.CheckState.Unchecked

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != _CheckRole or not self._has_box(index):
            return False
        self.tick([self.id_at(index.row())], on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def tick(self, ids: Iterable[str], *, on: bool) -> None:
        self.ticked = self.ticked | set(ids) if on else self.ticked - set(ids)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0), [_CheckRole])
        self.ticks_changed.emit()

    def _has_box(self, index: Index) -> bool:
        if not index.isValid() or index.column() != 0:
            return False
        row = self.row(index.row())
        return row is not None and self._may_tick(row)


class TickDelegate(RowDelegate):
    """Paints the box as the boxes of a form are, and takes the press on its whole cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        state = index.data(_CheckRole)
        if state is None:
            return
        colours = theme.tokens()
        on = Qt.CheckState(state) == Qt.CheckState.Checked
        room = QRectF(option.rect)
        box = QRectF(room.left() + PADDING + 0.5, room.center().y() - BOX / 2, BOX - 1, BOX - 1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.color("accent" if on else "muted"))
        painter.setBrush(colours.color("accent" if on else "field"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            painter.setPen(QPen(colours.color("on_accent"), 2))
            tick = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
            painter.drawPolyline(QPolygonF([QPointF(box.left() + x * BOX, box.top() + y * BOX) for x, y in tick]))
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex,  # type: ignore[override]  # Qt's stubs name the union
    ) -> bool:
        released = event.type() == QEvent.Type.MouseButtonRelease
        if isinstance(event, QMouseEvent) and released and event.button() == Qt.MouseButton.LeftButton:
            on = index.data(_CheckRole) == Qt.CheckState.Checked
            return model.setData(index, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked, _CheckRole)
        return False
