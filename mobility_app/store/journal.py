"""The journal: every row that a write inserts, updates or deletes, in the order of the SQL, before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Table, event, insert, inspect
from sqlalchemy.orm import InstanceState, Mapper, Session, UOWTransaction

from mobility_app.store.columns import Row, new_id, now
from mobility_app.store.derive import texts
from mobility_app.store.engines import JOURNALED_SQL
from mobility_app.store.parts import parts
from mobility_app.store.values import encode, journaled
from mobility_app.store.values import table_of as table_of  # the rooms above take it from here


class Op(NamedTuple):
    """One row's change: `op` is I, U or D; before and after hold JSON values of journaled columns."""

    op: str
    table: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class Label:
    """What a step is called: an English template with its count, or the record whose name fills {name}.

    The name is looked up when the label is shown, so erasing a person leaves no name behind.
    """

    template: str
    plural: str = ""
    count: int | None = None
    table: str = ""
    id: str = ""


def counted(singular: str, plural: str, count: int) -> Label:
    """The label of a step on several records."""
    return Label(singular, plural, count)


@dataclass(frozen=True)
class Changes:
    """What a committed write touched: the ids by table. Pages refetch the ones they show."""

    set_id: int
    kind: str  # do | undo | redo | news (of other seats)
    ids: Mapping[str, frozenset[str]]

    def touched(self, *tables: str) -> bool:
        return any(table in self.ids for table in tables)


# ---- collecting, in the order in which the SQL runs ------------------------------------------------------------------


def watch() -> None:
    """Listens once to every mapped row of the store."""
    event.listen(Row, "after_insert", _inserted, propagate=True)
    event.listen(Row, "after_update", _updated, propagate=True)
    event.listen(Row, "before_delete", _deleted, propagate=True)


def _state(row: Row) -> InstanceState[Row]:
    state: InstanceState[Row] = inspect(row)
    return state


def _keep(row: Row, op: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    session = _state(row).session
    assert session is not None
    session.info["ops"].append(Op(op, row.__tablename__, row.id, before, after))


def _inserted(_mapper: Mapper[Any], _connection: Any, row: Row) -> None:
    _keep(row, "I", None, encode(row.__tablename__, _state(row).dict))


def _updated(_mapper: Mapper[Any], _connection: Any, row: Row) -> None:
    was, will = {}, {}
    table, attributes = row.__tablename__, _state(row).attrs
    for name in journaled(table):
        history = attributes[name].history
        if history.added:
            if not history.deleted:
                raise AssertionError(f"{table}.{name} has no value before")
            was[name], will[name] = history.deleted[0], history.added[0]
    before, after = encode(table, was, was), encode(table, will, will)
    if changed := [name for name in after if before[name] != after[name]]:
        _keep(row, "U", {name: before[name] for name in changed}, {name: after[name] for name in changed})


def _deleted(_mapper: Mapper[Any], _connection: Any, row: Row) -> None:
    _keep(row, "D", encode(row.__tablename__, _as_stored(row)), None)


def _as_stored(row: Row) -> dict[str, Any]:
    """The row as the database has it: a pending edit never got there."""
    attributes = _state(row).attrs
    values = {}
    for name in journaled(row.__tablename__):
        history = attributes[name].history
        values[name] = history.deleted[0] if history.deleted else getattr(row, name)
    return values


def before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """Stamps every new and changed row; `session.new` is rebuilt at each access, so it is read once."""
    new, stamp, version = list(session.new), now(), session.info["set_id"]
    session.info.update(flushing=True, flushed=len(session.info["ops"]))
    for row in new:
        if isinstance(row, Row):
            row.created = row.created or stamp
            _settle(row)
            _stamp(row, stamp, version, _state(row).dict)
    for row in list(session.dirty):
        if isinstance(row, Row) and session.is_modified(row):
            _stamp(row, stamp, version, {name: getattr(row, name) for name in journaled(row.__tablename__)})


def _settle(row: Row) -> None:
    """A new row's columns that nobody set hold None, so that a later change in the same write knows it."""
    values, table = _state(row).dict, table_of(row.__tablename__)
    for name in journaled(table.name):
        if name not in values and table.c[name].default is None:
            setattr(row, name, None)


def _stamp(row: Row, stamp: dt.datetime, version: int, values: Mapping[str, Any]) -> None:
    row.updated, row.version = stamp, version
    for name, value in texts(row.__tablename__, values).items():
        setattr(row, name, value)


def after_flush(session: Session, _context: UOWTransaction) -> None:
    session.info["flushing"] = False
    ops: list[Op] = session.info["ops"]
    start: int = session.info["flushed"]
    ops[start:] = _in_order_of_sql(ops[start:])


def _in_order_of_sql(ops: Iterable[Op]) -> Iterator[Op]:
    """A flush tells of new rows first but updates old ones before: a unique number may have changed hands."""
    for _table, run in groupby(ops, key=lambda op: op.table):
        yield from sorted(run, key=lambda op: "UID".index(op.op))


def bulk_insert(session: Session, model: type[Row], rows: Sequence[dict[str, Any]]) -> None:
    """Inserts many new rows and journals them; several times faster than the unit of work.

    Each row is {column: value}; missing columns take the model's plain defaults.
    """
    session.flush()
    table, stamp = table_of(model.__tablename__), now()
    stamps = {"created": stamp, "updated": stamp, "version": session.info["set_id"]}
    full = []
    for row in rows:
        values = {**defaults(table), **stamps, **row}
        values["id"] = row.get("id") or new_id()
        full.append(values | texts(table.name, values))
    for part in parts(full):
        session.execute(insert(table), part, execution_options=JOURNALED_SQL)
    session.info["ops"].extend(Op("I", table.name, row["id"], None, encode(table.name, row)) for row in full)


def defaults(table: Table) -> dict[str, Any]:
    """A fresh value for every column but the key, as the model would give it."""
    plain, made = _defaults(table)
    return plain | {name: make() for name, make in made}


@cache
def _defaults(table: Table) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """Values that rows may share, and how the others are made."""
    plain: dict[str, Any] = {}
    made: list[tuple[str, Callable[[], Any]]] = []
    for column in table.columns:
        default: Any = column.default
        if default is None or not default.is_callable:
            plain[column.name] = default.arg if default is not None else None
        elif column.name != "id":
            made.append((column.name, partial(default.arg, None)))
    return plain, tuple(made)
