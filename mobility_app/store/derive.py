"""What a row carries for searching and ordering: folded texts made from its own columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mobility_app.core.text import fold, sort_key
from mobility_app.i18n import country_name

_SEARCHED: dict[str, tuple[str, ...]] = {
    "project": ("reference", "title", "call_year"),
    "organisation": ("name", "town", "uai", "oid", "siret", "email"),
    "participant": ("last_name", "first_name", "email", "class_name"),
    "flow": ("name",),
    "mobility": ("number", "town", "bm_id", "mentor"),
}
_SORTED: dict[str, tuple[str, ...]] = {
    "project": ("call_year", "reference"),
    "organisation": ("name",),
    "participant": ("last_name", "first_name"),
    "flow": ("name",),
    "mobility": ("town",),
}


def texts(table: str, row: Mapping[str, Any]) -> dict[str, str]:
    """`search` and `sort` of a row of this table; nothing for a table that lists do not search."""
    if table not in _SEARCHED:
        return {}
    found = [str(row[name]) for name in _SEARCHED[table] if row.get(name) is not None]
    if code := row.get("country"):
        found += [country_name(code, "fr"), country_name(code, "en")]
    order = [str(row.get(name) or "") for name in _SORTED[table]]
    return {"search": fold(" ".join(found))[:4000], "sort": sort_key(*order)[:600]}
