"""Who leaves, where to and when, on the first page."""

from __future__ import annotations

import datetime as dt

from mobility_app.core import agenda
from mobility_app.core.facts import MobilityRow, Report
from mobility_app.core.wanted import Wanted
from mobility_app.i18n import _, country_name, ngettext, number
from mobility_app.ui import words
from mobility_app.ui.buttons import link
from mobility_app.ui.cards import Card, column, empty, line, rule
from mobility_app.ui.charts import Month, MonthColumns
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.map import DestinationMap


class MovesCard(Card):
    """Who leaves and who returns within two weeks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Leaving and returning soon"))
        self._desk = desk
        self._rows = column(spacing=0)
        self.add(self._rows)
        self.body.addStretch(1)

    def show_report(self, report: Report) -> None:
        empty(self._rows)
        today, end = report.today, report.today + dt.timedelta(agenda.HORIZON)
        leaving = [row for row in report.mobilities if row.planned and row.first_day and today <= row.first_day <= end]
        coming = [row for row in report.mobilities if row.planned and row.last_day and today <= row.last_day <= end]
        head = ngettext("{n} departure", "{n} departures", len(leaving)).format(n=number(len(leaving)))
        self._add(leaving, "first_day", head, _("Departures within 14 days"))
        head = ngettext("{n} return", "{n} returns", len(coming)).format(n=number(len(coming)))
        self._add(coming, "last_day", head, _("Returns within 14 days"))

    def _add(self, rows: list[MobilityRow], day: str, head: str, title: str) -> None:
        rows.sort(key=lambda row: getattr(row, day))
        if rows:
            first = rows[0]
            ids = tuple(row.id for row in rows)
            head_line = line(
                label(head, "strong"),
                None,
                link(_("Open ›"), lambda: self._desk.show("mobilities", Wanted(ids=ids, title=title)), name=title),
            )
            where = first.town or (country_name(first.country) if first.country else "")
            next_one = _("{date}: {who}").format(
                date=words.near(getattr(first, day), self._desk.today),
                who=", ".join(filter(None, (first.full_name, where))),
            )
            self._rows.addLayout(column(head_line, ElidedLabel(next_one, "small"), margins=(0, 4, 0, 4), spacing=0))
        else:
            self._rows.addLayout(column(label(head, "muted"), margins=(0, 6, 0, 6)))
        self._rows.addWidget(rule())


class MapCard(Card):
    """Where people go."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Destinations"))
        self._desk = desk
        self.map = DestinationMap(_("Destinations"))
        self.map.chosen.connect(lambda code: desk.show("mobilities", Wanted(countries=(code,), quick=("planned",))))
        self._most = label("", "small", wrap=True)
        self.add(self.map)
        self.add(self._most)

    def show_report(self, report: Report) -> None:
        counts = {tally.key: tally.mobilities for tally in report.by_country if tally.key}
        self.map.show_counts(counts, home=report.project.agency[:2])
        self.note.setText(ngettext("{n} country", "{n} countries", len(counts)).format(n=len(counts)))
        most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:4]
        text = " · ".join(f"{country_name(code)} {number(count)}" for code, count in most)
        if outside := self.map.outside():
            far = ", ".join(f"{country_name(code)} {number(count)}" for code, count in outside.items())
            text += "\n" + _("Outside the map: {countries}").format(countries=far)
        self._most.setText(text)


class MonthsCard(Card):
    """When people leave."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Departures by month"))
        self.chart = MonthColumns(_("Departures by month"))
        self.chart.setFixedHeight(126)
        self.chart.chosen.connect(lambda month: desk.show("mobilities", Wanted(month=month)))
        self.add(self.chart)

    def show_report(self, report: Report) -> None:
        now = report.today.replace(day=1)
        gone = sum(1 for row in report.mobilities if row.planned and row.first_day and row.first_day <= report.today)
        all_ = sum(count for _month, count in report.departures_by_month)
        self.note.setText(_("{n} of {total} planned").format(n=number(gone), total=number(all_)))
        self.chart.show_months([_month(day, count, now) for day, count in report.departures_by_month[-18:]])


def _month(day: dt.date, count: int, now: dt.date) -> Month:
    from babel.dates import format_date

    from mobility_app.i18n import LOCALES, current

    locale = LOCALES[current()]
    letter = format_date(day, "LLLLL", locale=locale)
    return Month(f"{day:%Y-%m}", letter, format_date(day, "LLLL y", locale=locale), count, marked=day == now)
