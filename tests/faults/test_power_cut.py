"""The current cut at any call: what was acknowledged is there, the rest is there wholly or not at all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mobility_app.store.database import open_database
from tests.faults import power_cut, states, tracing

FEW, MANY = 10, 60


@pytest.fixture(autouse=True)
def strace():
    tracing.need_strace()


def cut(
    prepared: states.Prepared, folder: Path, moments: int, halves: int, pragmas: str = ""
) -> Iterator[tuple[int, str]]:
    """Rebuilds the disk at some moments of the operation; each moment with its fault, "" where there is none."""
    with states.again(prepared, folder / "recorded") as dossier:
        disk, calls = power_cut.record(prepared.operation, dossier, pragmas)
    recorded, images = dossier.parent, count()
    total = sum(1 for _moment in power_cut.replay(_copy(disk), calls, recorded))
    chance = random.Random(moments)
    chosen = set(chance.sample(range(total), min(moments, total))) | {total - 1}
    for moment, acknowledged in enumerate(power_cut.replay(disk, calls, recorded)):
        for image in disk.images(chance, halves) if moment in chosen else ():
            with TemporaryDirectory(dir=folder) as place:
                yield next(images), _fault(prepared, recorded, image, acknowledged, Path(place))


def _copy(disk: power_cut.Disk) -> power_cut.Disk:
    fresh = object.__new__(power_cut.Disk)
    fresh.names = {name: power_cut.File(file.lasting) for name, file in disk.names.items()}
    fresh.lasting_names, fresh.pending_names = dict(fresh.names), []
    return fresh


def _fault(prepared: states.Prepared, recorded: Path, image: dict[str, bytes], acknowledged: bool, folder: Path) -> str:
    """What is wrong with an image; empty when nothing is."""
    for name, content in image.items():
        path = folder / "work" / Path(name).relative_to(recorded)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    dossier = folder / "work" / "dossier.mobility"
    states.age_an_unreadable_lock(dossier)
    try:
        with open_database(dossier) as db:
            content = states.content_hash(db)
            states.sound(dossier)
    except Exception as error:  # half a row may be anything
        return f"{type(error).__name__} {error}"
    if content not in (prepared.before, prepared.after):
        return "neither the state before nor the one after"
    return "an acknowledged write is lost" if acknowledged and content != prepared.after else ""


@pytest.mark.parametrize("operation", ["bulk", "edit"])
def test_a_power_cut_loses_nothing_acknowledged(prepared, tmp_path, operation):
    found = list(cut(prepared(operation), tmp_path, FEW, halves=1))
    assert len(found) >= 3 * FEW
    assert [(image, fault) for image, fault in found if fault] == []


@pytest.mark.fault
@pytest.mark.parametrize("operation", ["bulk", "unit", "edit", "undo", "back_up", "restore"])
def test_many_power_cuts(prepared, tmp_path, operation):
    found = list(cut(prepared(operation), tmp_path, MANY, halves=4))
    print(f"\n{operation}: {len(found)} images")
    assert [(image, fault) for image, fault in found if fault] == []


# ---- the explorer can find faults


@pytest.mark.parametrize(
    ("pragmas", "expected"),
    [("synchronous=OFF", ""), ("synchronous=FULL", "an acknowledged write is lost")],
    ids=["without any sync", "without the folder's sync"],
)
def test_weaker_settings_lose_data(prepared, tmp_path, pragmas, expected):
    """In SQLite's own default the journal's removal may be forgotten, and rolls an acknowledged write back."""
    found = cut(prepared("edit"), tmp_path, 200, halves=2, pragmas=pragmas)
    assert any(fault and expected in fault for _image, fault in found)
