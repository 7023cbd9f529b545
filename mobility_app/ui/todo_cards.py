"""The cards of the first page: each shows one answer of the report and opens the rows behind its figures."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from mobility_app.core import agenda
from mobility_app.core.facts import MobilityRow, Report
from mobility_app.core.wanted import Wanted
from mobility_app.i18n import N_, _, country_name, money, ngettext, number, render
from mobility_app.ui import words
from mobility_app.ui.buttons import link
from mobility_app.ui.cards import Card, amount, column, empty, line, rule, scrolled
from mobility_app.ui.charts import Bar, BarRow, Month, MonthColumns, Part, legend_entry
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.map import DestinationMap
from mobility_app.ui.pills import pill, set_pill

LINE_TITLES = {
    "organisational_support": N_("Organisational support"),
    "preparatory_visit": N_("Preparatory visits"),
    "financial_guarantee": N_("Financial guarantee"),
    "individual_support": N_("Individual support"),
    "travel_support": N_("Travel support"),
    "course_fees": N_("Course fees"),
    "linguistic_support": N_("Language support"),
    "inclusion_participant": N_("Inclusion, participants"),
    "inclusion_organisation": N_("Inclusion, organisations"),
    "exceptional_costs": N_("Exceptional costs"),
}


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


class DoneCard(Card):
    """How many mobilities are done, of the target or of those planned."""

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
        goal = next((t.indicative for t in report.targets if t.key == "participants" and not t.activity), None)
        whole = max(goal or 0, totals["mobilities"] or 0)
        self.figure.setText(number(done))
        self.of.setText(f"/ {number(goal or totals['mobilities'] or 0)}")
        self.bar.show_parts([Part(done, "success", _("Done")), Part(under_way, "chart", _("Abroad"))], whole)
        self.note.setText(
            _("{share} % done · {abroad} abroad · {coming} to come").format(
                share=round(100 * done / whole) if whole else 0, abroad=number(under_way), coming=number(to_come)
            )
        )

    def _open(self) -> None:
        self._desk.show("mobilities", Wanted(quick=("done",)))


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
        sums: dict[str, dict[str, int]] = {}
        awarded: dict[str, int] = {}
        for budget in report.budget:
            of = sums.setdefault(budget.key, dict.fromkeys(("planned", "engaged", "done", "paid", "incomplete"), 0))
            for name in of:
                of[name] += getattr(budget, name)
            if budget.awarded is not None:
                awarded[budget.key] = awarded.get(budget.key, 0) + budget.awarded
        for key, of in sums.items():
            self._bars.addWidget(self._row(key, of, awarded.get(key)))
        given, engaged = sum(awarded.values()), sum(of["engaged"] for of in sums.values())
        incomplete = report.totals["incomplete"] or 0
        left = _("left {amount}").format(amount=money(given - engaged)) if awarded else _("of what is planned")
        self._left.setText(left)
        self._pill.setVisible(bool(incomplete) or report.rates_state == "example")
        if report.rates_state == "example":
            set_pill(self._pill, _("Example rates"), "info")
        else:
            text = ngettext("{n} grant incomplete", "{n} grants incomplete", incomplete)
            set_pill(self._pill, text.format(n=number(incomplete)), "warning")

    def _row(self, key: str, of: dict[str, int], awarded: int | None) -> BarRow:
        title = _(LINE_TITLES.get(key, key))
        whole = awarded if awarded is not None else of["planned"]
        engaged = max(of["engaged"] - of["paid"], 0)
        parts = [Part(of["paid"], "chart", _("paid")), Part(engaged, "chart_light", _("engaged"))]
        note = _("awarded {awarded}, planned {planned}, engaged {engaged}, paid {paid}").format(
            awarded=money(awarded), planned=money(of["planned"]), engaged=money(of["engaged"]), paid=money(of["paid"])
        )
        figure = money(whole) if whole or not of["incomplete"] else _("unknown")
        made = BarRow(title, figure, parts, whole, note=note)
        made.clicked.connect(lambda _checked=False: self._desk.show("budget"))
        return made


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
