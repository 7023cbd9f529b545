"""A small table of figures that is filled in like a sheet: typing begins a cell, Enter goes down, Tab goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from mobility_app.ui.figure_delegate import FigureDelegate
from mobility_app.ui.figures_model import Figure as Figure  # who needs a table needs its columns
from mobility_app.ui.figures_model import FiguresModel

ROW = 34


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
