"""No room left: refused in a sentence, nothing changed, no half file, and the next try succeeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import states
from tests.faults.conftest import everything_from

SENTENCES = ("Le disque est plein", "The disk is full")


def run(forked, operation: str, dossier: Path, limit: int = 0) -> list[str]:
    process, pipe = forked(operation, dossier, limit)
    said = everything_from(pipe)
    process.join()
    assert process.exitcode == 0
    return said


@pytest.mark.parametrize("room", [1, *(pytest.param(pages, marks=pytest.mark.fault) for pages in (0, 3, 8, 30))])
@pytest.mark.parametrize("operation", ["bulk", "unit", "undo", "back_up", "restore", "upgrade"])
def test_a_full_disk_is_said_and_changes_nothing(forked, prepared, tmp_path, operation, room):
    """`room` pages are left (a limit on the size of any file stands for a full disk)."""
    ready = prepared(operation)
    size = ready.dossier.stat().st_size
    limit = size // 4096 // 2 * 4096 if operation in ("back_up", "restore", "upgrade", "undo") else size
    with states.again(ready, tmp_path / "again") as dossier:
        said = run(forked, operation, dossier, limit + room * 4096)
        assert "ack" not in said
        assert said[-1].startswith(tuple(f"refused {words}" for words in SENTENCES)), said
        states.verify(ready, dossier, said)
        assert not list(dossier.parent.rglob(".*.tmp"))
        said = run(forked, operation, dossier)
        assert said[-1] == "ack"
        states.verify(ready, dossier, said)


@pytest.mark.parametrize("limit", [0, 4096, 200_000])
def test_a_new_dossier_on_a_full_disk_is_not_there(forked, prepared, tmp_path, limit):
    ready = prepared("create")
    with states.again(ready, tmp_path / "again") as dossier:
        before = {path.name for path in dossier.parent.iterdir()}
        said = run(forked, "create", dossier, limit or 1)
        assert said[-1].startswith(tuple(f"refused {words}" for words in SENTENCES)), said
        assert {path.name for path in dossier.parent.iterdir()} == before
        assert run(forked, "create", dossier)[-1] == "ack"
