"""Making and opening a dossier: what must be true before the first read, and a sentence for whatever is not."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError
from sqlcipher3 import dbapi2

from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store import backup, lock, marker, migrate, opener, vault
from mobility_app.store.engines import connect_file, file_engine, is_sound, server_engine
from mobility_app.store.trouble import damaged, explain, explained


class Opened(NamedTuple):
    engine: Engine
    path: Path | None  # None on a server
    key: str | None
    read_only: bool
    seat: str = "file"  # whose steps undo takes back: one seat on a file, the login on a server


def is_server(target: str | Path) -> bool:
    return str(target).startswith("postgresql")


def make(target: str | Path, passphrase: str | None) -> None:
    """Makes a new, empty dossier; refuses to replace anything that exists."""
    if is_server(target):
        engine = _server(str(target))
        try:
            with explained(str(engine.url.database)):
                migrate.create_tables(engine)
        finally:
            engine.dispose()
        return
    path = Path(target)
    opener.refuse_to_replace(path)
    with explained(path.name):
        migrate.create_file(path, vault.new_key(passphrase) if passphrase else None)


def open_server(url: str, *, read_only: bool) -> Opened:
    engine = _server(url)
    try:
        with explained(str(engine.url.database)):
            migrate.check_server(engine, read_only=read_only)
            with engine.connect() as connection:
                login: str = connection.exec_driver_sql("SELECT current_user").scalar_one()
    except BaseException:
        engine.dispose()
        raise
    return Opened(engine, None, None, read_only, login)


def open_file(path: Path, passphrase: str | None, *, read_only: bool, program: str) -> Opened:
    """Takes the lock for writing, or reads beside whoever holds it.

    Every file that is not a sound dossier of ours is refused in words and never touched.
    """
    key = key_of(path, passphrase)
    writable = _writable(path)
    if read_only or not writable:
        if writable:
            _finish_killed_write(path, key, program)
        if prove(path, key, read_only=True) < opener.SCHEMA:
            raise migrate.out_of_date(path.name)
        return Opened(file_engine(path, key, read_only=True), path, key, read_only=True)
    lock.acquire(path, program)
    try:
        if prove(path, key, read_only=False) < opener.SCHEMA:
            backup.make(path, key, "migration")
            with explained(path.name):
                migrate.upgrade(path, key)
        marker.put(path)
    except BaseException:
        lock.release(path)
        raise
    return Opened(file_engine(path, key, read_only=False), path, key, read_only=False)


def _server(url: str) -> Engine:
    try:
        return server_engine(url)
    except ModuleNotFoundError as error:
        raise UserError(
            _("This installation cannot speak to a PostgreSQL server."),
            _("Install it with the “server” extra, or use a file."),
        ) from error
    except (ArgumentError, ValueError) as error:
        raise UserError(
            _("This is not the address of a PostgreSQL database."),
            _("It looks like postgresql+psycopg://user@server/database."),
        ) from error


def key_of(path: Path, passphrase: str | None) -> str | None:
    """The key of a file that may be ours, None for a plain one; raises UserError where a passphrase is missing."""
    if opener.examine(path) is opener.Kind.OURS:
        return None
    if not passphrase:
        raise UserError(
            _("“{name}” is encrypted or damaged.").format(name=path.name), _("Give its passphrase to open it.")
        )
    return vault.key_of(path, passphrase)


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _finish_killed_write(path: Path, key: str | None, program: str) -> None:
    """A killed writer leaves a journal that only a writer can roll back; whoever holds the lock does so themselves."""
    if not opener.journal_of(path).exists():
        return
    with suppress(UserError):
        lock.acquire(path, program)
        try:
            prove(path, key, read_only=False)
        finally:
            lock.release(path)


def prove(path: Path, key: str | None, *, read_only: bool) -> int:
    """Reads the file for real and gives its schema number.

    The passphrase is right, the file is ours, not newer, and after an unclean close its pages are sound.
    """
    try:
        connection = connect_file(path, key, read_only=read_only)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if connection.execute("PRAGMA application_id").fetchone()[0] != opener.APPLICATION_ID:
                raise opener.foreign_database(path.name)
            schema: int = connection.execute("PRAGMA user_version").fetchone()[0]
            opener.refuse_newer(path.name, schema)
            if schema < 1:  # no version of ours ever left it so
                raise damaged(path.name)
            if (
                marker.present(path)
                and not lock.alive(path)
                and not is_sound(connection, encrypted=key is not None, quick=True)
            ):
                raise damaged(path.name)
            return schema
        finally:
            connection.close()
    except (dbapi2.DatabaseError, UnicodeDecodeError, TypeError) as error:
        raise _refusal(path, key, error, read_only=read_only) from error


def _refusal(path: Path, key: str | None, error: Exception, *, read_only: bool) -> UserError:
    words = str(error).lower()
    if read_only and opener.journal_of(path).exists() and ("readonly" in words or "unable to open" in words):
        return UserError(
            _("The last write to “{name}” was cut off; it cannot be read before it is put in order.").format(
                name=path.name
            ),
            _("Open it once where it can be written."),
        )
    if key is not None and "not a database" in words:
        return UserError(
            _("Wrong passphrase for “{name}”, or the file is damaged.").format(name=path.name),
            _("Check capitals and spaces; the file was not touched."),
        )
    return explain(error, path.name) or damaged(path.name)
