"""A small table of figures that is filled in like a sheet: typing begins a cell, Enter goes down, Tab goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mobility_app.i18n import _
from mobility_app.ui import theme
from mobility_app.ui.labels import plain
from mobility_app.ui.row_delegate import RowDelegate
from mobility_app.ui.rows_model import Index, InkRole, NoteRole, ToneRole

ROW = 34
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


class FigureDelegate(RowDelegate):
    """Draws a quiet frame around what can be typed, and sums in bold."""

    def _write(self, painter: QPainter, room: QRectF, text: str, index: Index, selected: bool) -> None:
        painter.setFont(theme.font(13, 600 if index.data(StrongRole) else 400))
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            colours = theme.tokens()
            painter.setPen(colours.color("border"))
            painter.setBrush(colours.color("field"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(room.adjusted(-3.5, 3.5, 3.5, -3.5), 5, 5)
            room = room.adjusted(2, 0, -2, 0)
        super()._write(painter, room, text, index, selected)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, FiguresModel)
        figure, line = model.figures[index.column()], model.index(index.row(), 0).data()
        title = model.headerData(index.column(), Qt.Orientation.Horizontal)
        if figure.options is not None:
            editor: QComboBox | QLineEdit = self._chooser(parent, figure.options())
        else:
            editor = QLineEdit(parent)
            editor.setMaxLength(figure.length)
            editor.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        editor.setAccessibleName(f"{line} : {title}")
        return editor

    def _chooser(self, parent: QWidget, options: Sequence[tuple[str, str]]) -> QComboBox:
        """A list that is taken as soon as one of it is pressed."""
        chooser = QComboBox(parent)
        for code, title in options:
            chooser.addItem(title, code)
        chooser.setMaxVisibleItems(18)

        def take(_place: int) -> None:
            self.commitData.emit(chooser)
            self.closeEditor.emit(chooser, QAbstractItemDelegate.EndEditHint.NoHint)

        chooser.activated.connect(take)
        return chooser

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if not isinstance(editor, QComboBox):
            super().setModelData(editor, model, index)
        elif editor.currentIndex() >= 0:
            model.setData(index, editor.currentData())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(2, 1, -2, -2))


class FiguresTable(QTableView):
    """`whole` makes it as high as its lines, for a page that scrolls as a whole."""

    def __init__(
        self,
        name: str,
        figures: Sequence[Figure],
        *,
        strong: Callable[[Any], bool] = lambda line: False,
        whole: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.figures = FiguresModel(figures, strong, self)
        self._delegate = FigureDelegate(self)  # Qt does not keep it alive
        self._whole = whole
        self.setModel(self.figures)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.clicked.connect(self._begin)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setFixedHeight(ROW)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(30)
        for place, figure in enumerate(figures):
            self.setColumnWidth(place, figure.width)
            if figure.grow:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_lines(self, lines: Sequence[Any]) -> None:
        self.figures.show(lines)
        if self._whole:
            self.setFixedHeight(ROW * (len(lines) + 1) + 2)

    def _begin(self, index: QModelIndex) -> None:
        """One press is enough to type."""
        if self.figures.editable(index.row(), index.column()):
            self.edit(index)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        here = QPersistentModelIndex(self.currentIndex())
        if hint == hints.EditNextItem:
            self._go(self._after(here.row(), here.column()), edit=True)
        elif hint == hints.EditPreviousItem:
            self._go(self._before(here.row(), here.column()), edit=True)
        elif hint == hints.SubmitModelCache:
            below = (row for row in range(here.row() + 1, self.figures.rowCount()))
            self._go(next(((r, here.column()) for r in below if self.figures.editable(r, here.column())), None))

    def _places(self) -> list[tuple[int, int]]:
        rows = range(self.figures.rowCount())
        columns = [place for place in range(self.figures.columnCount()) if not self.isColumnHidden(place)]
        return [(row, column) for row in rows for column in columns if self.figures.editable(row, column)]

    def _after(self, row: int, column: int) -> tuple[int, int] | None:
        return next((place for place in self._places() if place > (row, column)), None)

    def _before(self, row: int, column: int) -> tuple[int, int] | None:
        return next((place for place in reversed(self._places()) if place < (row, column)), None)

    def _go(self, place: tuple[int, int] | None, *, edit: bool = False) -> None:
        if place is None:
            return
        index = self.figures.index(*place)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if edit:
            self.edit(index)
