"""Old files brought up to date: a verified copy first, all or nothing, and a step before the change is not undone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import inspect

from mobility_app import i18n
from mobility_app.errors import UserError
from mobility_app.store import backup, opener, vault
from mobility_app.store.database import create_database, open_database
from mobility_app.store.engines import connect_file, server_engine
from tests.store import planted, world
from tests.store.files import inventory
from tests.store.world import LABEL, content_hash

PASSPHRASE = "un été à Cádiz"


@pytest.fixture(autouse=True)
def in_english():
    i18n.use("en")
    yield
    i18n.use("fr")


@pytest.fixture(params=[None, PASSPHRASE], ids=["plain", "encrypted"])
def passphrase(request):
    return request.param


@pytest.fixture
def old(tmp_path, passphrase) -> Path:
    """A file of this version, with a step that could be undone."""
    path = tmp_path / "dossier.mobility"
    with create_database(path, passphrase=passphrase) as db:
        world.found(db)
        with db.write(LABEL) as s:
            s.add(world.person(90))
    shutil.rmtree(path.with_name("dossier-sauvegardes"))
    return path


@pytest.fixture
def newer_program(tmp_path, monkeypatch):
    """The program of the next version; its migration ends with the statement given."""

    def install(statement: str = "pass") -> None:
        planted.install(planted.write(tmp_path / "migrations", statement), monkeypatch.setattr)

    return install


def columns(path, key) -> list[str]:
    connection = connect_file(path, key, read_only=True)
    names = [row[1] for row in connection.execute("PRAGMA table_info(participant)")]
    connection.close()
    return names


def test_an_old_file_is_copied_and_brought_up_to_date(old, passphrase, newer_program):
    with open_database(old, passphrase=passphrase, read_only=True) as db:
        before = content_hash(db)
    newer_program()
    key = vault.key_of(old, passphrase) if passphrase else None
    with open_database(old, passphrase=passphrase) as db:
        assert content_hash(db) == before
        assert (db.undo_label(), db.undo()) == (None, None)  # the values of older steps may no longer fit
    assert "planted" in columns(old, key)
    copy = backup.last(old)
    assert copy.reason == "migration"
    assert backup.verify(copy.path, key)
    assert "planted" not in columns(copy.path, key)
    before = inventory(old.parent)
    open_database(old, passphrase=passphrase).close()  # once is enough
    assert inventory(old.parent) == before


@pytest.mark.parametrize(
    "statement",
    [
        "raise ZeroDivisionError",
        'op.execute("DELETE FROM participant WHERE number = 90")',
        'op.execute("UPDATE rate SET cents = cents + 1 WHERE cents > 0")',
        'op.execute("DELETE FROM project")',
    ],
    ids=["breaks", "loses a row", "changes money", "breaks references"],
)
def test_a_migration_that_goes_wrong_leaves_the_old_file(old, passphrase, newer_program, statement):
    before = old.read_bytes()
    newer_program(statement)
    for _attempt in range(2):
        with pytest.raises((AssertionError, ZeroDivisionError)):
            open_database(old, passphrase=passphrase)
        assert old.read_bytes() == before
    assert not opener.journal_of(old).exists()
    assert list(old.parent.glob("*.lock")) == []
    kept = backup.copies(old)
    assert {copy.reason for copy in kept} == {"migration"}


def test_an_old_file_that_cannot_be_written_is_not_opened(old, passphrase, newer_program):
    before = inventory(old.parent)
    newer_program()
    with pytest.raises(UserError, match="must be brought up to date first"):
        open_database(old, passphrase=passphrase, read_only=True)
    assert {name: content for name, content in inventory(old.parent).items() if name in before} == before


@pytest.mark.postgres
def test_an_old_server_dossier_is_brought_up_to_date(postgres_url, newer_program):
    with create_database(postgres_url) as db:
        world.found(db)
        with db.write(LABEL) as s:
            s.add(world.person(90))
        before = content_hash(db)
    newer_program()
    with pytest.raises(UserError, match="must be brought up to date first"):
        open_database(postgres_url, read_only=True)
    with open_database(postgres_url) as db:
        assert content_hash(db) == before
        assert db.undo() is None


@pytest.mark.postgres
def test_a_server_migration_that_goes_wrong_leaves_the_old_tables(postgres_url, newer_program):
    with create_database(postgres_url) as db:
        world.found(db)
    newer_program("raise ZeroDivisionError")
    with pytest.raises(ZeroDivisionError):
        open_database(postgres_url)
    engine = server_engine(postgres_url)
    with engine.connect() as connection:
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        columns = {column["name"] for column in inspect(connection).get_columns("participant")}
    engine.dispose()
    assert (int(version), "planted" in columns) == (planted.NOW, False)


# ---- servers that are not ours


@pytest.mark.postgres
def test_a_server_database_without_a_dossier_is_refused(postgres_url):
    with pytest.raises(UserError, match="holds no dossier"):
        open_database(postgres_url)
    create_database(postgres_url).close()
    with pytest.raises(UserError, match="holds a dossier already"):
        create_database(postgres_url)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("version", "said"), [("0099", "written by a newer version"), ("abcdef", "a database of another program")]
)
def test_a_server_dossier_of_another_version_is_refused(postgres_server, postgres_url, version, said):
    create_database(postgres_url).close()
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    postgres_server.execute(f"UPDATE alembic_version SET version_num = '{version}'", name)
    with pytest.raises(UserError, match=said):
        open_database(postgres_url)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("/test_", "/nowhere_"), "cannot be reached"),
        (("//mobility@", "//nobody_here@"), "cannot be reached"),
        (("?host=/", "?host=/nowhere/"), "cannot be reached"),
        (("@/", "@:port/"), "not the address"),
    ],
)
def test_a_server_that_cannot_be_reached_is_said(postgres_url, change, said):
    with pytest.raises(UserError, match=said):
        open_database(postgres_url.replace(*change))
