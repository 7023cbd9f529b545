"""Replaying journaled rows: back for an undo, forth for a redo, through the same door as every write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from mobility_app.store.columns import now
from mobility_app.store.derive import texts
from mobility_app.store.engines import JOURNALED_SQL
from mobility_app.store.journal import Op, defaults
from mobility_app.store.parts import parts
from mobility_app.store.values import decode, encode, table_of

_BACK = {"I": "D", "D": "I", "U": "U"}


class Conflict(Exception):
    """The rows are no longer as the journal left them; `ids` names them."""

    def __init__(self, table: str, ids: Iterable[str]) -> None:
        super().__init__(table)
        self.table, self.ids = table, tuple(ids)


def replay(session: Session, ops: Sequence[Op], *, back: bool) -> list[Op]:
    """Puts the rows back or forth, in strict order, and returns what was done.

    Refused whole when a row is no longer as the journal left it: by content, not by version, for an undo below
    would otherwise be refused for ever.
    """
    ordered = [_reverse(op) for op in reversed(ops)] if back else list(ops)
    for (kind, name), run in _runs(ordered):
        for part in parts(run):
            _WAYS[kind](session, table_of(name), part)
    return ordered


def _reverse(op: Op) -> Op:
    return Op(_BACK[op.op], op.table, op.id, op.after, op.before)


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


def _insert(session: Session, table: Table, ops: Sequence[Op]) -> None:
    if present := _current(session, table, ops):
        raise Conflict(table.name, present)
    stamps = {"updated": now(), "version": session.info["set_id"]}
    rows = []
    for op in ops:
        values = {**defaults(table), **decode(table.name, op.after or {}), **stamps, "id": op.id}
        rows.append(values | texts(table.name, values))
    session.execute(insert(table), rows, execution_options=JOURNALED_SQL)


def _delete(session: Session, table: Table, ops: Sequence[Op]) -> None:
    _refuse_changed(table, _current(session, table, ops), ops)
    statement = delete(table).where(table.c.id.in_([op.id for op in ops]))
    session.execute(statement, execution_options=JOURNALED_SQL)


def _update(session: Session, table: Table, ops: Sequence[Op]) -> None:
    current = _current(session, table, ops)
    _refuse_changed(table, current, ops)
    stamps = {"updated": now(), "version": session.info["set_id"]}
    statement = update(table).where(table.c.id == bindparam("_id"))  # the rows' own keys are the columns to set
    for _names, group in groupby(ops, key=lambda op: tuple(op.after or {})):
        rows = []
        for op in group:
            values = decode(table.name, op.after or {})
            rows.append({"_id": op.id, **stamps, **values, **texts(table.name, {**current[op.id], **values})})
        session.connection().execute(statement, rows, execution_options=JOURNALED_SQL)


def _current(session: Session, table: Table, ops: Sequence[Op]) -> dict[str, Mapping[str, Any]]:
    rows = session.execute(select(table).where(table.c.id.in_([op.id for op in ops]))).mappings()
    return {row["id"]: dict(row) for row in rows}


def _refuse_changed(table: Table, current: Mapping[str, Mapping[str, Any]], ops: Sequence[Op]) -> None:
    """Raises Conflict for rows that are gone or do not hold the values that the journal left."""

    def moved(op: Op) -> bool:
        row, before = current.get(op.id), op.before or {}
        return row is None or encode(table.name, row, before) != before

    if changed := [op.id for op in ops if moved(op)]:
        raise Conflict(table.name, changed)


_WAYS: dict[str, Callable[[Session, Table, Sequence[Op]], None]] = {"I": _insert, "D": _delete, "U": _update}
