"""How the values of a row are written in the journal, as the database would give them back, and read again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import JSON, Date, DateTime, Table

from mobility_app.store.schema import METADATA


class Way(NamedTuple):
    """Into the journal, and out of it."""

    into: Callable[[Any], Any]
    out: Callable[[Any], Any]


def table_of(name: str) -> Table:
    return METADATA.tables[name]


@cache
def journaled(table: str) -> tuple[str, ...]:
    """The columns whose values the journal keeps: all but the key and what is derived."""
    return tuple(c.name for c in table_of(table).columns if c.name != "id" and not c.info.get("derived"))


def encode(table: str, row: Mapping[str, Any], names: Iterable[str] | None = None) -> dict[str, Any]:
    """The values of a row for the journal: all that it keeps, or those named."""
    values = {name: row.get(name) for name in (journaled(table) if names is None else names)}
    for name, way in _ways(table).items():
        if values.get(name) is not None:
            values[name] = way.into(values[name])
    return values


def decode(table: str, journaled_values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of the journal as the columns take them."""
    values = dict(journaled_values)
    for name, way in _ways(table).items():
        if values.get(name) is not None:
            values[name] = way.out(values[name])
    return values


def _day(value: dt.date) -> str:
    """A column of days keeps the day of a time."""
    return (value.date() if isinstance(value, dt.datetime) else value).isoformat()


def _plain(value: Any) -> Any:
    """Keys are texts, tuples are lists."""
    return json.loads(json.dumps(value)) if value else value


# Values of other kinds are the same in the journal.
_WAYS: tuple[tuple[type[Any], Way], ...] = (
    (DateTime, Way(dt.datetime.isoformat, dt.datetime.fromisoformat)),
    (Date, Way(_day, dt.date.fromisoformat)),
    (JSON, Way(_plain, lambda value: value)),
)


@cache
def _ways(table: str) -> dict[str, Way]:
    """The journaled columns whose values are written otherwise."""
    kinds = {name: table_of(table).c[name].type for name in journaled(table)}
    return {name: way for name, kind in kinds.items() for known, way in _WAYS if isinstance(kind, known)}
