"""A fault at each system call that touches the dossier: killed there, the disk full from there on, an error there."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults import states, tracing
from tests.faults.tracing import Point

WRITING = ("pwrite64", "write", "ftruncate")
CHANGING = (*WRITING, "fsync", "fdatasync", "unlink", "rename")
FEW, MANY = 3, 30


@pytest.fixture(autouse=True)
def strace():
    tracing.need_strace()


def sample(prepared: states.Prepared, folder: Path, calls: tuple[str, ...], count: int) -> list[Point]:
    """Some of the points of an operation, the first and the last among them."""
    with states.again(prepared, folder / "recorded") as dossier:
        found = tracing.points(prepared.operation, dossier, calls)
    assert len(found) > 5
    middle = found[1:-1]
    return [found[0], *random.Random(count).sample(middle, min(count - 2, len(middle))), found[-1]]


def kill_everywhere(prepared: states.Prepared, folder: Path, count: int) -> None:
    for n, point in enumerate(sample(prepared, folder, CHANGING, count)):
        with states.again(prepared, folder / str(n)) as dossier:
            said = tracing.kill(prepared.operation, dossier, point)
            states.verify(prepared, dossier, said)


def fail_everywhere(prepared: states.Prepared, folder: Path, count: int, error: str) -> None:
    """What cannot be written is refused in words, nothing has changed, and the next try succeeds."""
    for_good = error == "ENOSPC"
    for n, point in enumerate(sample(prepared, folder, WRITING if for_good else CHANGING, count)):
        with states.again(prepared, folder / str(n)) as dossier:
            said = tracing.refuse(prepared.operation, dossier, point, error, for_good=for_good)
            assert "ack" in said or any(words.startswith("refused") for words in said), (point, said)
            states.verify(prepared, dossier, said)
            if for_good:
                assert not list(dossier.parent.rglob(".*.tmp")), point


ALL = ("edit", "bulk", "unit", "undo", "back_up", "restore", "create", "upgrade")


@pytest.mark.parametrize("operation", ["bulk", "restore"])
def test_killed_at_a_system_call(prepared, tmp_path, operation):
    kill_everywhere(prepared(operation), tmp_path, FEW)


@pytest.mark.parametrize("operation", ["edit", "bulk"])
def test_the_disk_is_full(prepared, tmp_path, operation):
    fail_everywhere(prepared(operation), tmp_path, FEW, "ENOSPC")


@pytest.mark.fault
@pytest.mark.parametrize("operation", ALL)
def test_killed_at_many_system_calls(prepared, tmp_path, operation):
    kill_everywhere(prepared(operation), tmp_path, MANY)


@pytest.mark.fault
@pytest.mark.parametrize("operation", ALL)
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_errors_at_many_system_calls(prepared, tmp_path, operation, error):
    fail_everywhere(prepared(operation), tmp_path, MANY, error)
