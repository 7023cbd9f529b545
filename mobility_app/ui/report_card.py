"""The agency report before it is written: the figures that will be in it, what may be wrong with them, its language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from mobility_app.core.budget_sums import added, provisional
from mobility_app.core.facts import Report, Tally
from mobility_app.core.views import View
from mobility_app.core.wanted import Wanted
from mobility_app.i18n import N_, _, country_name, money, ngettext, number
from mobility_app.ui.buttons import link
from mobility_app.ui.cards import Card, amount, column, empty, line, rule
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.notices import Banner
from mobility_app.ui.report_foot import ReportFoot

# The figures of the report's first sheet, in their order: (key of `totals`, English title).
FIGURES = (
    ("mobilities", N_("Mobilities")),
    ("persons", N_("Persons")),
    ("total_days", N_("Days in all")),
    ("countries", N_("Countries")),
    ("done", N_("Implemented")),
    ("under_way", N_("Under way")),
    ("to_come", N_("To come")),
    ("accompanying", N_("Accompanying persons")),
    ("green", N_("Green travel")),
    ("inclusion", N_("Fewer opportunities")),
    ("senders", N_("Schools")),
    ("hosts", N_("Hosts")),
)
ACROSS = 4
MOST = 7  # countries and schools shown; the report has them all


class ReportCard(Card):
    """`written` tells the file."""

    written = Signal(Path)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Report for the agency"), parent=parent)
        self._desk = desk
        self.figures: dict[str, QLabel] = {}
        self.doubts = Banner("", "warning", [link(_("See what to correct"), self._open_findings)])
        self.doubts.hide()
        self._budget = QGridLayout()
        self._budget.setVerticalSpacing(6)
        self._countries, self._schools = column(spacing=0), column(spacing=0)
        self.foot = ReportFoot(desk)
        self.foot.written.connect(self.written)
        self.add(ElidedLabel(_("One Excel workbook; its figures are those of the window, to the cent."), "muted"))
        self.add(self._tiles())
        self.add(self.doubts)
        self.add(rule())
        self.add(self._budget)
        self.add(rule())
        tallies = line(
            column(label(_("By country"), "strong"), self._countries, None, spacing=4),
            column(label(_("By school"), "strong"), self._schools, None, spacing=4),
            spacing=24,
        )
        for place in (0, 1):
            tallies.setStretch(place, 1)
        self.add(tallies)
        self.body.addStretch(1)
        self.add(self.foot)

    def _tiles(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        for place, (key, title) in enumerate(FIGURES):
            figure = self.figures[key] = label("", "tile")
            figure.setAccessibleName(_(title))
            grid.addLayout(column(figure, label(_(title), "small"), spacing=0), place // ACROSS, place % ACROSS)
        for place in range(ACROSS):
            grid.setColumnStretch(place, 1)
        return grid

    def show_report(self, report: Report, views: Sequence[View]) -> None:
        self.foot.show_report(report, views)
        for key, figure in self.figures.items():
            value = report.totals.get(key)
            figure.setText(_("unknown") if value is None else number(value))
        self.doubts.say(_doubts(report))
        self._show_budget(report)
        _show_tallies(self._countries, report.by_country, country_name)
        _show_tallies(self._schools, report.by_organisation, str)

    def _show_budget(self, report: Report) -> None:
        empty(self._budget)
        whole = added(report.budget)
        sums = (
            (_("Awarded"), whole.awarded),
            (_("Planned"), whole.planned),
            (_("Engaged"), whole.engaged),
            (_("Paid"), whole.paid),
            (_("Left, provisional") if provisional(report.budget) else _("Left"), whole.left),
        )
        for place, (title, cents) in enumerate(sums):
            self._budget.addWidget(label(title, "small"), 0, place)
            text = _("not entered") if cents is None else money(cents)
            self._budget.addWidget(label(text, "strong"), 1, place)
            self._budget.setColumnStretch(place, 1)

    def _open_findings(self) -> None:
        self._desk.show("mobilities", Wanted(quick=("findings",)))


def _doubts(report: Report) -> str:
    """Why a figure may still move: unknown amounts, findings nobody has answered, invented rates."""
    said = []
    if report.rates_state == "example":
        said.append(_("Example rates, invented: none of these amounts may be used for a real project."))
    if incomplete := report.totals.get("incomplete") or 0:
        text = ngettext(
            "{n} grant is not complete: its unknown amounts are not counted.",
            "{n} grants are not complete: their unknown amounts are not counted.",
            incomplete,
        )
        said.append(text.format(n=number(incomplete)))
    if found := sum(not finding.answer for finding in report.findings):
        text = ngettext("{n} point is to be corrected.", "{n} points are to be corrected.", found)
        said.append(text.format(n=number(found)))
    return " ".join(said)


def _show_tallies(place: QVBoxLayout, tallies: Sequence[Tally], name: Callable[[str], str]) -> None:
    empty(place)
    ordered = sorted(tallies, key=lambda tally: -tally.mobilities)
    for tally in ordered[:MOST]:
        row = line(
            ElidedLabel(name(tally.key) or _("unknown")),
            amount(number(tally.mobilities), "muted"),
            margins=(0, 2, 0, 2),
        )
        row.setStretch(0, 1)
        place.addLayout(row)
    if len(ordered) > MOST:
        text = _("and {n} more, all of them in the report").format(n=number(len(ordered) - MOST))
        place.addWidget(label(text, "small"))
