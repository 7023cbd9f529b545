"""What a table file holds once it is read: sheets, rows with the sheet's own numbers, and plain cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt")  # for file dialogs: content decides

Cell: TypeAlias = "str | int | float | Decimal | bool | dt.date | None"
Place: TypeAlias = tuple[int, int]  # the sheet's own row number, and the column counted from 0


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that holds something; `number` is the one that the spreadsheet shows at its left."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """The cell of a column counted from 0; None behind the last one."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """`rows` leaves empty rows out. `errors` names the cells that are empty because the sheet shows an error in them
    ("#REF!") or keeps no result of their formula ("="). `comments` are those of cells, `colours` what fills them
    ("FF0000"; white is no colour). Only .xlsx and .xlsm tell.
    """

    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False
    errors: Mapping[Place, str] = field(default_factory=dict)
    comments: Mapping[Place, str] = field(default_factory=dict)
    colours: Mapping[Place, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """`since_1904`: bare day numbers of this book count from 1904 (old Excel for Mac)."""

    name: str
    sheets: tuple[Sheet, ...]
    since_1904: bool = False


def column_letters(index: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def column_index(letters: str) -> int:
    """0 for A, 26 for AA."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def to_plain(book: Book) -> Iterator[Any]:
    """The book in values that JSON knows, piece by piece: what it is, then rows of its sheets, some at a time.

    A date becomes a list of its ISO form.
    """
    yield {
        "name": book.name,
        "since_1904": book.since_1904,
        "sheets": [
            {
                "name": sheet.name,
                "hidden": sheet.hidden,
                "errors": _places(sheet.errors),
                "comments": _places(sheet.comments),
                "colours": _places(sheet.colours),
            }
            for sheet in book.sheets
        ],
    }
    for place, sheet in enumerate(book.sheets):
        for first in range(0, len(sheet.rows), _AT_ONCE):
            some = sheet.rows[first : first + _AT_ONCE]
            yield [place, *([row.number, *map(_plain, row.cells)] for row in some)]


def from_plain(pieces: Iterable[Any]) -> Book:
    """The pieces of `to_plain`, each let go before the next is asked for."""
    waiting = iter(pieces)
    about = next(waiting)
    rows: list[list[SheetRow]] = [[] for _sheet in about["sheets"]]
    for place, *some in waiting:
        rows[place] += (SheetRow(number, tuple(map(_cell, cells))) for number, *cells in some)
    sheets = tuple(
        Sheet(
            sheet["name"],
            tuple(rows[place]),
            sheet["hidden"],
            *({(row, column): said for row, column, said in sheet[name]} for name in _ANNOTATED),
        )
        for place, sheet in enumerate(about["sheets"])
    )
    return Book(about["name"], sheets, about["since_1904"])


_AT_ONCE = 100  # rows
_ANNOTATED = ("errors", "comments", "colours")


def _places(said: Mapping[Place, str]) -> list[list[object]]:
    return [[*place, written] for place, written in said.items()]


def _plain(cell: Cell) -> object:
    return [cell.isoformat()] if isinstance(cell, dt.date) else cell


def _cell(plain: Any) -> Cell:
    return dt.date.fromisoformat(plain[0]) if isinstance(plain, list) else plain
