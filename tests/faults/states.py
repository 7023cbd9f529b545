"""The dossiers that faults are tried on, and what must hold of them whatever happened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mobility_app.errors import UserError
from mobility_app.store import backup, lock
from mobility_app.store.database import Database, create_database, open_database
from mobility_app.store.engines import connect_file
from tests.faults import operations
from tests.store import planted, world
from tests.store.world import LABEL


def content_hash(db: Database) -> str:
    """What the dossier holds, but for the moment at which its rows were made: runs are compared with each other."""
    held = world.content(db)
    return world.digest({key: {n: v for n, v in row.items() if n != "created"} for key, row in held.items()})


@dataclass(frozen=True)
class Prepared:
    """A folder with a dossier before one operation, and the two contents that it may hold after a fault."""

    operation: str
    folder: Path
    before: str
    after: str

    @property
    def dossier(self) -> Path:
        return self.folder / "work" / "dossier.mobility"


def prepare(folder: Path, operation: str) -> Prepared:
    """A dossier with a step, a copy from before it, and what the operation makes of it when nothing goes wrong."""
    path = folder / "clean" / "work" / "dossier.mobility"
    path.parent.mkdir(parents=True)
    with create_database(path) as db:
        world.found(db, people=4)
    with open_database(path) as db:
        with db.write(LABEL) as s:
            world.import_sheet(s, s.scalars(world.select(world.Project.id)).one(), operations.ROWS, first=100)
        before = content_hash(db)
    planted.write(folder / "clean" / "migrations")
    whole = folder / "whole"
    shutil.copytree(folder / "clean", whole)
    done = whole / "work" / "dossier.mobility"
    said: list[str] = []
    if operation == "upgrade":
        after = before  # the same rows in other tables
    else:
        operations.OPERATIONS[operation](str(done), said.append)
        assert said[-1] == "ack"
        with open_database(done, read_only=True) as db:
            after = content_hash(db)
    return Prepared(operation, folder / "clean", before, after)


@contextmanager
def again(prepared: Prepared, folder: Path) -> Iterator[Path]:
    """A fresh copy of the prepared folder; the dossier in it."""
    shutil.copytree(prepared.folder, folder)
    yield folder / "work" / "dossier.mobility"
    shutil.rmtree(folder)


def verify(prepared: Prepared, dossier: Path, said: list[str]) -> None:
    """Whole, all or nothing, what was acknowledged is there, the lock is free, undo works, every copy is good."""
    acknowledged = "ack" in said
    if prepared.operation == "create":
        _verify_new(dossier.with_name("new.mobility"), acknowledged)
    refused = [words for words in said if words.startswith("refused")]
    schema = sound(dossier)
    if schema == planted.NEXT:
        assert prepared.operation == "upgrade"
        return
    age_an_unreadable_lock(dossier)
    with open_database(dossier) as db:
        content = content_hash(db)
        world.derived_is_fresh(db)
        assert content in (prepared.before, prepared.after)
        if acknowledged and prepared.operation != "upgrade":
            assert content == prepared.after
        if refused and not acknowledged:
            assert content == prepared.before
        _verify_steps(prepared, db, content)
    for copy in backup.copies(dossier):
        assert backup.verify(copy.path, None), copy
    if prepared.operation == "restore" and content == prepared.after:
        kept = backup.last(dossier)
        assert kept is not None  # nothing is replaced before it is kept
        contents = set()
        for copy in backup.copies(dossier):
            with open_database(copy.path, read_only=True) as db:
                contents.add(content_hash(db))
        assert prepared.before in contents


def _verify_steps(prepared: Prepared, db: Database, content: str) -> None:
    """One step back and forth again, from wherever the fault left it."""
    if prepared.operation in ("bulk", "unit", "edit") and content == prepared.after:
        db.undo()
        assert content_hash(db) == prepared.before
        db.redo()
    elif prepared.operation == "undo" and content == prepared.after:
        db.redo()
        assert content_hash(db) == prepared.before
        db.undo()
    elif content == prepared.before:
        assert db.undo()
        db.redo()
    assert content_hash(db) == content


def age_an_unreadable_lock(dossier: Path) -> None:
    """A lock that was cut off before it said whose it is stands for some seconds: as if they had passed."""
    if lock.path_of(dossier).exists() and lock.holder(dossier) is None:
        os.utime(lock.path_of(dossier), (0, 0))


def sound(dossier: Path) -> int:
    """Integrity and references as the engine sees them; the schema number."""
    connection = connect_file(dossier, None)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    schema: int = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return schema


def _verify_new(path: Path, acknowledged: bool) -> None:
    if not path.exists():
        assert not acknowledged
        return
    try:
        open_database(path).close()
    except UserError as refusal:
        raise AssertionError(f"a new dossier that does not open: {refusal}") from refusal
