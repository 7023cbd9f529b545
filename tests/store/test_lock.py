"""One writer at a time: whoever holds the lock is named, a dead holder is taken over, nobody loses a write."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from mobility_app import i18n
from mobility_app.errors import UserError
from mobility_app.store import lock
from mobility_app.store.database import open_database
from tests.store import world
from tests.store.files import held_elsewhere, inventory, outcome, python
from tests.store.world import LABEL, content_hash


@pytest.fixture(autouse=True)
def in_english():
    i18n.use("en")
    yield
    i18n.use("fr")


@pytest.fixture
def dossier(_empty_file, tmp_path) -> Path:
    return Path(shutil.copy(_empty_file, tmp_path / "dossier.mobility"))


def write_lock(dossier: Path, **changes: object) -> None:
    """A lock as this process would write it, with changes."""
    lock.acquire(dossier, "another program")
    content = json.loads(lock.path_of(dossier).read_text())
    lock.path_of(dossier).write_text(json.dumps({**content, **changes}))


def a_dead_pid() -> int:
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_the_holder_is_named_and_reading_goes_on_beside(dossier):
    with held_elsewhere(dossier) as process:
        with pytest.raises(UserError) as refusal:
            open_database(dossier)
        for word in (str(process.pid), "another program", lock.user(), "dossier.mobility"):
            assert word in refusal.value.message
        with open_database(dossier, read_only=True) as db:
            assert content_hash(db)
            with pytest.raises(UserError, match="reading only"):
                db.undo()
    open_database(dossier).close()
    assert list(inventory(dossier.parent)) == ["dossier.mobility"]


def test_a_holder_that_was_killed_is_taken_over(dossier):
    with held_elsewhere(dossier) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert lock.path_of(dossier).exists()
        with open_database(dossier) as db:
            world.found(db)
    assert not lock.path_of(dossier).exists()


def test_opened_twice_in_one_process(dossier):
    with open_database(dossier), pytest.raises(UserError, match=str(os.getpid())):
        open_database(dossier)
    open_database(dossier).close()


@pytest.mark.parametrize(
    ("changes", "taken_over"),
    [
        ({"pid": "dead"}, True),
        ({"started": "12345"}, True),  # the number was given to another process, perhaps to us, after a restart
        ({"started": ""}, False),  # a system that does not tell
        ({"host": "another-machine"}, False),
        ({"host": "another-machine", "pid": "dead"}, False),  # nobody here can know
        ({"colour": "of a newer version"}, False),
    ],
)
def test_only_a_holder_known_to_be_dead_is_taken_over(dossier, changes, taken_over):
    if changes.get("pid") == "dead":
        changes = {**changes, "pid": a_dead_pid()}
    write_lock(dossier, **changes)
    if taken_over:
        open_database(dossier).close()
        assert not lock.path_of(dossier).exists()
    else:
        content = lock.path_of(dossier).read_bytes()
        with pytest.raises(UserError, match="is open elsewhere"):
            open_database(dossier)
        assert lock.path_of(dossier).read_bytes() == content


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1]", b'{"host": "x"}', b'{"pid": "x", "host": 1}'])
def test_an_unreadable_lock_is_the_remains_of_a_crash_once_it_is_old(dossier, content):
    lock.path_of(dossier).write_bytes(content)
    with pytest.raises(UserError, match="is being opened elsewhere"):
        open_database(dossier)
    assert lock.path_of(dossier).read_bytes() == content
    past = time.time() - 60
    os.utime(lock.path_of(dossier), (past, past))
    open_database(dossier).close()


def test_a_lock_that_was_taken_from_us_is_not_ours_to_release(dossier):
    db = open_database(dossier)
    lock.path_of(dossier).unlink()
    write_lock(dossier, host="another-machine")
    db.close()
    assert lock.path_of(dossier).exists()


def test_a_refused_opening_leaves_no_lock(dossier):
    dossier.write_bytes(dossier.read_bytes()[:8192])
    with pytest.raises(UserError):
        open_database(dossier)
    assert not lock.path_of(dossier).exists()


@pytest.mark.parametrize("name", ["dossier.lock", "dossier", "dossier.mobility.mobility", "dossier.db"])
def test_the_lock_never_takes_the_place_of_a_file(dossier, name):
    """Not even of a dossier that somebody renamed so."""
    path = dossier.rename(dossier.with_name(name))
    content = path.read_bytes()
    with open_database(path):
        assert lock.path_of(path) != path
    assert path.read_bytes() == content


_RACE = """
import sys
from mobility_app.errors import UserError
from mobility_app.store import lock
from pathlib import Path
sys.stdin.readline()
try:
    lock.acquire(Path(sys.argv[1]), "racer")
except UserError:
    print("refused")
else:
    print("taken")
sys.stdout.flush()
sys.stdin.read()
"""


def test_of_many_at_once_one_takes_the_lock(dossier):
    racers = [python(_RACE, dossier) for _n in range(6)]
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    told = sorted(racer.stdout.readline().strip() for racer in racers)
    for racer in racers:
        racer.communicate("")
    assert told == ["refused"] * 5 + ["taken"]


_TWO_WRITERS = """
import sys
from mobility_app.errors import UserError
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label
from mobility_app.store.schema import Setting
done = 0
while done < 5:
    try:
        with open_database(sys.argv[1]) as db:
            with db.write(Label("x")) as s:
                s.add(Setting(key=f"{sys.argv[2]}{done}", value={}))
            done += 1
    except UserError:
        pass
print(done)
"""


def test_two_programs_in_turn_lose_no_write(dossier):
    programs = [python(_TWO_WRITERS, dossier, name) for name in "ab"]
    for program in programs:
        output, errors = program.communicate(timeout=60)
        assert output.strip() == "5", errors
    with world.opened(dossier) as db:
        assert sum(db.undo() is not None for _n in range(11)) == 10


def test_the_lock_says_nothing_but_who_and_since_when(dossier):
    with world.opened(dossier) as db:
        with db.write(LABEL) as s:
            s.add(world.person(1, last_name="CANARI"))
        held = json.loads(lock.path_of(dossier).read_text())
    assert set(held) == {"pid", "host", "user", "program", "since", "started"}


def test_a_folder_of_somebody_else(dossier):
    """A lock that we may not read is held by somebody."""
    write_lock(dossier, host="another-machine")
    lock.path_of(dossier).chmod(0)
    code = (
        "import sys\nfrom pathlib import Path\nfrom mobility_app.store import lock\n"
        "found = lock.holder(Path(sys.argv[1]))\nprint(found.host, found.dead)"
    )
    assert outcome(code, dossier, plain_rights=True) == "? False"
