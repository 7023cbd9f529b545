"""Where the table of a module's file is: its sheet, its one to three rows of headers, what each column means."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from mobility_app.core.beneficiary.columns import BY_MODULE_KEY, CHOOSABLE, IDENTITY
from mobility_app.core.text import words
from mobility_app.errors import UserError
from mobility_app.exchange.beneficiary.titles import key_of
from mobility_app.exchange.book import Book, Cell, Sheet, SheetRow, column_letters
from mobility_app.exchange.words import displayed
from mobility_app.i18n import _

_LOOKED_AT = 30
_LONGEST = 150  # characters of a title
_LEAST = 3  # titles that make a table
_SPARSE = 0.6  # of the width of the main row: a row above with less holds the titles of groups
_HINT = re.compile(
    r"\*|\*? ?(mandatory|obligatoire|required|requis|optional|facultatif|dict\w*|text\w*|string|integer|number|nombre|"
    r"entier|decimals?|décimal\w*|dates?|email|code|list\w*|computed|calculated|calculé\w*|read.?only|lecture seule|"
    r"boolean|booléen|y/n|o/n|yes ?[/|,] ?no|oui ?[/|,] ?non|true ?[/|,] ?false|countries|languages|nuts|"
    r"organisation_types|distance_bands|transport_means|virtual_timing|activity_types|genders?|max\.?)\b.*|"
    r"\(?(dd|jj|mm|yyyy|aaaa)[-/. ](mm|dd|jj)[-/. ](yyyy|aaaa|dd|jj)\)?.*|[#0]+[.,][#0]+|(e\.?g\.?|ex\.?) .*|"
    r"format .*",
    re.IGNORECASE,
)
_MANDATORY = re.compile(r"\*|\b(mandatory|obligatoire|required|requis)\b", re.IGNORECASE)


@dataclass(frozen=True)
class LayoutColumn:
    """One column under a header that no other column has. `hint` is what its format row says."""

    index: int
    header: str
    key: str | None
    hint: str = ""
    mandatory: bool = False

    @property
    def letters(self) -> str:
        return column_letters(self.index)


@dataclass(frozen=True)
class Layout:
    """`headers` are the sheet's own numbers of the rows that hold titles and hints; data follow the last of them."""

    sheet: Sheet
    headers: tuple[int, ...]
    columns: tuple[LayoutColumn, ...]

    @property
    def first_row(self) -> int:
        return self.headers[-1] + 1

    @cached_property
    def by_key(self) -> Mapping[str, LayoutColumn]:
        return {c.key: c for c in reversed(self.columns) if c.key and BY_MODULE_KEY[c.key].use != "never"}

    @cached_property
    def rows(self) -> tuple[SheetRow, ...]:
        """The rows that are a mobility; sub-rows (an itinerary, a certificate) repeat one under another kind."""
        identity = [self.by_key[key].index for key in IDENTITY if key in self.by_key]
        found = [
            row
            for row in self.sheet.rows
            if row.number >= self.first_row and any(displayed(row.cell(index)) for index in identity)
        ]
        kind = self.by_key.get("data_type")
        if kind is None or not found:
            return tuple(found)
        main = displayed(found[0].cell(kind.index))
        return tuple(row for row in found if displayed(row.cell(kind.index)) == main)

    @property
    def fingerprint(self) -> str:
        """The same for the same titles in the same order."""
        return hashlib.sha256("\x1f".join(words(c.header) for c in self.columns).encode()).hexdigest()[:16]

    def address(self, key: str, row: int) -> str:
        """B7 for the column of a key; "" when the file has none."""
        column = self.by_key.get(key)
        return f"{column.letters}{row}" if column else ""


def find(book: Book, choices: Mapping[str, str] | None = None) -> Layout:
    """The most promising sheet. `choices` are her decisions: folded header → key, "" for a column left alone."""
    best: tuple[int, int, Sheet] | None = None
    for sheet in book.sheets:
        number, count = _main_row(sheet)
        if count >= _LEAST and (best is None or (not sheet.hidden, count) > (not best[2].hidden, best[1])):
            best = (number, count, sheet)
    if best is None:
        raise UserError(
            _("No table of the Beneficiary Module was found in “{name}”.").format(name=book.name),
            _("Export the mobilities there (Import-export), even if there is none yet, and choose that very file."),
        )
    number, _count, sheet = best
    return Layout(sheet, *_read(sheet, number, choices or {}))


