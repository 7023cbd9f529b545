"""Charts drawn with the painter: bars of parts, and columns by month. Each says its figures to a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from mobility_app.ui import theme
from mobility_app.ui.cards import line
from mobility_app.ui.labels import label, plain

BAR_HEIGHT = 8


@dataclass(frozen=True)
class Part:
    """One part of a bar: its value (any unit, the same for all), its colour token and what it is."""

    value: int
    token: str
    title: str


def paint_bar(painter: QPainter, room: QRectF, parts: Sequence[Part], whole: int) -> None:
    """Draws the parts one after the other, the whole being the width; what exceeds it is cut at the end."""
    colours = theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(room, room.height() / 2, room.height() / 2)
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.fillRect(room, colours.color("track"))
    x = room.left()
    for part in parts:
        width = room.width() * max(part.value, 0) / whole if whole > 0 else 0.0
        painter.fillRect(QRectF(x, room.top(), min(width, room.right() - x), room.height()), colours.color(part.token))
        x = min(x + width, room.right())
    painter.restore()


class Bar(QWidget):
    """A bar of parts (or a progress: one part of a whole)."""

    def __init__(self, name: str, parts: Sequence[Part] = (), whole: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(BAR_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.show_parts(parts, whole)

    def show_parts(self, parts: Sequence[Part], whole: int) -> None:
        self._parts, self._whole = tuple(parts), whole
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_bar(painter, QRectF(self.rect()), self._parts, self._whole)


class BarRow(QAbstractButton):
    """A title, its figure at the right and a bar of parts below; a press opens what is behind the figure."""

    def __init__(
        self,
        title: str,
        figure: str,
        parts: Sequence[Part],
        whole: int,
        *,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._figure, self._parts, self._whole, self._note = figure, tuple(parts), whole, note
        self.setText(title.replace("&", "&&"))
        self._title = title
        self.setAccessibleName(f"{title} : {figure}")
        self.setAccessibleDescription(note)
        self.setToolTip(plain(note))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(38)

    def sizeHint(self) -> QSize:
        return QSize(200, 38)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        words = QRectF(room.left(), room.top() + 2, room.width(), 19)
        painter.setFont(theme.font(13))
        painter.setPen(colours.color("muted"))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._figure)
        taken = painter.fontMetrics().horizontalAdvance(self._figure) + 8
        painter.setPen(colours.color("accent" if self.underMouse() and self.isEnabled() else "text"))
        title = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, int(words.width() - taken))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        paint_bar(painter, QRectF(room.left(), room.top() + 24, room.width(), BAR_HEIGHT), self._parts, self._whole)
        if self.hasFocus():
            painter.setPen(colours.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room, 4, 4)


class Swatch(QWidget):
    """A small square of a colour of the charts, for a legend."""

    def __init__(self, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self.setFixedSize(9, 9)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens().color(self._token))
        painter.drawRoundedRect(QRectF(self.rect()), 2, 2)


def legend_entry(token: str, text: str) -> QHBoxLayout:
    """A swatch and its words."""
    return line(Swatch(token), label(text, "small"), spacing=5)


@dataclass(frozen=True)
class Month:
    """One column: a key, the letter under it, the words for a reader, and how many."""

    key: str
    letter: str
    words: str
    value: int
    marked: bool = False  # the month we are in


class MonthColumns(QWidget):
    """Columns by month with their figure on top; a press (or the arrow keys and Enter) tells the month's key."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumHeight(104)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._months: tuple[Month, ...] = ()
        self._at = -1

    def show_months(self, months: Sequence[Month]) -> None:
        self._months = tuple(months)
        self._at = -1
        self.setAccessibleDescription(", ".join(f"{month.words} : {month.value}" for month in months))
        self.update()

    def months(self) -> tuple[Month, ...]:
        return self._months

    def column_rect(self, i: int) -> QRectF:
        """Where the column of a month stands, from its figure to its letter."""
        step = min(self.width() / max(len(self._months), 1), 40)
        left = (self.width() - step * len(self._months)) / 2
        return QRectF(left + i * step, 0, step, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = max((month.value for month in self._months), default=0) or 1
        space = self.height() - 34
        for i, month in enumerate(self._months):
            room = self.column_rect(i)
            height = space * month.value / top
            bar = QRectF(room.center().x() - min(9, room.width() / 3), 17 + space - height, 0, height)
            bar.setWidth(2 * (room.center().x() - bar.left()))
            if month.value:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colours.color("chart_mark" if month.marked else "chart"))
                painter.drawRoundedRect(bar, 2, 2)
            painter.setFont(theme.font(11, 600 if i == self._at else 400))
            painter.setPen(colours.color("text"))
            figure = QRectF(room.left(), bar.top() - 16, room.width(), 14)
            painter.drawText(figure, Qt.AlignmentFlag.AlignCenter, str(month.value) if month.value else "")
            painter.setPen(colours.color("text" if month.marked else "muted"))
            letter = QRectF(room.left(), self.height() - 15, room.width(), 14)
            painter.drawText(letter, Qt.AlignmentFlag.AlignCenter, month.letter)
            if i == self._at and self.hasFocus():
                painter.setPen(colours.color("accent"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)

    def _month_at(self, place: QPointF) -> int:
        return next((i for i in range(len(self._months)) if self.column_rect(i).contains(place)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        i = self._month_at(event.position())
        live = i >= 0 and self._months[i].value > 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if live else Qt.CursorShape.ArrowCursor)
        self.setToolTip(f"{self._months[i].words} : {self._months[i].value}" if live else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choose(self._month_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and self._months:
            self._at = min(max(self._at + step, 0), len(self._months) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def _choose(self, i: int) -> None:
        if 0 <= i < len(self._months) and self._months[i].value:
            self.chosen.emit(self._months[i].key)
