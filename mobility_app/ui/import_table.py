"""The table of an import's preview: a cell is corrected where it stands, and the row is planned again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyleOptionViewItem, QWidget

from mobility_app.fields import BY_KEY, SheetKind
from mobility_app.i18n import _
from mobility_app.ui.completion import propose
from mobility_app.ui.countries import countries
from mobility_app.ui.import_rows import PreviewRow, columns
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.row_delegate import RowDelegate
from mobility_app.ui.rows_model import Index, RowsModel
from mobility_app.ui.table import RowsTable


class PreviewModel(RowsModel):
    """`writable` are the fields that have a column in her sheet."""

    typed = Signal(object, str, str)  # PreviewRow, field, what she typed

    def __init__(self, kind: SheetKind, fetch: Callable[[Sequence[str]], Iterable[Any]], parent: QWidget) -> None:
        super().__init__(columns(kind), fetch, (("number", False),), parent)
        self.writable: frozenset[str] = frozenset()

    def flags(self, index: Index) -> Qt.ItemFlag:
        kept = super().flags(index)
        return kept | Qt.ItemFlag.ItemIsEditable if self._row_of(index) is not None else kept

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.EditRole:
            role = Qt.ItemDataRole.DisplayRole
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._row_of(index)
        key = self.columns[index.column()].key
        if row is None or str(value).strip() == row.text(key):
            return False
        self.typed.emit(row, key, str(value).strip())
        return True

    def _row_of(self, index: Index) -> PreviewRow | None:
        """The row of a cell that can be corrected."""
        if not index.isValid() or self.columns[index.column()].key not in self.writable:
            return None
        row = self.row(index.row())
        return row if row is not None and row.planned is not None else None


class PreviewTable(RowsTable):
    """F2, Enter or a double click corrects the cell under the cursor."""

    def __init__(self, kind: SheetKind, model: PreviewModel, parent: QWidget) -> None:
        nothing = EmptyState("file-spreadsheet", _("No row here"), _("Press the counter again to see all rows."))
        key = "import" if kind == "mobilities" else f"import/{kind}"
        super().__init__(model, _("Rows of the sheet"), key, nothing, parent)
        self.setProperty("role", "framed")
        self.setItemDelegate(CellDelegate(self))
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # the Enter that ends a correction comes here last
        elif enter and self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class CellDelegate(RowDelegate):
    """A line to type in; known words are offered for countries and closed lists."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, PreviewModel)
        column = model.columns[index.column()]
        line = QLineEdit(parent)
        line.setAccessibleName(_(column.title))
        field = BY_KEY[column.key]
        offered = [_(choice.title) for choice in field.choices]
        if field.kind == "country":
            offered = [name for _code, name in countries()]
        if offered:
            propose(line, offered)
        return line

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text())
