"""How frozen rows are read: which columns, in which order, of which ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from mobility_app.store.parts import parts

Order = Sequence[tuple[str, bool]]  # field key, descending


def shared_columns(row: type[Any], table: Any, *, but: Any = None) -> list[Any]:
    """The columns of a table that a frozen row carries under the same name."""
    taken = but.__table__.columns if but else ()
    names = [f.name for f in fields(row) if f.name in table.__table__.columns and f.name not in taken]
    return [getattr(table, name) for name in names]


def ordered(query: Select[Any], table: Any, order: Order) -> Select[Any]:
    """As asked; names and numbers last, so that the order is total."""
    for key, descending in order:
        column = getattr(table, key)
        query = query.order_by(column.is_(None), column.desc() if descending else column.asc())
    return query.order_by(table.sort, table.number)


def in_parts(s: Session, query: Select[Any], column: Any, ids: Sequence[str]) -> Iterable[Any]:
    for part in parts(ids):
        yield from s.execute(query.where(column.in_(part))).mappings().all()


def rows_of(s: Session, query: Select[Any], table: Any, ids: Sequence[str] | None, make: Any) -> list[Any]:
    """Those of these ids in their order; without ids all of them by name."""
    if ids is None:
        return [make(**row) for row in s.execute(query.order_by(table.sort, table.number)).mappings()]
    found = {row["id"]: make(**row) for row in in_parts(s, query, table.id, ids)}
    return [found[id_] for id_ in ids if id_ in found]
