"""New dossiers, and old ones brought up to date: Alembic is imported only when a migration is due."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from mobility_app.errors import UserError
from mobility_app.files import replacing
from mobility_app.i18n import _
from mobility_app.paths import MIGRATIONS
from mobility_app.store import opener
from mobility_app.store.engines import JOURNALED_SQL, rebuilding_engine
from mobility_app.store.schema import METADATA
from mobility_app.store.tally import open_tally

BUILDING = {"journaled": True, **JOURNALED_SQL}  # a migration writes rows that no journal can take back


def create_file(path: Path, key: str | None) -> None:
    """A new file with every table, whole or not there at all."""
    with replacing(path) as temporary:
        engine = rebuilding_engine(temporary, key)
        try:
            with engine.begin() as connection:
                METADATA.create_all(connection)
                _stamp(connection)
                connection.exec_driver_sql(f"PRAGMA application_id={opener.APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version={opener.SCHEMA}")
        finally:
            engine.dispose()
            opener.journal_of(temporary).unlink(missing_ok=True)  # after a full disk


def create_tables(engine: Engine) -> None:
    """Every table on an empty server database; refuses one that holds tables of ours already."""
    with engine.execution_options(**BUILDING).begin() as connection:
        if inspect(connection).has_table("change_set"):
            raise UserError(_("This database holds a dossier already."), _("Open it instead of making a new one."))
        METADATA.create_all(connection)
        _stamp(connection)


def check_server(engine: Engine, *, read_only: bool) -> None:
    """Brings a server database up to date; refuses one that is not ours or newer."""
    name = str(engine.url.database)
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            raise UserError(_("This database holds no dossier."), _("Make one with “mobility-app new”."))
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    if not str(found).isdigit():
        raise opener.foreign_database(name)
    opener.refuse_newer(name, int(found))
    if int(found) < opener.SCHEMA:
        if read_only:
            raise out_of_date(name)
        with engine.execution_options(**BUILDING).begin() as connection:
            _upgrade(connection)


def upgrade(path: Path, key: str | None) -> None:
    """Runs the missing migrations of a file in one transaction; on any failure the old file stays as it was."""
    engine = rebuilding_engine(path, key)
    try:
        with engine.begin() as connection:
            _upgrade(connection)
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise AssertionError(f"the migration leaves {len(broken)} broken references")
            connection.exec_driver_sql(f"PRAGMA user_version={opener.SCHEMA}")
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> None:
    """The values of older steps may not fit the new tables: none of them is undone any more."""
    before = open_tally(connection)
    run_migrations(connection)
    after = open_tally(connection)
    if lost := [name for name in before if name in after and after[name] != before[name]]:
        raise AssertionError(f"the migration changes the sums of {', '.join(lost)}")
    connection.exec_driver_sql("UPDATE change_set SET state = 'sealed' WHERE state IN ('done', 'undone')")


def out_of_date(name: str) -> UserError:
    return UserError(
        _("“{name}” must be brought up to date first.").format(name=name), _("Open it once where it can be written.")
    )


def _stamp(connection: Connection) -> None:
    """Revisions are numbered like the schema."""
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{opener.SCHEMA:04d}')")


def run_migrations(connection: Connection) -> None:
    """The missing migrations, on a connection that has begun its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
