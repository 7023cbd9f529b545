"""The XML of one sheet, edited by splicing: every byte that is not a filled cell stays as it was.

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
from xml.sax.saxutils import escape, quoteattr

from mobility_app.exchange.book import Place, column_index, column_letters
from mobility_app.exchange.guard import Unreadable

_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as the letter A
_KEPT_OF_A_ROW = ("s", "customFormat", "ht", "customHeight")
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)

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


# ---- writing ---------------------------------------------------------------------------------------------------------


def edited(
    sheet: SheetXml, edits: Mapping[int, Mapping[int, Written]], *, like: int | None = None, since_1904: bool = False
) -> bytes:
    """The sheet with these cells written (row → column → value). New rows look like the row `like`.

    The rows edited, and `like`, must have been asked for in the scan. A cell with a formula is left alone.
    """
    writer = _Writer(sheet, like, since_1904)
    splices: list[tuple[int, int, bytes]] = []
    new: list[bytes] = []
    for number in sorted(edits):
        if row := sheet.rows.get(number):
            splices += writer.splices(row, edits[number])
        else:
            following = min((n for n in sheet.rows if n > number), default=0)
            made = writer.row(number, edits[number])
            if following:
                splices.append((sheet.rows[following].start, sheet.rows[following].start, made))
            else:
                new.append(made)
    splices += writer.end_of_data(b"".join(new))
    splices += writer.grown(edits)
    return _spliced(sheet.xml, splices)


def _spliced(xml: bytes, splices: list[tuple[int, int, bytes]]) -> bytes:
    parts, at = [], 0
    for start, end, content in sorted(splices, key=lambda splice: splice[:2]):
        parts += [xml[at:start], content]
        at = end
    return b"".join([*parts, xml[at:]])


class _Writer:
    def __init__(self, sheet: SheetXml, like: int | None, since_1904: bool) -> None:
        self.sheet, self._since_1904 = sheet, since_1904
        self._like = sheet.rows.get(like or 0)
        self._styles = {column: cell.style for column, cell in sheet.cells.get(like or 0, {}).items()}

    def splices(self, row: RowSpan, edits: Mapping[int, Written]) -> list[tuple[int, int, bytes]]:
        """What changes in a row that exists."""
        known = self.sheet.cells[row.number]
        found = []
        added: dict[int, list[bytes]] = {}
        for column in sorted(edits):
            cell = known.get(column)
            if cell is None:
                style = self._style(column, row.attributes)
                after = [c.start for n, c in known.items() if n > column]
                place = min(after) if after else max((c.end for c in known.values()), default=row.opened)
                added.setdefault(place, []).append(self._cell(row.number, column, edits[column], style))
            elif not cell.formula:
                content = self._cell(row.number, column, edits[column], cell.style)
                found.append((cell.start, cell.end, content))
        if row.closed:
            tag = self._row_tag(self.sheet.xml[row.start : row.opened])
            cells = b"".join(part for parts in added.values() for part in parts)
            return [(row.start, row.end, tag + cells + f"</{self.sheet.prefix}row>".encode())]
        found.append((row.start, row.opened, self._row_tag(self.sheet.xml[row.start : row.opened])))
        return found + [(place, place, b"".join(parts)) for place, parts in added.items()]

    def row(self, number: int, edits: Mapping[int, Written]) -> bytes:
        """A new row with the look of the first one."""
        kept = self._like.attributes if self._like else {}
        attributes = "".join(f" {name}={quoteattr(kept[name])}" for name in _KEPT_OF_A_ROW if name in kept)
        cells = []
        for column in sorted({*edits, *self._styles}):
            if column in edits:
                cells.append(self._cell(number, column, edits[column], self._style(column, kept)))
            elif (style := self._styles[column]) is not None:
                cells.append(f'<{self.sheet.prefix}c r="{column_letters(column)}{number}" s="{style}"/>'.encode())
        name = f"{self.sheet.prefix}row"
        return f'<{name} r="{number}"{attributes}>'.encode() + b"".join(cells) + f"</{name}>".encode()

    def end_of_data(self, rows: bytes) -> list[tuple[int, int, bytes]]:
        sheet = self.sheet
        if not rows:
            return []
        if sheet.start == sheet.data[1]:  # <sheetData/>
            name = f"{sheet.prefix}sheetData"
            return [(*sheet.data, f"<{name}>".encode() + rows + f"</{name}>".encode())]
        return [(sheet.end, sheet.end, rows)]

    def grown(self, edits: Mapping[int, Mapping[int, Written]]) -> list[tuple[int, int, bytes]]:
        """The declared dimension with the new cells in it: some readers stop there."""
        if self.sheet.dimension is None or not edits:
            return []
        start, end = self.sheet.dimension
        tag = self.sheet.xml[start:end]
        match = re.search(rb"""ref=["']([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?["']""", tag)
        if match is None:
            return []
        columns = [column for row in edits.values() for column in row]
        left = min([column_index(match[1].decode()), *columns])
        right = max([column_index((match[3] or match[1]).decode()), *columns])
        top, bottom = min([int(match[2]), *edits]), max([int(match[4] or match[2]), *edits])
        area = f'ref="{column_letters(left)}{top}:{column_letters(right)}{bottom}"'.encode()
        return [(start, end, tag[: match.start()] + area + tag[match.end() :])]

    def _style(self, column: int, row: Mapping[str, str]) -> int | None:
        if self._styles.get(column) is not None:
            return self._styles[column]
        own = row.get("s", "")
        return int(own) if own.isdigit() else self.sheet.column_style(column)

    def _row_tag(self, tag: bytes) -> bytes:
        """Opened, and without "spans", a hint about columns that may no longer hold."""
        opened = tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag
        return _ATTRIBUTE.sub(lambda match: b"" if match[1] == b"spans" else match[0], opened)

    def _cell(self, number: int, column: int, written: Written, style: int | None) -> bytes:
        style = written.style if written.style is not None else style
        where = f'r="{column_letters(column)}{number}"' + ("" if style is None else f' s="{style}"')
        p = self.sheet.prefix
        match written.value:
            case bool():
                return f'<{p}c {where} t="b"><{p}v>{int(written.value)}</{p}v></{p}c>'.encode()
            case dt.date():
                epoch = _EPOCH_1904 if self._since_1904 else _EPOCH
                return f"<{p}c {where}><{p}v>{(written.value - epoch).days}</{p}v></{p}c>".encode()
            case int() | Decimal():
                return f"<{p}c {where}><{p}v>{written.value}</{p}v></{p}c>".encode()
            case text:
                inside = escape(_CODED.sub("_x005F_", text))
                kept = f'<{p}is><{p}t xml:space="preserve">{inside}</{p}t></{p}is>'
                return f'<{p}c {where} t="inlineStr">{kept}</{p}c>'.encode()


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
