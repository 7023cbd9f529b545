"""The rows of the sheet that she chose: the whole reason of one, and what she may decide otherwise of one or many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from mobility_app.actions import deciding
from mobility_app.core.incoming import PlannedRow
from mobility_app.errors import UserError
from mobility_app.fields import BY_KEY
from mobility_app.i18n import _, ngettext, number, show
from mobility_app.jobs.import_words import said
from mobility_app.ui.buttons import button, menu_button
from mobility_app.ui.cards import empty, line
from mobility_app.ui.import_rows import PreviewRow
from mobility_app.ui.labels import label

Offer = tuple[str, deciding.Act | None]  # None takes her word on the rows back
AT_HAND = 2  # buttons beside the text; the rest is in a menu


class RowBar(QFrame):
    """`decided` carries what she decides (None: as proposed) and the rows that it is about."""

    decided = Signal(object, list)  # Act | None, [PlannedRow]

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

    def show_rows(self, rows: Sequence[PreviewRow], decided: bool, trouble: UserError | None = None) -> None:
        """`decided`: she said something of one of them; `trouble`: why one of them could not be as she said."""
        empty(self._buttons)
        planned = [row.planned for row in rows if row.planned is not None]
        offers = _of_one(planned[0]) if len(planned) == 1 else _of_many(planned)
        if decided:
            offers.insert(0, (_("As proposed"), None))
        if not rows or not (offers or rows[0].why):
            self.hide()
            return
        self.text.setText(str(trouble) if trouble else _said(rows))
        for text, act in offers[:AT_HAND]:
            self._buttons.addWidget(button(text, partial(self.decided.emit, act, planned)))
        if len(offers) > AT_HAND:
            more = [(text, partial(self.decided.emit, act, planned)) for text, act in offers[AT_HAND:]]
            self._buttons.addWidget(menu_button(_("Decide otherwise"), more))
        self.show()

    def buttons(self) -> list[QPushButton]:
        items = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), QPushButton)]


def _said(rows: Sequence[PreviewRow]) -> str:
    if len(rows) > 1:
        return ngettext("{n} row chosen.", "{n} rows chosen.", len(rows)).format(n=number(len(rows)))
    row = rows[0]
    text = _("Row {n}: {text}").format(n=row.number, text=row.why or _("nothing to note."))
    return f"{text} {_('Double-click the cell to correct it here.')}" if row.decision == "refused" else text


def _of_one(row: PlannedRow) -> list[Offer]:
    """What can be done with a row, the likeliest first."""
    offers: list[Offer] = []
    for near in row.near[:3]:
        offers.append((_("It is {name}").format(name=near.name), partial(_same, near.participant_id)))
    if row.near:
        offers.append((_("Somebody else"), deciding.not_the_same))
    if len(row.kept) > 1:
        offers.append((_("Take the sheet's values"), deciding.take_theirs))
    for key, kept in row.kept.items():
        title = _(BY_KEY[key].title) if key in BY_KEY else key.removeprefix("own:")
        text = _("Take {field}: {value}").format(field=title, value=_value(key, kept.theirs))
        offers.append((text, partial(deciding.take_theirs, keys=(key,))))
    return offers + [(text, act) for text, act in _decisions(row) if _possible(row, act)]


def _of_many(rows: Sequence[PlannedRow]) -> list[Offer]:
    """What can be done with at least one of the rows."""
    offers: list[Offer] = []
    if any(row.kept for row in rows):
        offers.append((_("Take the sheet's values"), deciding.take_theirs))
    if any(row.near for row in rows):
        offers.append((_("They are all somebody else"), deciding.not_the_same))
    found = {text: act for row in rows[:200] for text, act in _decisions(row) if _possible(row, act)}
    return [*offers, *found.items()]


def _decisions(row: PlannedRow) -> Iterable[tuple[str, deciding.Act]]:
    if row.decision == "refused":
        yield _("Import without what is refused"), partial(deciding.override, decision="add")
        return
    if row.decision in ("add", "change"):
        yield _("Leave out"), partial(deciding.override, decision="unchanged")
    if row.decision in ("duplicate", "unchanged", "change"):
        yield _("It is another one: add it"), partial(deciding.override, decision="add")
    if row.decision in ("duplicate", "unchanged"):
        yield _("Change the known one"), partial(deciding.override, decision="change")


def _possible(row: PlannedRow, act: deciding.Act) -> bool:
    try:
        return act(row) is not row
    except UserError:
        return False


def _same(participant_id: str, row: PlannedRow) -> PlannedRow:
    return deciding.same_person(row, participant_id)


def _value(key: str, value: object) -> str:
    return show(said(key, value))
