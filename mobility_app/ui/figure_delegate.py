"""How a cell of a small table of figures is drawn and typed in: a line of text, or a choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemDelegate, QComboBox, QLineEdit, QStyleOptionViewItem, QWidget

from mobility_app.ui import theme
from mobility_app.ui.figures_model import FiguresModel, StrongRole
from mobility_app.ui.row_delegate import RowDelegate
from mobility_app.ui.rows_model import Index


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