def _main_row(sheet: Sheet) -> tuple[int, int]:
    """The row that names most of the columns that we know, and how many; the first of equals."""
    found = (0, 0)
    first = sheet.rows[0].number if sheet.rows else 0
    for row in sheet.rows:
        if row.number >= first + _LOOKED_AT:
            break
        keys = {key_of(title) for cell in row.cells if 0 < len(title := _title(cell)) <= _LONGEST}
        if (count := len(keys - {None})) > found[1]:
            found = (row.number, count)
    return found


def _title(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _read(sheet: Sheet, number: int, choices: Mapping[str, str]) -> tuple[tuple[int, ...], tuple[LayoutColumn, ...]]:
    rows = {row.number: row for row in sheet.rows}
    main = rows[number]
    width = max(len(row.cells) for row in sheet.rows)
    above = [rows[n] for n in (number - 2, number - 1) if n in rows]
    groups = [row for row in above if _filled(row) and _filled(row) < _SPARSE * _filled(main) and _filled(row) > 1]
    twins = [row for row in above if row not in groups and _known(row) >= _LEAST]
    below = []
    for n in (number + 1, number + 2):
        if n not in rows or not (_is_hint(rows[n]) or _known(rows[n]) * 2 > _filled(rows[n])):
            break
        below.append(rows[n])
    titles = [main, *(row for row in below if not _is_hint(row)), *reversed(twins)]
    hints = [row for row in below if _is_hint(row)]
    columns: list[LayoutColumn] = []
    taken: set[str] = set()
    for index in range(width):
        written = [title for row in titles if (title := _title(row.cell(index)))]
        group = _group(groups, index)
        if not written and not (group and hints):
            continue
        header = _unlike(written[0] if written else group, group, {column.header for column in columns})
        hint = " ".join(displayed(row.cell(index)) for row in hints).strip()
        key = _meaning(header, written, group, choices, taken)
        taken |= {key} if key in CHOOSABLE else set()
        mandatory = bool(_MANDATORY.search(hint) or _MANDATORY.search(header))
        columns.append(LayoutColumn(index, header, key, hint, mandatory))
    return tuple(row.number for row in (main, *below)), tuple(columns)


def _filled(row: SheetRow) -> int:
    return sum(bool(displayed(cell)) for cell in row.cells)


def _known(row: SheetRow) -> int:
    return sum(key_of(title) is not None for cell in row.cells if (title := _title(cell)))


def _is_hint(row: SheetRow) -> bool:
    """Nearly every filled cell says how to fill, not what is filled: "*", DICT, DD-MM-YYYY, YES/NO."""
    texts = [text for cell in row.cells if (text := displayed(cell))]
    return bool(texts) and sum(bool(_HINT.fullmatch(text)) for text in texts) >= 0.8 * len(texts)


def _group(groups: list[SheetRow], index: int) -> str:
    """The title over a column; a merged one stands in its first column only."""
    for row in reversed(groups):
        for cell in reversed(row.cells[: index + 1]):
            if title := _title(cell):
                return title
    return ""


def _meaning(header: str, written: list[str], group: str, choices: Mapping[str, str], taken: set[str]) -> str | None:
    for name in (header, *written[:1]):
        if words(name) in choices:
            key = choices[words(name)]
            return key if key in BY_MODULE_KEY and key not in taken else None
    chosen = set(choices.values())
    for title in written:
        found = key_of(title, group)
        if found and found not in taken and found not in chosen:
            return found
    return None


def _unlike(title: str, group: str, shown: set[str]) -> str:
    """A header that no column before it has."""
    tries = [title, *([f"{group} – {title}"] if group and group != title else [])]
    tries += [f"{tries[-1]} ({number})" for number in range(2, len(shown) + 3)]
    return next(attempt for attempt in tries if attempt not in shown)
