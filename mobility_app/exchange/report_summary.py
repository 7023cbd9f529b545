"""The first sheet: the whole project on one page, every figure tied to the sheet that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mobility_app import i18n
from mobility_app.core.facts import Report
from mobility_app.exchange import report_charts, report_words
from mobility_app.exchange.headings import Heading
from mobility_app.exchange.report_budget import added, by_key, share
from mobility_app.exchange.report_panels import Figure, Panel, share_of, write_figure, write_panel
from mobility_app.exchange.report_targets import FIGURES, Targets, indicators
from mobility_app.exchange.sheets import Sheet
from mobility_app.exchange.tables import Placed

GRID: Final = 47  # narrow columns, so that tiles and tables need not share their edges
CELL_PIXELS: Final = 22
TILE: Final = 7  # columns of a tile, one more between two
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


@dataclass(frozen=True)
class Tile:
    label: str
    figure: Figure
    note: str = ""


def write_summary(sheet: Sheet, report: Report, heading: Heading, places: Places) -> None:
    worksheet = sheet.worksheet
    worksheet.set_column_pixels(0, GRID - 1, CELL_PIXELS)
    worksheet.hide_row_col_headers()
    row = _write_title(sheet, report, heading)
    worksheet.freeze_panes(2, 0)
    row = _write_tiles(sheet, row, _people(sheet, report, places))
    row = _write_tiles(sheet, row, _money(sheet, report, places))
    budget = _write_budget(sheet, row, report, places.budget)
    targets = _write_targets(sheet, row, report, places.targets)
    row = max(budget.last, targets.last) + 2
    last = report_charts.insert(sheet, row, GRID * CELL_PIXELS, places.months, places.countries, budget)
    worksheet.print_area(0, 0, last, GRID - 1)
    sheet.print_setup(heading.title, heading.footer, pages_tall=1)


def _write_title(sheet: Sheet, report: Report, heading: Heading) -> int:
    sheet.merged(0, 0, 0, GRID - 1, heading.title, "title")
    sheet.merged(1, 0, 1, GRID - 1, heading.subtitle, "subtitle")
    sheet.worksheet.set_row_pixels(0, 34)
    row = 2
    for warning in heading.warnings:
        sheet.merged(row, 0, row, GRID - 1, warning, "warning")
        sheet.worksheet.set_row_pixels(row, 24)
        row += 1
    sheet.worksheet.set_row_pixels(row, 10)
    return row + 1


def _people(sheet: Sheet, report: Report, places: Places) -> Sequence[Tile]:
    workbook, totals = sheet.workbook, report.totals
    _, ngettext = workbook.gettext, workbook.ngettext

    def count(name: str) -> int:
        return totals.get(name) or 0

    def said(n: int) -> str:
        return i18n.number(n, workbook.language)

    progress = _("{done} done · {under_way} under way · {to_come} to come").format(
        done=said(count("done")), under_way=said(count("under_way")), to_come=said(count("to_come"))
    )
    adults = ngettext("{n} accompanying person", "{n} accompanying persons", count("accompanying"))
    senders = ngettext("{n} sending organisation", "{n} sending organisations", count("senders"))
    hosts = ngettext("{n} host", "{n} hosts", count("hosts"))
    places_said = f"{senders.format(n=said(count('senders')))} · {hosts.format(n=said(count('hosts')))}"

    def of_all(name: str) -> str:
        ratio = share(count(name), count("mobilities"))
        return "" if ratio is None else _("{share} % of mobilities").format(share=said(round(ratio * 100)))

    mobilities = places.mobilities
    return (
        Tile(_("Planned mobilities"), Figure(count("mobilities"), formula=mobilities.total_cell("counted")), progress),
        Tile(_("Persons"), Figure(count("persons")), adults.format(n=said(count("accompanying")))),
        Tile(_("Days of activity"), Figure(count("total_days"), formula=mobilities.total_cell("days")), _("travel days excluded")),
        Tile(_("Countries"), Figure(count("countries")), places_said),
        Tile(_("Fewer opportunities"), Figure(count("inclusion"), formula=mobilities.total_cell("fewer_opportunities")),
             of_all("inclusion")),
        Tile(_("Green journeys"), Figure(count("green"), formula=mobilities.total_cell("green")), of_all("green")),
    )  # fmt: skip


def _money(sheet: Sheet, report: Report, places: Places) -> Sequence[Tile]:
    workbook, everything = sheet.workbook, added(report.budget)
    _, ngettext = workbook.gettext, workbook.ngettext

    def amount(label: str, key: str, note: str = "") -> Tile:
        cents = getattr(everything, key)
        if cents is None:
            return Tile(label, Figure(_("not entered"), "text"), note)
        return Tile(label, Figure(cents / 100, "whole_money", places.budget.total_cell(key)), note)

    blocking = sum(finding.severity == "blocking" for finding in report.findings)
    urgent = ngettext("{n} blocking", "{n} blocking ones", blocking).format(n=i18n.number(blocking, workbook.language))
    return (
        amount(_("Awarded"), "awarded", _("by the agency")),
        amount(_("Planned"), "planned", _("all mobilities that count")),
        amount(_("Engaged"), "engaged", _("contract signed or started")),
        amount(_("Paid"), "paid", _("up to the day of the data")),
        amount(_("Left"), "left", _("awarded less engaged")),
        Tile(_("To correct"), Figure(len(report.findings)), urgent),
    )


def _write_tiles(sheet: Sheet, row: int, tiles: Sequence[Tile]) -> int:
    for place, tile in enumerate(tiles):
        first = place * (TILE + 1)
        last = first + TILE - 1
        sheet.merged(row, first, row, last, tile.label, "tile_label")
        write_figure(sheet, row + 1, first, last, tile.figure, "tile_figure")
        sheet.merged(row + 2, first, row + 2, last, tile.note, "tile_note")
    for offset, pixels in enumerate((22, 34, 22, 12)):
        sheet.worksheet.set_row_pixels(row + offset, pixels)
    return row + 4


def _write_budget(sheet: Sheet, top: int, report: Report, budget: Placed) -> Panel:
    """One row a budget line, its activity types added up."""
    _ = sheet.workbook.gettext
    rows = []
    for row, line in enumerate(by_key(report.budget), top + 1):
        title = _(report_words.BUDGET.get(line.key, line.key))
        amounts = [
            _amount(getattr(line, name), _sum_of(budget, name, title), _("not entered")) for name in PANEL_AMOUNTS
        ]
        rows.append((title, (*amounts, share_of(row, LEFT, 2, 1, share(line.engaged, line.awarded)))))
    titles = (_("Budget"), _("Awarded"), _("Engaged"), _("Paid"), _("% engaged"))
    return write_panel(sheet, top, LEFT, titles, rows)


def _amount(cents: int | None, formula: str, unknown: str) -> Figure:
    return Figure(unknown, "text") if cents is None else Figure(cents / 100, "whole_money", formula)


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
            return Figure(_("not entered"), "text") if value is None else Figure(value, formula=formula)

        figures = [cell(key, getattr(line, key)) for key in FIGURES]
        ratio = share(line.implemented, line.indicative)
        rows.append((_(report_words.TARGETS.get(line.key, line.key)), (*figures, share_of(row, RIGHT, 3, 1, ratio))))
    titles = (_("Targets"), _("Indicative"), _("Planned"), _("Implemented"), _("% achieved"))
    return write_panel(sheet, top, RIGHT, titles, rows)
