"""How a row of a table is painted: a text with its quiet note, a number at the right, a pill for a state."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mobility_app.ui import theme
from mobility_app.ui.pills import paint_pill
from mobility_app.ui.rows_model import Index, InkRole, NoteRole, ToneRole

PADDING = 8
_ELIDE = Qt.TextElideMode.ElideRight


class RowDelegate(QStyledItemDelegate):
    """Paints from the cached row alone; it never asks the database."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.tokens()
        room = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(room, colours.color("selection"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), colours.color("line"))
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRectF(room.left(), room.bottom() - 2, room.width(), 2), colours.color("accent"))
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if text is not None:
            self._write(painter, room.adjusted(PADDING, 0, -PADDING, -1), str(text), index, selected)
        painter.restore()

    def _write(self, painter: QPainter, room: QRectF, text: str, index: Index, selected: bool) -> None:
        colours = theme.tokens()
        tone = index.data(ToneRole)
        if tone and text:
            paint_pill(painter, room, text, tone, selected=selected)
            return
        metrics = painter.fontMetrics()
        painter.setPen(colours.color(index.data(InkRole) or "text"))
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        painter.drawText(room, align, metrics.elidedText(text, _ELIDE, int(room.width())))
        note = index.data(NoteRole)
        if note:
            room = room.adjusted(metrics.horizontalAdvance(text) + (PADDING if text else 0), 0, 0, 0)
            if room.width() > 16:
                painter.setPen(colours.color("muted"))
                painter.drawText(room, align, metrics.elidedText(note, _ELIDE, int(room.width())))
