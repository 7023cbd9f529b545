"""The budget by line, on the first page."""

from __future__ import annotations

from mobility_app.core.budget_sums import by_key, provisional
from mobility_app.core.facts import BudgetLine, Report
from mobility_app.core.report_titles import BUDGET
from mobility_app.core.sums import typed_sum
from mobility_app.i18n import N_, _, money, ngettext, number
from mobility_app.ui.cards import Card, column, empty, line
from mobility_app.ui.charts import BarRow, Part, legend_entry
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.pills import pill, set_pill

# As short as the card needs them.
TITLES = BUDGET | {
    "linguistic_support": N_("Language support"),
    "inclusion_participant": N_("Inclusion, participants"),
    "inclusion_organisation": N_("Inclusion, organisations"),
}


class BudgetCard(Card):
    """The budget by line: paid, engaged and left of what was awarded (or of what is planned)."""

    def __init__(self, desk: Desk) -> None:
        self._pill = pill("", "warning")
        super().__init__(_("Budget"), corner=self._pill)
        self._desk = desk
        self._left = label("", "small")
        self._bars = column(spacing=0)
        legend = (legend_entry("chart", _("paid")), legend_entry("chart_light", _("engaged")))
        self.add(line(*legend, None, self._left, spacing=12))
        self.add(self._bars)

    def show_report(self, report: Report) -> None:
        empty(self._bars)
        lines = tuple(by_key(report.budget))
        for each in lines:
            self._bars.addWidget(self._row(each))
        awarded, engaged = typed_sum(each.awarded for each in lines), sum(each.engaged for each in lines)
        incomplete = report.totals["incomplete"] or 0
        left = _("of what is planned")
        if awarded is not None:
            amount = money(awarded - engaged)
            left = _("left {amount}").format(amount=amount)
            if provisional(lines):
                left = _("left {amount}, provisional: an award is missing").format(amount=amount)
        self._left.setText(left)
        self._pill.setVisible(bool(incomplete) or report.rates_state == "example")
        if report.rates_state == "example":
            set_pill(self._pill, _("Example rates"), "info")
        else:
            text = ngettext("{n} grant incomplete", "{n} grants incomplete", incomplete)
            set_pill(self._pill, text.format(n=number(incomplete)), "warning")

    def _row(self, of: BudgetLine) -> BarRow:
        whole = of.planned if of.awarded is None else of.awarded
        parts = [
            Part(of.paid, "chart", _("paid")),
            Part(max(of.engaged - of.paid, 0), "chart_light", _("engaged")),
        ]
        note = _("awarded {awarded}, planned {planned}, engaged {engaged}, paid {paid}").format(
            awarded=money(of.awarded), planned=money(of.planned), engaged=money(of.engaged), paid=money(of.paid)
        )
        figure = money(whole) if whole or not of.incomplete else _("unknown")
        made = BarRow(_(TITLES.get(of.key, of.key)), figure, parts, whole, note=note)
        made.clicked.connect(lambda _checked=False: self._desk.show("budget"))
        return made
