"""What the rows of a sheet are, told by its titles: stays, people without stays, schools and hosts, or payments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mobility_app.core.incoming import Column, ImportRow
from mobility_app.core.text import words
from mobility_app.exchange import headers
from mobility_app.exchange.book import Sheet
from mobility_app.exchange.columns import known_titles
from mobility_app.fields import BY_KEY, SheetKind

# What names a row of each kind: a row without any of these is a remark, a total or a heading.
NAMED_BY: dict[SheetKind, frozenset[str]] = {
    "mobilities": frozenset({"last_name", "first_name"}),
    "participants": frozenset({"last_name", "first_name"}),
    "organisations": frozenset({"organisation:name"}),
    "payments": frozenset({"last_name", "first_name", "bm_id", "entry:number"}),
}
_STAY = frozenset({"mobility", "host", "flow", "paper", "payment"})  # owners of what only a stay has
_ANYBODY = frozenset({"notes", "bm_id", "purpose"})
_WHERE_AND_WHEN = frozenset({"start", "end", "country", "town", "activity", "host"})
_CODES = frozenset({"organisation:oid", "organisation:pic", "organisation:siret"})
_HOSTS = re.compile(r"\b(hotes?|accueil|entreprises?|partenaires?|hosts?|partners?)\b")
_SENDERS = re.compile(r"\b(etablissements?|lycees?|cfa|membres?|envoi|schools?|senders?|members?)\b")


def best_titles(sheet: Sheet, kind: SheetKind) -> frozenset[str]:
    """The fields that the row of titles names, read as the titles of such a sheet."""
    return max((keys for _row, keys in known_titles(sheet, kind)), key=len, default=frozenset())


def kind_of(sheet: Sheet) -> SheetKind:
    """Stays unless the titles say otherwise."""
    stays, organisations = best_titles(sheet, "mobilities"), best_titles(sheet, "organisations")
    payments = best_titles(sheet, "payments")
    person = "first_name" in stays or _full_name(sheet)
    if "entry:cents" in payments and payments & NAMED_BY["payments"] and not stays & _WHERE_AND_WHEN:
        return "payments"
    about_stays = {key for key in stays if BY_KEY[key].owner in _STAY} - _ANYBODY
    names_one = "organisation:name" in organisations and len(organisations) > 1
    if names_one and (not person or organisations & _CODES) and not about_stays - {"country", "town", "host", "role"}:
        return "organisations"
    return "participants" if person and not about_stays else "mobilities"


def _full_name(sheet: Sheet) -> bool:
    """Whether one column holds both names."""
    number, most = 0, 0
    for row, keys in known_titles(sheet):
        if len(keys) > most:
            number, most = row.number, len(keys)
    cells = next((row.cells for row in sheet.rows if row.number == number), ())
    return any(headers.is_full_name(headers.title_text(cell)) for cell in cells)


def with_roles(rows: Iterable[ImportRow], columns: Iterable[Column], *said: str) -> list[ImportRow]:
    """Schools and hosts with the role that the sheet gives them: a cell, the title of the column, or what is `said`
    around it. None where nothing tells.
    """
    header = next((column.header for column in columns if column.field_key == "organisation:name"), "")
    about = _role_of(header) or next(filter(None, map(_role_of, said)), "")
    return [
        replace(row, values={**row.values, "organisation:role": row.values.get("organisation:role") or about or None})
        for row in rows
    ]


def _role_of(text: str) -> str:
    named = {"sending_organisation": "sender", "host": "host"}.get(headers.field_of(text) or "", "")
    if named:
        return named
    return "host" if _HOSTS.search(words(text)) else "sender" if _SENDERS.search(words(text)) else ""
