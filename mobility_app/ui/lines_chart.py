"""The budget line by line as bars: awarded, engaged and paid, with their amounts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mobility_app.core.facts import BudgetLine
from mobility_app.i18n import _, money
from mobility_app.ui import theme
from mobility_app.ui.budget_lines import line_title

SERIES = (("awarded", "chart_light"), ("engaged", "chart"), ("paid", "chart_mark"))
_BAR, _WIDE, _GAP = 9, 16, 2  # heights of a bar at least and at most, and the air below it, in pixels
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


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
