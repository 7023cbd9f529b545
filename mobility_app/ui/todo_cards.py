"""Figures of the first page: mobilities done, targets of the agreement."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from mobility_app.core.facts import Report
from mobility_app.core.wanted import Wanted
from mobility_app.i18n import N_, _, number
from mobility_app.ui.buttons import link
from mobility_app.ui.cards import Card, amount, column, empty, line, rule
from mobility_app.ui.charts import Bar, Part
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.pills import pill


class DoneCard(Card):
    """How many mobilities are done of those planned; the target is about participants alone and has its own card."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.figure, self.of = label("", "figure"), label("", "muted")
        self.bar = Bar(_("Mobilities done"))
        self.note = label("", "small", wrap=True)
        self.open = link(_("Open ›"), self._open, name=_("Open the mobilities that are done"))
        self.add(line(label(_("Mobilities done"), "muted"), None, self.open))
        self.add(line(self.figure, self.of, None))
        self.add(self.bar)
        self.add(self.note)

    def show_report(self, report: Report) -> None:
        totals = report.totals
        done, under_way, to_come = (totals[key] or 0 for key in ("done", "under_way", "to_come"))
        whole = totals["mobilities"] or 0
        self.figure.setText(number(done))
        self.of.setText(f"/ {number(whole)}")
        self.bar.show_parts([Part(done, "success", _("Done")), Part(under_way, "chart", _("Abroad"))], whole)
        self.note.setText(
            _("{share} % done · {abroad} abroad · {coming} to come").format(
                share=round(100 * done / whole) if whole else 0, abroad=number(under_way), coming=number(to_come)
            )
        )

    def _open(self) -> None:
        self._desk.show("mobilities", Wanted(quick=("done",)))


class TargetsCard(Card):
    """What was promised to the agency, and where we are."""

    SHOWN = (
        ("participants", N_("Participants")),
        ("fewer_opportunities", N_("Fewer opportunities")),
        ("green", N_("Green travel")),
        ("accompanying", N_("Accompanying persons")),
    )
    QUICK: ClassVar = {"fewer_opportunities": "inclusion", "green": "green"}

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Targets"))
        self._desk = desk
        self._rows = column(spacing=0)
        self.add(self._rows)
        self.body.addStretch(1)

    def show_report(self, report: Report) -> None:
        empty(self._rows)
        found = {target.key: target for target in report.targets if not target.activity}
        for key, title in self.SHOWN:
            target = found.get(key)
            if target is None:
                continue
            goal = target.indicative
            figure = f"{number(target.planned)} / {number(goal)}" if goal else number(target.planned)
            parts: list[QWidget | None] = [link(_(title), partial(self._open, key)), None, amount(figure)]
            if goal:
                share = round(100 * target.planned / goal)
                tone = "success" if share >= 90 else "info" if share >= 70 else "warning"
                parts.append(pill(_("{share} %").format(share=share), tone))
            self._rows.addLayout(line(*parts, margins=(0, 4, 0, 4)))
            self._rows.addWidget(rule())
        if not any(found[key].indicative for key, _title in self.SHOWN if key in found):
            self._rows.addWidget(
                label(_("Planned figures; type the targets of the agreement to compare."), "small", wrap=True)
            )

    def _open(self, key: str) -> None:
        if key == "accompanying":
            self._desk.show("mobilities", Wanted(search=_("role:accompanying"), quick=("planned",)))
        else:
            self._desk.show("mobilities", Wanted(quick=("planned", *filter(None, [self.QUICK.get(key)]))))
