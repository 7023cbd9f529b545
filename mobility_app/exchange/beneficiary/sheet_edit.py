"""Cells spliced into the XML of a sheet: every byte that is not a filled cell stays as it was."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from mobility_app.exchange.beneficiary.sheet_xml import RowSpan, SheetXml, Written
from mobility_app.exchange.book import column_index, column_letters

_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as the letter A
_KEPT_OF_A_ROW = ("s", "customFormat", "ht", "customHeight")
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)


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
