"""The columns of the lists, made from the fields: a new field is a new column that she can choose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from mobility_app.core.facts import NOT_PLANNED, MobilityRow
from mobility_app.fields import BY_KEY, MOBILITY, Field
from mobility_app.i18n import N_, _, country_name, money, ngettext
from mobility_app.ui.pills import STAGE_TONES
from mobility_app.ui.rows_model import Column
from mobility_app.ui.values import shown

NUMERIC = frozenset({"integer", "money", "kilometres"})


def column_of(field: Field, *, visible: bool = False, sort: bool = True) -> Column:
    """The column that shows a field; hidden until she chooses it unless told otherwise."""
    return Column(
        field.key,
        field.title,
        lambda row: shown(field, getattr(row, field.key)),
        width=max(56, field.width * 8),
        numeric=field.kind in NUMERIC,
        sort=field.key if sort else "",
        shown=visible,
        grow=field.kind in ("text", "long_text"),
    )


def _days(row: MobilityRow) -> str:
    return "" if row.days is None else ngettext("{n} d", "{n} d", row.days).format(n=row.days)


def cells_of(*keys: str) -> tuple[tuple[str, Callable[[Any], str]], ...]:
    """Each of these fields in a cell of its own."""
    return tuple((BY_KEY[key].title, lambda row, key=key: shown(BY_KEY[key], getattr(row, key))) for key in keys)


NAMES = cells_of("last_name", "first_name")
# How a mobility is shown at first, in this order.
_FIRST: tuple[Column, ...] = (
    Column(
        "last_name", N_("Participant"), lambda r: r.full_name, 170, sort="last_name", grow=True, least=144, copied=NAMES
    ),
    replace(column_of(BY_KEY["status"], visible=True), width=78),
    replace(column_of(BY_KEY["host"], visible=True), title=N_("Host"), width=140, least=88),
    Column(
        "country",
        N_("Place"),
        lambda r: r.town or "",
        148,
        note=lambda r: country_name(r.country),
        sort="country",
        grow=True,
        least=125,
        copied=cells_of("town", "country"),
    ),
    Column(
        "start",
        N_("Start"),
        lambda r: shown(BY_KEY["start"], r.first_day),
        92,
        sort="first_day",
        copied=cells_of("start", "end"),
    ),
    Column("days", N_("Days"), _days, 55, numeric=True, sort="days"),
    Column(
        "total",
        N_("Grant"),
        lambda r: "" if r.total is None else money(r.total),
        88,
        numeric=True,
        note=lambda r: _("incomplete") if r.total is None and r.stage not in NOT_PLANNED else "",
        sort="total",
    ),
    Column(
        "stage",
        N_("Stage"),
        lambda r: shown(BY_KEY["stage"], r.stage),
        119,
        tone=lambda r: STAGE_TONES.get(r.stage, "neutral"),
        sort="stage",
    ),
)


def mobility_columns(sortable: Collection[str] | None = None) -> Sequence[Column]:
    """Every field of a mobility as a column; `sortable` limits the keys that the query can order by."""
    first = {column.key for column in _FIRST}
    rest = tuple(column_of(field) for field in MOBILITY if field.key not in first)
    columns = (*_FIRST, *rest)
    if sortable is None:
        return columns
    return tuple(column if column.sort in sortable else replace(column, sort="") for column in columns)


def own_column(title: str) -> Column:
    """One of her own columns, under her own title."""
    return Column(f"own/{title}", title, lambda row: row.own.get(title, ""), 120, shown=False, grow=True)
