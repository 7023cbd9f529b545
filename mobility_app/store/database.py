"""The door to the data: `read()`, `write(label)`, undo and redo, on a SQLite file or a PostgreSQL server."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, UpdateBase, create_engine, event, func, insert, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store import backup, derived, journal, lock, marker, migrate, opener
from mobility_app.store.columns import now
from mobility_app.store.journal import Changes, Label, Op
from mobility_app.store.schema import Audit, Change, ChangeSet

log = logging.getLogger(__name__)
journal.watch()

_PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "busy_timeout=3000",
)
_ADVISORY_LOCK = 0x4D4F4256
Listener = Callable[[Changes], None]


class Database:
    """One dossier. Reads may run beside each other; one write at a time."""

    def __init__(self, engine: Engine, *, path: Path | None, read_only: bool, key: str | None) -> None:
        self.path = path  # None on a server
        self.read_only = read_only
        self._key = key
        self._reading = engine
        self._writing = engine.execution_options(journaled=True)
        self._turn = threading.Lock()
        self._listeners: list[Listener] = []
        self._changed = False
        self._seat = "file" if path else str(engine.url.username or "")
        self._os_user = lock._user()

    # ---- reading and writing

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view of the data. Hand out lists, never a half-read result."""
        with _explained(self._name()), Session(self._reading, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self, label: Label) -> Iterator[Session]:
        """One transaction, one undo step, one entry in the history. Nothing is told when nothing changed."""
        with self._transaction() as session:
            yield session
            session.flush()
            changes = self._finish(session, "do", label, None)
        self._tell(changes)

    def undo(self) -> Changes | None:
        """Takes back this seat's newest step; None when there is none. Refused whole when the content has moved on."""
        return self._step("undo")

    def redo(self) -> Changes | None:
        return self._step("redo")

    def skip(self, kind: Literal["undo", "redo"]) -> None:
        """Seals the step that cannot be taken, so that the ones below it can."""
        with self._transaction() as session:
            if step := self._next(session, kind):
                self._mark(session, step.id, "sealed")
                session.commit()

    def undo_label(self) -> Label | None:
        return self._label("undo")

    def redo_label(self) -> Label | None:
        return self._label("redo")

    def listen(self, listener: Listener) -> None:
        """Calls the listener after every committed write, on the thread that wrote."""
        self._listeners.append(listener)

    # ---- the dossier itself

    def back_up(self, reason: str) -> Path | None:
        """A verified copy beside the file (CONTRACT: before anything dangerous); None on a server."""
        return backup.make(self.path, self._key, reason) if self.path else None

    def close(self) -> Path | None:
        """Closes the dossier; a verified backup is made when something changed. Returns the backup's path."""
        made = None
        try:
            if self._changed and self.path and not self.read_only:
                made = self.back_up("close")
        finally:
            self._reading.dispose()
            if self.path and not self.read_only:
                marker.remove(self.path)
                lock.release(self.path)
        return made

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def dialect(self) -> str:
        return self._reading.dialect.name

    # ---- inside

    def _name(self) -> str:
        return self.path.name if self.path else str(self._reading.url.database)

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        if self.read_only:
            raise UserError(
                _("“{name}” is open for reading only.").format(name=self._name()), _("Nothing was changed.")
            )
        if not self._turn.acquire(timeout=30):
            raise AssertionError("a write inside a write")
        try:
            with _explained(self._name()), Session(self._writing) as session:
                session.info.update(ops=[], flushing=False, set_id=0)
                event.listen(session, "before_flush", journal.before_flush)
                event.listen(session, "after_flush", journal.after_flush)
                event.listen(session, "after_begin", _hand_over_info)
                newest = session.scalar(select(func.max(ChangeSet.id)))
                session.info["set_id"] = (newest or 0) + 1
                yield session
        finally:
            self._turn.release()

    def _finish(self, session: Session, kind: str, label: Label | None, of: int | None) -> Changes | None:
        ops: list[Op] = session.info["ops"]
        if not ops:
            session.rollback()
            return None
        set_id: int = session.info["set_id"]
        if kind == "do":
            assert label is not None
            _sql(
                session,
                update(ChangeSet)
                .where(ChangeSet.seat == self._seat, ChangeSet.kind == "do", ChangeSet.state == "undone")
                .values(state="dropped"),
            )
        derived.refresh(session, ops)
        header = {"id": set_id, "kind": kind, "of": of, "seat": self._seat, "os_user": self._os_user, "at": now()}
        header |= {"label": asdict(label) if label else {}, "state": "done" if kind == "do" else "sealed"}
        _sql(session, insert(ChangeSet), [header])
        if kind == "do":
            rows = [_change_row(set_id, n, op) for n, op in enumerate(ops)]
            _sql(session, insert(Change), rows)
        stamp = now()
        audit = [_audit_row(set_id, n, op, stamp, self._os_user) for n, op in enumerate(ops)]
        _sql(session, insert(Audit), audit)
        session.commit()
        self._changed = True
        ids: dict[str, set[str]] = {}
        for op in ops:
            ids.setdefault(op.table, set()).add(op.id)
        return Changes(set_id, kind, {table: frozenset(found) for table, found in ids.items()})

    def _step(self, kind: Literal["undo", "redo"]) -> Changes | None:
        with self._transaction() as session:
            step = self._next(session, kind)
            if step is None:
                return None
            rows = session.execute(select(Change).where(Change.set_id == step.id).order_by(Change.n)).scalars()
            ops = [Op(c.op, c.table_name, c.row_id, c.before, c.after) for c in rows]
            try:
                journal.replay(session, ops, back=kind == "undo")
            except (journal.Conflict, IntegrityError) as error:
                raise self._refusal(session, kind, step.id, error) from error
            session.info["ops"] = [journal._reverse(op) for op in reversed(ops)] if kind == "undo" else ops
            self._mark(session, step.id, "undone" if kind == "undo" else "done")
            changes = self._finish(session, kind, None, step.id)
        self._tell(changes)
        return changes

    def _next(self, session: Session, kind: Literal["undo", "redo"]) -> ChangeSet | None:
        """My newest step that is done, or my oldest that is undone."""
        wanted, order = ("done", ChangeSet.id.desc()) if kind == "undo" else ("undone", ChangeSet.id)
        query = select(ChangeSet).where(ChangeSet.seat == self._seat, ChangeSet.kind == "do", ChangeSet.state == wanted)
        return session.scalars(query.order_by(order).limit(1)).first()

    def _mark(self, session: Session, set_id: int, state: str) -> None:
        _sql(session, update(ChangeSet).where(ChangeSet.id == set_id).values(state=state))

    def _refusal(self, session: Session, kind: str, step: int, error: Exception) -> UserError:
        session.rollback()
        who = ""
        if isinstance(error, journal.Conflict):
            later = (
                select(ChangeSet.os_user)
                .join(Change, Change.set_id == ChangeSet.id)
                .where(Change.row_id.in_(error.ids), ChangeSet.id > step)
            )
            who = session.scalar(later.order_by(ChangeSet.id.desc()).limit(1)) or ""
        sentence = (
            _("This step cannot be undone: what it changed has changed again since ({who}).")
            if kind == "undo"
            else _("This step cannot be redone: what it would change has changed since ({who}).")
        )
        return UserError(
            sentence.format(who=who or _("another user")), _("Nothing was changed. You can skip this step.")
        )

    def _label(self, kind: Literal["undo", "redo"]) -> Label | None:
        with self.read() as session:
            step = self._next(session, kind)
            return Label(**step.label) if step else None

    def _tell(self, changes: Changes | None) -> None:
        for listener in self._listeners if changes else ():
            try:
                listener(changes)  # type: ignore[arg-type]
            except Exception:
                log.exception("a listener failed after change set %s", changes and changes.set_id)


