"""The budget drawn: each line awarded, engaged and paid, and what was spent along the calendar of the project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mobility_app.core.facts import BudgetLine
from mobility_app.core.spending import Spending
from mobility_app.i18n import _, date, money
from mobility_app.ui import theme
from mobility_app.ui.budget_lines import line_title, share

SERIES = (("awarded", "chart_light"), ("engaged", "chart"), ("paid", "chart_mark"))
_BAR, _WIDE, _GAP = 9, 16, 2  # heights of a bar at least and at most, and the air below it, in pixels
_RIGHT, _MIDDLE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter


class Chart(QWidget):
    """Draws itself in `draw`; its figures are told in words to whoever cannot see it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(11))
        self.draw(painter, QRectF(self.rect()))

    def draw(self, painter: QPainter, room: QRectF) -> None:
        raise NotImplementedError


class LinesChart(Chart):
    """One group of three bars for each budget line, with its amounts at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Budget by line: awarded, engaged, paid"), parent)
        self._lines: tuple[BudgetLine, ...] = ()

    def show_lines(self, lines: Sequence[BudgetLine]) -> None:
        """One line for each key, whatever the activity types."""
        self._lines = tuple(lines)
        self.setMinimumHeight(len(lines) * (3 * (_BAR + _GAP) + 13) + 4)
        self.setAccessibleDescription(". ".join(_line_words(line) for line in lines))
        self.update()

    def draw(self, painter: QPainter, room: QRectF) -> None:
        colours, metrics = theme.tokens(), painter.fontMetrics()
        top = max((_value(line, key) for line in self._lines for key, _colour in SERIES), default=0) or 1
        figures = max((metrics.horizontalAdvance(money(_value(one, key))) for one in self._lines for key, _c in SERIES),
                      default=0) + 8  # fmt: skip
        titles = min(190.0, room.width() * 0.3)
        bars = room.adjusted(titles, 0, -figures, 0)
        step = room.height() / max(len(self._lines), 1)
        for place, line in enumerate(self._lines):
            y = place * step
            painter.setPen(colours.color("text"))
            painter.setFont(theme.font(12))
            words = QRectF(room.left(), y, titles - 10, step)
            painter.drawText(words, _MIDDLE | Qt.TextFlag.TextWordWrap, line_title(line.key))
            painter.setFont(theme.font(11))
            height = min(max((step - 20) / 3 - _GAP, _BAR), _WIDE)
            first = y + (step - 3 * (height + _GAP)) / 2
            for n, (key, colour) in enumerate(SERIES):
                value = _value(line, key)
                bar = QRectF(bars.left(), first + n * (height + _GAP), bars.width() * max(value, 0) / top, height)
                painter.fillRect(bar, colours.color(colour))
                painter.setPen(colours.color("muted"))
                figure = QRectF(bar.right() + 6, bar.top() - 3, figures, height + 6)
                known = line.awarded is not None or key != "awarded"
                painter.drawText(figure, _MIDDLE, money(value) if known else _("not entered"))
            painter.setPen(QPen(colours.color("line"), 1))
            painter.drawLine(QLineF(room.left(), y + step - 1, room.right(), y + step - 1))


def _value(line: BudgetLine, key: str) -> int:
    return getattr(line, key) or 0


def _line_words(line: BudgetLine) -> str:
    awarded = _("not entered") if line.awarded is None else money(line.awarded)
    return _("{line}: {awarded} awarded, {engaged} engaged, {paid} paid").format(
        line=line_title(line.key), awarded=awarded, engaged=money(line.engaged), paid=money(line.paid)
    )


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
        self._spending: Spending | None = None

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
        frame = _Frame(room.adjusted(left, 22, -14, -20), min(found.start, found.last.day), last, top)
        self._paper(painter, frame, step, found.today)
        for key, colour, style in (
            ("engaged", "chart", Qt.PenStyle.SolidLine),
            ("paid", "chart_mark", Qt.PenStyle.DashLine),  # told apart in black and white too
        ):
            path = QPolygonF([QPointF(frame.x(one.day), frame.y(getattr(one, key))) for one in found.points])
            painter.setPen(QPen(theme.tokens().color(colour), 2.2, style))
            painter.drawPolyline(path)
        self._marks(painter, frame, found)

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
    for point in found.points:
        yield _("{date}: {engaged} engaged, {paid} paid").format(
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
