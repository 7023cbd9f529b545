"""Steps: what one write leaves behind so that it can be undone, and which step comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal

from sqlalchemy import ColumnElement, String, UpdateBase, cast, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.columns import now
from mobility_app.store.engines import JOURNALED_SQL
from mobility_app.store.journal import Changes, Label, Op
from mobility_app.store.replay import Conflict, replay
from mobility_app.store.schema import Audit, Change, ChangeSet

Way = Literal["undo", "redo"]
_ASKED = 50  # ids that a refusal looks up


def last_set_id(session: Session) -> int:
    """Given under the write lock, so the order of ids is the order of commits."""
    return session.scalar(select(func.max(ChangeSet.id))) or 0


def record(session: Session, seat: str, os_user: str, label: Label, *, undoable: bool = True) -> None:
    """One step with its values. A new step drops what this seat could have redone."""
    _drop_undone(session, seat)
    _header(session, "do", seat, os_user, label=asdict(label), state="done" if undoable else "sealed")
    set_id: int = session.info["set_id"]
    ops: Sequence[Op] = session.info["ops"]
    _run(
        session,
        insert(Change),
        [
            {"set_id": set_id, "n": n, "op": op.op, "table_name": op.table, "row_id": op.id}
            | {"before": op.before, "after": op.after}
            for n, op in enumerate(ops)
        ],
    )


def _drop_undone(session: Session, seat: str) -> None:
    undone = (ChangeSet.seat == seat, ChangeSet.kind == "do", ChangeSet.state == "undone")
    _run(session, update(ChangeSet).where(*undone).values(state="dropped"))


def take(session: Session, way: Way, step: ChangeSet, seat: str, os_user: str) -> None:
    """Takes the step back or forth again. Undo and redo keep a header alone: the values lie in the original."""
    number = step.id
    query = select(Change.op, Change.table_name, Change.row_id, Change.before, Change.after)
    ops = [Op(*row) for row in session.execute(query.where(Change.set_id == number).order_by(Change.n))]
    try:
        done = replay(session, ops, back=way == "undo")
    except (Conflict, IntegrityError) as error:
        session.rollback()
        raise _refusal(session, way, number, ops, error) from error
    session.info["ops"] = done
    mark(session, number, "undone" if way == "undo" else "done")
    _header(session, way, seat, os_user, of=number, state="sealed")


def audit(session: Session, os_user: str) -> None:
    """Who touched which fields of which rows; never the values."""
    stamp, set_id = now(), session.info["set_id"]
    rows = []
    for n, op in enumerate(session.info["ops"]):
        names = ",".join(op.after or {}) if op.op == "U" else ""
        row = {"set_id": set_id, "n": n, "at": stamp, "os_user": os_user}
        rows.append(row | {"op": op.op, "table_name": op.table, "row_id": op.id, "fields": names[:1000]})
    _run(session, insert(Audit), rows)


def news(session: Session, seat: str, heard: int) -> Changes | None:
    """What other seats have written after the step `heard`; None when there is nothing."""
    query = select(Audit.table_name, Audit.row_id).join(ChangeSet, ChangeSet.id == Audit.set_id)
    ids: dict[str, set[str]] = {}
    for table, row_id in session.execute(query.where(ChangeSet.id > heard, ChangeSet.seat != seat)):
        ids.setdefault(table, set()).add(row_id)
    found = {table: frozenset(rows) for table, rows in ids.items()}
    return Changes(last_set_id(session), "news", found) if ids else None


def next_step(session: Session, way: Way, seat: str) -> ChangeSet | None:
    """This seat's newest step that is done, or its oldest that is undone."""
    wanted, order = ("done", ChangeSet.id.desc()) if way == "undo" else ("undone", ChangeSet.id)
    query = select(ChangeSet).where(ChangeSet.seat == seat, ChangeSet.kind == "do", ChangeSet.state == wanted)
    return session.scalars(query.order_by(order).limit(1)).first()


def mark(session: Session, step: int, state: str) -> None:
    _run(session, update(ChangeSet).where(ChangeSet.id == step).values(state=state))


def _header(session: Session, kind: str, seat: str, os_user: str, **values: Any) -> None:
    row = {"id": session.info["set_id"], "kind": kind, "of": None, "seat": seat, "os_user": os_user, "at": now()}
    _run(session, insert(ChangeSet), [row | {"label": {}} | values])


def _refusal(session: Session, way: Way, step: int, ops: Sequence[Op], error: Exception) -> UserError:
    """Who stands in the way: the newest later step that touched these rows, or hung something on them."""
    ids = (error.ids if isinstance(error, Conflict) else tuple(op.id for op in ops))[:_ASKED]
    touches: list[ColumnElement[bool]] = [Change.row_id.in_(ids)]
    if isinstance(error, IntegrityError):
        touches += [cast(Change.after, String).contains(id_) for id_ in ids]
    origin = func.coalesce(ChangeSet.of, ChangeSet.id)
    later = select(ChangeSet.os_user).join(Change, Change.set_id == origin).where(ChangeSet.id > step, or_(*touches))
    who = session.scalar(later.order_by(ChangeSet.id.desc()).limit(1)) or _("another user")
    sentence = (
        _("This step cannot be undone: what it changed has changed again since ({who}).")
        if way == "undo"
        else _("This step cannot be redone: what it would change has changed since ({who}).")
    )
    return UserError(sentence.format(who=who), _("Nothing was changed. You can skip this step."))


def _run(session: Session, statement: UpdateBase, rows: Sequence[dict[str, Any]] | None = None) -> None:
    """Runs a statement of the journal itself."""
    if rows is None:
        session.connection().execute(statement, execution_options=JOURNALED_SQL)
    elif rows:
        session.connection().execute(statement, rows, execution_options=JOURNALED_SQL)
