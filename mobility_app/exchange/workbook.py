"""“Exporter vers Excel”: any table as it is shown, or her own sheet with her columns in her order, as Excel or CSV.

The header row carries the titles that our import knows, so that an exported table can be read back without loss.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from mobility_app import i18n
from mobility_app.core.tracking import PaperState
from mobility_app.exchange.csv_writer import write_csv
from mobility_app.exchange.headings import Heading
from mobility_app.exchange.sheets import Cancelled, Progress, Workbook
from mobility_app.exchange.tables import Column
from mobility_app.exchange.tables import write_table as write_sheet
from mobility_app.fields import BY_KEY, Field

_KINDS: Final = {
    "text": "wrapped",
    "long_text": "wrapped",
    "email": "text",
    "choice": "wrapped",
    "country": "wrapped",
    "boolean": "centred",
}
# What comes back as the same text when the sheet is imported again: no leading zero, no idle decimal, no more digits
# than Excel keeps.
NO_SCHOOL: Final = "—"
_NUMBER: Final = re.compile(r"(?!-0$)-?(0|[1-9]\d{0,9})(,\d{0,4}[1-9])?")
_DATE: Final = re.compile(r"(\d{2})/(\d{2})/((?:19(?!00)|20)\d{2})")


def field_column(field: Field, language: str = "fr", title: str = "") -> Column:
    """The column of one field of a mobility, under its own title or hers."""
    _ = i18n.catalogue(language).gettext
    return Column(
        field.key,
        title or _(field.title),
        _KINDS.get(field.kind, field.kind),
        partial(_shown, field, language),
        field.width,
        _("unknown") if field.owner == "derived" else "",
    )


def own_column(title: str) -> Column:
    """A column of hers that we do not know, as it came in."""
    return Column(f"own:{title}", title, "general", lambda row: _as_typed(row.own.get(title)))


def field_columns(keys: Iterable[str], language: str = "fr") -> tuple[Column, ...]:
    """Columns of the table as it is shown: `keys` of `fields.MOBILITY` in the order chosen."""
    return tuple(_told(field_column(BY_KEY[key], language)) for key in keys)


def her_columns(
    headers: Iterable[tuple[str, str]], language: str = "fr", tracked: Mapping[str, Mapping[str, Any]] | None = None
) -> tuple[Column, ...]:
    """The columns of her own sheet: (her header, key of the field), the key empty for a column of her own.

    `tracked`: papers and payments of each mobility, under the keys of `fields.TRACKING`.
    """

    def column(header: str, key: str) -> Column:
        if not key:
            return own_column(header)
        if BY_KEY[key].owner in ("paper", "payment"):
            return _tracking_column(BY_KEY[key], header, tracked or {})
        return _told(field_column(BY_KEY[key], language, header))

    return tuple(column(header, key) for header, key in headers)


def _told(column: Column) -> Column:
    """A blank school means "as above" in the sheets that people send: a stay without a school says so."""
    if column.key != "sending_organisation":
        return column
    value = column.value
    return replace(column, value=lambda row: value(row) or NO_SCHOOL)


def _tracking_column(field: Field, title: str, tracked: Mapping[str, Mapping[str, Any]]) -> Column:
    """A paper's day where it is signed on one, else its state in words."""

    def value(row: Any) -> Any:
        known = tracked.get(row.id, {}).get(field.key)
        return known.day if isinstance(known, PaperState) and known.state == "signed" and known.day else _plain(known)

    return Column(field.key, title, "general" if field.kind == "paper" else field.kind, value, field.width)


def _plain(known: Any) -> Any:
    return (known.reason or str(known)) if isinstance(known, PaperState) else known


def write_table(
    path: str | Path,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Any],
    *,
    language: str = "fr",
    heading: Heading | None = None,
    frozen: int = 1,
    progress: Progress | None = None,
) -> bool:
    """Writes one table, as CSV when the path ends so. False when she cancelled, and then nothing is written."""
    try:
        if Path(path).suffix.lower() == ".csv":
            write_csv(path, columns, rows, language=language, progress=progress)
        else:
            workbook = Workbook(language, progress, len(rows))
            write_sheet(workbook, title, (heading or Heading(title)).titled(title), columns, rows, frozen=frozen)
            workbook.save(path)
    except Cancelled:
        return False
    return True


def _shown(field: Field, language: str, row: Any) -> Any:
    """The value of a field as a cell holds it; words in the language of the sheet."""
    value = attrgetter(field.key)(row)
    _ = i18n.catalogue(language).gettext
    match field.kind:
        case "boolean":
            return None if value is None else _("Yes") if value else _("No")
        case "choice":
            return next((_(choice.title) for choice in field.choices if choice.code == value), value)
        case "country":
            return i18n.country_name(value, language) or None
    return value


def _as_typed(value: str | None) -> str | float | dt.date | None:
    """Her own columns are kept as texts; numbers and dates become again what they were in her sheet."""
    if value is None:
        return None
    if number := _NUMBER.fullmatch(value):
        return float(value.replace(",", ".")) if number[2] else int(value)
    if date := _DATE.fullmatch(value):
        with suppress(ValueError):  # 31/02 is a text
            return dt.date(int(date[3]), int(date[2]), int(date[1]))
    return value
