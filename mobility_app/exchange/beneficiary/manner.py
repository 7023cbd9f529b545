"""How the cells of one column are written: its codes, its dates, its yes and no, as the file itself shows them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from mobility_app.core.beneficiary.columns import BY_MODULE_KEY
from mobility_app.core.beneficiary.values import one_line
from mobility_app.exchange import day_words
from mobility_app.exchange.beneficiary import codes
from mobility_app.exchange.beneficiary.codes import Entry
from mobility_app.exchange.beneficiary.layout import LayoutColumn
from mobility_app.exchange.beneficiary.sheet_xml import Written
from mobility_app.exchange.book import Cell
from mobility_app.exchange.sheets import clean_cell
from mobility_app.exchange.words import displayed, read_value
from mobility_app.fields import Field

if TYPE_CHECKING:
    from mobility_app.exchange.beneficiary.file import ModuleFile

# Mobility Tool+ wrote DD-MM-YYYY and YES/NO (db/reference/mobility-tool-columns.json): the default where nothing shows.
DATES, TRUTH = "%d-%m-%Y", ("YES", "NO")
_TOKENS = {"dd": "%d", "jj": "%d", "mm": "%m", "yyyy": "%Y", "aaaa": "%Y"}
_PATTERN = re.compile(r"\b(dd|jj|mm|yyyy|aaaa)([-/. ])(mm|dd|jj)\2(yyyy|aaaa|dd|jj)\b", re.IGNORECASE)
_POINT = re.compile(r"(?<=\d)[.,](?=\d\d?$)")
_DAY = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})")
_READERS = {
    "date": Field("date", "date", "date", "mobility"),
    "integer": Field("integer", "integer", "integer", "mobility"),
    "km": Field("km", "km", "kilometres", "mobility"),
    "money": Field("money", "money", "money", "mobility"),
}

Trouble = Literal["", "no_code", "unshown"]


@dataclass(frozen=True)
class Manner:
    """`day` is "serial" for real dates, else a pattern of strftime; `day_style` the style that shows them.

    `shown`: the file itself shows how; else the default is ours and worth a word. `as_text`: numbers are texts here.
    """

    key: str
    kind: str
    entries: tuple[Entry, ...] = ()
    day: str = DATES
    day_style: int | None = None
    truth: tuple[Cell, Cell] = TRUTH
    shown: bool = False
    as_text: bool = False
    point: str = "."  # of amounts that are texts
    known: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)  # answers given: values repeat

    def write(self, value: Any, *, green: bool = False) -> tuple[Written | None, Trouble]:
        """What a cell of this column says for our value; None when no code of the file means it."""
        asked = ("write", type(value), value, green)
        if asked not in self.known:
            self.known[asked] = self._write(value, green)
        answer: tuple[Written | None, Trouble] = self.known[asked]
        return answer

    def _write(self, value: Any, green: bool) -> tuple[Written | None, Trouble]:
        match self.kind:
            case "date":
                if self.day == "serial":
                    return Written(value, self.day_style), ""
                return Written(value.strftime(self.day)), "" if self.shown else "unshown"
            case "boolean":
                return _plain(self.truth[0] if value else self.truth[1]), "" if self.shown else "unshown"
            case "integer":
                return Written(str(value) if self.as_text else value), ""
            case "money":
                return self._amount(value)
            case "text":
                return Written(clean_cell(one_line(str(value)))), ""
        return self._code(value, green)

    def _amount(self, cents: int) -> tuple[Written, Trouble]:
        """Euros: a number, or a text with the sign that the other amounts of the column have."""
        if not self.as_text:
            return Written(Decimal(cents) / 100), ""
        return Written(f"{cents // 100}{self.point}{cents % 100:02d}"), "" if self.shown else "unshown"

    def _code(self, value: Any, green: bool) -> tuple[Written | None, Trouble]:
        entry = codes.chosen(self.key, self.kind, value, self.entries, green=green)
        if entry is not None:
            return _plain(entry.written), ""
        if self.entries and self.shown:
            return None, "no_code"
        written, known = codes.default(self.key, self.kind, value)
        if written is None:
            return None, "no_code"
        return Written(written), "" if known else "unshown"

    def read(self, cell: Cell, *, since_1904: bool = False) -> Any:
        """A cell of this column in our words; None when it is empty or cannot be understood."""
        if self.kind == "text":
            return displayed(cell) or None
        asked = ("read", type(cell), cell)
        if asked not in self.known:
            self.known[asked] = self._read(cell, since_1904) if displayed(cell) else None
        return self.known[asked]

    def _read(self, cell: Cell, since_1904: bool) -> Any:
        match self.kind:
            case "date":
                return self._day(cell, since_1904)
            case "boolean":
                return self._truth(cell)
            case "integer":
                return read_value(_READERS["km" if self.key == "distance_km" else "integer"], cell).value
            case "money":
                return read_value(_READERS["money"], cell).value
        entry = next((e for e in self.entries if displayed(e.written) == displayed(cell)), Entry(cell))
        return codes.meaning(self.key, self.kind, entry)

    def _truth(self, cell: Cell) -> bool | None:
        for value, half in ((True, self.truth[0]), (False, self.truth[1])):
            if displayed(half) == displayed(cell):
                return value
        return codes.truth(cell)

    def _day(self, cell: Cell, since_1904: bool) -> dt.date | None:
        if isinstance(cell, str) and self.day != "serial":
            try:
                return dt.datetime.strptime(cell.strip(), self.day).date()  # noqa: DTZ007  a day has no zone
            except ValueError:
                pass
        if isinstance(cell, str):
            return day_words.day(displayed(cell), since_1904=since_1904)
        value = read_value(_READERS["date"], cell, since_1904=since_1904).value
        return value if isinstance(value, dt.date) else None


def _plain(cell: Cell) -> Written:
    """A code as the file has it; a whole number stays one."""
    return Written(str(cell) if isinstance(cell, float) or cell is None else cell)


def manner_of(file: ModuleFile, column: LayoutColumn, booleans: Sequence[Cell], boolean_hints: Sequence[str]) -> Manner:
    """What the format row, the lists, the styles and the cells of a file show about one of its columns."""
    assert column.key is not None
    key, kind = column.key, BY_MODULE_KEY[column.key].kind
    seen = file.cells(column.index)
    if kind == "date":
        return _dates(file, column, seen)
    if kind in ("integer", "text"):
        return Manner(key, kind, shown=True, as_text=_is_text(file, column, seen))
    if kind == "money":
        point = next((sign for cell in seen for sign in _POINT.findall(str(cell))), "")
        return Manner(key, kind, shown=bool(point), as_text=_is_text(file, column, seen), point=point or ".")
    entries = file.entries(column.index, key, kind)
    if kind == "boolean":
        hints = [half for hint in (column.hint, *boolean_hints) for half in re.split(r"[\s/|,;]+", hint)]
        pair = codes.yes_and_no([*(entry.written for entry in entries), *seen, *hints, *booleans])
        return Manner(key, kind, entries, truth=_as_listed(pair or TRUTH, entries), shown=pair is not None)
    if key == "bm_state" or not entries:
        return Manner(key, kind, (*entries, *_own_words(key, kind, seen)), shown=bool(entries))
    return Manner(key, kind, entries, shown=True)


def _as_listed(pair: tuple[Cell, Cell], entries: Iterable[Entry]) -> tuple[Cell, Cell]:
    """Longer words of a list win over our guess: "Yes - oui"."""
    listed = {codes.truth(entry.written): entry.written for entry in entries}
    return listed.get(True, pair[0]), listed.get(False, pair[1])


def _own_words(key: str, kind: str, seen: Iterable[Cell]) -> tuple[Entry, ...]:
    """Without a list, the codes that the cells themselves use, where they are understood."""
    entries = {displayed(cell): Entry(cell) for cell in seen}
    return tuple(entry for entry in entries.values() if codes.meaning(key, kind, entry) is not None)


def _dates(file: ModuleFile, column: LayoutColumn, seen: Sequence[Cell]) -> Manner:
    style = _day_style(file, column)
    if any(isinstance(cell, dt.date) for cell in seen) or (style is not None and not seen):
        if style is None:
            style = _any_day_style(file)
        return Manner(str(column.key), "date", day="serial", day_style=style, shown=True)
    pattern = _pattern_of_cells(seen) or _pattern_of_hint(column.hint)
    if pattern is None:  # the other dates of the file may show it
        others = [c for c in file.layout.columns if c.key and BY_MODULE_KEY[c.key].kind == "date"]
        shown = (_pattern_of_cells(file.cells(c.index)) or _pattern_of_hint(c.hint) for c in others)
        pattern = next((found for found in shown if found), None)
    return Manner(str(column.key), "date", day=pattern or DATES, shown=pattern is not None)


def _day_style(file: ModuleFile, column: LayoutColumn) -> int | None:
    """The style of a cell of this column that shows days; of the column itself in an empty template."""
    if file.examples is None or file.package is None:
        return None
    styles = [cells[column.index].style for cells in file.examples.cells.values() if column.index in cells]
    styles.append(file.examples.column_style(column.index))
    return next((style for style in styles if style is not None and file.package.style(style).date), None)


def _any_day_style(file: ModuleFile) -> int | None:
    if file.package is None:
        return None
    return next((number for number, style in enumerate(file.package.styles) if style.date), None)


def _is_text(file: ModuleFile, column: LayoutColumn, seen: Sequence[Cell]) -> bool:
    """Numbers that stand as texts stay texts."""
    if seen:
        return all(isinstance(cell, str) for cell in seen)
    if file.examples is None or file.package is None:
        return file.package is None
    cells = (row[column.index].style for row in file.examples.cells.values() if column.index in row)
    styles = [*cells, file.examples.column_style(column.index)]
    known = next((style for style in styles if style is not None), None)
    return file.package.style(known).text


def _pattern_of_hint(hint: str) -> str | None:
    match = _PATTERN.search(hint)
    if match is None:
        return None
    tokens = [_TOKENS[match[n].lower()] for n in (1, 3, 4)]
    return match[2].join(tokens) if len(set(tokens)) == 3 else None


def _pattern_of_cells(seen: Sequence[Cell]) -> str | None:
    """From texts such as 04-05-2026; the month comes first only where a day proves it."""
    found = [match for cell in seen if isinstance(cell, str) and (match := _DAY.fullmatch(cell.strip()))]
    if not found:
        return None
    sign = found[0][2]
    if len(found[0][1]) == 4:
        return sign.join(("%Y", "%m", "%d"))
    if any(int(match[3]) > 12 for match in found) and all(int(match[1]) <= 12 for match in found):
        return sign.join(("%m", "%d", "%Y"))
    return sign.join(("%d", "%m", "%Y"))
