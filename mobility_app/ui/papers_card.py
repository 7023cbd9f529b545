"""The papers of one mobility: which are needed, where each stands, and one press to say that it came back signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton

from mobility_app.actions import papers
from mobility_app.core.checks import departure_papers
from mobility_app.core.evidence import report_due
from mobility_app.core.facts import MobilityRow
from mobility_app.i18n import N_, _, date
from mobility_app.store.journal import Label
from mobility_app.store.lists import PaperRow
from mobility_app.ui import words
from mobility_app.ui.buttons import menu
from mobility_app.ui.cards import Card, column, empty, line, rule
from mobility_app.ui.desk import Desk
from mobility_app.ui.dialogs import ask_text
from mobility_app.ui.labels import label
from mobility_app.ui.theme import restyle

URGENT = 30  # days before the departure
OFFERED = ("printed", "sent", "signed", "verified", "filed", "not_applicable", "to_do")


class PapersCard(Card):
    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Papers"))
        self._desk = desk
        self._rows = column(spacing=0)
        self.add(self._rows)

    def show_papers(self, found: Sequence[PaperRow], row: MobilityRow) -> None:
        empty(self._rows)
        by_kind = {paper.kind: paper for paper in found}
        needed = [*departure_papers(row), "ATT", *(["EUROPASS"] if not row.accompanying else [])]
        needed += ["RAPP"] if report_due(row) else []
        kinds = [*needed, *(kind for kind in by_kind if kind not in needed)]
        done = sum(1 for kind in kinds if kind in by_kind and by_kind[kind].done)
        self.note.setText(_("{n} of {total}").format(n=done, total=len(kinds)))
        for kind in kinds:
            paper = by_kind.get(kind) or PaperRow(kind, "to_do", None)
            name = _(words.PAPERS.get(kind, kind))
            title = f"{name} {paper.serial}" if paper.serial else name
            each = line(label(title, wrap=True), self._state(paper, row, title), margins=(0, 3, 0, 3))
            each.setStretch(0, 1)
            self._rows.addLayout(each)
            self._rows.addWidget(rule())

    def _state(self, paper: PaperRow, row: MobilityRow, title: str) -> QPushButton:
        """The state as a pill that opens the menu of the others."""
        state = _(words.PAPER_STATES[paper.state])
        made = QPushButton(f"{state} {date(paper.day)[:5]}".strip())
        made.setProperty("role", "pill")
        made.setProperty("tone", self._tone(paper, row))
        made.setAutoDefault(False)
        made.setAccessibleName(f"{title} : {state}")
        made.setMenu(menu([(_(words.PAPER_STATES[s]), partial(self._set, row, paper.kind, s)) for s in OFFERED], made))
        restyle(made)
        return made

    def _set(self, row: MobilityRow, kind: str, state: str) -> None:
        reason = ""
        if state == "not_applicable":
            reason = ask_text(self, _("Not applicable"), _("Reason"), accept=_("Not applicable"))
            if not reason:
                return
        today = self._desk.today
        step = Label(N_("paper of {name}"), table="mobility", id=row.id)
        self._desk.write(self, step, lambda s: papers.set_state(s, [row.id], kind, state, today, reason))

    def _tone(self, paper: PaperRow, row: MobilityRow) -> str:
        """Red once a missing paper is wanted: a month before the departure, or after the return."""
        if paper.state != "to_do":
            return words.PAPER_TONES.get(paper.state, "success")
        after = paper.kind in ("ATT", "EUROPASS", "RAPP")
        day = row.last_day if after else row.first_day
        wanted = day is not None and day - dt.timedelta(0 if after else URGENT) <= self._desk.today
        return "danger" if wanted and row.planned else "neutral"
