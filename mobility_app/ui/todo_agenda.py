"""What there is to do, on the first page."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from mobility_app.core import agenda
from mobility_app.core.facts import Report
from mobility_app.core.wanted import Wanted
from mobility_app.i18n import _, ngettext, number, render
from mobility_app.ui import words
from mobility_app.ui.buttons import link
from mobility_app.ui.cards import Card, column, empty, line, rule, scrolled
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.pills import pill


class AgendaCard(Card):
    """What there is to do, a line each."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("To do"))
        self._desk = desk
        holder = QWidget()
        self._lines = column(spacing=0)
        holder.setLayout(column(self._lines, None, spacing=0))
        self.add(scrolled(holder), 1)

    def show_lines(self, lines: tuple[agenda.Line, ...], report: Report) -> None:
        empty(self._lines)
        people = {record for found in lines for record in found.ids if record != report.project.id}
        points = ngettext("{n} point", "{n} points", len(lines)).format(n=number(len(lines)))
        persons = ngettext("{n} mobility", "{n} mobilities", len(people)).format(n=number(len(people)))
        self.note.setText(f"{points}, {persons}" if lines else "")
        names = {row.id: row.full_name for row in report.mobilities}
        for found in lines:
            self._lines.addLayout(self._row(found, names, report))
            self._lines.addWidget(rule())
        if not lines:
            self._lines.addWidget(label(_("Nothing is late and nothing is due within 14 days."), "muted", wrap=True))

    def _row(self, found: agenda.Line, names: dict[str, str], report: Report) -> QHBoxLayout:
        when = QWidget()
        when.setLayout(line(_when_pill(found, self._desk.today), None))
        when.setFixedWidth(94)
        title = render(found.title)
        mine = found.ids == (report.project.id,)
        if mine:
            note = render(found.findings[0].remedy)
        else:
            note = _names([names.get(record, "") for record in found.ids])
            if found.late and found.due:
                note = _("since {date}").format(date=words.near(found.due, self._desk.today)) + " · " + note
        row = line(
            when,
            column(ElidedLabel(title, "strong"), ElidedLabel(note, "small"), spacing=1),
            link(_("Open ›"), lambda: self._open(found, mine), name=_("Open: {what}").format(what=title)),
            margins=(4, 5, 0, 5),
        )
        row.setStretch(1, 1)
        return row

    def _open(self, found: agenda.Line, mine: bool) -> None:
        if mine:
            self._desk.show("settings")
        else:
            self._desk.show("mobilities", Wanted(ids=found.ids, title=found.title))


def _when_pill(found: agenda.Line, today: dt.date) -> QLabel:
    if found.late:
        return pill(_("Late"), "danger")
    if found.due is None:
        return pill(_("To correct"), "danger" if found.severity == "blocking" else "neutral")
    tone = "danger" if (found.due - today).days <= 1 else "warning" if (found.due - today).days <= 7 else "info"
    return pill(words.near(found.due, today), tone)


def _names(names: list[str]) -> str:
    shown = ", ".join(name for name in names[:3] if name)
    more = len(names) - 3
    return (
        shown
        if more <= 0
        else ngettext("{names} and {n} other", "{names} and {n} others", more).format(names=shown, n=number(more))
    )
