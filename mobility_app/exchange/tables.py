"""A table on a sheet: title block, header band, typed rows, totals; widths fit what is written, so nothing is cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from mobility_app.exchange.headings import Heading
from mobility_app.exchange.sheets import Sheet, Workbook
from mobility_app.i18n import number

Total = Literal["", "sum", "formula"]

WIDEST_TEXT: Final = 40  # longer texts wrap
BAND_WIDTH: Final = 110  # characters that a warning of the title block may need
_TEXTS: Final = frozenset({"text", "wrapped", "centred", "general"})


@dataclass(frozen=True)
class Column:
    """One column: `kind` is one of `styles.KINDS`, `value` takes it from a row (money in cents).

    A None is written as `unknown` and left out of the sum. `formula` names other columns of the row by their key, as in
    "{awarded}-{engaged}"; its cached value is still the one that `value` gives. `width` is the least width.
    """

    key: str
    title: str
    kind: str
    value: Callable[[Any], Any]
    width: float = 8
    unknown: str = ""
    formula: str = ""
    total: Total = ""


@dataclass(frozen=True)
class Placed:
    """Where a table landed; `total` is the row of the totals, if it has one."""

    sheet: Sheet
    head: int
    first: int
    last: int  # before `first` when the table is empty
    total: int | None
    columns: dict[str, int] = field(default_factory=dict)

    def cells(self, key: str) -> str:
        """The address of a column's values; of its header when the table is empty, so that their sum is 0."""
        return self.sheet.address(min(self.first, self.last), self.columns[key], self.last)

    def total_cell(self, key: str) -> str:
        assert self.total is not None
        return self.sheet.address(self.total, self.columns[key])


def write_heading(sheet: Sheet, heading: Heading, widths: Sequence[float]) -> int:
    """The title block; returns the row of the table's header."""
    sheet.text(0, 0, heading.title, "title")
    sheet.worksheet.set_row(0, 26)
    sheet.text(1, 0, heading.subtitle, "subtitle")
    row = 2
    for warning in heading.warnings:
        sheet.text(row, 0, warning, "warning")
        for column in range(1, _band(widths)):
            sheet.blank(row, column, "warning")
        sheet.worksheet.set_row(row, 18)
        row += 1
    return row + 1


def _band(widths: Sequence[float]) -> int:
    """How many columns a warning's coloured band spans: the table, and further when that is too narrow to read it."""
    width, count = sum(widths), len(widths)
    while width < BAND_WIDTH:
        width, count = width + 9, count + 1
    return count


def write_table(
    workbook: Workbook,
    name: str,
    heading: Heading,
    columns: Sequence[Column],
    rows: Sequence[Any],
    *,
    total: str = "",
    looks: Callable[[Any], Sequence[str]] | None = None,
    frozen: int = 1,
) -> Placed:
    """A sheet that is one table: title block, header, rows, and a line of totals when `total` names it.

    The first `frozen` columns stay in sight. Formulas carry our own figures.
    """
    sheet = workbook.sheet(name)
    widths = column_widths(columns, rows, workbook.language)
    sheet.widths(widths)
    top = write_heading(sheet, heading, widths)
    write_head(sheet, top, columns, widths)
    for row, record in enumerate(rows, top + 1):
        write_row(sheet, row, columns, record, "body", *(looks(record) if looks else ()))
        workbook.step()
    places = {column.key: index for index, column in enumerate(columns)}
    last = top + len(rows)
    placed = Placed(sheet, top, top + 1, last, last + 1 if total else None, places)
    if total:
        _write_total(placed, columns, rows, total)
    finish(placed, heading, frozen)
    return placed


def finish(placed: Placed, heading: Heading, frozen: int = 1) -> None:
    """What makes a table easy to read on the screen and on paper: frozen header, filter, repeated titles, footer."""
    worksheet = placed.sheet.worksheet
    worksheet.freeze_panes(placed.first, frozen)
    worksheet.autofilter(placed.head, 0, max(placed.last, placed.head), len(placed.columns) - 1)
    worksheet.repeat_rows(placed.head)
    placed.sheet.print_setup(heading.title, heading.subtitle)


