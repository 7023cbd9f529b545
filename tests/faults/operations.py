"""What is killed, starved and cut off in these tests: one real operation of the store in a process of its own.

`python -m tests.faults.operations NAME DOSSIER` says `open` once the dossier is open, `ack` the moment that the
operation is acknowledged, `refused SENTENCE` when it was refused in words. Each is one write to the standard output.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from sqlalchemy import select

from mobility_app.errors import UserError
from mobility_app.store import backup, engines
from mobility_app.store.database import create_database, open_database, restore_database
from mobility_app.store.schema import Mobility
from tests.store import planted, world
from tests.store.world import LABEL

Say = Callable[[str], None]
ROWS = 300  # of an import


def same_ids() -> Callable[[], str]:
    """Ids that are the same in every run, so that what a run leaves can be compared."""
    numbers = count(1)
    return lambda: f"00000000-0000-7000-8000-{next(numbers):012x}"


def target_of(dossier: str) -> str | Path:
    return dossier if dossier.startswith("postgresql") else Path(dossier)


def bulk(dossier: str, say: Say) -> None:
    with open_database(target_of(dossier)) as db:
        say("open")
        with db.write(LABEL) as s:
            world.import_sheet(s, s.scalars(select(world.Project.id)).one(), ROWS, id_=same_ids())
        say("ack")


def unit(dossier: str, say: Say) -> None:
    """The same by the unit of work, in several flushes."""
    with open_database(target_of(dossier)) as db:
        say("open")
        with db.write(LABEL) as s:
            project_id = s.scalars(select(world.Project.id)).one()
            id_ = same_ids()
            for n in range(ROWS // 4):
                pupil = world.person(1000 + n)
                pupil.id = id_()
                trip = world.stay(1000 + n, project_id, pupil.id)
                trip.id = id_()
                s.add_all([pupil, trip])
                if n % 20 == 0:
                    s.flush()
        say("ack")


def edit(dossier: str, say: Say) -> None:
    with open_database(target_of(dossier)) as db:
        say("open")
        with db.write(LABEL) as s:
            s.scalars(select(Mobility).order_by(Mobility.number)).first().town = "Cádiz"
        say("ack")


def undo(dossier: str, say: Say) -> None:
    """Of the import that the dossier ends with."""
    with open_database(target_of(dossier)) as db:
        say("open")
        db.undo()
        say("ack")


def back_up(dossier: str, say: Say) -> None:
    with open_database(target_of(dossier)) as db:
        say("open")
        db.back_up("test")
        say("ack")


def restore(dossier: str, say: Say) -> None:
    """The oldest copy."""
    path = Path(dossier)
    say("open")
    restore_database(path, backup.copies(path)[-1].path)
    say("ack")


def create(dossier: str, say: Say) -> None:
    say("open")
    with create_database(Path(dossier).with_name("new.mobility")):
        say("ack")


def upgrade(dossier: str, say: Say) -> None:
    """By the program of the next version."""
    planted.install(Path(dossier).parent.parent / "migrations")
    say("open")
    with open_database(target_of(dossier)):
        say("ack")


OPERATIONS: dict[str, Callable[[str, Say], None]] = {
    operation.__name__: operation for operation in (bulk, unit, edit, undo, back_up, restore, create, upgrade)
}


def run(name: str, dossier: str, out: int, file_limit: int = 0) -> None:
    """Runs one operation; `out` is where it says how far it is, `file_limit` the size that no file may pass."""

    def say(words: str) -> None:
        os.writev(out, [f"{words}\n".encode()])  # not `write`, which faults are injected into

    if weaker := os.environ.get("PRAGMAS_OF_A_TEST"):
        engines._PRAGMAS = (*engines._PRAGMAS, weaker)
    if file_limit:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
    try:
        OPERATIONS[name](dossier, say)
    except UserError as refusal:
        say(f"refused {refusal}")


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], 1, int(sys.argv[3]) if len(sys.argv) > 3 else 0)
