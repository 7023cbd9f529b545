"""The columns of a table: where its titles stand, in one row or two, and which field each of them means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from mobility_app.core.incoming import Column
from mobility_app.core.text import words
from mobility_app.exchange import headers
from mobility_app.exchange.book import Sheet, SheetRow, column_letters
from mobility_app.exchange.words import displayed
from mobility_app.fields import BY_KEY, SHEETS, SheetKind
from mobility_app.i18n import _

_LOOKED_AT = 30  # rows from the first filled one in which titles are expected
_LONGEST_TITLE = 80
_MERE_NAME = frozenset({"nom", "nom prenom", "nom et prenom", "intitule", "denomination", "name"})


def find_header(sheet: Sheet, kind: SheetKind = "mobilities") -> int | None:
    """The sheet's own number of the row that holds most titles that we know, at least two; None when there is none."""
    best, most = None, 1
    for row, known in known_titles(sheet, kind):
        if len(known) > most:
            best, most = row.number, len(known)
    return best


def known_titles(sheet: Sheet, kind: SheetKind = "mobilities") -> Iterator[tuple[SheetRow, frozenset[str]]]:
    """The first rows of a sheet, each with the keys of the fields that its cells name."""
    first = sheet.rows[0].number if sheet.rows else 0
    for row in sheet.rows:
        if row.number < first + _LOOKED_AT:
            titles = (headers.title_text(cell) for cell in row.cells)
            keys = (headers.field_of(title, kind) for title in titles if 0 < len(title) <= _LONGEST_TITLE)
            yield row, frozenset(key for key in keys if key)


class Titles:
    """The titles of a table. `first` and `last` are the rows that they fill: titles over groups of columns count."""

    def __init__(self, sheet: Sheet, number: int, kind: SheetKind = "mobilities") -> None:
        self._kind: SheetKind = kind
        rows = {row.number: row for row in sheet.rows}
        self.first = self.last = number
        self._row = rows.get(number, SheetRow(number, ()))
        above, below = rows.get(number - 1), rows.get(number + 1)
        self._above = above if above is not None and sum(cell is not None for cell in above.cells) > 1 else None
        self._below = below if below is not None and self._continues(below) else None
        if self._below is not None:
            self.last = number + 1
        if self._above is not None:
            self.first = number - 1

    def _continues(self, below: SheetRow) -> bool:
        """The row below completes the titles when it only holds texts, and names a field where this row is empty."""
        texts = [headers.title_text(cell) for cell in below.cells]
        if any(cell is not None and not text for cell, text in zip(below.cells, texts, strict=True)):
            return False
        fills = [self._field_of(text) for index, text in enumerate(texts) if text and self._row.cell(index) is None]
        return any(fills) and None not in fills

    def _field_of(self, title: str) -> str | None:
        return headers.field_of(title, self._kind)

    def of(self, index: int) -> str:
        """The title of a column: the lower one where there are two, the upper one where it is merged over both."""
        below = headers.title_text(self._below.cell(index)) if self._below else ""
        above = headers.title_text(self._above.cell(index)) if self._above else ""
        own = " ".join(displayed(self._row.cell(index)).split())
        return below or own or (above if self._field_of(above) else "")

    def group(self, index: int) -> str:
        """The title of the group over a column; a merged title stands in its first column only."""
        upper, lower = (self._row, self._below) if self._below else (self._above, self._row)
        if upper is None or lower.cell(index) is None:
            return ""
        over = [headers.title_text(cell) for cell in upper.cells[: index + 1]]
        return next((title for title in reversed(over) if title), "")


def columns_of(
    sheet: Sheet, titles: Titles, remembered: Mapping[str, str | None], kind: SheetKind = "mobilities"
) -> tuple[Column, ...]:
    """Every column that has a title or holds something. `remembered`: folded title → key, or None for one of hers."""
    mine = {field.key for field in SHEETS[kind]}
    remembered = {title: key for title, key in remembered.items() if key in mine or key not in BY_KEY}
    below = [row for row in sheet.rows if row.number > titles.last]
    filled = {index for row in below for index, cell in enumerate(row.cells) if cell is not None}
    width = max((len(row.cells) for row in sheet.rows), default=0)
    named = {index: titles.of(index) for index in range(width)}
    decided = {key for title in named.values() if (key := remembered.get(words(title)))}
    taken: set[str] = set()
    columns: list[Column] = []
    for index, title in named.items():
        if not title and index not in filled:
            continue
        group = titles.group(index)
        if words(title) in remembered:
            key = remembered[words(title)]
            key = key if key in mine and key not in taken else None
        else:
            key = _meaning(title, group, taken | decided, kind)
        taken |= {key} if key else set()
        header = _unlike(title, index, group, {column.header for column in columns})
        computed = key is not None and BY_KEY[key].owner == "derived"
        both = key == "last_name" and headers.is_full_name(title)
        columns.append(Column(index, header, key, key is None, computed, both))
    splits = not any(column.field_key == "first_name" for column in columns)
    return tuple(replace(column, full_name=column.full_name and splits) for column in columns)


def _meaning(title: str, group: str, taken: set[str], kind: SheetKind) -> str | None:
    """The title alone; a second "Départ" by its group ("Réel"), the "Nom" under "Tuteur" by its group alone."""
    if not title:
        return None
    attempts = [title, f"{title} {group}", f"{group} {title}"] if group else [title]
    if group and words(title) in _MERE_NAME:
        attempts.append(group)
    return next((key for written in attempts if (key := headers.field_of(written, kind)) and key not in taken), None)


def _unlike(title: str, index: int, group: str, shown: set[str]) -> str:
    """A header that no earlier column has: her own fields are kept under it."""
    header = title or _("Column {letter}").format(letter=column_letters(index))
    if header in shown and group:
        header = f"{group} – {header}"
    tries = [header, *(f"{header} ({number})" for number in range(2, len(shown) + 3))]
    return next(attempt for attempt in tries if attempt not in shown)
