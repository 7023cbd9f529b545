"""A passphrase set, changed and taken away: the same rows, the same steps, and the copies follow."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mobility_app import i18n
from mobility_app.errors import UserError
from mobility_app.store import backup, protection
from mobility_app.store.database import create_database, open_database, restore_database
from tests.store import world
from tests.store.files import inventory
from tests.store.world import LABEL, content_hash

ONE, OTHER = "un été à Cádiz", "un autre \" été ' à Łódź"


@pytest.fixture(autouse=True)
def in_english():
    i18n.use("en")
    yield
    i18n.use("fr")


@pytest.fixture(params=[None, ONE], ids=["plain", "encrypted"])
def old(request):
    return request.param


@pytest.fixture
def path(tmp_path, old) -> Path:
    """A dossier with a step that can be undone and two copies."""
    path = tmp_path / "dossier.mobility"
    with create_database(path, passphrase=old) as db:
        world.found(db)
        db.back_up("first")
        with db.write(LABEL) as s:
            s.add(world.person(90, last_name="CANARI"))
    return path


def held(path, passphrase) -> str:
    with open_database(path, passphrase=passphrase, read_only=True) as db:
        return content_hash(db)


@pytest.mark.parametrize("new", [None, OTHER], ids=["to plain", "to encrypted"])
def test_the_file_and_its_copies_take_the_new_passphrase(path, old, new):
    contents = [held(path, old), *(held(copy.path, old) for copy in backup.copies(path))]
    described = [(copy.number, copy.at, copy.reason, copy.tally) for copy in backup.copies(path)]
    assert protection.set_passphrase(path, old, new) == 0
    copies = backup.copies(path)
    assert [held(path, new), *(held(copy.path, new) for copy in copies)] == contents
    assert [(copy.number, copy.at, copy.reason, copy.tally) for copy in copies] == described
    with open_database(path, passphrase=new) as db:
        assert db.undo()
        assert db.redo()
    restore_database(path, copies[-1].path, passphrase=new)
    assert held(path, new) == contents[-1]
    shown = any(b"CANARI" in (content or b"") for content in inventory(path.parent).values())
    assert shown == (new is None)
    if new:
        for wrong in (old, None, "wrong"):
            with pytest.raises(UserError):
                open_database(path, passphrase=wrong)


def test_copies_of_another_time_stay_as_they_are(path, old):
    copy = backup.copies(path)[-1].path
    kept = path.with_name("kept.mobility")
    shutil.copy(copy, kept)
    protection.set_passphrase(path, old, OTHER)
    shutil.copy(kept, copy)  # put back by hand: its manifest no longer fits
    before = copy.read_bytes()
    assert protection.set_passphrase(path, OTHER, "a third one") == 1
    assert copy.read_bytes() == before


@pytest.mark.parametrize(("given", "new", "said"), [("wrong", OTHER, "Wrong passphrase"), (ONE, "  ", "is empty")])
@pytest.mark.parametrize("old", [ONE], ids=["encrypted"], indirect=True)
def test_a_refusal_changes_nothing(path, given, new, said):
    before = inventory(path.parent)
    with pytest.raises(UserError, match=said):
        protection.set_passphrase(path, given, new)
    assert inventory(path.parent) == before


def test_an_open_dossier_is_not_written_anew(path, old):
    with open_database(path, passphrase=old) as db:
        with pytest.raises(UserError, match="is open elsewhere"):
            protection.set_passphrase(path, old, OTHER)
        assert db.undo()
