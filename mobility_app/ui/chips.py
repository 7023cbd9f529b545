"""Filter chips: buttons that narrow a list, one press each, and a segmented choice where exactly one is on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QLayout, QLayoutItem, QMenu, QPushButton, QWidget

from mobility_app.i18n import _


class Flow(QLayout):
    """Puts its widgets side by side and goes on in the next line when there is no more room."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width: nested layouts ask thousands of times
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._heights.clear()

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, room: QRect, *, place: bool) -> int:
        x, y, tallest = room.x(), room.y(), 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            hint = item.sizeHint()
            if x > room.x() and x + hint.width() > room.right() + 1:
                x, y, tallest = room.x(), y + tallest + self.spacing(), 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self.spacing()
            tallest = max(tallest, hint.height())
        return y + tallest - room.y()


def chip(text: str, *, name: str = "") -> QPushButton:
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("role", "chip")
    made.setCheckable(True)
    made.setAutoDefault(False)
    made.setAccessibleName(name or text)
    return made


class ChoiceChip(QPushButton):
    """A chip with a menu of ticks ("Pays : ES, DE ▾"); `changed` tells the ticked codes."""

    changed = Signal(tuple)

    def __init__(self, title: str, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self.setProperty("menu", "true")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.title = title
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._ticks: dict[str, QAction] = {}
        self.offer(choices)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Sets the (code, title) pairs of the menu; ticks stay on the codes that are still there."""
        kept = self.chosen()
        self._menu.clear()
        self._ticks = {}
        for code, title in choices:
            action = QAction(title.replace("&", "&&"), self._menu)
            action.setCheckable(True)
            action.setChecked(code in kept)
            action.triggered.connect(self._ticked)
            self._menu.addAction(action)
            self._ticks[code] = action
        self._menu.addSeparator()
        clear = QAction(_("All"), self._menu)
        clear.triggered.connect(lambda _checked=False: self.choose(()))
        self._menu.addAction(clear)
        self._say()

    def chosen(self) -> tuple[str, ...]:
        return tuple(code for code, action in self._ticks.items() if action.isChecked())

    def choose(self, codes: Sequence[str], *, tell: bool = True) -> None:
        for code, action in self._ticks.items():
            action.setChecked(code in codes)
        self._say()
        if tell:
            self.changed.emit(self.chosen())

    def _ticked(self) -> None:
        self._say()
        self.changed.emit(self.chosen())

    def _say(self) -> None:
        ticked = [self._ticks[code].text().replace("&&", "&") for code in self.chosen()]
        text = self.title
        if ticked:
            shown = ", ".join(ticked[:2]) + (f" +{len(ticked) - 2}" if len(ticked) > 2 else "")
            text = _("{name}: {value}").format(name=self.title, value=shown)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setChecked(bool(ticked))

    def nextCheckState(self) -> None:
        """A press opens the menu; the ticks decide whether the chip is on."""


class Segments(QWidget):
    """Chips of which exactly one is on; `changed` tells its code."""

    changed = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._chips: dict[str, QPushButton] = {}
        lay = Flow(self)
        for code, title in choices:
            made = chip(title, name=_("{name}: {value}").format(name=name, value=title))
            made.clicked.connect(lambda _checked=False, code=code: self.changed.emit(code))
            self._group.addButton(made)
            lay.addWidget(made)
            self._chips[code] = made
        if choices:
            self._chips[choices[0][0]].setChecked(True)

    def chosen(self) -> str:
        return next((code for code, made in self._chips.items() if made.isChecked()), "")

    def choose(self, code: str) -> None:
        self._chips[code].setChecked(True)

    def retitle(self, code: str, title: str) -> None:
        self._chips[code].setText(title.replace("&", "&&"))
