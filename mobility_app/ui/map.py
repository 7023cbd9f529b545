"""The map of destinations: each country as dark as its number of mobilities; a press on one tells its code."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from mobility_app.i18n import country_name, number
from mobility_app.ui import europe, tasks, theme
from mobility_app.ui.labels import plain

LEVELS = 5
DOT = 7.0


class DestinationMap(QWidget):
    """`show_counts({"ES": 52, …}, home="FR")`; countries outside the frame are told by `outside()`."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(180, 150)
        self._counts: dict[str, int] = {}
        self._home = ""
        self._at = ""
        self._picture: tuple[tuple, QPixmap] | None = None
        self._asked: tasks.Task | None = None

    def sizeHint(self) -> QSize:
        return QSize(288, self.heightForWidth(288))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * europe.FRAME.height() / europe.FRAME.width())

    def show_counts(self, counts: Mapping[str, int], home: str = "") -> None:
        self._counts = dict(sorted(((c, n) for c, n in counts.items() if n), key=lambda item: (-item[1], item[0])))
        self._home = home
        self._picture = None
        self.setAccessibleDescription(", ".join(f"{country_name(c)} : {number(n)}" for c, n in self._counts.items()))
        self.update()

    def outside(self) -> dict[str, int]:
        """The destinations that the map does not show."""
        return {code: count for code, count in self._counts.items() if code not in europe.SHOWN}

    def country_at(self, place: QPointF) -> str:
        """The country under a point of the widget; "" at sea."""
        back, _ok = self._transform().inverted()
        point = back.map(place)
        reach = DOT / 2 / self._transform().m11()
        near = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
        shapes = europe.countries()
        small = (c for c in self._counts if c in shapes and shapes[c].boundingRect().width() < 2 * reach)
        hit = next((code for code in small if near.intersects(shapes[code].boundingRect())), "")
        return hit or next((code for code, path in shapes.items() if path.contains(point)), "")

    def color_of(self, code: str) -> QColor:
        """Five steps of the chart's colour by the share of the most visited country."""
        colours = theme.tokens()
        count = self._counts.get(code, 0)
        if not count:
            return colours.color("home" if code == self._home else "land")
        most = max(self._counts.values())
        level = min(LEVELS, 1 + (count * LEVELS - 1) // most) / LEVELS
        land, full = colours.color("land"), colours.color("chart")
        part = 0.28 + 0.72 * level
        mixed = [
            round(a + (b - a) * part)
            for a, b in ((land.red(), full.red()), (land.green(), full.green()), (land.blue(), full.blue()))
        ]
        return QColor(*mixed)

    def _transform(self) -> QTransform:
        frame = europe.FRAME
        scale = min(self.width() / frame.width(), self.height() / frame.height())
        x = (self.width() - scale * frame.width()) / 2 - scale * frame.left()
        y = (self.height() - scale * frame.height()) / 2 - scale * frame.top()
        return QTransform(scale, 0, 0, scale, x, y)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not europe.countries.cache_info().currsize:
            self._prepare()
            return
        key = (self.size(), self.devicePixelRatioF(), theme.tokens().name)
        if self._picture is None or self._picture[0] != key:
            self._picture = (key, self._draw())
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture[1])
        if self._at in europe.countries() and (self.hasFocus() or self.underMouse()):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(self._frame())
            pen = QPen(theme.tokens().color("text"), 1.4)
            pen.setCosmetic(True)
            painter.setTransform(self._transform(), True)
            painter.setPen(pen)
            painter.drawPath(europe.countries()[self._at])

    def _prepare(self) -> None:
        """Has the shapes decoded in a worker, so that the window is there before its map."""
        if self._asked is None:
            self._asked = tasks.run(
                self, lambda _progress: europe.countries(), lambda _shapes: self.update(), lane="files"
            )

    def _frame(self) -> QRectF:
        return self._transform().mapRect(europe.FRAME)

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._frame())
        painter.setTransform(self._transform(), True)
        pen = QPen(theme.tokens().color("sea"), 0.7)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for code, path in europe.countries().items():
            painter.setBrush(self.color_of(code))
            painter.drawPath(path)
        self._mark_small(painter)
        painter.end()
        return picture

    def _mark_small(self, painter: QPainter) -> None:
        """A dot on each destination too small to be seen: Malta, Luxembourg, Liechtenstein."""
        transform = self._transform()
        painter.resetTransform()
        for code in self._counts:
            path = europe.countries().get(code)
            room = transform.mapRect(path.boundingRect()) if path else QRectF(0, 0, DOT, DOT)
            if max(room.width(), room.height()) < DOT:
                painter.setBrush(self.color_of(code))
                painter.drawEllipse(room.center(), DOT / 2, DOT / 2)

    # Pointing and choosing

    def _told(self, code: str) -> str:
        return f"{country_name(code)} : {number(self._counts.get(code, 0))}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        code = self.country_at(event.position())
        if code != self._at:
            self._at = code
            self.update()
        live = code in self._counts
        self.setCursor(Qt.CursorShape.PointingHandCursor if live else Qt.CursorShape.ArrowCursor)
        if code:
            QToolTip.showText(event.globalPosition().toPoint(), plain(self._told(code)), self)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._at = ""
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._choose(self.country_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys walk through the destinations from the most visited on; Enter opens one."""
        codes = list(self._counts)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key())
        )
        if step and codes:
            place = codes.index(self._at) + step if self._at in codes else 0
            self._at = codes[place % len(codes)]
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), plain(self._told(self._at)), self)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def _choose(self, code: str) -> None:
        if code in self._counts:
            self.chosen.emit(code)