def write_head(sheet: Sheet, row: int, columns: Sequence[Column], widths: Sequence[float]) -> None:
    for index, column in enumerate(columns):
        sheet.text(row, index, column.title, "head", *(["head_left"] if column.kind in _TEXTS else []))
    lines = max(_lines(column.title, width) for column, width in zip(columns, widths, strict=True))
    sheet.worksheet.set_row(row, 13.5 * lines + 8)


def _lines(title: str, width: float) -> int:
    """How many lines a bold title takes in a column, the filter's arrow beside it."""
    lines, room = 1, width - 3
    left = room
    for word in title.split():
        length = len(word) * 1.15
        if length > left and left < room:
            lines, left = lines + 1, room
        left -= length + 1
    return lines


def write_row(sheet: Sheet, row: int, columns: Sequence[Column], record: Any, *looks: str) -> None:
    for index, column in enumerate(columns):
        value = column.value(record)
        if column.formula and value is not None:
            formula = column.formula.format_map(_addresses(row, columns))
            sheet.formula(row, index, f"={formula}", figure(column.kind, value), column.kind, *looks)
        else:
            write_value(sheet, row, index, column, value, *looks)


def write_value(sheet: Sheet, row: int, index: int, column: Column, value: Any, *looks: str) -> None:
    """One typed cell; an unknown value is a word, never 0."""
    match value:
        case None if column.unknown:
            sheet.text(row, index, column.unknown, column.kind, *looks, "unknown")
        case None:
            sheet.blank(row, index, column.kind, *looks)
        case str():
            sheet.text(row, index, value, column.kind, *looks)
        case dt.date():
            sheet.date(row, index, value, column.kind, *looks)
        case _:
            sheet.number(row, index, figure(column.kind, value), column.kind, *looks)


def figure(kind: str, value: Any) -> Any:
    return value / 100 if kind == "money" else value


def _addresses(row: int, columns: Sequence[Column]) -> dict[str, str]:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return {column.key: xl_rowcol_to_cell(row, index) for index, column in enumerate(columns)}


def _write_total(placed: Placed, columns: Sequence[Column], rows: Sequence[Any], title: str) -> None:
    sums = {column.key: known_sum(column, rows) for column in columns if column.total == "sum"}
    assert placed.total is not None
    for index, column in enumerate(columns):
        if index == 0:
            placed.sheet.text(placed.total, 0, title, "text", "total")
        elif column.total == "sum":
            value = figure(column.kind, sums[column.key])
            cells = placed.cells(column.key).split("!")[1]
            placed.sheet.formula(placed.total, index, f"=SUM({cells})", value, column.kind, "total")
        else:
            placed.sheet.blank(placed.total, index, "text", "total")


def known_sum(column: Column, rows: Iterable[Any]) -> Any:
    """What SUM gives: unknown values left out."""
    return sum(value for row in rows if isinstance(value := column.value(row), int | float))


def column_widths(columns: Sequence[Column], rows: Iterable[Any], language: str) -> list[float]:
    """Wide enough for every figure and date and for the longest word of the header; long texts wrap at a limit."""
    content = [0.0] * len(columns)
    for row in rows:
        for index, column in enumerate(columns):
            content[index] = max(content[index], _length(column, column.value(row), language))
    widths = []
    for column, longest in zip(columns, content, strict=True):
        heading = (
            max((len(word) for word in column.title.split()), default=0) * 1.15 + 3.5
        )  # bold, and the filter's arrow
        room = min(longest, WIDEST_TEXT) if column.kind in _TEXTS else longest
        widths.append(round(max(column.width, heading, room * 1.05 + 2, len(column.unknown) + 2), 1))
    return widths


def _length(column: Column, value: Any, language: str) -> float:
    match value:
        case None:
            return 0
        case str():
            return max((len(line) for line in value.split("\n")), default=0)
        case dt.date():
            return 10
    # A total may have two digits more than its parts.
    extra = {"money": 7, "kilometres": 3, "percent": 2}.get(column.kind, 0) + (2 if column.total else 0)
    return len(number(int(figure(column.kind, value)), language)) + extra
