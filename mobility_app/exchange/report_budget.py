"""The budget sheet: the project's own lines, then each activity type, then how organisational support was counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Final

from mobility_app import i18n
from mobility_app.core.budget import PROJECT_LINES
from mobility_app.core.budget_sums import added, by_key
from mobility_app.core.facts import BudgetLine, GrantLine, Report
from mobility_app.exchange import report_words
from mobility_app.exchange.headings import Heading
from mobility_app.exchange.sheets import Sheet, Workbook
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

SUMS: Final = ("awarded", "planned", "engaged", "done", "paid")


def groups(lines: Sequence[BudgetLine], language: str) -> Iterator[tuple[str, tuple[BudgetLine, ...]]]:
    """The project's own lines under their title, then each activity type's; stays without one come last."""
    _ = i18n.catalogue(language).gettext
    own = [line for line in lines if line.key in PROJECT_LINES]
    if own:
        yield _("Project"), tuple(by_key(own))
    rest = [line for line in lines if line.key not in PROJECT_LINES]
    for activity in sorted(dict.fromkeys(line.activity for line in rest), key=lambda code: code == ""):
        yield activity_title(activity, language), tuple(line for line in rest if line.activity == activity)


def activity_title(code: str, language: str) -> str:
    _ = i18n.catalogue(language).gettext
    return _(report_words.activity(code)) if code else _("Activity type unknown")


def share(part: int | None, whole: int | None) -> float | None:
    """A ratio; nothing when there is nothing to compare with."""
    return None if part is None or not whole else part / whole


def budget_columns(language: str, group: str = "", line: str = "") -> tuple[Column, ...]:
    """Of a `BudgetLine`. `group` and `line` are the words of the first two cells; amounts nobody entered say so."""
    _ = i18n.catalogue(language).gettext
    titles = (_("Awarded"), _("Planned"), _("Engaged"), _("Implemented"), _("Paid"))
    sums = [
        Column(name, title, "money", attrgetter(name), 17, _("not entered"))
        for name, title in zip(SUMS, titles, strict=True)
    ]
    left = Column("left", _("Left"), "money", attrgetter("left"), 17, _("not entered"), "{awarded}-{engaged}")
    return (
        Column("group", _("Activity type"), "wrapped", lambda _line: group, 46, look="quiet" if line else ""),
        Column("line", _("Budget line"), "wrapped", lambda _line: line or None, 40),
        *sums,
        left,
        Column("share", _("% engaged"), "percent", _engaged_share, 10, formula="{engaged}/{awarded}"),
        Column("bar", _("Progress"), "bar", lambda line: bar(_engaged_share(line)), 11, formula=BAR),
        Column("incomplete", _("Incomplete mobilities"), "integer", lambda line: line.incomplete or None, 13),
    )


def _engaged_share(line: BudgetLine) -> float | None:
    return share(line.engaged, line.awarded)


def write_budget(workbook: Workbook, report: Report, heading: Heading) -> Placed:
    """Each group's lines stand under their sum; the total adds the groups up."""
    _, language = workbook.gettext, workbook.language
    sheet = workbook.sheet(_("Budget"))
    columns = budget_columns(language)
    sheet.widths(column_widths(columns, [[column.value(line) for column in columns] for line in report.budget]))
    heading = heading.titled(_("Budget"))
    top = row = write_heading(sheet, heading)
    write_head(sheet, top, columns)
    sums = []
    for group, lines in groups(report.budget, language):
        row += 1
        sums.append(row)
        total = _adding(budget_columns(language, group), range(row + 1, row + 1 + len(lines)))
        write_row(sheet, row, total, added(lines), "group", first=row)
        for line in lines:
            row += 1
            title = _(report_words.BUDGET.get(line.key, line.key))
            write_row(sheet, row, budget_columns(language, group, title), line, "body", first=row)
    placed = Placed(sheet, top, top + 1, row, row + 1, {column.key: index for index, column in enumerate(columns)})
    everything = replace(added(report.budget), incomplete=0)
    write_row(sheet, row + 1, _adding(budget_columns(language, _("Total")), sums), everything, "total", first=row)
    finish(placed, heading, 2)
    workbook.step(len(report.budget))
    after = _write_remark(sheet, report.budget, row + 2)
    support = [line for line in report.project_lines if line.key == "organisational_support"]
    _write_organisational_support(sheet, support, after + 2)
    return placed


def _adding(columns: Sequence[Column], rows: Sequence[int]) -> list[Column]:
    """The same columns for a line that adds others up: a run of rows, or single ones."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    adding = []
    for index, column in enumerate(columns):
        cells = [xl_rowcol_to_cell(row, index) for row in rows]
        joined = f"{cells[0]}:{cells[-1]}" if isinstance(rows, range) and cells else ",".join(cells)
        formula = f"SUM({joined})" if column.key in SUMS and cells else column.formula
        value = _nothing if column.key == "incomplete" else column.value
        adding.append(replace(column, formula=formula, value=value))
    return adding


def _nothing(_line: BudgetLine) -> None:
    """One mobility may lack several lines, so their counts cannot be added."""


def _write_remark(sheet: Sheet, lines: Sequence[BudgetLine], row: int) -> int:
    """Why what is left may be too low; returns the last row written."""
    missing = sum(line.awarded is None for line in by_key(lines))
    if not missing:
        return row - 1
    remark = sheet.workbook.ngettext(
        "{n} line has no awarded amount yet: what is left is provisional.",
        "{n} lines have no awarded amount yet: what is left is provisional.",
        missing,
    )
    sheet.text(row, 0, remark.format(n=i18n.number(missing, sheet.workbook.language)), "remark")
    return row


def _write_organisational_support(sheet: Sheet, lines: Sequence[GrantLine], top: int) -> None:
    """How the tiers of organisational support were counted, line by line, so that a person can check them by hand."""
    _, language = sheet.workbook.gettext, sheet.workbook.language
    if not lines:
        return
    columns = (
        Column("activity", _("Activity type"), "wrapped", lambda line: activity_title(line.activity, language)),
        Column("sentence", _("Calculation"), "wrapped", lambda line: i18n.render(line.sentence, language)),
        Column("quantity", _("Participants"), "integer", attrgetter("quantity"), unknown=_("unknown")),
        Column("rate", _("Rate"), "money", attrgetter("rate"), unknown=_("unknown")),
        Column("amount", _("Amount"), "money", attrgetter("amount"), 8, _("unknown"), "{quantity}*{rate}"),
    )
    sheet.text(top, 0, _("Organisational support, how it was counted"), "section")
    write_head(sheet, top + 1, columns)
    for row, line in enumerate(lines, top + 2):
        write_row(sheet, row, columns, line, "body", first=top + 2)
