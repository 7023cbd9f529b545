"""A table on a sheet: title block, header band, typed rows, totals; widths fit what is written, so nothing is cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from mobility_app.exchange import measures
from mobility_app.exchange.headings import Heading
from mobility_app.exchange.sheets import Sheet, Workbook

Total = Literal["", "sum", "count"]

WIDEST: Final = 40  # digits; what is longer wraps
BAND: Final = 110  # digits that a warning of the title block may need
ARROW: Final = 2  # digits that the filter's arrow covers
PADDING: Final = 2.6  # indent and edges
LINE, AIR, TALLEST = 12.75, 5.5, 409  # points: of a line, around the lines, the most that Excel allows
BAR: Final = 'REPT("█",ROUND(10*MIN({share},1),0))'  # ten signs are 100 %; drawn by every program and on paper
_WRAPPING: Final = frozenset({"wrapped", "general"})


@dataclass(frozen=True)
class Column:
    """One column: `kind` is one of `styles.KINDS`, `value` takes it from a row (money in cents).

    A None is written as `unknown` and left out of the sum. `formula` names other columns of the row by their key, as in
    "{awarded}-{engaged}" ("{first[awarded]}" is the first row's); its cached value is still the one that `value` gives.
    `width` is the least width. A total sums the column, or counts its "yes".
    """

    key: str
    title: str
    kind: str
    value: Callable[[Any], Any]
    width: float = 8
    unknown: str = ""
    formula: str = ""
    total: Total = ""
    look: str = ""  # of `styles.LOOKS`, for this column's own cells

    def totalled(self, total: Total) -> Column:
        return replace(self, total=total)


@dataclass(frozen=True)
class Counted:
    """Which rows the totals take: those for which `test` holds, and whose column `key` therefore says `yes`."""

    key: str
    test: Callable[[Any], bool]
    yes: str


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


def write_heading(sheet: Sheet, heading: Heading, within: int = 0) -> int:
    """The title block; returns the row of the table's header. `within` that many columns when these are repeated."""
    if within:
        return _write_narrow_heading(sheet, heading, within)
    sheet.text(0, 0, heading.title, "title")
    sheet.worksheet.set_row(0, 26)
    row = 1
    if heading.subtitle:
        sheet.text(1, 0, heading.subtitle, "subtitle")
        row = 2
    for warning in heading.warnings:
        sheet.text(row, 0, warning, "warning")
        for column in range(1, _band(sheet)):
            sheet.blank(row, column, "warning")
        sheet.worksheet.set_row(row, 18)
        row += 1
    return row + 1


def _write_narrow_heading(sheet: Sheet, heading: Heading, within: int) -> int:
    """Wrapped inside the columns that every printed page repeats, so that it is whole on each of them."""
    room = sum(sheet.column_widths[:within]) - PADDING
    sheet.text(0, 0, heading.title, "title")
    sheet.worksheet.set_row(0, 26)
    looks = (("subtitle", "wrapped"), *(("warning", "wrapped") for _warning in heading.warnings))
    for row, (words, look) in enumerate(zip((heading.subtitle, *heading.warnings), looks, strict=True), 1):
        sheet.merged(row, 0, row, within - 1, words, *look)
        sheet.worksheet.set_row(row, LINE * measures.lines(words, room, look[0] == "warning") + AIR)
    return len(looks) + 2


def _band(sheet: Sheet) -> int:
    """How many columns a warning's coloured band spans: the table, and further when that is too narrow to read it."""
    width, count = sum(sheet.column_widths), len(sheet.column_widths)
    while width < BAND:
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
    pages_wide: int = 1,
    counted: Counted | None = None,
    hide_empty: bool = False,
) -> Placed:
    """A sheet that is one table: title block, header, rows, and a line of totals when `total` names it.

    The first `frozen` columns stay in sight, and on paper when the table is several pages wide. Formulas carry our own
    figures; `counted` says which rows the totals take. `hide_empty`: columns that nobody filled are there, but hidden.
    """
    sheet = workbook.sheet(name)
    table = [[column.value(record) for column in columns] for record in rows]
    sheet.widths(column_widths(columns, table), empty_columns(table) if hide_empty else ())
    top = write_heading(sheet, heading, frozen if pages_wide > 1 else 0)
    write_head(sheet, top, columns)
    for row, (record, values) in enumerate(zip(rows, table, strict=True), top + 1):
        write_values(sheet, row, columns, values, "body", *(looks(record) if looks else ()), first=top + 1)
        workbook.step()
    places = {column.key: index for index, column in enumerate(columns)}
    last = top + len(rows)
    placed = Placed(sheet, top, top + 1, last, last + 1 if total else None, places)
    if total:
        taken = [values for record, values in zip(rows, table, strict=True) if counted is None or counted.test(record)]
        _write_total(placed, columns, taken, total, counted)
    finish(placed, heading, frozen, pages_wide)
    return placed


def finish(placed: Placed, heading: Heading, frozen: int = 1, pages_wide: int = 1) -> None:
    """What makes a table easy to read on the screen and on paper: frozen header, filter, repeated titles, footer."""
    worksheet = placed.sheet.worksheet
    worksheet.freeze_panes(placed.first, frozen)
    worksheet.autofilter(placed.head, 0, max(placed.last, placed.head), len(placed.columns) - 1)
    worksheet.repeat_rows(placed.head)
    if pages_wide > 1:
        worksheet.repeat_columns(0, frozen - 1)
    placed.sheet.print_setup(heading.title, heading.footer, pages_wide=pages_wide)


