"""The XML of one sheet: where its rows, cells and drop-down lists lie in the bytes, so that cells can be spliced in.

Standard library only. Rows and cells are found by their place in the bytes (expat), never by a model of the sheet that
would have to know every element that Excel may put there.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from xml.parsers import expat

from mobility_app.exchange.book import Place, column_index
from mobility_app.exchange.guard import Unreadable

_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")

Scalar = str | int | Decimal | bool | dt.date


@dataclass(frozen=True)
class Written:
    """What a cell will hold. `style` replaces the cell's own (a date needs a style that shows days)."""

    value: Scalar
    style: int | None = None


@dataclass(frozen=True)
class CellSpan:
    start: int
    end: int
    style: int | None
    formula: bool = False
    filled: bool = False


@dataclass(frozen=True)
class RowSpan:
    number: int
    start: int
    opened: int  # behind its opening tag
    end: int
    attributes: Mapping[str, str]

    @property
    def closed(self) -> bool:
        """<row/>"""
        return self.opened == self.end


@dataclass
class SheetXml:
    """Where everything lies. `cells` knows only the rows that were asked for; `lists` are (sqref, formula)."""

    xml: bytes
    prefix: str = ""
    start: int = -1  # of the sheet's data, behind its opening tag
    end: int = -1
    data: tuple[int, int] = (-1, -1)  # the whole element
    rows: dict[int, RowSpan] = field(default_factory=dict)
    cells: dict[int, dict[int, CellSpan]] = field(default_factory=dict)
    columns: list[tuple[int, int, int]] = field(default_factory=list)  # first, last (from 0), style
    lists: list[tuple[str, str]] = field(default_factory=list)
    dimension: tuple[int, int] | None = None

    def column_style(self, column: int) -> int | None:
        return next((style for first, last, style in self.columns if first <= column <= last), None)

    def formulas(self) -> set[Place]:
        """The places that hold a formula, of the rows that were asked for."""
        return {
            (number, column) for number, cells in self.cells.items() for column, cell in cells.items() if cell.formula
        }


def scan(xml: bytes, wanted: range | set[int]) -> SheetXml:
    """Raises Unreadable when the part is no well-formed sheet in UTF-8."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        xml = xml.decode("utf-16").replace('encoding="UTF-16"', 'encoding="UTF-8"', 1).encode()
    scanner = _Scanner(xml, wanted)
    try:
        scanner.run()
    except expat.ExpatError:
        raise Unreadable("damaged") from None
    if scanner.found.end < 0:
        raise Unreadable("damaged")
    return scanner.found


class _Scanner:
    def __init__(self, xml: bytes, wanted: range | set[int]) -> None:
        self.found = SheetXml(xml)
        self._xml, self._wanted = xml, wanted
        self._row: tuple[int, int, int, dict[str, str]] | None = None
        self._cell: tuple[int, int, dict[str, str], bool] | None = None  # column, start, attributes, <c/>
        self._seen: dict[str, bool] = {}
        self._number = self._column = 0
        self._in_data = False
        self._list: dict[str, str] | None = None
        self._text: list[str] | None = None

    def run(self) -> None:
        parser = expat.ParserCreate()
        self._parser = parser
        parser.StartDoctypeDeclHandler = self._refuse
        parser.XmlDeclHandler = self._declared
        parser.StartElementHandler = self._opens
        parser.EndElementHandler = self._closes
        parser.CharacterDataHandler = self._reads
        parser.buffer_text = True
        parser.Parse(self._xml, True)

    def _refuse(self, *_about: object) -> None:
        raise Unreadable("damaged")

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise Unreadable("format")

    def _tag(self) -> tuple[int, int]:
        start = self._parser.CurrentByteIndex
        match = _TAG.match(self._xml, start)
        if match is None:
            raise Unreadable("damaged")
        return start, match.end()

    def _opens(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        if self._in_data:
            self._opens_in_data(local, attributes)
            return
        match local:
            case "sheetData":
                start, end = self._tag()
                self.found.prefix = f"{prefix}:" if prefix else ""
                self.found.start, self.found.data, self._in_data = end, (start, end), True
            case "dimension":
                self.found.dimension = self._tag()
            case "col" if "style" in attributes:
                first, last = int(attributes.get("min", "1")) - 1, int(attributes.get("max", "1")) - 1
                self.found.columns.append((first, last, int(attributes["style"])))
            case "dataValidation":
                self._list = {"type": attributes.get("type", ""), "where": attributes.get("sqref", ""), "of": ""}
            case "formula1" | "sqref" if self._list is not None:
                self._text = []

    def _opens_in_data(self, local: str, attributes: dict[str, str]) -> None:
        if local == "row":
            self._number = int(attributes["r"]) if attributes.get("r", "").isdigit() else self._number + 1
            self._row, self._column = (*self._tag(), self._number, attributes), -1
            if self._number in self._wanted:
                self.found.cells[self._number] = {}
        elif local == "c":
            letters = re.match(r"[A-Z]+", attributes.get("r", ""))
            self._column = column_index(letters[0]) if letters else self._column + 1
            if self._number in self._wanted:
                start, end = self._tag()
                self._cell = (self._column, start, attributes, self._xml[end - 2 : end] == b"/>")
                self._seen = {}
        elif self._cell is not None and local in ("f", "v", "is"):
            self._seen[local] = True

    def _closes(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if self._in_data:
            self._closes_in_data(local)
        elif local == "dataValidation" and self._list is not None:
            if self._list["type"] == "list" and self._list["of"]:
                self.found.lists.append((self._list["where"], self._list["of"]))
            self._list = None
        elif local in ("formula1", "sqref") and self._list is not None and self._text is not None:
            self._list["of" if local == "formula1" else "where"] = "".join(self._text).strip()
            self._text = None

    def _closes_in_data(self, local: str) -> None:
        if local == "c" and self._cell is not None:
            column, start, attributes, closed = self._cell
            style = attributes.get("s", "")
            span = CellSpan(
                start,
                self._end(start, closed),
                int(style) if style.isdigit() else None,
                "f" in self._seen,
                bool({"v", "is"} & self._seen.keys()),
            )
            self.found.cells[self._number][column] = span
            self._cell = None
        elif local == "row" and self._row is not None:
            start, opened, number, attributes = self._row
            end = self._end(start, self._xml[opened - 2 : opened] == b"/>")
            self.found.rows[number] = RowSpan(number, start, opened, end, attributes)
            self._row = None
        elif local == "sheetData":
            start, opened = self.found.data
            closed = self._xml[opened - 2 : opened] == b"/>"
            self.found.end = opened if closed else self._parser.CurrentByteIndex
            self.found.data = (start, self._end(start, closed))
            self._in_data = False

    def _end(self, start: int, closed: bool) -> int:
        """Behind the element that closes now."""
        tag = _TAG.match(self._xml, start if closed else self._parser.CurrentByteIndex)
        if tag is None:
            raise Unreadable("damaged")
        return tag.end()

    def _reads(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)


def covers(sqref: str, row: int) -> set[int]:
    """The columns of a list of areas ("B3:B999 D3") at a row."""
    found: set[int] = set()
    for area in sqref.replace("$", "").split():
        match: Any = re.fullmatch(r"([A-Z]+)(\d+)?(?::([A-Z]+)(\d+)?)?", area)
        if match is None:
            continue
        top, bottom = int(match[2] or 1), int(match[4] or match[2] or 1_048_576)
        if top <= row <= bottom or (match[3] and not match[2]):
            found |= set(range(column_index(match[1]), column_index(match[3] or match[1]) + 1))
    return found
