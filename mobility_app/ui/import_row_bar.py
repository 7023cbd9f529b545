"""The row of the sheet under the cursor: its whole reason, and what she may decide otherwise."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from mobility_app.actions import deciding
from mobility_app.core.incoming import Plan, PlannedRow
from mobility_app.i18n import _
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import empty, line
from mobility_app.ui.import_rows import PreviewRow
from mobility_app.ui.labels import label

Act = Callable[[Plan, PlannedRow], Plan]


class RowBar(QFrame):
    """`decided` carries what is done to the plan and the row."""

    decided = Signal(object, object)  # Act, PlannedRow

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setProperty("tone", "neutral")
        self.text = label("", wrap=True)
        self._buttons = line(spacing=6)
        inside = line(self.text, self._buttons, margins=(12, 6, 8, 6))
        inside.setStretch(0, 1)
        self.setLayout(inside)
        self.hide()

    def show_row(self, row: PreviewRow | None) -> None:
        empty(self._buttons)
        offered = _offered(row.planned) if row is not None and row.planned is not None else []
        if row is None or not (row.why or offered):
            self.hide()
            return
        self.text.setText(_("Row {n}: {text}").format(n=row.number, text=row.why or _("nothing to note.")))
        for text, act in offered:
            self._buttons.addWidget(self._button(text, act, row.planned))
        self.show()

    def buttons(self) -> list[QPushButton]:
        items = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), QPushButton)]

    def _button(self, text: str, act: Act, planned: PlannedRow | None) -> QPushButton:
        return button(text, lambda: self.decided.emit(act, planned))


def _offered(row: PlannedRow) -> list[tuple[str, Act]]:
    """What can be done with a row, the likeliest first."""
    if row.near:
        near = [(_("It is {name}").format(name=each.name), _same(each.participant_id)) for each in row.near[:2]]
        return [*near, (_("Somebody else"), deciding.not_the_same)]
    if row.decision == "refused":
        lacks_name = not (row.row.values.get("last_name") and row.row.values.get("first_name"))
        return [] if lacks_name or row.otherwise is None else [(_("Import without what is refused"), _as("add"))]
    offered: list[tuple[str, Act]] = []
    if row.kept:
        offered.append((_("Take the sheet's values"), deciding.take_theirs))
    if row.decision == "duplicate" and not row.row.values.get("bm_id"):
        offered.append((_("It is another stay: add it"), _as("add")))
    if row.decision in ("add", "change"):
        offered.append((_("Leave this row out"), _as("unchanged")))
    return offered


def _as(decision: deciding.Chosen) -> Act:
    return lambda plan, row: deciding.override(plan, row, decision)


def _same(participant_id: str) -> Act:
    return lambda plan, row: deciding.same_person(plan, row, participant_id)