def write_head(sheet: Sheet, row: int, columns: Sequence[Column]) -> None:
    for index, column in enumerate(columns):
        sheet.text(row, index, column.title, column.kind, "head")
    rooms = [width - ARROW - PADDING for width in sheet.column_widths]
    lines = max(
        (measures.lines(column.title, room, bold=True) for column, room in zip(columns, rooms, strict=False)), default=1
    )
    sheet.worksheet.set_row(row, LINE * lines + AIR + 3)


def write_row(sheet: Sheet, row: int, columns: Sequence[Column], record: Any, *looks: str, first: int) -> None:
    """One record; `first` is the first row of its table."""
    write_values(sheet, row, columns, [column.value(record) for column in columns], *looks, first=first)


def write_values(
    sheet: Sheet, row: int, columns: Sequence[Column], values: Sequence[Any], *looks: str, first: int
) -> None:
    lines = 1
    for index, (column, value) in enumerate(zip(columns, values, strict=True)):
        own = (*looks, column.look) if column.look else looks
        if column.formula and value is not None:
            formula = column.formula.format(first=_addresses(first, columns, fixed=True), **_addresses(row, columns))
            sheet.formula(row, index, f"={formula}", figure(column.kind, value), column.kind, *own)
        else:
            write_value(sheet, row, index, column, value, *own)
        if isinstance(value, str) and column.kind in _WRAPPING:
            lines = max(lines, measures.lines(value, sheet.column_widths[index] - PADDING, "bold" in looks))
    sheet.worksheet.set_row(row, min(LINE * lines + AIR, TALLEST))


def write_value(sheet: Sheet, row: int, index: int, column: Column, value: Any, *looks: str) -> None:
    """One typed cell; an unknown value is a word, never 0. Cells of a "general" column look as their own type does."""
    kind = column.kind if column.kind != "general" else _kind_of(value)
    match value:
        case None if column.unknown:
            sheet.text(row, index, column.unknown, kind, *looks, "unknown")
        case None:
            sheet.blank(row, index, kind, *looks)
        case str():
            sheet.text(row, index, value, kind, *looks)
        case dt.date():
            sheet.date(row, index, value, kind, *looks)
        case _:
            sheet.number(row, index, figure(kind, value), kind, *looks)


def _kind_of(value: Any) -> str:
    return "date" if isinstance(value, dt.date) else "number" if isinstance(value, int | float) else "wrapped"


def bar(share: float | None) -> str | None:
    """What the formula BAR gives."""
    return None if share is None else "█" * int(10 * min(share, 1) + 0.5)


def figure(kind: str, value: Any) -> Any:
    return value / 100 if kind == "money" else value


def _addresses(row: int, columns: Sequence[Column], fixed: bool = False) -> dict[str, str]:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return {column.key: xl_rowcol_to_cell(row, index, fixed, fixed) for index, column in enumerate(columns)}


def _write_total(
    placed: Placed, columns: Sequence[Column], table: Sequence[Sequence[Any]], title: str, counted: Counted | None
) -> None:
    """Unknown values are left out of a sum, as the formula does."""
    assert placed.total is not None
    for index, column in enumerate(columns):
        if index == 0:
            placed.sheet.text(placed.total, 0, title, "text", "total")
        elif column.total:
            values = [values[index] for values in table]
            known = sum(value for value in values if isinstance(value, int | float))
            value = values.count(counted.yes) if column.total == "count" and counted else figure(column.kind, known)
            kind = "centred" if column.total == "count" else column.kind  # under the words that it counts
            placed.sheet.formula(placed.total, index, _total_formula(placed, column, counted), value, kind, "total")
        else:
            placed.sheet.blank(placed.total, index, "total")
    placed.sheet.worksheet.set_row(placed.total, LINE + AIR)


def _total_formula(placed: Placed, column: Column, counted: Counted | None) -> str:
    cells = placed.cells(column.key)
    if counted is None:
        return f"=SUM({cells})"
    only = f'{placed.cells(counted.key)},"{counted.yes}"'
    return f'=COUNTIFS({cells},"{counted.yes}",{only})' if column.total == "count" else f"=SUMIFS({cells},{only})"


def empty_columns(table: Sequence[Sequence[Any]]) -> list[int]:
    return [index for index, values in enumerate(zip(*table, strict=True)) if all(v in (None, "") for v in values)]


def column_widths(columns: Sequence[Column], table: Iterable[Sequence[Any]]) -> list[float]:
    """Wide enough for every figure and date and for the longest word of the header; long texts wrap at a limit."""
    widths = [max(column.width, _heading_width(column), measures.width(column.unknown) + PADDING) for column in columns]
    for values in table:
        for index, (column, value) in enumerate(zip(columns, values, strict=True)):
            if isinstance(value, str) and len(value) * measures.WIDEST <= widths[index] - PADDING:
                continue
            room = _room(column, value)
            if column.kind in _WRAPPING and room > WIDEST:
                room = max(WIDEST, widths[index] - PADDING)
            widths[index] = max(widths[index], room + PADDING)
    return [round(width, 1) for width in widths]


def _heading_width(column: Column) -> float:
    longest = max((measures.width(word, bold=True) for word in column.title.split()), default=0.0)
    return longest + ARROW + PADDING


def _room(column: Column, value: Any) -> float:
    """Of a value as it is shown; a total may have two digits more than its parts."""
    match value:
        case None:
            return 0
        case str():
            return measures.width(value)
        case dt.date():
            return 10
    unit = {"money": 6, "kilometres": 4, "percent": 3}.get(column.kind, 0)
    return len(f"{int(figure(column.kind, value)):,}") + unit + (2 if column.total else 0)
