"""New dossiers, and old ones brought up to date: Alembic is imported only when a migration is due."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.pool import NullPool

from mobility_app.errors import UserError
from mobility_app.files import replacing
from mobility_app.i18n import _
from mobility_app.paths import MIGRATIONS
from mobility_app.store import opener
from mobility_app.store.schema import Base

HEAD = f"{opener.SCHEMA:04d}"  # revisions are numbered like the schema


def create_file(path: Path, key: str | None) -> None:
    """A new file with every table, whole or not there at all."""
    with replacing(path) as temporary:
        engine = _engine(temporary, key)
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            _stamp(connection)
            connection.exec_driver_sql(f"PRAGMA application_id={opener.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={opener.SCHEMA}")
        engine.dispose()


def create_tables(engine: Engine) -> None:
    """Every table on an empty server database; refuses one that holds tables of ours already."""
    with engine.execution_options(journaled=True).begin() as connection:
        if inspect(connection).has_table("change_set"):
            raise UserError(_("This database holds a dossier already."), _("Open it instead of making a new one."))
        Base.metadata.create_all(connection)
        _stamp(connection)


def _stamp(connection: Connection) -> None:
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{HEAD}')")


def schema_of(path: Path, key: str | None) -> int:
    """The schema number of an encrypted file, which only its key can read."""
    from mobility_app.store.database import connect_file

    connection = connect_file(path, key, read_only=True)
    try:
        number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()
    opener.refuse_newer(path.name, number)
    return number


def check_server(engine: Engine) -> None:
    """Brings a server database up to date; refuses one that is not ours or newer."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            raise UserError(_("This database holds no dossier."), _("Make one with “mobility-app new”."))
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    opener.refuse_newer(str(engine.url.database), int(found))
    if found < HEAD:
        with engine.execution_options(journaled=True).begin() as connection:
            _run(connection)


def upgrade(path: Path, key: str | None) -> None:
    """Runs the missing migrations of a file in one transaction; on any failure the old file stays as it was."""
    engine = _engine(path, key)
    try:
        with engine.begin() as connection:
            _run(connection)
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise AssertionError(f"the migration leaves {len(broken)} broken references")
            connection.exec_driver_sql(f"PRAGMA user_version={opener.SCHEMA}")
    finally:
        engine.dispose()


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _engine(path: Path, key: str | None) -> Engine:
    """An engine for rebuilding tables: foreign keys off before BEGIN, else a batch rebuild would empty the children."""
    from sqlcipher3 import dbapi2

    from mobility_app.store.database import connect_file

    def connect() -> Any:
        connection = connect_file(path, key)
        connection.execute("PRAGMA foreign_keys=OFF")
        return connection

    engine = create_engine("sqlite://", module=dbapi2, poolclass=NullPool, creator=connect, hide_parameters=True)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN EXCLUSIVE"))
    return engine
