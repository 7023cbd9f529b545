"""The agency report's two pages for a steering committee: the same figures, charts and a map, as tagged PDF/A."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import cos, pi, sin
from pathlib import Path

from mobility_app import i18n
from mobility_app.core.facts import BudgetLine, Report, Tally
from mobility_app.core.report_titles import BUDGET, TARGETS
from mobility_app.documents import emblem, europe_map, pdfa
from mobility_app.documents.facts_table import GREY, INK
from mobility_app.documents.letters import MM, REGULAR, SEMIBOLD, Style, clean, fit, wrap
from mobility_app.documents.page import HEIGHT, WIDTH, Colour, Paper

LEFT, RIGHT = 18.0, WIDTH - 18.0
PALE: Colour = (0.945, 0.957, 0.98)
LIGHT: Colour = (0.63, 0.74, 0.90)
WHITE: Colour = (1.0, 1.0, 1.0)
LAND: Colour = (0.87, 0.885, 0.91)
AMBER: Colour = (0.60, 0.36, 0.0)
BLUE = emblem.BLUE
SMALLEST = 2.4  # millimetres, of a country that is seen without help
TITLE = Style(SEMIBOLD, 22, 26, BLUE, -0.2)
SUBTITLE = Style(REGULAR, 9.5, 13, GREY)
HEAD = Style(SEMIBOLD, 12, 15, BLUE)
FIGURE = Style(SEMIBOLD, 20, 24, INK, -0.3)
SAID = Style(REGULAR, 8.5, 11, INK)
STRONG = Style(SEMIBOLD, 8.5, 11, INK)
SMALL = Style(REGULAR, 7.5, 10, GREY)
WARNING = Style(SEMIBOLD, 8.5, 12, AMBER)


def write(path: str | Path, report: Report, language: str = "fr", warnings: Sequence[str] = ()) -> None:
    """Two pages; `warnings` say how sure the amounts are. Raises UserError where the disk or the folder refuses."""
    pdfa.write(draw(report, language, warnings), path, _about(report, language))


def _about(report: Report, language: str) -> pdfa.About:
    title = i18n.catalogue(language).gettext("Summary of the project")
    author = clean(report.project.coordinator) or clean(report.project.reference)
    identifier = f"SUMMARY|{report.project.reference}|{report.today.isoformat()}"
    return pdfa.About(f"{title} {clean(report.project.reference)}", (language,), author, identifier, report.today)


def draw(report: Report, language: str, warnings: Sequence[str]) -> Paper:
    paper = Paper()
    pages = _Pages(paper, report, language)
    with paper.group("Sect", language):
        y = pages.head(warnings)
        y = pages.tiles(y + 4)
        y = pages.budget(y + 8)
        pages.months(y + 6)
        pages.foot(1)
    paper.end_page()
    with paper.group("Sect", language):
        y = pages.where(20.0)
        y = pages.schools(y + 6)
        pages.targets(y + 6)
        pages.foot(2)
    paper.end_page()
    return paper


class _Pages:
    """What both pages share: the paper, the figures, the language; each part returns the height where it ends."""

    def __init__(self, paper: Paper, report: Report, language: str) -> None:
        self.paper, self.report, self.language = paper, report, language
        self._ = i18n.catalogue(language).gettext

    def number(self, value: int | None) -> str:
        return self._("unknown") if value is None else i18n.number(value, self.language)

    def total(self, key: str) -> int:
        return self.report.totals.get(key) or 0

    # The first page

    def head(self, warnings: Sequence[str]) -> float:
        _, project = self._, self.report.project
        kind, high = project.statement, 11.0
        left = RIGHT - emblem.breadth(kind, (self.language,), high)
        said = emblem.statement(kind, self.language)
        with self.paper.element("Figure", alt=said, box=(left, 14.0, RIGHT, 14.0 + high)):
            emblem.draw_with_statement(self.paper, RIGHT, 14.0, high, kind, (self.language,))
        self.paper.text(LEFT, 24, _("Summary of the project"), TITLE, "H1")
        named = f"{clean(project.reference)} · {clean(project.title)}".strip(" ·")
        lines = wrap(named, SUBTITLE, (left - LEFT - 6) * MM)[:2]
        as_of = _("data of {day}").format(day=i18n.date(self.report.today, self.language))
        if self.report.filter_text:
            as_of = f"{as_of} · {clean(self.report.filter_text)}"
        self.paper.text(LEFT, 31, [*lines, as_of], SUBTITLE)
        y = 31 + 4.6 * (len(lines) + 1)
        for warning in warnings:
            broken = wrap(clean(warning), WARNING, (RIGHT - LEFT) * MM)
            self.paper.text(LEFT, y + 2, broken, WARNING)
            y += 4.3 * len(broken) + 1
        return y

    def tiles(self, y: float) -> float:
        _ = self._
        share = round(100 * self.total("green") / self.total("mobilities")) if self.total("mobilities") else 0
        tiles = (
            (_("Planned mobilities"), self.number(self.total("mobilities"))),
            (_("Done"), self.number(self.total("done"))),
            (_("Persons"), self.number(self.total("persons"))),
            (_("Days of activity"), self.number(self.total("total_days"))),
            (_("Countries"), self.number(self.total("countries"))),
            (_("Host organisations"), self.number(self.total("hosts"))),
            (_("Fewer opportunities"), self.number(self.total("inclusion"))),
            (_("Green travel"), f"{self.number(self.total('green'))} ({share} %)"),
        )
        room, high = (RIGHT - LEFT + 4) / 4, 20.0
        for place, (label, figure) in enumerate(tiles):
            x, top = LEFT + place % 4 * room, y + place // 4 * (high + 4)
            with self.paper.decoration():
                self.paper.bars([(x, top, x + room - 4, top + high)], PALE)
                self.paper.bars([(x, top, x + room - 4, top + 0.8)], BLUE)
            with self.paper.group("Sect"):
                self.paper.text(x + 3, top + 6.5, label, SMALL)
                self.paper.text(x + 3, top + 15.5, *_line(figure, FIGURE, room - 10))
        return y + 2 * (high + 4)

    def budget(self, y: float) -> float:
        """One bar a line: what is awarded, and within it what is engaged."""
        _ = self._
        self.paper.text(LEFT, y, _("Budget by line: engaged within awarded"), HEAD, "H2")
        lines = _by_line(self.report.budget)
        largest = max((max(line.awarded or 0, line.engaged) for line in lines), default=0) or 1
        start, end = LEFT + 52, RIGHT - 52
        y += 5
        for line in lines:
            title = _(BUDGET.get(line.key, line.key))
            amounts = self._of(line)
            with self.paper.decoration():
                long = (end - start) / largest
                self.paper.bars([(start, y, start + long * (line.awarded or 0), y + 4)], LIGHT)
                self.paper.bars([(start, y + 0.9, start + long * line.engaged, y + 3.1)], BLUE)
            with self.paper.group("Sect"):
                self.paper.text(LEFT, y + 3, title, SAID)
                self.paper.text(RIGHT, y + 3, amounts, SAID, align="right")
            y += 7
        return y

    def _of(self, line: BudgetLine) -> str:
        engaged = i18n.money(round(line.engaged, -2), self.language)
        if line.awarded is None:
            return self._("{engaged} (awarded: not entered)").format(engaged=engaged)
        awarded = i18n.money(round(line.awarded, -2), self.language)
        return self._("{engaged} of {awarded}").format(engaged=engaged, awarded=awarded)

    def months(self, y: float) -> None:
        _ = self._
        self.paper.text(LEFT, y + 4, _("Departures by month"), HEAD, "H2")
        departures = self.report.departures_by_month
        if not departures:
            self.paper.text(LEFT, y + 11, _("nothing to show yet"), SAID)
            return
        top, foot = y + 12, min(y + 58, HEIGHT - 34)
        most, room = max(count for _month, count in departures), (RIGHT - LEFT) / len(departures)
        named = [f"{month:%m/%Y} : {count}" for month, count in departures]
        with self.paper.element("Figure", alt="; ".join(named), box=(LEFT, top - 4, RIGHT, foot + 5)):
            for place, (month, count) in enumerate(departures):
                x = LEFT + (place + 0.5) * room
                height = (foot - top) * count / (most or 1)
                wide = min(room * 0.6, 12)
                self.paper.bars([(x - wide / 2, foot - height, x + wide / 2, foot)], BLUE)
                self.paper.letters(x, foot - height - 1.2, str(count), SMALL, "centre")
                self.paper.letters(x, foot + 4, f"{month:%m/%y}", SMALL, "centre")

    def foot(self, page: int) -> None:
        said = f"{clean(self.report.project.reference)} · {self._('page {page}/{pages}').format(page=page, pages=2)}"
        with self.paper.decoration():
            self.paper.letters(RIGHT, HEIGHT - 12, said, SMALL, "right")

    # The second page

    def where(self, y: float) -> float:
        _ = self._
        self.paper.text(LEFT, y, _("Mobilities by country"), HEAD, "H2")
        known = [tally for tally in self.report.by_country if tally.key]
        counts = {tally.key: tally.mobilities for tally in known}
        wide = 106.0
        high, top = wide * europe_map.shape(), y + 4
        named = [f"{i18n.country_name(code, self.language)} {count}" for code, count in counts.items()]
        with self.paper.element("Figure", alt="; ".join(named) or "–", box=(LEFT, top, LEFT + wide, top + high)):
            most = max(counts.values(), default=1)
            for code, rings in europe_map.outlines().items():
                shapes = [[(LEFT + x * wide, top + yy * wide) for x, yy in ring] for ring in rings]
                self.paper.path(shapes, _shade(counts.get(code, 0), most), WHITE)
                if code in counts and (dot := _dot(shapes)):
                    self.paper.path([dot], _shade(counts[code], most), WHITE)
        self._ranking(known[:14], LEFT + wide + 6, top + 3)
        return top + high

    def _ranking(self, tallies: Sequence[Tally], x: float, y: float) -> None:
        most = max((tally.mobilities for tally in tallies), default=1)
        long = RIGHT - x - 42
        for tally in tallies:
            with self.paper.decoration():
                self.paper.bars([(x + 32, y - 2.6, x + 32 + long * tally.mobilities / most, y + 0.4)], BLUE)
            with self.paper.group("Sect"):
                name = i18n.country_name(tally.key, self.language)
                self.paper.text(x, y, *_line(name, SAID, 31))
                self.paper.text(RIGHT, y, self.number(tally.mobilities), STRONG, align="right")
            y += 6

    def schools(self, y: float) -> float:
        _ = self._
        rows = [
            (clean(tally.key) or _("unknown"), *(self.number(n) for n in (tally.mobilities, tally.days, tally.green)))
            for tally in self.report.by_organisation[:12]
        ]
        titles = (_("Sending organisation"), _("Mobilities"), _("Days of activity"), _("Green travel"))
        y = self._table(y, _("Mobilities by organisation"), titles, rows)
        if len(self.report.by_organisation) > 12:
            more = _("and {n} more").format(n=len(self.report.by_organisation) - 12)
            self.paper.text(LEFT, y, more, SMALL)
            y += 4
        return y

    def targets(self, y: float) -> None:
        _ = self._
        lines = [line for line in self.report.targets if not line.activity and (line.indicative or line.planned)]
        rows = [
            (
                _(TARGETS.get(line.key, line.key)),
                _("not entered") if line.indicative is None else self.number(line.indicative),
                self.number(line.planned),
                self.number(line.implemented),
            )
            for line in lines
        ]
        titles = (_("Indicator"), _("Indicative"), _("Planned"), _("Implemented"))
        room = int((HEIGHT - 24 - y - 12) / 5.4)
        self._table(y, _("Targets"), titles, rows[:room])

    def _table(self, y: float, title: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> float:
        """The first column at the left, figures at the right; a real table for whoever listens to the page."""
        self.paper.text(LEFT, y + 3, title, HEAD, "H2")
        y += 10
        with self.paper.group("Table"):
            self._row(y, titles, STRONG, "TH")
            with self.paper.decoration():
                self.paper.rule(LEFT, y + 1.8, RIGHT, y + 1.8, 0.3, BLUE)
            for row in rows:
                y += 5.4
                self._row(y, row, SAID, "TD")
        return y + 4

    def _row(self, y: float, cells: Sequence[str], style: Style, tag: str) -> None:
        with self.paper.group("TR"):
            for place, cell in enumerate(cells):
                if place == 0:
                    self.paper.text(LEFT, y, *_line(cell, style, 96), tag)
                else:
                    x = RIGHT - (len(cells) - 1 - place) * 26
                    self.paper.text(x, y, *_line(cell, style, 25), tag, align="right")


def _line(text: str, style: Style, room: float) -> tuple[str, Style]:
    """In one line of `room` millimetres: in smaller letters, and cut at the very end."""
    lines, shown = fit(text, style, room * MM, 1, 6)
    return (text if len(lines) == 1 else f"{lines[0]}…"), shown


def _by_line(lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    """The activity types of a line together; lines of which nothing is known are left out."""
    groups: dict[str, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        groups[line.key].append(line)
    found = []
    for key, group in groups.items():
        awarded = [line.awarded for line in group if line.awarded is not None]
        sums = (sum(getattr(line, name) for line in group) for name in ("planned", "engaged", "done", "paid"))
        whole = BudgetLine(key, "", sum(awarded) if awarded else None, *sums)
        if whole.awarded or whole.planned or whole.engaged:
            found.append(whole)
    return found


def _dot(shapes: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float]]:
    """A dot on a country that is too small to be seen, such as Malta; nothing on the others."""
    xs, ys = zip(*(point for shape in shapes for point in shape), strict=True)
    if max(max(xs) - min(xs), max(ys) - min(ys)) > SMALLEST:
        return []
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    turns = (2 * pi * n / 16 for n in range(16))
    return [(x + SMALLEST / 2 * cos(turn), y + SMALLEST / 2 * sin(turn)) for turn in turns]


def _shade(count: int, most: int) -> Colour:
    """Grey where nobody goes, then from light to the emblem's blue."""
    if not count:
        return LAND
    part = 0.25 + 0.75 * count / most
    red, green, blue = (pale + (full - pale) * part for pale, full in zip(LIGHT, BLUE, strict=True))
    return red, green, blue
