"""The copy that the module gives back after an import, with its doubts marked: colours, notes, words in a column."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mobility_app.core.text import words
from mobility_app.exchange.beneficiary.file import ModuleFile
from mobility_app.exchange.book import column_letters
from mobility_app.exchange.words import displayed

_SAYS = re.compile(
    r"\b(errors?|erreurs?|feedback|messages?|import status|import result|issues?|warnings?|anomalies?)\b"
)


@dataclass(frozen=True)
class Mark:
    """`message` is what the file says of the cell; empty for a colour alone."""

    row: int
    column: int
    header: str
    key: str | None
    message: str

    @property
    def cell(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


def marks(file: ModuleFile) -> list[Mark]:
    """Every marked cell of a mobility's row, in the sheet's order."""
    said = {**dict.fromkeys(_coloured(file), ""), **dict(_columns(file)), **dict(_notes(file))}
    columns = {column.index: column for column in file.layout.columns}
    found = []
    for (row, index), message in sorted(said.items()):
        column = columns.get(index)
        found.append(Mark(row, index, column.header if column else "", column.key if column else None, message))
    return found


def _notes(file: ModuleFile) -> Iterator[tuple[tuple[int, int], str]]:
    if file.package is None or not file.part:
        return
    rows = {row.number for row in file.layout.rows}
    for (row, column), text in file.package.comments(file.part).items():
        if row in rows:
            yield (row, column), text


def _columns(file: ModuleFile) -> Iterator[tuple[tuple[int, int], str]]:
    """A column of messages beside the mobilities."""
    for column in file.layout.columns:
        if column.key is None and _SAYS.search(words(column.header)):
            for row in file.layout.rows:
                if text := displayed(row.cell(column.index)):
                    yield (row.number, column.index), text


def _coloured(file: ModuleFile) -> Iterator[tuple[int, int]]:
    """Cells on a background that is usual neither in their row (a stripe) nor in their column."""
    if file.package is None or not file.part:
        return
    rows = [row.number for row in file.layout.rows]
    style = file.package.style
    fills = {row: {c: style(cell.style).fill for c, cell in found.items()} for row, found in
             file.scanned(rows).cells.items()}  # fmt: skip
    by_column: dict[int, Counter[str]] = defaultdict(Counter)
    for found in fills.values():
        for column, fill in found.items():
            by_column[column][fill] += 1
    for row, found in fills.items():
        usual = {fill for fill, _count in Counter(found.values()).most_common(1)}
        for column, fill in found.items():
            in_column = by_column[column].most_common(1)[0][0] if len(rows) > 1 else ""
            if fill and fill not in usual and fill != in_column:
                yield row, column
