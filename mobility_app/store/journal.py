"""The journal: every row that a write inserts, updates or deletes, in the order of the SQL, before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Date, DateTime, Table, bindparam, delete, event, insert, inspect, select, update
from sqlalchemy.orm import Mapper, Session, UOWTransaction

from mobility_app.store.columns import Row, now
from mobility_app.store.derive import texts
from mobility_app.store.schema import JOURNALED

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


@dataclass(frozen=True)
class Changes:
    """What a committed write touched: the ids by table. Pages refetch the ones they show."""

    set_id: int
    kind: str  # do | undo | redo
    ids: Mapping[str, frozenset[str]]

    def touched(self, *tables: str) -> bool:
        return any(table in self.ids for table in tables)


class Conflict(Exception):
    """The rows are no longer as the journal left them; `ids` names them."""

    def __init__(self, table: str, ids: Iterable[str]) -> None:
        super().__init__(table)
        self.table, self.ids = table, tuple(ids)


# ---- columns and values -------------------------------------------------------------------------------------------


def table_of(name: str) -> Table:
    table = JOURNALED[name].__table__
    assert isinstance(table, Table)
    return table


def journaled(table: Table) -> list[str]:
    """The columns whose values the journal keeps: all but the key and what is derived."""
    return [c.name for c in table.columns if c.name != "id" and not c.info.get("derived")]


def encode(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def decode(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    def one(name: str, value: Any) -> Any:
        kind = table.c[name].type
        if value is not None and isinstance(kind, DateTime):
            return dt.datetime.fromisoformat(value)
        return dt.date.fromisoformat(value) if value is not None and isinstance(kind, Date) else value

    return {name: one(name, value) for name, value in values.items()}


# ---- collecting, in the order in which the SQL runs ------------------------------------------------------------------


def watch() -> None:
    """Listens once to every mapped row of the store."""
    event.listen(Row, "after_insert", _inserted, propagate=True)
    event.listen(Row, "after_update", _updated, propagate=True)
    event.listen(Row, "after_delete", _deleted, propagate=True)


def _ops(target: Row) -> list[Op]:
    session = inspect(target).session  # type: ignore[union-attr]  # a mapped row always has a state
    assert session is not None
    ops: list[Op] = session.info["ops"]
    return ops


def _inserted(_mapper: Mapper[Any], _connection: Any, target: Row) -> None:
    values = inspect(target).dict  # type: ignore[union-attr]
    names = journaled(table_of(target.__tablename__))
    _ops(target).append(Op("I", target.__tablename__, target.id, None, {n: encode(values.get(n)) for n in names}))


def _updated(_mapper: Mapper[Any], _connection: Any, target: Row) -> None:
    before, after = {}, {}
    state = inspect(target)
    for name in journaled(table_of(target.__tablename__)):
        history = state.attrs[name].history  # type: ignore[union-attr]
        if history.added and history.deleted and history.added[0] != history.deleted[0]:
            before[name], after[name] = encode(history.deleted[0]), encode(history.added[0])
        elif history.added and not history.deleted:
            raise AssertionError(f"{target.__tablename__}.{name} has no value before")
    if after:
        _ops(target).append(Op("U", target.__tablename__, target.id, before, after))


def _deleted(_mapper: Mapper[Any], _connection: Any, target: Row) -> None:
    state = inspect(target)
    before = {}
    for name in journaled(table_of(target.__tablename__)):
        history = state.attrs[name].history  # type: ignore[union-attr]
        # A pending edit never reached the database: the row goes as it was there.
        before[name] = encode(history.deleted[0] if history.deleted else getattr(target, name))
    _ops(target).append(Op("D", target.__tablename__, target.id, before, None))


def before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """Stamps every new and changed row; `session.new` is rebuilt at each access, so it is read once."""
    new, stamp, version = list(session.new), now(), session.info["set_id"]
    session.info["flushing"] = True
    for row in new:
        if isinstance(row, Row):
            row.created = row.created or stamp
            _stamp(row, stamp, version)
    for row in list(session.dirty):
        if isinstance(row, Row) and session.is_modified(row):
            _stamp(row, stamp, version)


def _stamp(row: Row, stamp: dt.datetime, version: int) -> None:
    row.updated, row.version = stamp, version
    for name, value in texts(row.__tablename__, inspect(row).dict).items():  # type: ignore[union-attr]
        setattr(row, name, value)


def after_flush(session: Session, _context: UOWTransaction) -> None:
    session.info["flushing"] = False


def bulk_insert(session: Session, model: type[Row], rows: Sequence[dict[str, Any]]) -> None:
    """Inserts many new rows and journals them; several times faster than the unit of work.

    Each row is {column: value} with its id; missing columns take the model's plain defaults.
    """
    if not rows:
        return
    session.flush()
    table, stamp, version = table_of(model.__tablename__), now(), session.info["set_id"]
    names = journaled(table)
    defaults = {c.name: _default(c) for c in table.columns}
    full = []
    for row in rows:
        values = {**{n: d() if callable(d) else d for n, d in defaults.items()}, **row}
        values |= {"created": values.get("created") or stamp, "updated": stamp, "version": version}
        full.append(values | texts(table.name, values))
    for part in _parts(full):
        session.execute(insert(table), part, execution_options={"journaled_sql": True})
    session.info["ops"].extend(Op("I", table.name, v["id"], None, {n: encode(v[n]) for n in names}) for v in full)


def _default(col: Any) -> Any:
    default = col.default
    if default is None:
        return None
    return (lambda: default.arg(None)) if default.is_callable else default.arg


# ---- replaying -----------------------------------------------------------------------------------------------------


def replay(session: Session, ops: Sequence[Op], *, back: bool) -> None:
    """Puts the rows back (undo) or forth (redo), in strict order; refuses whole when a row is no longer as it was."""
    ordered = [_reverse(op) for op in reversed(ops)] if back else list(ops)
    for (kind, name), group in _runs(ordered):
        for part in _parts(group):
            _STEPS[kind](session, table_of(name), part)


def _reverse(op: Op) -> Op:
    return Op({"I": "D", "D": "I", "U": "U"}[op.op], op.table, op.id, op.after, op.before)


def _runs(ops: Sequence[Op]) -> Iterator[tuple[tuple[str, str], list[Op]]]:
    """Only neighbours of one kind and table go together, and a row that comes twice starts a new run."""
    for key, group in groupby(ops, key=lambda op: (op.op, op.table)):
        run: list[Op] = []
        seen: set[str] = set()
        for op in group:
            if op.id in seen:
                yield key, run
                run, seen = [], set()
            run.append(op)
            seen.add(op.id)
        yield key, run


def _parts(rows: Sequence[Any]) -> Iterator[Any]:
    for start in range(0, len(rows), PART):
        yield rows[start : start + PART]


def _current(session: Session, table: Table, ops: Sequence[Op]) -> dict[str, Mapping[str, Any]]:
    rows = session.execute(select(table).where(table.c.id.in_([op.id for op in ops]))).mappings()
    return {row["id"]: row for row in rows}


def _changed(current: Mapping[str, Mapping[str, Any]], ops: Sequence[Op]) -> list[str]:
    """The rows that are gone or no longer hold the values that the journal left."""
    return [
        op.id
        for op in ops
        if op.id not in current or any(encode(current[op.id][n]) != v for n, v in (op.before or {}).items())
    ]


def _replay_insert(session: Session, table: Table, ops: Sequence[Op]) -> None:
    if present := _current(session, table, ops):
        raise Conflict(table.name, present)
    stamp, version = now(), session.info["set_id"]
    defaults = {c.name: _default(c) for c in table.columns if c.info.get("derived")}
    rows = []
    for op in ops:
        values = {n: d() if callable(d) else d for n, d in defaults.items()} | decode(table, op.after or {})
        values |= {"id": op.id, "updated": stamp, "version": version}
        rows.append(values | texts(table.name, values))
    session.execute(insert(table), rows, execution_options={"journaled_sql": True})


def _replay_delete(session: Session, table: Table, ops: Sequence[Op]) -> None:
    if gone := _changed(_current(session, table, ops), ops):
        raise Conflict(table.name, gone)
    session.execute(
        delete(table).where(table.c.id.in_([op.id for op in ops])), execution_options={"journaled_sql": True}
    )


def _replay_update(session: Session, table: Table, ops: Sequence[Op]) -> None:
    current = _current(session, table, ops)
    if moved := _changed(current, ops):
        raise Conflict(table.name, moved)
    stamp, version = now(), session.info["set_id"]
    for _names, group in groupby(ops, key=lambda op: tuple(op.after or {})):
        rows = []
        for op in group:
            values = decode(table, op.after or {})
            whole = {**current[op.id], **values}
            rows.append({"_id": op.id, "updated": stamp, "version": version} | values | texts(table.name, whole))
        statement = update(table).where(table.c.id == bindparam("_id"))  # the rows' own keys are the columns to set
        session.connection().execute(statement, rows, execution_options={"journaled_sql": True})


_STEPS = {"I": _replay_insert, "D": _replay_delete, "U": _replay_update}
