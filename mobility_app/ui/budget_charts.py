"""The two charts of the budget on their cards, with their legends."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mobility_app.core.facts import Report
from mobility_app.core.spending import Spending
from mobility_app.i18n import N_, _
from mobility_app.ui.budget_lines import by_line
from mobility_app.ui.cards import Card, column, line
from mobility_app.ui.charts import legend_entry
from mobility_app.ui.labels import label
from mobility_app.ui.lines_chart import SERIES, LinesChart
from mobility_app.ui.spending_chart import SpendingChart, summary

_NAMES = {"awarded": N_("Awarded"), "engaged": N_("Engaged"), "paid": N_("Paid")}


class BudgetCharts(QWidget):
    """`by_line` has the budget lines, `in_time` the calendar; the same figures as the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_line, self.in_time = LinesChart(), SpendingChart()
        self.summary = label("", "muted", wrap=True)
        lines = Card(_("By budget line"))
        lines.add(_legend(*_NAMES))
        lines.add(self.by_line, 1)
        time = Card(_("In time"))
        time.add(_legend("engaged", "paid"))
        time.add(self.in_time, 1)
        time.add(self.summary)
        both = line(lines, time, spacing=12)
        both.setStretch(0, 10)
        both.setStretch(1, 11)
        self.setLayout(column(both))

    def show_report(self, report: Report, spending: Spending | None) -> None:
        self.by_line.show_lines(by_line(report))
        self.in_time.show_spending(spending)
        self.summary.setText(
            summary(spending) if spending else _("Type the beginning and the end of the project to see its calendar.")
        )


def _legend(*keys: str) -> QHBoxLayout:
    colours = dict(SERIES)
    return line(*(legend_entry(colours[key], _(_NAMES[key])) for key in keys), None, spacing=14)
