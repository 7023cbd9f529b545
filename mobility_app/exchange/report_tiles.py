"""The summary's tiles: the key figures of people and money, each with a word about what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mobility_app import i18n
from mobility_app.core.budget_sums import added, by_key
from mobility_app.core.facts import Report
from mobility_app.exchange.report_budget import share
from mobility_app.exchange.report_panels import Figure, write_figure
from mobility_app.exchange.sheets import Sheet, Workbook
from mobility_app.exchange.tables import Placed

WIDTH: Final = 7  # columns of a tile, one more between two
HEIGHTS: Final = (22, 34, 22, 12)  # pixels: label, figure, note, gap


@dataclass(frozen=True)
class Tile:
    label: str
    figure: Figure
    note: str = ""


def people(workbook: Workbook, report: Report, mobilities: Placed) -> Sequence[Tile]:
    _, ngettext, totals = workbook.gettext, workbook.ngettext, report.totals

    def count(name: str) -> int:
        return totals.get(name) or 0

    def said(name: str) -> str:
        return i18n.number(count(name), workbook.language)

    def figure(name: str, column: str) -> Figure:
        return Figure(count(name), formula=mobilities.total_cell(column))

    def of_all(name: str) -> str:
        ratio = share(count(name), count("mobilities"))
        return "" if ratio is None else _("{share} % of mobilities").format(share=round(ratio * 100))

    progress = _("{done} done · {under_way} under way · {to_come} to come")
    adults = ngettext("{n} accompanying person", "{n} accompanying persons", count("accompanying"))
    senders = ngettext("{n} sending organisation", "{n} sending organisations", count("senders"))
    hosts = ngettext("{n} host", "{n} hosts", count("hosts"))
    return (
        Tile(
            _("Planned mobilities"),
            figure("mobilities", "counted"),
            progress.format(done=said("done"), under_way=said("under_way"), to_come=said("to_come")),
        ),
        Tile(_("Persons"), Figure(count("persons")), adults.format(n=said("accompanying"))),
        Tile(_("Days of activity"), figure("total_days", "days"), _("travel days excluded")),
        Tile(
            _("Countries"),
            Figure(count("countries")),
            f"{senders.format(n=said('senders'))} · {hosts.format(n=said('hosts'))}",
        ),
        Tile(_("Fewer opportunities"), figure("inclusion", "fewer_opportunities"), of_all("inclusion")),
        Tile(_("Green journeys"), figure("green", "green"), of_all("green")),
    )


def money(workbook: Workbook, report: Report, budget: Placed) -> Sequence[Tile]:
    _, ngettext, everything = workbook.gettext, workbook.ngettext, added(report.budget)

    def amount(label: str, key: str, note: str = "") -> Tile:
        cents = getattr(everything, key)
        if cents is None:
            return Tile(label, Figure(_("not entered"), "whole_money"), note)
        return Tile(label, Figure(cents / 100, "whole_money", budget.total_cell(key)), note)

    sure = all(line.awarded is not None for line in by_key(report.budget))
    left = _("awarded less engaged") if sure else _("provisional: an awarded amount is missing")
    blocking = sum(finding.severity == "blocking" for finding in report.findings)
    urgent = ngettext("{n} blocking", "{n} blocking ones", blocking)
    return (
        amount(_("Awarded"), "awarded", _("by the agency")),
        amount(_("Planned"), "planned", _("all mobilities that count")),
        amount(_("Engaged"), "engaged", _("contract signed or started")),
        amount(_("Paid"), "paid", _("up to the day of the data")),
        amount(_("Left"), "left", left),
        Tile(_("To correct"), Figure(len(report.findings)), urgent.format(n=i18n.number(blocking, workbook.language))),
    )


def write_tiles(sheet: Sheet, row: int, tiles: Sequence[Tile]) -> int:
    """One row of tiles; returns the row below."""
    for place, tile in enumerate(tiles):
        first = place * (WIDTH + 1)
        last = first + WIDTH - 1
        sheet.merged(row, first, row, last, tile.label, "tile_label")
        write_figure(sheet, row + 1, first, last, tile.figure, "tile_figure")
        sheet.merged(row + 2, first, row + 2, last, tile.note, "tile_note")
    for offset, pixels in enumerate(HEIGHTS):
        sheet.worksheet.set_row_pixels(row + offset, pixels)
    return row + len(HEIGHTS)
