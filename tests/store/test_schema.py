"""The tables: the migrations make what the models say, and every table keeps the store's rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, Connection, Engine, inspect, text

from mobility_app.paths import MIGRATIONS
from mobility_app.store import derived, migrate, opener
from mobility_app.store.engines import connect_file, rebuilding_engine, server_engine
from mobility_app.store.schema import JOURNALED, METADATA

_CATALOGUE = {
    "sqlite": """
        SELECT type, name, sql FROM sqlite_master
        WHERE name NOT LIKE 'sqlite_%' AND tbl_name <> 'alembic_version' ORDER BY type, name""",
    "postgresql": """
        SELECT 'column', table_name || '.' || column_name,
               concat_ws(' ', udt_name, character_maximum_length, is_nullable, column_default)
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
        UNION ALL
        SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
        FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
        UNION ALL
        SELECT 'index', indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        ORDER BY 1, 2""",
}


def catalogue(connection: Connection) -> list[tuple[str, str, str]]:
    """Every table, column, constraint and index as the engine itself describes them; their order says nothing."""
    rows = connection.exec_driver_sql(_CATALOGUE[connection.dialect.name])
    return [(kind, name, " ".join(sorted((sql or "").rstrip("\n)").split(", \n\t")))) for kind, name, sql in rows]


def an_engine(target: Path | str) -> Engine:
    if isinstance(target, str):
        return server_engine(target).execution_options(**migrate.BUILDING)
    target.touch()
    return rebuilding_engine(target, None)


def described(engine: Engine, make) -> list[tuple[str, str, str]]:
    """What the engine describes after `make(connection)`, which is then taken back."""
    with engine.connect() as connection, connection.begin() as transaction:
        assert catalogue(connection) == []
        make(connection)
        found = catalogue(connection)
        transaction.rollback()
    return found


def test_migrations_make_what_the_models_say(db_target):
    engine = an_engine(db_target)
    by_models = described(engine, METADATA.create_all)
    by_migrations = described(engine, migrate.run_migrations)
    engine.dispose()
    assert by_migrations == by_models
    assert {"uq_mobility_bm_id", "ix_mobility_participant_id"} <= {name for _kind, name, _sql in by_models}
    assert any("interruption_days" in sql and "CHECK" in sql for _kind, _name, sql in by_models)


def test_a_changed_check_is_seen(db_target, monkeypatch):
    """Alembic's own comparison does not see this one."""
    engine = an_engine(db_target)
    by_migrations = described(engine, migrate.run_migrations)
    checks = [c for c in METADATA.tables["mobility"].constraints if isinstance(c, CheckConstraint)]
    monkeypatch.setattr(checks[0], "sqltext", text("interruption_days >= 1"))
    by_models = described(engine, METADATA.create_all)
    engine.dispose()
    assert by_migrations != by_models


def test_the_newest_migration_is_the_schema_number():
    revisions = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("*.py"))
    assert revisions == [f"{number:04d}" for number in range(1, opener.SCHEMA + 1)]


def test_migrations_do_not_know_the_models():
    for path in (MIGRATIONS / "versions").glob("*.py"):
        assert "mobility_app" not in path.read_text("utf-8"), path.name


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_references_are_indexed_deferrable_and_without_cascade(table):
    indexed = {next(iter(index.columns.keys())) for index in table.indexes}
    for key in table.foreign_keys:
        assert key.parent.name in indexed
        assert (key.deferrable, key.initially) == (True, "IMMEDIATE")
        assert key.ondelete is None
        assert key.onupdate is None


def test_no_table_refers_to_itself_through_others():
    order = {table.name: n for n, table in enumerate(METADATA.sorted_tables)}  # a cycle would warn, and fail
    for table in METADATA.sorted_tables:
        assert all(order[key.column.table.name] < order[table.name] for key in table.foreign_keys), table.name


@pytest.mark.parametrize("model", JOURNALED.values(), ids=JOURNALED)
def test_every_journaled_column_knows_its_value_before(model):
    for attribute in inspect(model).column_attrs:
        column = attribute.columns[0]
        if column.name != "id" and not column.info.get("derived"):
            assert attribute.active_history, column
            assert column.server_default is None


def test_every_derived_column_of_a_mobility_is_recomputed():
    marked = {c.name for c in METADATA.tables["mobility"].columns if c.info.get("derived")}
    assert marked == {*derived.COLUMNS, "search", "sort", "version", "updated"}


def test_a_new_file_says_what_it_is(tmp_path):
    path = tmp_path / "dossier.mobility"
    migrate.create_file(path, None)
    connection = connect_file(path, None, read_only=True)
    settings = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version", "journal_mode", "synchronous", "foreign_keys", "secure_delete")
    }
    connection.close()
    assert settings == {
        "application_id": 0x4D4F4256,
        "user_version": opener.SCHEMA,
        "journal_mode": "delete",
        "synchronous": 3,  # EXTRA
        "foreign_keys": 1,
        "secure_delete": 1,
    }
