"""A delimited text edited by splicing: delimiter, encoding, quotes, line ends and untouched cells stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from mobility_app.exchange import delimited

_HINT = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_SAMPLE = 100_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PLAIN = re.compile(r"[+-][\d .()/-]*")  # a telephone number or a number: nothing to compute


@dataclass(frozen=True)
class CsvText:
    """`records` are raw cells with their quotes; `ends` what closes each record."""

    encoding: str
    head: str  # Excel's own hint, which is no record
    delimiter: str
    records: tuple[tuple[str, ...], ...]
    ends: tuple[str, ...]

    @property
    def quotes_all(self) -> bool:
        filled = [cell for record in self.records[:5] for cell in record if cell]
        return bool(filled) and all(cell.startswith('"') for cell in filled)

    def encodes(self, text: str) -> bool:
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def edited(self, edits: Mapping[int, Mapping[int, str]]) -> bytes:
        """With these cells written (row from 1 → column from 0 → text); rows behind the last one are added."""
        records, ends = [list(record) for record in self.records], list(self.ends)
        usual = Counter(end for end in ends if end).most_common(1)
        end = usual[0][0] if usual else "\r\n"
        width = max((len(record) for record in records), default=0)
        for number in sorted(edits):
            while len(records) < number:
                if ends and not ends[-1]:
                    ends[-1] = end
                records.append([""] * width if len(records) == number - 1 else [""])
                ends.append(end)
            record = records[number - 1]
            record += [""] * (max(edits[number]) + 1 - len(record))
            for column, text in edits[number].items():
                record[column] = self._quoted(text)
        lines = (self.delimiter.join(record) + end for record, end in zip(records, ends, strict=True))
        return (self.head + "".join(lines)).encode(self.encoding)

    def _quoted(self, text: str) -> str:
        guarded = f"'{text}" if text.startswith(_FORMULA) and not _PLAIN.fullmatch(text) else text
        special = self.quotes_all or any(sign in guarded for sign in (self.delimiter, '"', "\n", "\r"))
        doubled = guarded.replace('"', '""')
        return f'"{doubled}"' if special or guarded != guarded.strip() else guarded


def parse(content: bytes) -> CsvText:
    """Quotes that never close are ordinary signs, as they are for the reader."""
    encoding = delimited.encoding_of(content)
    text = content.decode(encoding, "strict" if encoding != "cp1252" else "replace")
    marked = encoding == "utf-8" and text.startswith("\ufeff")
    if marked:
        encoding, text = "utf-8-sig", text[1:]
    hint = _HINT.match(text)
    head = hint[0] if hint else ""
    body = text[len(head) :]
    delimiter = hint[1] if hint else delimited.delimiter_of(body[:_SAMPLE])
    sign = re.escape(delimiter)
    cell = re.compile(rf'("(?:[^"]|"")*"|[^{sign}\r\n]*)({sign}|\r\n|\n|\r|\Z)')
    records: list[tuple[str, ...]] = []
    ends: list[str] = []
    current: list[str] = []
    at = 0
    while at < len(body) or current:
        match = cell.match(body, at)
        assert match is not None  # the second half of the pattern takes anything
        current.append(match[1])
        at = match.end()
        if match[2] != delimiter:
            records.append(tuple(current))
            ends.append(match[2])
            current = []
    return CsvText(encoding, head, delimiter, tuple(records), tuple(ends))
