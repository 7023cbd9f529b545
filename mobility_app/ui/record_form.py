"""The fields of one record, edited in place: each is saved as she leaves it, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QLineEdit, QWidget

from mobility_app.errors import UserError
from mobility_app.fields import Field
from mobility_app.i18n import _
from mobility_app.store.journal import Label
from mobility_app.ui.cards import Facts, column
from mobility_app.ui.desk import Desk
from mobility_app.ui.editors import Editor
from mobility_app.ui.labels import label as words
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.record_fields import CHECKS, Check


class Record(Protocol):
    """Any frozen row: its fields are read by their keys."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


class RecordForm(QWidget):
    """`change(s, id, seen=version, **values)` writes one field; `label(key, id)` names the step.

    `notes` says a sentence under each field.
    """

    def __init__(
        self,
        desk: Desk,
        fields: Sequence[Field],
        change: Callable[..., Any],
        label: Callable[[str, str], Label],
        *,
        checks: Mapping[str, Check] = CHECKS,
        notes: Mapping[str, str] | None = None,
        width: int = 104,
        in_place: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._change, self._label, self._checks = desk, change, label, checks
        self._row: Record | None = None
        self._saving = 0
        self.editors = {field.key: Editor(field, in_place=in_place) for field in fields}
        self.warnings: dict[str, InlineMessage] = {}
        facts = Facts(width)
        for key, editor in self.editors.items():
            editor.committed.connect(lambda key=key: self._save(key))
            shown = self._with_warning(key, editor) if key in checks else editor
            facts.add(_(editor.field.title), _explained(shown, editor, _(notes[key])) if notes else shown)
        self.setLayout(column(facts))

    def _with_warning(self, key: str, editor: Editor) -> QWidget:
        """A field that is checked as she types."""
        said = self.warnings[key] = InlineMessage("warning")
        control = editor.control
        assert isinstance(control, QLineEdit)
        control.textChanged.connect(lambda written: said.say(self._checks[key].say(written)))
        holder = QWidget()
        holder.setLayout(column(editor, said, spacing=0))
        holder.setAccessibleName(_(editor.field.title))
        holder.setFocusProxy(editor)
        return holder

    def show_row(self, row: Record) -> None:
        other = self._row is None or self._row.id != row.id
        self._row = row
        for key, editor in self.editors.items():
            if other:
                editor.forget()
            value = getattr(row, key)
            editor.set_value(str(value) if editor.field.kind == "text" and value is not None else value)

    def _save(self, key: str) -> None:
        if self._row is None:
            return
        record, value = self._row.id, self._cleaned(key)
        seen = None if self._saving else self._row.version  # our own change on its way is no stranger's
        self._saving += 1
        self._desk.write(
            self,
            self._label(key, record),
            lambda s: self._change(s, record, seen=seen, **{key: value}),
            lambda _done: self._saved(),
            lambda error: self._refused(key, error),
        )

    def _cleaned(self, key: str) -> Any:
        value = self.editors[key].value()
        return self._checks[key].clean(value) if key in self._checks and isinstance(value, str) else value

    def _saved(self) -> None:
        self._saving -= 1

    def _refused(self, key: str, error: BaseException) -> None:
        self._saving -= 1
        if not isinstance(error, UserError):
            raise error
        self.editors[key].say(str(error))


def _explained(shown: QWidget, editor: Editor, note: str) -> QWidget:
    """A field with a sentence under it."""
    holder = QWidget()
    holder.setLayout(column(shown, column(words(note, "small", wrap=True), margins=(8, 2, 0, 4)), spacing=0))
    holder.setAccessibleName(_(editor.field.title))
    holder.setFocusProxy(editor)
    return holder