def _change_row(set_id: int, n: int, op: Op) -> dict[str, Any]:
    row = {"op": op.op, "table_name": op.table, "row_id": op.id, "before": op.before, "after": op.after}
    return {"set_id": set_id, "n": n} | row


def _audit_row(set_id: int, n: int, op: Op, at: Any, os_user: str) -> dict[str, Any]:
    names = ",".join(op.after or {}) if op.op == "U" else ""
    row = {"at": at, "os_user": os_user, "op": op.op, "table_name": op.table, "row_id": op.id, "fields": names[:1000]}
    return {"set_id": set_id, "n": n} | row


def _sql(session: Session, statement: UpdateBase, rows: Sequence[dict[str, Any]] | None = None) -> None:
    """Runs a statement of the journal itself."""
    options = {"journaled_sql": True}
    if rows is None:
        session.connection().execute(statement, execution_options=options)
    elif rows:
        session.connection().execute(statement, rows, execution_options=options)


# ---- engines -------------------------------------------------------------------------------------------------------


def _hand_over_info(session: Session, _transaction: Any, connection: Connection) -> None:
    connection.info["session_info"] = session.info


def _guard(connection: Connection, statement: Any, _many: Any, _params: Any, options: Any) -> None:
    """There is no other way to write: anything outside a flush or the journal is refused."""
    if isinstance(statement, UpdateBase) and not options.get("journaled_sql"):
        info = connection.info.get("session_info")
        if not (info and info["flushing"]):
            raise AssertionError("a write that the journal does not see")


