"""The mobilities of a person or of an organisation, a line each; a press opens them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mobility_app.core.facts import MobilityRow
from mobility_app.core.wanted import Wanted
from mobility_app.i18n import _, country_name, date, ngettext, number
from mobility_app.ui.buttons import link
from mobility_app.ui.cards import Card, column, empty, line, rule
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import ElidedLabel
from mobility_app.ui.pills import stage_pill

SHOWN = 8


class StaysCard(Card):
    """`named` says the person in each line (an organisation's mobilities) instead of the place alone."""

    def __init__(self, desk: Desk, *, named: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(_("Mobilities"), parent=parent)
        self._desk, self._named = desk, named
        self._lines = column(spacing=0)
        self.add(self._lines)

    def show_stays(self, stays: Sequence[MobilityRow], total: int, title: str) -> None:
        """`stays` are those shown, of `total`; `title` is what the list of mobilities is called when it opens."""
        empty(self._lines)
        self.note.setText(number(total) if total else "")
        for row in stays[:SHOWN]:
            self._lines.addLayout(self._line(row))
            self._lines.addWidget(rule())
        self.setVisible(total > 0)
        more = total - len(stays[:SHOWN])
        text = ngettext("Open it", "Open all {n}", total).format(n=number(total))
        if more > 0 or total > 1:
            ids = tuple(row.id for row in stays)
            self._lines.addWidget(link(text, lambda: self._open(ids, title)))

    def _line(self, row: MobilityRow) -> QHBoxLayout:
        place = " ".join(part for part in (row.town or "", country_name(row.country)) if part)
        what = row.full_name if self._named else place or _("destination unknown")
        days = f"{date(row.first_day)} – {date(row.last_day)}" if row.first_day else _("dates unknown")
        note = f"{days} · {place}" if self._named and place else days
        quiet = ElidedLabel(note, "small")
        quiet.setContentsMargins(5, 0, 0, 0)  # where the words of the link above begin
        words = column(link(what, lambda: self._open((row.id,), what)), quiet, spacing=0)
        made = line(words, stage_pill(row.stage), margins=(0, 4, 0, 4))
        made.setStretch(0, 1)
        return made

    def _open(self, ids: tuple[str, ...], title: str) -> None:
        self._desk.show("mobilities", Wanted(ids=ids, title=title))
