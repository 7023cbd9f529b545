"""The lines behind a small table of figures: what each column shows and types, and what is on its way to the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from mobility_app.i18n import _
from mobility_app.ui.labels import plain
from mobility_app.ui.rows_model import Index, InkRole, NoteRole, ToneRole

StrongRole = InkRole + 1


@dataclass(frozen=True)
class Figure:
    """One column. `edit` gives the text that the editor begins with, None where this line's cell is not typed.

    `options` makes it a choice among (code, title): `edit` then gives the code, and `typed` tells a code.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    width: int = 100
    numeric: bool = True
    grow: bool = False
    edit: Callable[[Any], str | None] | None = None
    tone: Callable[[Any], str] | None = None
    ink: Callable[[Any], str] | None = None
    note: Callable[[Any], str] | None = None
    tip: Callable[[Any], str] | None = None
    options: Callable[[], Sequence[tuple[str, str]]] | None = None
    length: int = 30


class FiguresModel(QAbstractTableModel):
    """Holds the lines themselves: they are few. `typed` tells line, key of the column, and what she wrote."""

    typed = Signal(object, str, str)

    def __init__(self, figures: Sequence[Figure], strong: Callable[[Any], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.figures = tuple(figures)
        self._strong = strong
        self._lines: tuple[Any, ...] = ()
        self._written: dict[tuple[int, int], str] = {}  # on its way to the file

    def show(self, lines: Sequence[Any]) -> None:
        same = len(lines) == len(self._lines)
        if not same:
            self.beginResetModel()
        self._lines, self._written = tuple(lines), {}
        if not same:
            self.endResetModel()
        elif self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(self.figures) - 1))

    def lines(self) -> tuple[Any, ...]:
        return self._lines

    def take_back(self) -> None:
        """Shows again what stands in the file: what she wrote could not be read."""
        self.show(self._lines)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.figures)

    def editable(self, row: int, column: int) -> bool:
        edit = self.figures[column].edit
        return edit is not None and edit(self._lines[row]) is not None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable(index.row(), index.column()) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, figure = self._lines[index.row()], self.figures[index.column()]
        written = self._written.get((index.row(), index.column()))
        if role == Qt.ItemDataRole.DisplayRole:
            return figure.text(line) if written is None else written
        if role == Qt.ItemDataRole.EditRole:
            return figure.edit(line) or "" if figure.edit and written is None else written
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if figure.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == StrongRole:
            return self._strong(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(figure.title)} : {figure.text(line)}"
        read = {ToneRole: figure.tone, InkRole: figure.ink, NoteRole: figure.note}.get(role)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(figure.tip(line)) if figure.tip else None
        return read(line) if read else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or str(value) == self.data(index, role):
            return False
        figure = self.figures[index.column()]
        shown = dict(figure.options()).get(value, "") if figure.options else str(value)
        self._written[index.row(), index.column()] = shown
        self.dataChanged.emit(index, index)
        self.typed.emit(self._lines[index.row()], figure.key, str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        figure = self.figures[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(figure.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if figure.numeric else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
