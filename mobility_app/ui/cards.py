"""Surfaces: cards with a heading, rows of a label and a value, rules, and the boxes that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mobility_app.ui.labels import label
from mobility_app.ui.theme import GRID

Item: TypeAlias = QWidget | QLayout | int | None
Margins: TypeAlias = tuple[int, int, int, int]
Box = TypeVar("Box", bound=QBoxLayout)


def column(*items: Item, margins: Margins = (0, 0, 0, 0), spacing: int = GRID) -> QVBoxLayout:
    """A vertical layout. A number is so many pixels of air, None takes all the air that is left."""
    return _fill(QVBoxLayout(), items, margins, spacing)


def line(*items: Item, margins: Margins = (0, 0, 0, 0), spacing: int = GRID) -> QHBoxLayout:
    """A horizontal layout, read like `column`."""
    return _fill(QHBoxLayout(), items, margins, spacing)


def _fill(box: Box, items: Sequence[Item], margins: Margins, spacing: int) -> Box:
    box.setContentsMargins(*margins)
    box.setSpacing(spacing)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)
    return box


class Card(QFrame):
    """A white sheet with a heading, a quiet note beside it, and something at the right (`corner`); fill `body`."""

    def __init__(
        self, heading: str = "", note: str = "", corner: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.heading = label(heading, "heading")
        self.note = label(note, "muted")
        self.body = column(spacing=GRID)
        self._head = line(self.heading, self.note, None, *([corner] if corner else []), spacing=6)
        parts = (self._head, self.body) if heading or corner else (self.body,)
        self.setLayout(column(*parts, margins=(16, 14, 16, 14), spacing=GRID))
        self.setAccessibleName(heading)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        if isinstance(item, QLayout):
            self.body.addLayout(item, stretch)
        else:
            self.body.addWidget(item, stretch)


class Facts(QWidget):
    """Rows of a quiet label and a value, with a hairline under each."""

    def __init__(self, width: int = 88, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width
        self._rows = column(spacing=0)
        self.setLayout(self._rows)

    def add(self, title: str, value: QWidget | str) -> QWidget:
        """Adds a row and returns the widget that shows its value."""
        shown = label(value, wrap=True, selectable=True) if isinstance(value, str) else value
        name = label(title, "muted")
        name.setFixedWidth(self._width)
        name.setWordWrap(True)
        name.setBuddy(shown)
        if not shown.accessibleName():
            shown.setAccessibleName(title)
        row = QFrame()
        row.setProperty("role", "row")
        inside = line(name, shown, margins=(0, 4, 0, 4), spacing=GRID)
        inside.setStretch(1, 1)
        row.setLayout(inside)
        self._rows.addWidget(row)
        return shown

    def clear(self) -> None:
        empty(self._rows)


def rule() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("role", "rule")
    return made


def amount(text: str, role: str = "") -> QLabel:
    """A figure, at the right of its room."""
    made = label(text, role)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def scrolled(inside: QWidget, parent: QWidget | None = None) -> QScrollArea:
    """A page or a pane that scrolls up and down when it is taller than its room, never sideways."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside.setProperty("role", "plain")
    area.setWidget(inside)
    return area


def empty(layout: QLayout) -> None:
    """Takes everything out of a layout and lets it go."""
    while layout.count():
        item = layout.takeAt(0)
        assert item is not None
        if widget := item.widget():
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner := item.layout():
            empty(inner)
