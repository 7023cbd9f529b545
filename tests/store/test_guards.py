"""There is no other way to write: what goes round the journal is refused, and nothing is left half done."""

from __future__ import annotations

import ast
import threading
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError

import mobility_app
from mobility_app.actions import mobilities
from mobility_app.errors import UserError
from mobility_app.store.columns import new_id, now
from mobility_app.store.database import open_database
from mobility_app.store.engines import connect_file
from mobility_app.store.schema import ChangeSet, Mobility, Participant, Setting
from tests.store import world
from tests.store.world import LABEL, content_hash


@pytest.fixture
def db(dossier):
    with world.opened(dossier) as db:
        world.found(db)
        yield db


@pytest.mark.parametrize(
    "statement",
    [
        update(Mobility).values(town="x"),
        update(Mobility.__table__).values(town="x"),
        delete(Mobility),
        insert(Setting).values(id=new_id(), key="k", value={}, version=1, created=now(), updated=now()),
        text("UPDATE mobility SET town = 'x'"),
    ],
    ids=["orm update", "core update", "delete", "insert", "text"],
)
@pytest.mark.parametrize("way", ["session", "connection"])
def test_a_write_past_the_journal_is_refused(db, statement, way):
    before = content_hash(db)

    def write_past():
        with db.write(LABEL) as s:
            (s if way == "session" else s.connection()).execute(statement)

    with pytest.raises(AssertionError, match="journal does not see"):
        write_past()
    assert content_hash(db) == before
    with db.write(LABEL) as s:  # the guard of one write knows nothing of the next
        s.add(world.person(90))


def test_reading_cannot_write(db):
    before = content_hash(db)

    def add_while_reading():
        with db.read() as s:
            s.add(world.person(90))
            s.flush()

    def update_while_reading():
        with db.read() as s:
            s.execute(update(Mobility).values(town="x"))

    def by_the_driver():
        with db.read() as s:
            s.connection().exec_driver_sql("UPDATE mobility SET town = 'x'")

    for attempt, error in (
        (add_while_reading, (AssertionError, DatabaseError, UserError)),
        (update_while_reading, AssertionError),
        (by_the_driver, (DatabaseError, UserError)),
    ):
        with pytest.raises(error):
            attempt()
    assert content_hash(db) == before


@pytest.mark.parametrize("engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_read_is_one_snapshot(dossier):
    """On a file a reader makes the writer wait instead."""
    with world.opened(dossier) as mine, world.opened(dossier) as theirs:
        world.found(mine)
        with mine.read() as s:
            before = s.scalars(select(Mobility.number)).all()
            with theirs.write(LABEL) as other:
                other.add(world.person(90))
                other.flush()
                other.delete(other.scalars(select(Mobility)).first())
            assert s.scalars(select(Mobility.number)).all() == before


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_commit_that_is_refused_leaves_no_transaction(dossier):
    with world.opened(dossier) as db:
        world.found(db)
        before = content_hash(db)
        reader = connect_file(db.path, None, read_only=True)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM mobility").fetchone()  # a shared lock that outlives the wait

        def write():
            with db.write(LABEL) as s:
                s.connection().exec_driver_sql("PRAGMA busy_timeout=50")
                s.add(world.person(90))

        with pytest.raises(UserError, match=r"dossier\.mobility"):
            write()
        reader.execute("COMMIT")
        assert content_hash(db) == before
        write()
        assert content_hash(db) != before
        assert db.undo()
        reader.close()


def test_writers_wait_for_each_other(db):
    """Two threads, twenty writes each: every one is its own step, none is lost."""
    failures = []

    def work(first):
        try:
            for n in range(20):
                with db.write(LABEL) as s:
                    s.add(world.person(first + n))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(first,)) for first in (100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with db.read() as s:
        assert len(s.scalars(select(Participant.number).where(Participant.number >= 100)).all()) == 40
    assert sum(db.undo() is not None for _ in range(41)) == 40


def test_a_form_opened_on_an_older_version_is_refused(db):
    id_ = world.mobility_ids(db)[0]
    with db.read() as s:
        seen = s.get(Mobility, id_).version
    with db.write(LABEL) as s:
        mobilities.change(s, id_, seen=seen, town="Cádiz")
    before = content_hash(db)

    def late():
        with db.write(LABEL) as s:
            mobilities.change(s, id_, seen=seen, town="Jerez")

    with db.read() as s:
        who = s.scalars(select(ChangeSet.os_user)).first()
    with pytest.raises(UserError, match=who):
        late()
    assert content_hash(db) == before


def test_open_for_reading_only_refuses_every_write(dossier):
    with world.opened(dossier) as db:
        world.found(db)
    reading = open_database(dossier, read_only=True)
    before = content_hash(reading)
    for attempt in (reading.undo, reading.redo, lambda: reading.write(LABEL).__enter__()):
        with pytest.raises(UserError):
            attempt()
    assert content_hash(reading) == before
    assert reading.close() is None


def _raw_sql(path: Path) -> list[str]:
    """Calls that send SQL as text."""
    found = []
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("exec_driver_sql", "executescript"):
                found.append(f"{path.name}:{node.lineno} {name}")
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            found += [f"{path.name}:{node.lineno} {a.name}" for a in node.names if a.name in ("text", "literal_column")]
    return found


def test_sql_as_text_stays_in_the_store(tmp_path):
    package = Path(mobility_app.__file__).parent
    rooms = [path for path in sorted(package.rglob("*.py")) if path.parent.name != "store"]
    assert len(rooms) > 50
    assert [place for path in rooms for place in _raw_sql(path)] == []
    planted = tmp_path / "planted.py"
    planted.write_text("from sqlalchemy import text\ns.connection().exec_driver_sql('DELETE FROM mobility')\n")
    assert len(_raw_sql(planted)) == 2
