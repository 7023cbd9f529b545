"""The cells of her sheet: shown as they stand, corrected in place, pasted from elsewhere, written out to correct."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mobility_app.core.incoming import Column, Plan, PlannedRow
from mobility_app.fields import BY_KEY
from mobility_app.i18n import _
from mobility_app.jobs.import_words import reasons

if TYPE_CHECKING:
    from mobility_app.exchange.book import Book, SheetRow

SCHOOL = "sending_organisation"
Edits = Mapping[tuple[str, int, int], str]  # sheet, the sheet's own row, column counted from 0 -> what she typed


def pasted(text: str) -> Book:
    """What a spreadsheet put on the clipboard, as a book of one sheet; raises UserError when it is no table."""
    from mobility_app.exchange import pasted

    return pasted.book_of(text, _("Clipboard"))


def corrected(book: Book, edits: Edits) -> Book:
    """The book as if she had typed these cells in it; her file stays as it is."""
    of_sheet: dict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for (name, number, column), text in edits.items():
        of_sheet[name][number][column] = text
    sheets = []
    for sheet in book.sheets:
        mine = of_sheet.get(sheet.name)
        if mine:
            rows = tuple(_corrected(row, mine[row.number]) if row.number in mine else row for row in sheet.rows)
            gone = {(number, column) for number, cells in mine.items() for column in cells}
            errors = {place: said for place, said in sheet.errors.items() if place not in gone}
            sheet = replace(sheet, rows=rows, errors=errors)
        sheets.append(sheet)
    return replace(book, sheets=tuple(sheets))


def _corrected(row: SheetRow, typed: Mapping[int, str]) -> SheetRow:
    cells = list(row.cells) + [None] * (max(typed) + 1 - len(row.cells))
    for column, text in typed.items():
        cells[column] = text or None
    return replace(row, cells=tuple(cells))


def unread(book: Book, plan: Plan) -> dict[tuple[str, int], dict[str, str]]:
    """By sheet and row, what stands in the cells of which no value could be made, by field."""
    from mobility_app.exchange.words import displayed

    at = {column.field_key: column.index for column in plan.table.columns if column.field_key}
    troubled = {(row.row.sheet, row.row.number): row for row in plan.rows if row.row.problems}
    found: dict[tuple[str, int], dict[str, str]] = {}
    for place, row in _cells(book, plan):
        if (planned := troubled.get(place)) is None:
            continue
        fields = [each.field for each in planned.row.problems if planned.row.values.get(each.field) is None]
        shown = {key: displayed(row.cell(at[key])) for key in fields if key in at}
        if any(shown.values()):
            found[place] = shown
    return found


def _cells(book: Book, plan: Plan) -> Iterator[tuple[tuple[str, int], SheetRow]]:
    """Each row of the sheets that were read, under the place that the plan has for it."""
    for sheet in book.sheets:
        if sheet.name == plan.table.sheet or sheet.name in plan.table.sheets:
            name = sheet.name if plan.table.sheets else ""
            yield from (((name, row.number), row) for row in sheet.rows)


def write_corrections(path: Path, book: Book, plan: Plan, *, language: str = "fr") -> bool:
    """The refused rows as they stand in her sheet, under her titles, each with its reason: to correct and import."""
    from mobility_app.exchange import tables, workbook

    rows = _refused(book, plan)
    columns = [
        tables.Column(f"c{column.index}", column.header, "general", partial(_written, column))
        for column in plan.table.columns
    ]
    if not any(column.field_key == SCHOOL for column in plan.table.columns) and any(map(_school, rows)):
        columns.insert(0, tables.Column(SCHOOL, _(BY_KEY[SCHOOL].title), "text", _school))
    columns.append(tables.Column("why", _("Why"), "wrapped", lambda pair: _why(pair[1])))
    title = f"{plan.table.title} {plan.table.reference}".strip() or book.name
    return workbook.write_table(path, title, columns, rows, language=language)


def _refused(book: Book, plan: Plan) -> list[tuple[SheetRow, PlannedRow]]:
    rows = dict(_cells(book, plan))
    return [(rows[row.row.sheet, row.row.number], row) for row in plan.chosen("refused")]


def _written(column: Column, pair: tuple[SheetRow, PlannedRow]) -> Any:
    """A cell as it stands in her sheet; a blank one of the school says what the tab or a line above said."""
    cell = pair[0].cell(column.index)
    if cell is None and column.field_key == SCHOOL:
        return _school(pair)
    return str(cell) if isinstance(cell, bool) else float(cell) if isinstance(cell, Decimal) else cell


def _school(pair: tuple[SheetRow, PlannedRow]) -> str:
    """The school that the row belongs to."""
    return pair[1].row.values.get(SCHOOL) or ""


def _why(row: PlannedRow) -> str:
    return " ".join(sentence for _header, sentence in reasons(row))


def typed_cell(plan: Plan, row: PlannedRow, key: str, text: str) -> tuple[tuple[str, int, int], str] | None:
    """Where a value that she types for a field goes in her sheet, and what stands there then; None without a column.

    In a column of both names, the other name stays.
    """
    column = _column_of(plan, key)
    if column is None:
        return None
    if column.full_name:
        both = {name: row.row.values.get(name) or "" for name in ("last_name", "first_name")} | {key: text}
        text = f"{both['last_name']}, {both['first_name']}"
    return (row.row.sheet or plan.table.sheet, row.row.number, column.index), text


def _column_of(plan: Plan, key: str) -> Column | None:
    named = {column.field_key: column for column in plan.table.columns if not column.computed}
    whole = named.get("last_name")
    if key == "first_name" and whole is not None and whole.full_name:
        return whole
    return named.get(key)
