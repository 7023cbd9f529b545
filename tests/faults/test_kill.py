"""Processes killed at random moments: a smoke test, for the system keeps what was written; the proof is elsewhere."""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from mobility_app.store import lock
from mobility_app.store.database import open_database
from tests.faults import operations, states
from tests.faults.conftest import everything_from
from tests.faults.states import content_hash
from tests.store import world

FEW, MANY = 3, 40


def duration(forked, name: str, dossier: Path | str) -> float:
    """Seconds from open to acknowledged."""
    process, pipe = forked(name, dossier)
    assert os.read(pipe.fileno(), 5) == b"open\n"
    start = time.perf_counter()
    assert everything_from(pipe)[:1] == ["ack"]
    process.join()
    return time.perf_counter() - start


def kill_at(forked, name: str, dossier: Path | str, moment: float) -> list[str]:
    """Kills the operation that long after it opened; what it said before."""
    process, pipe = forked(name, dossier)
    assert os.read(pipe.fileno(), 5) == b"open\n"
    time.sleep(moment)
    with suppress(ProcessLookupError):  # it had ended
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    return ["open", *everything_from(pipe)]


def kill_often(forked, prepared: states.Prepared, folder: Path, times: int) -> None:
    chance = random.Random(times)
    with states.again(prepared, folder / "timed") as dossier:
        whole = duration(forked, prepared.operation, dossier)
    for n in range(times):
        with states.again(prepared, folder / str(n)) as dossier:
            said = kill_at(forked, prepared.operation, dossier, chance.uniform(0, whole * 1.1))
            states.verify(prepared, dossier, said)
            assert not lock.path_of(dossier).exists()


@pytest.mark.parametrize("operation", ["bulk", "unit", "undo"])
def test_a_killed_write_is_whole_or_not_there(forked, prepared, tmp_path, operation):
    kill_often(forked, prepared(operation), tmp_path, FEW)


@pytest.mark.fault
@pytest.mark.parametrize("operation", operations.OPERATIONS)
def test_killed_many_times(forked, prepared, tmp_path, operation):
    kill_often(forked, prepared(operation), tmp_path, MANY)


# ---- on a server


def kill_on_server(forked, server, operation: str, times: int) -> None:
    url = server.new_database("dossier")
    with world.opened(url) as db:
        world.found(db, people=4)
        with db.write(world.LABEL) as s:
            world.import_sheet(s, s.scalars(world.select(world.Project.id)).one(), operations.ROWS, first=100)
        before = content_hash(db)
    chance = random.Random(times)
    whole = duration(forked, operation, url)
    with world.opened(url) as db:
        after = content_hash(db)
        db.undo() if operation != "undo" else db.redo()
        assert content_hash(db) == before
    for _n in range(times):
        said = kill_at(forked, operation, url, chance.uniform(0, whole))
        with open_database(url) as db:
            content = content_hash(db)
            assert content in (before, after)
            if "ack" in said:
                assert content == after
            if content != before:
                db.undo() if operation != "undo" else db.redo()
            assert content_hash(db) == before
    server.drop(url)


@pytest.mark.postgres
@pytest.mark.parametrize("operation", ["bulk", "undo"])
@pytest.mark.usefixtures("_empty_server_dossier")
def test_a_killed_client_leaves_all_or_nothing_on_the_server(forked, postgres_server, operation):
    kill_on_server(forked, postgres_server, operation, FEW)


@pytest.mark.fault
@pytest.mark.postgres
@pytest.mark.parametrize("operation", ["bulk", "undo"])
@pytest.mark.usefixtures("_empty_server_dossier")
def test_a_client_killed_many_times(forked, postgres_server, operation):
    kill_on_server(forked, postgres_server, operation, MANY)
