"""The first sheet: the whole project on one page, every figure tied to the sheet that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mobility_app import i18n
from mobility_app.core.budget_sums import by_key
from mobility_app.core.facts import ProjectRow, Report
from mobility_app.exchange import report_charts, report_words
from mobility_app.exchange.headings import Heading
from mobility_app.exchange.report_budget import share
from mobility_app.exchange.report_panels import Figure, Panel, progress, write_panel
from mobility_app.exchange.report_targets import FIGURES, Targets, indicators
from mobility_app.exchange.report_tiles import money, people, write_tiles
from mobility_app.exchange.sheets import Sheet
from mobility_app.exchange.tables import Placed

GRID: Final = 47  # narrow columns, so that tiles and tables need not share their edges
CELL_PIXELS: Final = 22
LEFT, RIGHT = 0, 24  # where the two halves begin
PANEL_AMOUNTS: Final = ("awarded", "engaged", "paid")


@dataclass(frozen=True)
class Places:
    """The other sheets, whose cells the summary points at."""

    mobilities: Placed
    budget: Placed
    targets: Targets
    countries: Placed
    organisations: Placed
    months: Placed
    findings: Placed


def write_summary(sheet: Sheet, report: Report, heading: Heading, places: Places) -> None:
    worksheet = sheet.worksheet
    worksheet.set_column_pixels(0, GRID - 1, CELL_PIXELS)
    worksheet.hide_row_col_headers()
    row = _write_title(sheet, report, heading)
    worksheet.freeze_panes(1, 0)
    row = write_tiles(sheet, row, people(sheet.workbook, report, places.mobilities))
    row = write_tiles(sheet, row, money(sheet.workbook, report, places.budget))
    budget = _write_budget(sheet, row, report, places.budget)
    targets = _write_targets(sheet, row, report, places.targets)
    row = max(budget.last, targets.last) + 2
    largest = max((max(line.awarded or 0, line.planned, line.engaged) for line in by_key(report.budget)), default=0)
    last = report_charts.insert(sheet, row, GRID * CELL_PIXELS, places.months, places.countries, budget, largest)
    worksheet.print_area(0, 0, last, GRID - 1)
    sheet.print_setup(heading.title, heading.footer, pages_tall=1)


def _write_title(sheet: Sheet, report: Report, heading: Heading) -> int:
    """Title, which project and grant it is, where the data come from, and the warnings; returns the next free row."""
    lines = ((heading.title, "title"), (_grant(sheet, report.project), "bold"), (heading.subtitle, "subtitle"))
    for row, (words, look) in enumerate((*lines, *((warning, "warning") for warning in heading.warnings))):
        sheet.merged(row, 0, row, GRID - 1, words, look)
        sheet.worksheet.set_row_pixels(row, 34 if look == "title" else 24 if look == "warning" else 19)
    row = len(lines) + len(heading.warnings)
    sheet.worksheet.set_row_pixels(row, 10)
    return row + 1


def _grant(sheet: Sheet, project: ProjectRow) -> str:
    """Call, action, period and coordinator, as far as they are known."""
    _, language = sheet.workbook.gettext, sheet.workbook.language
    parts = [_("Call {year}").format(year=project.call_year), project.action]
    if project.start and project.end:
        period = _("from {start} to {end}")
        parts.append(period.format(start=i18n.date(project.start, language), end=i18n.date(project.end, language)))
    if project.coordinator:
        parts.append(_("coordinated by {name}").format(name=project.coordinator))
    return " · ".join(parts)


def _write_budget(sheet: Sheet, top: int, report: Report, budget: Placed) -> Panel:
    """One row a budget line, its activity types added up."""
    _ = sheet.workbook.gettext
    rows = []
    for row, line in enumerate(by_key(report.budget), top + 1):
        title = _(report_words.BUDGET.get(line.key, line.key))
        amounts = [
            _amount(getattr(line, name), _sum_of(budget, name, title), _("not entered")) for name in PANEL_AMOUNTS
        ]
        rows.append((title, (*amounts, *progress(row, LEFT, 2, 1, share(line.engaged, line.awarded)))))
    titles = (_("Budget"), _("Awarded"), _("Engaged"), _("Paid"), _("% engaged"))
    return write_panel(sheet, top, LEFT, titles, rows)


def _amount(cents: int | None, formula: str, unknown: str) -> Figure:
    return (
        Figure(unknown, "whole_money", unknown=True) if cents is None else Figure(cents / 100, "whole_money", formula)
    )


def _sum_of(budget: Placed, name: str, title: str) -> str:
    """The lines of that title on the budget sheet, whatever their activity type."""
    quoted = title.replace('"', '""')
    return f'SUMIFS({budget.cells(name)},{budget.cells("line")},"{quoted}")'


def _write_targets(sheet: Sheet, top: int, report: Report, targets: Targets) -> Panel:
    """One row an indicator: its total over all activity types."""
    _ = sheet.workbook.gettext
    placed, rows = targets.placed, []
    for row, indicator in enumerate(indicators(report), top + 1):
        line = indicator.total
        place = targets.totals[line.table, line.key]

        def cell(key: str, value: int | None, place: int = place) -> Figure:
            formula = placed.sheet.address(place, placed.columns[key])
            return Figure(_("not entered"), unknown=True) if value is None else Figure(value, formula=formula)

        figures = [cell(key, getattr(line, key)) for key in FIGURES]
        ratio = share(line.implemented, line.indicative)
        rows.append((_(report_words.TARGETS.get(line.key, line.key)), (*figures, *progress(row, RIGHT, 3, 1, ratio))))
    titles = (_("Targets"), _("Indicative"), _("Planned"), _("Implemented"), _("% achieved"))
    return write_panel(sheet, top, RIGHT, titles, rows)
