"""CSV and tab-separated text as people save it: usual encodings and delimiters, quotes and line breaks in cells."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter

from mobility_app.exchange.guard import CELL_CHARACTERS, COLUMNS, ROWS, Unreadable

DELIMITERS = ";\t,|"
_SAMPLE = 100_000
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SHIELDED = re.compile(r"'(?='*[=+\-@\t\r])")  # the apostrophe that our own CSV puts before what Excel would compute


def rows_of(content: bytes, delimiter: str | None = None) -> list[list[str]]:
    """Every record, empty ones included, so that the index + 1 is the row number that a spreadsheet would show."""
    text = decode(content)
    declared = re.match(r'"?sep=(.)"?\r?\n', text, re.IGNORECASE)  # Excel's own hint; it does not count as a row
    if declared:
        text = text[declared.end() :]
    rows = _parse(text, declared[1] if declared else delimiter or delimiter_of(text[:_SAMPLE]))
    if len(rows) > ROWS or any(len(row) > COLUMNS for row in rows):
        raise Unreadable("too_large")
    return [[cell[1:] if _SHIELDED.match(cell) else cell for cell in row] for row in rows]


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or the Windows code page of Western Europe."""
    text = content.decode(encoding_of(content), "replace").removeprefix("\ufeff")
    if len(_BINARY.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 500:
        raise Unreadable("not_a_table")
    return text.replace("\x00", "")


def encoding_of(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = content[:2000:2].count(0), content[1:2000:2].count(0)
    if odd > 4 * even and odd > len(content[:2000]) // 5:
        return "utf-16-le"
    if even > 4 * odd and even > len(content[:2000]) // 5:
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def delimiter_of(sample: str) -> str:
    """The sign that cuts most records into the same number of cells, and into many."""
    return max(DELIMITERS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, delimiter: str) -> float:
    rows = [row for row in _parse(sample, delimiter)[:500] if any(row)]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width, agreeing = widths.most_common(1)[0]
    return agreeing / len(rows) * math.sqrt(width - 1)


def _parse(text: str, delimiter: str) -> list[list[str]]:
    """Quoted cells first; when a quote is never closed, quotes are ordinary signs (5'10", an inch, a lone quote)."""
    csv.field_size_limit(CELL_CHARACTERS)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        unclosed = text.count('"') % 2 == 1
    try:
        if unclosed:
            return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE))
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise Unreadable("too_large") from None
