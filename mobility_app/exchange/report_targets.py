"""The targets sheet: the Beneficiary Module's tables T1 and T2 per activity type, beside what was planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import Final

from mobility_app import i18n
from mobility_app.core.facts import Report, TargetLine
from mobility_app.exchange import report_words
from mobility_app.exchange.headings import Heading
from mobility_app.exchange.report_budget import share
from mobility_app.exchange.sheets import Workbook
from mobility_app.exchange.tables import (
    BAR,
    Column,
    Placed,
    bar,
    column_widths,
    finish,
    write_head,
    write_heading,
    write_row,
)

FIGURES: Final = ("indicative", "planned", "implemented")


@dataclass(frozen=True)
class Indicator:
    """One indicator: its total and its activity types."""

    total: TargetLine
    lines: tuple[TargetLine, ...]

    def adds_up(self, key: str) -> bool:
        """An average is not the sum of its activity types; then the total is a number, not a formula."""
        known = [value for line in self.lines if (value := getattr(line, key)) is not None]
        return bool(known) and sum(known) == getattr(self.total, key)


@dataclass(frozen=True)
class Targets:
    """Where the table landed, and the row of each indicator's total."""

    placed: Placed
    totals: dict[tuple[str, str], int] = field(default_factory=dict)  # (table, key) -> row


def indicators(report: Report) -> Iterator[Indicator]:
    """In the order of the report; an indicator without a total line is not shown as one."""
    order = {(line.table, line.key): place for place, line in reversed([*enumerate(report.targets)])}
    lines = sorted(report.targets, key=lambda line: order[line.table, line.key])
    for _name, group in groupby(lines, key=attrgetter("table", "key")):
        members = tuple(group)
        total = next((line for line in members if not line.activity), None)
        if total is not None:
            yield Indicator(total, tuple(line for line in members if line.activity and _says_something(line)))


def _says_something(line: TargetLine) -> bool:
    """An activity type for which nothing was foreseen and nothing happened is left out."""
    return bool(line.indicative or line.planned or line.implemented)


def target_columns(language: str) -> tuple[Column, ...]:
    _ = i18n.catalogue(language).gettext
    titles = (_("Indicative"), _("Planned"), _("Implemented"))
    figures = [
        Column(key, title, "integer", attrgetter(key), 14, _("not entered"))
        for key, title in zip(FIGURES, titles, strict=True)
    ]
    return (
        Column("table", _("Table"), "centred", attrgetter("table"), 9),
        Column("key", _("Indicator"), "wrapped", lambda line: _(report_words.TARGETS.get(line.key, line.key)), 42),
        Column("activity", _("Activity type"), "wrapped", lambda line: _activity(line.activity, language), 40),
        *figures,
        Column("share", _("% achieved"), "percent", _reached, 11, formula="{implemented}/{indicative}"),
        Column("bar", _("Progress"), "bar", lambda line: bar(_reached(line)), 11, formula=BAR),
    )  # fmt: skip


def _reached(line: TargetLine) -> float | None:
    return share(line.implemented, line.indicative)


def _activity(code: str, language: str) -> str:
    _ = i18n.catalogue(language).gettext
    return _(report_words.activity(code)) if code else _("Total")


def write_targets(workbook: Workbook, report: Report, heading: Heading) -> Targets:
    """Each indicator's total stands above its activity types."""
    _ = workbook.gettext
    sheet = workbook.sheet(_("Targets"))
    columns = target_columns(workbook.language)
    heading = heading.titled(_("Targets"))
    sheet.widths(column_widths(columns, [[column.value(line) for column in columns] for line in report.targets]))
    top = row = write_heading(sheet, heading)
    write_head(sheet, top, columns)
    totals = {}
    for indicator in indicators(report):
        row += 1
        totals[indicator.total.table, indicator.total.key] = row
        adding = _adding(columns, indicator, row)
        write_row(sheet, row, adding, indicator.total, "group", first=row)
        for line in indicator.lines:
            row += 1
            write_row(sheet, row, columns, line, "body", first=row)
    placed = Placed(sheet, top, top + 1, row, None, {column.key: index for index, column in enumerate(columns)})
    finish(placed, heading, 2)
    workbook.step(len(report.targets))
    return Targets(placed, totals)


def _adding(columns: tuple[Column, ...], indicator: Indicator, row: int) -> list[Column]:
    from xlsxwriter.utility import xl_range

    return [
        replace(column, formula=f"SUM({xl_range(row + 1, index, row + len(indicator.lines), index)})")
        if column.key in FIGURES and indicator.adds_up(column.key)
        else column
        for index, column in enumerate(columns)
    ]
