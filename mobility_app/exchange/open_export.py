"""Everything in one open file: JSON and CSV of every table, the attached files and a data dictionary in a zip.

It needs no program of ours to be read: “leave any day”.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from mobility_app.exchange.csv_writer import guarded
from mobility_app.files import replacing
from mobility_app.i18n import N_, catalogue

# (table, ((column, type, refers to), …), rows)
Dump = tuple[str, Sequence[tuple[str, str, str]], Sequence[dict[str, Any]]]


def write(
    path: Path, dumps: Iterable[Dump], attached: Iterable[tuple[str, bytes]], *, today: dt.date, language: str = "fr"
) -> None:
    """Writes the zip in one step. Amounts are whole cents, dates ISO, text UTF-8; CSV with semicolons."""
    translated = catalogue(language).gettext
    known = list(dumps)
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", _json(known, today))
        archive.writestr("dictionary.csv", _dictionary(known))
        for name, columns, rows in known:
            archive.writestr(f"csv/{name}.csv", _csv([c for c, _kind, _to in columns], rows))
        for digest, content in attached:
            archive.writestr(f"files/{digest}", content)
        archive.writestr("README.txt", translated(_README).format(day=today.isoformat(), tables=len(known)))


def _json(dumps: Sequence[Dump], today: dt.date) -> str:
    data = {name: list(rows) for name, _columns, rows in dumps}
    return json.dumps({"written": today.isoformat(), "tables": data}, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value))


def _csv(names: Sequence[str], rows: Iterable[dict[str, Any]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return int(value)
        case str():
            return guarded(value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, dt.date) else value


def _dictionary(dumps: Sequence[Dump]) -> bytes:
    rows = [
        {"table": name, "column": column, "type": kind, "refers_to": target}
        for name, columns, _rows in dumps
        for column, kind, target in columns
    ]
    return _csv(("table", "column", "type", "refers_to"), rows)


_README = N_(
    "Open export of {day}: {tables} tables.\n\n"
    "data.json holds everything; csv/ holds each table for a spreadsheet (UTF-8, semicolons).\n"
    "dictionary.csv names each column, its type and the table that it refers to.\n"
    "Amounts are whole cents of euro, dates are year-month-day, 1 is yes and 0 is no.\n"
    "files/ holds the attached files under their SHA-256, as the table “file” names them.\n"
)
