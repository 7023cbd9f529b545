"""The grant of one mobility, line by line, each with the sentence that one can check by hand."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from mobility_app.core.facts import USABLE_STATES, Grant, GrantLine, MobilityRow
from mobility_app.i18n import _, money, render
from mobility_app.ui.cards import Card, amount, column, empty, line, rule
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label


class GrantCard(Card):
    def __init__(self, desk: Desk) -> None:
        self._total = amount("", "heading")
        super().__init__(_("Grant"), corner=self._total)
        self._desk = desk
        self._lines = column(spacing=0)
        self._note = label("", "small", wrap=True)
        self.add(self._lines)
        self.add(self._note)

    def show_grant(self, grant: Grant, row: MobilityRow) -> None:
        empty(self._lines)
        for found in grant.lines:
            self._lines.addLayout(grant_line(found))
            self._lines.addWidget(rule())
        if grant.total is not None:
            self._total.setText(money(grant.total))
        elif grant.known_total:
            self._total.setText(_("at least {amount}").format(amount=money(grant.known_total)))
        else:
            self._total.setText(_("unknown"))
        notes = [_("Paid so far: {amount}").format(amount=money(row.paid))] if row.paid else []
        sources = dict.fromkeys(line.source for line in grant.lines if line.source and line.state in USABLE_STATES)
        notes += [_("Source: {source}").format(source=_(source)) for source in sources]
        self._note.setText("\n".join(notes))
        self._note.setVisible(bool(notes))


def grant_line(found: GrantLine) -> QVBoxLayout:
    """Title and amount, and below how it is computed."""
    figure = money(found.amount)
    head = line(label(render(found.title), wrap=True), amount(figure, "" if found.amount is not None else "muted"))
    head.setStretch(0, 1)
    return column(head, label(render(found.sentence), "small", wrap=True), margins=(0, 5, 0, 6), spacing=1)
