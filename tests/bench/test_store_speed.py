"""How fast the store is beside what it stands on, in the same run: each test prints its ratio even when it passes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import event, select

from mobility_app.store import backup, engines, queries
from mobility_app.store.database import Database, create_database
from mobility_app.store.engines import connect_file
from mobility_app.store.schema import METADATA, Mobility, Project
from tests.store import world
from tests.store.world import LABEL, TODAY

pytestmark = pytest.mark.bench
MANY = 10_000


def seconds(work: Callable[[], object]) -> float:
    """Processor time: the clock on the wall says what else the machine does."""
    start = time.process_time()
    work()
    return time.process_time() - start


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    """On the wall, in order: what somebody waits for."""
    found = []
    for _time in range(times):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return sorted(found)


def median(work: Callable[[], object], times: int = 9) -> float:
    """Milliseconds of processor time, after two runs that do not count."""
    work()
    work()
    return statistics.median(seconds(work) * 1000 for _time in range(times))


@pytest.fixture
def db(tmp_path) -> Database:
    with create_database(tmp_path / "dossier.mobility") as db:
        world.found(db, people=3)
        yield db


def project_id(db: Database) -> str:
    with db.read() as s:
        return s.scalars(select(Project.id)).one()


def raw_rows(path: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Every row that a dossier holds, as INSERT statements of its tables."""
    connection = connect_file(path, None, read_only=True)
    found = []
    for table in METADATA.sorted_tables:
        rows = connection.execute(f'SELECT * FROM "{table.name}"').fetchall()
        if rows:
            marks = ",".join("?" * len(rows[0]))
            found.append((f'INSERT INTO "{table.name}" VALUES ({marks})', rows))
    connection.close()
    return found


def write_raw(path: Path, statements) -> float:
    """Seconds that the driver alone takes to write these rows into the same tables."""
    connection = connect_file(path, None)

    def work() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for statement, rows in statements:
            connection.executemany(statement, rows)
        connection.execute("COMMIT")

    connection.execute("DELETE FROM alembic_version")
    took = seconds(work)
    connection.close()
    return took


def test_journaled_import(db, tmp_path):
    project = project_id(db)

    def bulk() -> None:
        with db.write(LABEL) as s:
            world.import_sheet(s, project, MANY)

    def unit() -> None:
        with db.write(LABEL) as s:
            for n in range(MANY // 5):
                pupil = world.person(50_000 + n)
                s.add_all([pupil, world.stay(50_000 + n, project, pupil.id)])

    by_bulk = statistics.median((seconds(bulk), db.undo() and seconds(bulk), db.undo() and seconds(bulk)))
    undone, redone = seconds(db.undo), seconds(db.redo)
    create_database(tmp_path / "raw.mobility").close()
    by_driver = write_raw(tmp_path / "raw.mobility", raw_rows(db.path))
    db.undo()
    by_unit = seconds(unit) * 5
    print(
        f"\nimport of {MANY} stays: {by_bulk:.2f} s; the driver alone {by_driver:.2f} s: x{by_bulk / by_driver:.1f}; "
        f"unit of work {by_unit:.2f} s: x{by_unit / by_bulk:.1f}; undo {undone:.2f} s, redo {redone:.2f} s"
    )
    assert by_bulk <= 6 * by_driver
    assert by_unit >= 1.5 * by_bulk  # grants and findings, computed either way, are half of it
    assert undone <= by_bulk * 1.2


def test_list_query(db):
    with db.write(LABEL) as s:
        world.import_sheet(s, project_id(db), MANY)
    sent: list[tuple[str, object]] = []

    def keep(_conn, _cursor, statement, parameters, _context, _many) -> None:
        sent.append((statement, parameters))

    def ours() -> None:
        with db.read() as s:
            assert len(queries.mobility_ids(s, search="zoe", today=TODAY)) == MANY

    event.listen(db._reading, "before_cursor_execute", keep)
    ours()
    event.remove(db._reading, "before_cursor_execute", keep)
    statement, parameters = sent[-1]
    connection = connect_file(db.path, None, read_only=True)

    def raw() -> None:
        assert len(connection.execute(statement, parameters).fetchall()) == MANY

    mine, theirs = median(ours), median(raw)
    connection.close()
    ratio = mine / theirs
    print(f"\nids of {MANY} rows, searched and ordered: {mine:.0f} ms, driver {theirs:.0f} ms: x{ratio:.1f}")
    assert mine <= 2 * theirs


def test_rows_of_a_page(db):
    with db.write(LABEL) as s:
        world.import_sheet(s, project_id(db), MANY)
    with db.read() as s:
        ids = queries.mobility_ids(s, today=TODAY)

    def window(start: int) -> float:
        def read() -> None:
            with db.read() as s:
                assert len(queries.mobilities(s, ids[start : start + 200], today=TODAY)) == 200

        return median(read)

    first, last = window(0), window(MANY - 200)
    print(f"\n200 rows at the start {first:.1f} ms, at the end {last:.1f} ms")
    assert last <= 2 * first


def test_save_of_one_stay(tmp_path, monkeypatch):
    """Beside the same write in the journal mode that is quicker to commit, and loses files that people move."""

    def saves(name: str) -> tuple[list[float], list[float]]:
        with create_database(tmp_path / name) as db:
            world.found(db)
            with db.write(LABEL) as s:
                world.import_sheet(s, s.scalars(select(Project.id)).one(), 5000)
            ids, turn = world.mobility_ids(db), count()

            def save() -> None:
                with db.write(LABEL) as s:
                    n = next(turn)
                    s.get(Mobility, ids[n * 37 % len(ids)]).town = f"Cádiz {n}"

            milliseconds(save, 5)
            return milliseconds(save, 100), milliseconds(db.undo, 50)

    ours, undone = saves("ours.mobility")
    quick = [name.replace("=DELETE", "=WAL").replace("=EXTRA", "=FULL") for name in engines._PRAGMAS]
    monkeypatch.setattr(engines, "_PRAGMAS", quick)
    theirs, _undone = saves("wal.mobility")
    print(
        f"\nsave of one of 5,000 stays: p50 {ours[50]:.1f} ms, p95 {ours[95]:.1f} ms; in WAL/FULL p50 {theirs[50]:.1f} "
        f"ms: x{ours[50] / theirs[50]:.1f}; undo p50 {undone[25]:.1f} ms, p95 {undone[47]:.1f} ms"
    )
    assert ours[50] <= 10 * theirs[50]
    assert ours[95] < 50


def test_copy_and_restore(db):
    with db.write(LABEL) as s:
        world.import_sheet(s, project_id(db), 5000)
    path = db.path
    copied = seconds(lambda: db.back_up("bench"))
    db.close()
    restored = seconds(lambda: backup.restore(path, backup.copies(path)[0].path, None))
    print(f"\nverified copy of {path.stat().st_size >> 20} MB: {copied:.2f} s; verified restore {restored:.2f} s")
    assert restored < 60
