"""The journal: every row that a write inserts, updates or deletes, in the order of the SQL, before and after."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import JSON, Date, DateTime, Table, event, insert, inspect
from sqlalchemy.orm import InstanceState, Mapper, Session, UOWTransaction

from mobility_app.store.columns import Row, new_id, now
from mobility_app.store.derive import texts
from mobility_app.store.engines import JOURNALED_SQL
from mobility_app.store.schema import METADATA

PART = 500  # rows a statement


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


# ---- columns and values -------------------------------------------------------------------------------------------


def table_of(name: str) -> Table:
    return METADATA.tables[name]


Coder = Callable[[Any], Any]


def _iso_date(value: dt.date) -> str:
    """A column of days keeps the day of a time."""
    return (value.date() if isinstance(value, dt.datetime) else value).isoformat()


def _plain(value: Any) -> Any:
    """As the database gives it back: keys are texts, tuples are lists."""
    return json.loads(json.dumps(value)) if value else value


# What a value becomes in the journal and back; other kinds are JSON already.
_CODERS: tuple[tuple[type[Any], Coder, Coder], ...] = (
    (DateTime, dt.datetime.isoformat, dt.datetime.fromisoformat),
    (Date, _iso_date, dt.date.fromisoformat),
    (JSON, _plain, lambda value: value),
)


@cache
def _coders(name: str) -> dict[str, tuple[Coder, Coder] | None]:
    """The journaled columns of a table, all but the key and what is derived, each with its way in and out."""
    found: dict[str, tuple[Coder, Coder] | None] = {}
    for column in table_of(name).columns:
        if column.name != "id" and not column.info.get("derived"):
            ways = (pair for kind, *pair in _CODERS if isinstance(column.type, kind))
            found[column.name] = next(((into, out) for into, out in ways), None)
    return found


@cache
def _coded(table: str) -> tuple[str, ...]:
    """The columns whose values need a way in and out."""
    return tuple(name for name, coders in _coders(table).items() if coders)


def journaled(table: str) -> list[str]:
    """The columns whose values the journal keeps: all but the key and what is derived."""
    return list(_coders(table))


def encode(table: str, row: Mapping[str, Any], names: Iterable[str] | None = None) -> dict[str, Any]:
    """The journaled values of a row: all of them, or those named."""
    coders = _coders(table)
    found = {name: row.get(name) for name in (coders if names is None else names)}
    for name in _coded(table):
        if name in found:
            found[name] = _encode(coders[name], found[name])
    return found


def _encode(coders: tuple[Coder, Coder] | None, value: Any) -> Any:
    return value if value is None or coders is None else coders[0](value)


def decode(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Journaled values as the columns take them."""
    coders = _coders(table)
    return {
        name: value if value is None or (pair := coders[name]) is None else pair[1](value)
        for name, value in values.items()
    }


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
    before, after = {}, {}
    attributes = _state(row).attrs
    for name, coders in _coders(row.__tablename__).items():
        history = attributes[name].history
        if not history.added:
            continue
        if not history.deleted:
            raise AssertionError(f"{row.__tablename__}.{name} has no value before")
        was, will = _encode(coders, history.deleted[0]), _encode(coders, history.added[0])
        if was != will:
            before[name], after[name] = was, will
    if after:
        _keep(row, "U", before, after)


def _deleted(_mapper: Mapper[Any], _connection: Any, row: Row) -> None:
    _keep(row, "D", encode(row.__tablename__, _as_stored(row)), None)


def _as_stored(row: Row) -> dict[str, Any]:
    """The row as the database has it: a pending edit never got there."""
    attributes = _state(row).attrs
    values = {}
    for name in _coders(row.__tablename__):
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
            _stamp(row, stamp, version, {name: getattr(row, name) for name in _coders(row.__tablename__)})


def _settle(row: Row) -> None:
    """A new row's columns that nobody set hold None, so that a later change in the same write knows it."""
    values, table = _state(row).dict, table_of(row.__tablename__)
    for name in _coders(table.name):
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


def parts(rows: Sequence[Any]) -> Iterator[Any]:
    for start in range(0, len(rows), PART):
        yield rows[start : start + PART]