def _listen(engine: Engine) -> None:
    event.listen(engine, "before_execute", _guard)

    @event.listens_for(engine, "checkin")
    def _leave_nothing(connection: Any, record: Any) -> None:
        record.info.pop("session_info", None)
        if connection is not None and getattr(connection, "in_transaction", False):
            connection.rollback()


def connect_file(path: Path, key: str | None, *, read_only: bool = False) -> Any:
    """A driver connection with our settings; never creates a file."""
    from sqlcipher3 import dbapi2

    mode = "ro" if read_only else "rw"
    connection = dbapi2.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    if key is not None:
        connection.execute(f'PRAGMA key="{key.replace(chr(34), chr(34) * 2)}"')
    for pragma in _PRAGMAS:
        if not (read_only and pragma.startswith("journal_mode")):
            connection.execute(f"PRAGMA {pragma}")
    return connection


def _file_engine(path: Path, key: str | None, *, read_only: bool) -> Engine:
    from sqlalchemy.pool import QueuePool
    from sqlcipher3 import dbapi2

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        poolclass=QueuePool,
        creator=lambda: connect_file(path, key, read_only=read_only),
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = bool(connection.get_execution_options().get("journaled"))
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    _listen(engine)
    return engine


def _server_engine(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("journaled"):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    _listen(engine)
    return engine


# ---- opening -------------------------------------------------------------------------------------------------------


def is_server(target: str | Path) -> bool:
    return str(target).startswith("postgresql")


def create_database(target: str | Path, *, passphrase: str | None = None, program: str = "mobility-app") -> Database:
    """Makes a new, empty dossier; refuses to replace anything that exists."""
    if is_server(target):
        engine = _server_engine(str(target))
        with _explained(str(engine.url.database)):
            migrate.create_tables(engine)
        return Database(engine, path=None, read_only=False, key=None)
    path = Path(target)
    if path.exists():
        raise UserError(
            _("The file “{name}” exists already.").format(name=path.name), _("Choose another name, or open it.")
        )
    migrate.create_file(path, passphrase)
    return open_database(path, passphrase=passphrase, program=program)


def open_database(
    target: str | Path, *, passphrase: str | None = None, read_only: bool = False, program: str = "mobility-app"
) -> Database:
    """Opens a dossier for writing (taking its lock) or for reading beside whoever holds it.

    Every file that is not a sound dossier of ours is refused in words and never touched.
    """
    if is_server(target):
        engine = _server_engine(str(target))
        with _explained(str(engine.url.database)):
            migrate.check_server(engine)
        return Database(engine, path=None, read_only=read_only, key=None)
    path = Path(target)
    kind, schema = opener.examine(path)
    if kind is opener.Kind.ENCRYPTED and passphrase is None:
        raise UserError(
            _("“{name}” is encrypted or damaged.").format(name=path.name), _("Give its passphrase to open it.")
        )
    key = passphrase if kind is opener.Kind.ENCRYPTED else None
    read_only = read_only or not _writable(path)
    if not read_only:
        lock.acquire(path, program)
    try:
        _prove(path, key, read_only)
        if kind is opener.Kind.ENCRYPTED:
            schema = migrate.schema_of(path, key)
        if schema < opener.SCHEMA:
            if read_only:
                raise UserError(
                    _("“{name}” must be brought up to date first.").format(name=path.name),
                    _("Open it once where it can be written."),
                )
            backup.make(path, key, "migration")
            migrate.upgrade(path, key)
        if not read_only:
            marker.put(path)
    except BaseException:
        if not read_only:
            lock.release(path)
        raise
    return Database(_file_engine(path, key, read_only=read_only), path=path, read_only=read_only, key=key)


def _writable(path: Path) -> bool:
    import os

    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _prove(path: Path, key: str | None, read_only: bool) -> None:
    """Reads the file for real: the passphrase is right, and after an unclean close the pages are sound."""
    from sqlcipher3 import dbapi2

    try:
        connection = connect_file(path, key, read_only=read_only)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if key is not None and connection.execute("PRAGMA application_id").fetchone()[0] != opener.APPLICATION_ID:
                raise UserError(
                    _("“{name}” is a database of another program.").format(name=path.name),
                    _("Choose a .mobility file."),
                )
            if marker.present(path) and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise UserError(
                    _("“{name}” is damaged.").format(name=path.name),
                    _("Restore the last verified backup: this file was not touched."),
                )
        finally:
            connection.close()
    except (dbapi2.DatabaseError, UnicodeDecodeError, TypeError) as error:
        if key is not None:
            raise UserError(
                _("Wrong passphrase for “{name}”, or the file is damaged.").format(name=path.name),
                _("Check capitals and spaces; the file was not touched."),
            ) from error
        raise UserError(
            _("“{name}” is damaged.").format(name=path.name),
            _("Restore the last verified backup: this file was not touched."),
        ) from error


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Turns what the disk and the engine refuse into a sentence."""
    try:
        yield
    except OperationalError as error:
        words = str(error.orig).lower()
        if "full" in words or "disk i/o" in words:
            raise UserError(
                _("The disk is full or cannot be written; “{name}” was not changed.").format(name=name),
                _("Free some space, then do it again."),
            ) from error
        if "locked" in words or "busy" in words:
            raise UserError(
                _("“{name}” is being written by another program.").format(name=name), _("Try again in a moment.")
            ) from error
        if "readonly" in words or "read-only" in words:
            raise UserError(
                _("“{name}” was moved, replaced or write-protected meanwhile.").format(name=name),
                _("Nothing was changed. Close it and open it again."),
            ) from error
        if "connect" in words:
            raise UserError(_("The server cannot be reached."), _("Check the address and the network.")) from error
        raise
    except IntegrityError as error:
        raise UserError(
            _("This was refused: a number that must be unique is in use, or a record is still needed elsewhere."),
            _("Nothing was changed."),
        ) from error
    except DatabaseError as error:
        if "malformed" in str(error.orig).lower() or "not a database" in str(error.orig).lower():
            raise UserError(
                _("“{name}” is damaged.").format(name=name), _("Restore the last verified backup.")
            ) from error
        raise
