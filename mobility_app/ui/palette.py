"""Ctrl+K: a field and a list under it; whatever the program can do is two words and Enter away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from mobility_app.core.text import fold
from mobility_app.i18n import _
from mobility_app.ui import icons
from mobility_app.ui.cards import column
from mobility_app.ui.labels import label

TYPING_MS = 60
LEAST_LETTERS = 2  # of a name before people are looked for
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class Command:
    """One line of the list: what it is called, what kind of thing it is, and what Enter does."""

    title: str
    kind: str
    icon: str
    act: Callable[[], object]
    shortcut: str = ""

    def matches(self, words: Sequence[str]) -> bool:
        text = fold(f"{self.title} {self.kind}")
        return all(word in text for word in words)


Tell = Callable[[Sequence[Command]], object]


class _Field(QLineEdit):
    """Arrows move in the list, without leaving the field."""

    def __init__(self, found: QListWidget) -> None:
        super().__init__()
        self._found = found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVES:
            self._found.event(event)
        else:
            super().keyPressEvent(event)


class Palette(QDialog):
    """`people(text, tell)` looks for people elsewhere and calls `tell` with their commands."""

    def __init__(self, parent: QWidget, commands: Sequence[Command], people: Callable[[str, Tell], object]) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(_("Go to or do"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands, self._people = tuple(commands), people
        self._shown: list[Command] = []
        self.found = QListWidget()
        self.found.setAccessibleName(_("What was found"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setUniformItemSizes(True)
        self.found.itemClicked.connect(lambda _item: self.take())
        self.field = _Field(self.found)
        self.field.setPlaceholderText(_("A page, an action, a view, a person…"))
        self.field.setAccessibleName(_("Go to or do"))
        self.field.returnPressed.connect(self.take)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._ask_people)
        self.field.textChanged.connect(self._filter)
        hint = label(_("Arrows to choose, Enter to go, Escape to close"), "small")
        whole = column(self.field, self.found, hint, margins=(12, 12, 12, 10))
        whole.setStretch(1, 1)
        sheet = QFrame()  # a window without a frame of its own needs an edge
        sheet.setProperty("role", "sheet")
        sheet.setLayout(whole)
        self.setLayout(column(sheet))
        self.resize(560, 420)
        self._filter("")

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        self._shown = []
        self.found.clear()
        self._add([command for command in self._commands if command.matches(words)])
        if len(text.strip()) >= LEAST_LETTERS:
            self._typing.start()
        else:
            self._typing.stop()

    def _ask_people(self) -> None:
        asked = self.field.text().strip()
        self._people(asked, lambda found: self._add(found) if self.field.text().strip() == asked else None)

    def _add(self, commands: Sequence[Command]) -> None:
        for command in commands:
            end = "   ".join(part for part in (command.kind, command.shortcut) if part)
            item = QListWidgetItem(icons.icon(command.icon), f"{command.title}   ·   {end}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{command.title}, {end}")
            self.found.addItem(item)
            self._shown.append(command)
        if self.found.currentRow() < 0 and self._shown:
            self.found.setCurrentRow(0)

    def take(self) -> None:
        """Closes, then does what is chosen."""
        place = self.found.currentRow()
        if 0 <= place < len(self._shown):
            act = self._shown[place].act
            self.accept()
            act()
