"""One file of the Beneficiary Module, opened: its bytes, its cells, its layout, and how its cells are written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from mobility_app.core.beneficiary.columns import BY_MODULE_KEY
from mobility_app.core.beneficiary.matching import TheirRow
from mobility_app.core.text import clean, words
from mobility_app.errors import UserError
from mobility_app.exchange import guard, reading
from mobility_app.exchange.beneficiary import csv_text, layout, sheet_xml
from mobility_app.exchange.beneficiary.codes import Entry
from mobility_app.exchange.beneficiary.csv_text import CsvText
from mobility_app.exchange.beneficiary.manner import Manner, manner_of
from mobility_app.exchange.beneficiary.package import Package
from mobility_app.exchange.beneficiary.sheet_xml import SheetXml
from mobility_app.exchange.book import Book, Cell, Sheet, column_index
from mobility_app.exchange.words import displayed
from mobility_app.i18n import _

_ALL_READ: frozenset[str] = frozenset()  # one for all rows
_EXAMPLES = 50  # rows of a full export that show how cells are written
# The dictionaries of the module that a column may draw from, by the words of a list's sheet or title.
_DICTIONARIES = {
    "country": "countries country pays",
    "choice:activity": "activity types|activity type|action types|types d activite|activities",
    "choice:means": "transport means|means of transport|transport|moyens de transport",
    "choice:gender": "genders|gender|genre|sexe",
    "band": "distance bands|distance band|tranches de distance|bandes de distance",
    "boolean": "boolean|yes no|oui non",
}


class ModuleFile:
    """Only reads. `choices` are her decisions about headers: folded header → key, "" for a column left alone."""

    def __init__(self, path: Path, content: bytes, book: Book, choices: Mapping[str, str] | None = None) -> None:
        self.path, self.content, self.book = path, content, book
        self.name = clean(path.name)
        self.kind = guard.inspect(content)
        self.layout = layout.find(book, choices)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def package(self) -> Package | None:
        return Package(self.content) if self.kind == "xlsx" else None

    @property
    def part(self) -> str:
        """The part of the sheet that holds the table."""
        return self.package.sheets.get(self.layout.sheet.name, "") if self.package else ""

    @cached_property
    def text(self) -> CsvText:
        return csv_text.parse(self.content)

    def scanned(self, rows: Iterable[int]) -> SheetXml:
        """The sheet's XML with the cells of these rows; raises Unreadable when it cannot be edited safely."""
        assert self.package is not None
        return sheet_xml.scan(self.package.part(self.part), set(rows))

    @cached_property
    def examples(self) -> SheetXml | None:
        """The first rows of data, for their styles; None for a text."""
        if not self.part:
            return None
        first = self.layout.first_row
        return self.scanned(range(first, first + _EXAMPLES))

    @cached_property
    def manners(self) -> Mapping[int, Manner]:
        """How the cells of each column that means something are written."""
        booleans = [
            row.cell(column.index)
            for column in self.layout.columns
            if column.key and BY_MODULE_KEY[column.key].kind == "boolean"
            for row in self.layout.rows[:_EXAMPLES]
        ]
        hints = [c.hint for c in self.layout.columns if c.key and BY_MODULE_KEY[c.key].kind == "boolean"]
        return {column.index: manner_of(self, column, booleans, hints) for column in self.layout.columns if column.key}

    def cells(self, index: int) -> list[Cell]:
        """The filled cells of a column, of the first rows that are a mobility."""
        rows = self.layout.rows[:_EXAMPLES]
        return [cell for row in rows if (cell := row.cell(index)) is not None]

    @cached_property
    def rows(self) -> tuple[TheirRow, ...]:
        """Every mobility of the file in our words."""
        return tuple(self._row(row.number, row.cell) for row in self.layout.rows)

    def _row(self, number: int, cell: Callable[[int], Cell]) -> TheirRow:
        values, written, unreadable = {}, {}, set()
        manners, since_1904 = self.manners, self.book.since_1904
        for key, column in self.layout.by_key.items():
            shown = written[key] = displayed(cell(column.index))
            values[key] = manners[column.index].read(cell(column.index), since_1904=since_1904) if shown else None
            if shown and values[key] is None:
                unreadable.add(key)
        return TheirRow(number, values, written, frozenset(unreadable) if unreadable else _ALL_READ)

    # ---- lists

    def entries(self, index: int, key: str, kind: str) -> tuple[Entry, ...]:
        """The list of a column: its drop-down list, else the file's dictionary, else nothing."""
        return tuple(self._dropdown(index)) or tuple(self._dictionary(key, kind))

    def _dropdown(self, index: int) -> Iterator[Entry]:
        if self.examples is None:
            return
        for where, formula in self.examples.lists:
            if index in sheet_xml.covers(where, self.layout.first_row):
                yield from self._listed(formula)
                return

    def _listed(self, formula: str) -> Iterator[Entry]:
        """ "YES,NO", 'Lists'!$A$2:$A$40, $A$2:$A$40 or a defined name."""
        formula = formula.strip().lstrip("=")
        if formula.startswith('"'):
            yield from (
                Entry(item.strip()) for item in formula.strip('"').replace('""', '"').split(",") if item.strip()
            )
            return
        assert self.package is not None
        formula = self.package.names.get(formula, formula)
        match = re.fullmatch(r"(?:(.+)!)?\$?([A-Z]{1,3})\$?(\d+)?(?::\$?([A-Z]{1,3})\$?(\d+)?)?", formula)
        if match is None:
            return
        name = (match[1] or self.layout.sheet.name).strip("'").replace("''", "'")
        sheet = next((sheet for sheet in self.book.sheets if sheet.name == name), None)
        if sheet is None:
            return
        first, last = int(match[3] or 1), int(match[5] or match[3] or 1_048_576)
        yield from _column_entries(sheet, column_index(match[2]), first, last)

    def _dictionary(self, key: str, kind: str) -> Iterator[Entry]:
        """A sheet, or a column of a sheet, that is called like the dictionary."""
        wanted = _DICTIONARIES.get(f"{kind}:{key}") or _DICTIONARIES.get(kind)
        if wanted is None:
            return
        names = set(wanted.split("|")) if "|" in wanted else set(wanted.split())
        for sheet in self.book.sheets:
            if sheet is self.layout.sheet or not sheet.rows:
                continue
            if words(sheet.name) in names:
                yield from _column_entries(sheet, 0, sheet.rows[0].number, 1_048_576)
                return
            for row in sheet.rows[:3]:
                for index, cell in enumerate(row.cells):
                    if isinstance(cell, str) and words(cell) in names:
                        yield from _column_entries(sheet, index, row.number + 1, 1_048_576)
                        return


def _column_entries(sheet: Sheet, index: int, first: int, last: int) -> Iterator[Entry]:
    """Codes with the text at their right, else at their left."""
    for row in sheet.rows:
        if first <= row.number <= last and (cell := row.cell(index)) is not None:
            beside = (row.cell(index + 1), row.cell(index - 1) if index else None)
            label = next((text for text in beside if isinstance(text, str)), "")
            yield Entry(cell, label)


@contextmanager
def whole(name: str) -> Iterator[None]:
    """What is opened late (styles, lists, the sheet's own XML) may turn out to be damaged: one sentence for that."""
    try:
        yield
    except guard.Unreadable as trouble:
        raise UserError(
            _("“{name}” is damaged, or built in a way that cannot be handled safely.").format(name=name),
            _("Open it in Excel, save it as .xlsx under a new name, and use that copy."),
        ) from trouble


def open_file(
    path: str | Path, choices: Mapping[str, str] | None = None, cancel: Callable[[], bool] | None = None
) -> ModuleFile:
    """Raises UserError for what cannot be read, or holds no table of the module."""
    path = Path(path)
    book = reading.read(path, cancel=cancel)
    with whole(clean(path.name)):
        return ModuleFile(path, guard.load(path), book, choices)
