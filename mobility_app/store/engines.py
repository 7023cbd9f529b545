"""Connections to a SQLite file and to a PostgreSQL server: their settings, who may write, what a write must pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, TextClause, UpdateBase, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool, Pool, QueuePool

_PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
)
_PATIENCE = 3.0  # seconds for a lock of another program
_ADVISORY_LOCK = 0x4D4F4256
JOURNALED_SQL = {"journaled_sql": True}  # marks the statements of the journal itself


def connect_file(path: Path, key: str | None, *, read_only: bool = False) -> Any:
    """A driver connection with our settings; never creates a file. `key` is what `vault` made of the passphrase."""
    from sqlcipher3 import dbapi2

    mode = "ro" if read_only else "rw"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = dbapi2.connect(uri, uri=True, isolation_level=None, timeout=_PATIENCE, check_same_thread=False)
    try:
        if key is not None:
            connection.execute(f'PRAGMA key="{key}"')
        for pragma in _PRAGMAS:
            if not (read_only and pragma.startswith("journal_mode")):
                connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def is_sound(connection: Any, *, encrypted: bool, quick: bool = False) -> bool:
    """Whether every page of an open file is whole; quick leaves out the comparison of indexes with their tables."""
    if encrypted and connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        return False
    check = "quick_check" if quick else "integrity_check"
    return bool(connection.execute(f"PRAGMA {check}(1)").fetchone()[0] == "ok")


def file_engine(path: Path, key: str | None, *, read_only: bool) -> Engine:
    engine = _sqlite(QueuePool, lambda: connect_file(path, key, read_only=read_only))

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = _is_writing(connection)
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    _watch(engine)
    return engine


def rebuilding_engine(path: Path, key: str | None) -> Engine:
    """For making and migrating tables: foreign keys off before BEGIN, else a batch rebuild would empty the children."""

    def connect() -> Any:
        connection = connect_file(path, key)
        connection.execute("PRAGMA foreign_keys=OFF")
        return connection

    engine = _sqlite(NullPool, connect)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN EXCLUSIVE"))
    return engine


def server_engine(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if _is_writing(connection):
            connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    _watch(engine)
    return engine


def hand_over_info(session: Session, _transaction: Any, connection: Connection) -> None:
    """Lets the guard of a connection see what the session that writes on it is doing."""
    connection.info["session_info"] = session.info


def _sqlite(pool: type[Pool], connect: Callable[[], Any]) -> Engine:
    from sqlcipher3 import dbapi2

    return create_engine("sqlite://", module=dbapi2, poolclass=pool, creator=connect, hide_parameters=True)


def _is_writing(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("journaled"))


def _guard(connection: Connection, statement: Any, _many: Any, _params: Any, options: Any) -> None:
    """There is no other way to write: anything outside a flush or the journal is refused."""
    if isinstance(statement, UpdateBase | TextClause) and not options.get("journaled_sql"):
        info = connection.info.get("session_info")
        if not (info and info["flushing"]):
            raise AssertionError("a write that the journal does not see")


def _watch(engine: Engine) -> None:
    event.listen(engine, "before_execute", _guard)

    @event.listens_for(engine, "checkin")
    def _leave_nothing(connection: Any, record: Any) -> None:
        """A refused COMMIT would leave the pool a live transaction, and its lock."""
        record.info.pop("session_info", None)
        if connection is not None and getattr(connection, "in_transaction", False):
            connection.rollback()
