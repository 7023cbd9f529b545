"""A card that lists a few records of the project: typed in its table, added by a line under it, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from mobility_app.fields import Field
from mobility_app.i18n import _
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.entry_line import EntryLine
from mobility_app.ui.figures import Figure, FiguresTable
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.typed_figures import write_typed
from mobility_app.ui.values import typed


class ListCard(Card):
    """Set FIELDS (by the key of their column), REQUIRED and STEP; give the three verbs. Lines have an `id`."""

    FIELDS: ClassVar[tuple[Field, ...]]
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    STEP: ClassVar[str]

    def __init__(self, desk: Desk, title: str, figures: Sequence[Figure], add: str, nothing: str) -> None:
        super().__init__(title)
        self.desk = desk
        self._fields = {field.key: field for field in self.FIELDS}
        self.table = FiguresTable(title, figures, whole=True)
        self.nothing = label(nothing, "muted", wrap=True)
        self.trouble = InlineMessage()
        self.entry = EntryLine(self.FIELDS, _("Add"), self.REQUIRED)
        self.entry.hide()
        self.add_button = button(add, self.open_entry, icon="plus")
        self.remove_button = button(_("Take away"), self.remove, role="link")
        self.remove_button.setEnabled(False)
        for each in (
            self.nothing,
            self.table,
            self.trouble,
            self.entry,
            line(self.add_button, self.remove_button, None),
        ):
            self.add(each)
        self.table.figures.typed.connect(self._type)
        self.table.selectionModel().currentChanged.connect(self._follow)
        self.entry.entered.connect(self._enter)
        away = QShortcut(QKeySequence.StandardKey.Delete, self.table)
        away.setContext(Qt.ShortcutContext.WidgetShortcut)
        away.activated.connect(self.remove)

    # The verbs

    def adding(self, s: Session, project: str, values: dict[str, Any]) -> None:
        raise NotImplementedError

    def changing(self, s: Session, record: str, key: str, value: Any) -> None:
        raise NotImplementedError

    def removing(self, s: Session, record: str) -> None:
        raise NotImplementedError

    # Showing

    def show_lines(self, lines: Sequence[Any]) -> None:
        self.table.show_lines(lines)
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self._follow()

    def open_entry(self) -> None:
        """Shows the line that adds, and goes to it."""
        self.entry.show()
        self.add_button.hide()
        self.entry.begin()

    def _chosen(self) -> str:
        lines, place = self.table.figures.lines(), self.table.currentIndex().row()
        return lines[place].id if 0 <= place < len(lines) else ""

    def _follow(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        self.remove_button.setEnabled(bool(self._chosen()))

    # Writing

    def _type(self, row: Any, key: str, written: str) -> None:
        field = self._fields[key]
        write_typed(
            self,
            Label(self.STEP),
            lambda: typed(field, written),
            lambda s, value: self.changing(s, row.id, key, value),
        )

    def _enter(self, values: dict[str, Any]) -> None:
        project = self.desk.project_id
        if project is None:
            return
        self.desk.write(
            self,
            Label(self.STEP),
            lambda s: self.adding(s, project, values),
            lambda _done: self._entered(),
            self.entry.trouble.refuse,
        )

    def _entered(self) -> None:
        self.entry.clear()
        self.entry.begin()

    def remove(self) -> None:
        """The chosen line goes to the bin."""
        record = self._chosen()
        if record:
            self.trouble.say("")
            self.desk.write(self, Label(self.STEP), lambda s: self.removing(s, record), failed=self.trouble.refuse)
