"""What was spent along the calendar of the project: engaged and paid as curves, what was awarded, today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from mobility_app.core.spending import Point, Spending
from mobility_app.i18n import _, date, money
from mobility_app.ui import theme
from mobility_app.ui.budget_lines import share
from mobility_app.ui.labels import tip
from mobility_app.ui.lines_chart import Chart

_RIGHT, _MIDDLE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class _Frame:
    """Where days and amounts stand on the paper."""

    room: QRectF
    first: dt.date
    last: dt.date
    top: int

    def x(self, day: dt.date) -> float:
        return self.room.left() + self.room.width() * (day - self.first).days / max((self.last - self.first).days, 1)

    def y(self, cents: int) -> float:
        return self.room.bottom() - self.room.height() * max(cents, 0) / self.top


class SpendingChart(Chart):
    """Engaged and paid as two curves over the calendar of the project, what was awarded as a line, today marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Engaged and paid along the calendar of the project"), parent)
        self.setMinimumHeight(200)
        self.setMouseTracking(True)
        self._spending: Spending | None = None
        self._frame: _Frame | None = None

    def show_spending(self, found: Spending | None) -> None:
        self._spending = found
        self.setAccessibleDescription("\n".join((summary(found), *_points_words(found))) if found else "")
        self.update()

    def draw(self, painter: QPainter, room: QRectF) -> None:
        found = self._spending
        if found is None:
            return
        most = max(found.awarded or 0, *(max(point.engaged, point.paid) for point in found.points))
        step = _round_step(most)
        top = (most // step + 1) * step
        left = painter.fontMetrics().horizontalAdvance(money(top)) + 10
        last = max(found.end, found.last.day)
        frame = self._frame = _Frame(room.adjusted(left, 22, -14, -20), found.start, last, top)
        self._paper(painter, frame, step, found.today)
        shown = [point for point in found.points if point.day >= found.start]
        for key, colour, style in (
            ("engaged", "chart", Qt.PenStyle.SolidLine),
            ("paid", "chart_mark", Qt.PenStyle.DashLine),  # told apart in black and white too
        ):
            path = QPolygonF([QPointF(frame.x(one.day), frame.y(getattr(one, key))) for one in shown])
            painter.setPen(QPen(theme.tokens().color(colour), 2.2, style))
            painter.drawPolyline(path)
        self._marks(painter, frame, found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The figures of the nearest month's end."""
        found, frame = self._spending, self._frame
        if found is not None and frame is not None:
            x = event.position().x()
            tip(self, _point_words(min(found.points, key=lambda point: abs(frame.x(point.day) - x))))

    def _paper(self, painter: QPainter, frame: _Frame, step: int, today: dt.date) -> None:
        """Amounts at the left, months below."""
        colours, room = theme.tokens(), frame.room
        if frame.first < today <= frame.last:  # the time that is over
            gone = QRectF(room.left(), room.top(), frame.x(today) - room.left(), room.height())
            painter.fillRect(gone, colours.color("hover"))
        for cents in range(0, frame.top + 1, step):
            y = frame.y(cents)
            painter.setPen(QPen(colours.color("line"), 1))
            painter.drawLine(QLineF(room.left(), y, room.right(), y))
            painter.setPen(colours.color("muted"))
            painter.drawText(QRectF(0, y - 8, room.left() - 8, 16), _RIGHT | _MIDDLE, money(cents))
        free = room.left()
        for day in _months(frame.first, frame.last):
            x, words = frame.x(day), day.strftime("%m/%Y")
            width = painter.fontMetrics().horizontalAdvance(words) + 10
            painter.setPen(QPen(colours.color("border"), 1))
            painter.drawLine(QLineF(x, room.bottom(), x, room.bottom() + 4))
            if x - width / 2 >= free and x + width / 2 <= room.right() + 14:
                painter.setPen(colours.color("muted"))
                words_at = QRectF(x - width / 2, room.bottom() + 4, width, 16)
                painter.drawText(words_at, Qt.AlignmentFlag.AlignCenter, words)
                free = x + width / 2

    def _marks(self, painter: QPainter, frame: _Frame, found: Spending) -> None:
        colours, room = theme.tokens(), frame.room
        if found.awarded is not None:
            y = frame.y(found.awarded)
            painter.setPen(QPen(colours.color("success"), 1.4, Qt.PenStyle.DashDotLine))
            painter.drawLine(QLineF(room.left(), y, room.right(), y))
            words = _("awarded {amount}").format(amount=money(found.awarded))
            painter.drawText(QRectF(room.left() + 6, y - 16, room.width(), 15), _MIDDLE, words)
        if not frame.first <= found.today <= frame.last:
            return
        x = frame.x(found.today)
        painter.setPen(QPen(colours.color("text"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(x, room.top() - 4, x, room.bottom()))
        words = _("Today {date}").format(date=date(found.today))
        width = painter.fontMetrics().horizontalAdvance(words) + 4
        at = min(max(x - width / 2, room.left()), room.right() - width)
        painter.drawText(QRectF(at, room.top() - 20, width, 15), Qt.AlignmentFlag.AlignCenter, words)


def summary(found: Spending) -> str:
    """How much of the time is over, and how much of the money is engaged and paid."""
    values = {
        "elapsed": _("{n} %").format(n=found.elapsed),
        "engaged": money(found.last.engaged),
        "paid": money(found.last.paid),
        "engaged_share": share(found.last.engaged, found.awarded),
        "paid_share": share(found.last.paid, found.awarded),
    }
    if not found.awarded:
        return _("{elapsed} of the time is over; {engaged} engaged, {paid} paid.").format(**values)
    return _(
        "{elapsed} of the time is over; {engaged} engaged ({engaged_share} of what was awarded), "
        "{paid} paid ({paid_share})."
    ).format(**values)


def _points_words(found: Spending) -> Iterator[str]:
    return map(_point_words, found.points)


def _point_words(point: Point) -> str:
    return _("{date}: {engaged} engaged, {paid} paid").format(
        date=date(point.day), engaged=money(point.engaged), paid=money(point.paid)
    )


def _round_step(most: int) -> int:
    """A round amount that at most seven steps of reach the most: 1, 2 or 5 and noughts, whole euros."""
    step = 100
    while most > 7 * step:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def _months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            yield day
        day = (day + dt.timedelta(31)).replace(day=1)
