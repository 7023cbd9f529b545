"""A table as CSV for French Excel: UTF-8 with its mark, semicolons, and no text that would run as a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from mobility_app import files
from mobility_app.exchange.sheets import Cancelled, Progress, clean_cell
from mobility_app.exchange.tables import Column

# OWASP ASVS 1.2.10, CWE-1236: what makes a spreadsheet take a text for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\0")


def write_csv(
    path: str | Path,
    columns: Sequence[Column],
    rows: Sequence[Any],
    *,
    language: str = "fr",
    progress: Progress | None = None,
) -> None:
    """Header and rows; dates as 04/05/2026, amounts as 1438,00 (a point in English). Raises Cancelled."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(column.title) for column in columns])
    for done, row in enumerate(rows, 1):
        writer.writerow([_cell(column, column.value(row), language) for column in columns])
        if progress is not None and not progress(done, len(rows)):
            raise Cancelled
    with files.replacing(path) as temporary:
        temporary.write_bytes(buffer.getvalue().encode("utf-8-sig"))


def _cell(column: Column, value: Any, language: str) -> str:
    """Numbers and dates are typed, so a negative amount stays one; only texts are guarded."""
    match value:
        case None:
            return column.unknown
        case str():
            return guarded(value)
        case dt.date():
            return value.strftime("%d/%m/%Y")
    written = f"{Decimal(value) / 100:.2f}" if column.kind == "money" else str(value)
    return written.replace(".", ",") if language == "fr" else written


def guarded(value: str) -> str:
    """A leading sign counts whether it stands there as typed or only once the characters before it are dropped."""
    written = clean_cell(value)
    bare = written.lstrip("'")  # a text that looks shielded already gets its own shield, so that reading gives it back
    return f"'{written}" if value.startswith(_FORMULA) or bare.startswith(_FORMULA) else written
