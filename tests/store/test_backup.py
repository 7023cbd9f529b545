"""Copies: verified, described, ordered, kept on a ladder, and put back without losing what was there."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
from pathlib import Path

import pytest

from mobility_app import i18n, paths
from mobility_app.errors import UserError
from mobility_app.store import backup, lock, marker, opener, vault
from mobility_app.store.database import create_database, open_database, restore_database
from mobility_app.store.engines import connect_file
from tests.store import world
from tests.store.files import inventory, leave_unfinished, outcome
from tests.store.world import LABEL, content_hash

PASSPHRASE = "un été à Cádiz"


@pytest.fixture(autouse=True)
def in_english():
    i18n.use("en")
    yield
    i18n.use("fr")


@pytest.fixture(params=[None, PASSPHRASE], ids=["plain", "encrypted"])
def passphrase(request):
    return request.param


@pytest.fixture
def path(tmp_path, passphrase) -> Path:
    """A closed dossier with one step, and one copy made when it was closed."""
    path = tmp_path / "dossier.mobility"
    with create_database(path, passphrase=passphrase) as db, db.write(LABEL) as s:
        world.found_in(s, 5)
    return path


@pytest.fixture
def key(path, passphrase):
    return vault.key_of(path, passphrase) if passphrase else None


def add(path, passphrase, number) -> str:
    """One more person, and the content then; a copy is made at closing."""
    with open_database(path, passphrase=passphrase) as db:
        with db.write(LABEL) as s:
            s.add(world.person(number))
        return content_hash(db)


def held(path, passphrase) -> str:
    with open_database(path, passphrase=passphrase, read_only=True) as db:
        return content_hash(db)


def flip(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 0x10
    path.write_bytes(content)


# ---- making


def test_a_copy_is_described_and_holds_the_same(path, passphrase, key):
    copy = backup.last(path)
    assert copy.reason == "close"
    assert copy.path.parent == path.with_name("dossier-sauvegardes")
    assert copy.tally["participant"] == 5
    assert copy.tally["mobility.grant_cents"] > 0
    assert abs(copy.time - dt.datetime.now(dt.UTC).replace(tzinfo=None)) < dt.timedelta(minutes=5)
    assert backup.verify(copy.path, key)
    assert held(copy.path, passphrase) == held(path, passphrase)


def test_nothing_changed_makes_no_copy(path, passphrase):
    before = backup.copies(path)
    with open_database(path, passphrase=passphrase) as db:
        content_hash(db)
    assert backup.copies(path) == before


def test_a_copy_is_made_while_the_dossier_is_open_and_read(path, passphrase, key):
    with open_database(path, passphrase=passphrase) as db, db.read():
        copy = db.back_up("test")
        with db.write(LABEL) as s:
            s.add(world.person(90))
    assert backup.verify(copy, key)


def test_a_damaged_copy_is_seen(path, key):
    """Whatever bit it is: also those that leave the pages readable."""
    copy = backup.last(path).path
    chance = random.Random(3)
    whole = copy.read_bytes()
    for _flip in range(60):
        flip(copy, chance.randrange(len(whole)))
        assert not backup.verify(copy, key)
        copy.write_bytes(whole)
    for size in (0, 1, 99, 4096, len(whole) - 1):
        copy.write_bytes(whole[:size])
        assert not backup.verify(copy, key)
    copy.write_bytes(whole)
    assert backup.verify(copy, key)


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"tally": {"mobility": 6}}, {"tally": 3}, {"at": "?"}])
def test_a_manifest_that_does_not_fit_is_seen(path, key, change):
    copy = backup.last(path).path
    manifest = copy.with_suffix(".json")
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), **change}))
    assert not backup.verify(copy, key)
    manifest.unlink()
    assert not backup.verify(copy, key)
    assert backup.last(path) is None


def test_a_damaged_file_is_not_copied(path, passphrase, key):
    before = inventory(path.parent)
    content = bytearray(path.read_bytes())
    for page in range(5, len(content) // opener.PAGE, 2):
        content[page * opener.PAGE : (page + 1) * opener.PAGE] = bytes(range(256)) * 16
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"“dossier\.mobility” is damaged"):
        backup.make(path, key, "test")
    after = inventory(path.parent)
    assert {name for name in after if "sauvegardes" in name} == {name for name in before if "sauvegardes" in name}


def test_copies_are_ordered_by_their_number_whatever_the_clock(path, key, monkeypatch):
    for year in (2031, 1999, 2026):
        monkeypatch.setattr(backup, "now", lambda year=year: dt.datetime(year, 1, 1))  # noqa: DTZ001
        backup.make(path, key, f"of {year}")
    assert [copy.reason for copy in backup.copies(path)] == ["of 2026", "of 1999", "of 2031", "close"]
    assert backup.last(path).number == 4


def test_numbers_go_on_across_both_places(path, key):
    beside, own = backup.folders(path)
    own.mkdir(parents=True)
    for file in list(beside.iterdir()):
        shutil.move(file, own)
    backup.make(path, key, "beside again")
    assert [(copy.number, copy.path.parent) for copy in backup.copies(path)] == [(2, beside), (1, own)]
    assert backup.last(path).reason == "beside again"


_BACK_UP = """
import sys
from pathlib import Path
from mobility_app.store import backup
copy = backup.make(Path(sys.argv[1]), None, "elsewhere")
print(copy, backup.last(Path(sys.argv[1])).reason, backup.verify(copy, None))
"""


@pytest.mark.parametrize("passphrase", [None], ids=["plain"], indirect=True)
def test_where_nothing_can_be_written_the_copy_goes_to_the_users_folder(path):
    shutil.rmtree(path.with_name("dossier-sauvegardes"))
    path.parent.chmod(0o500)
    try:
        told = outcome(_BACK_UP, path, plain_rights=True)
    finally:
        path.parent.chmod(0o700)
    assert told.startswith(str(paths.user_data() / "sauvegardes"))
    assert told.endswith("elsewhere True")


def test_what_a_killed_program_left_half_written_is_swept_away(path, key):
    place = path.with_name("dossier-sauvegardes")
    old, young = place / ".0123456789abcdef.tmp", place / ".fedcba9876543210.tmp"
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    backup.make(path, key, "test")
    assert (old.exists(), young.exists()) == (False, True)


# ---- putting back


def test_a_restored_copy_holds_what_it_held_and_nothing_is_lost(path, passphrase, key):
    first = held(path, passphrase)
    copy = backup.last(path).path
    second = add(path, passphrase, 90)
    kept = backup.restore(path, copy, key)
    assert held(path, passphrase) == first
    assert held(kept, passphrase) == second
    assert backup.last(path).path == kept
    assert not lock.path_of(path).exists()
    with open_database(path, passphrase=passphrase) as db:  # undo starts anew
        assert (db.undo(), db.redo(), db.undo_label()) == (None, None, None)
        with db.write(LABEL) as s:
            s.add(world.person(91))
        assert db.undo()
        assert content_hash(db) == first
    backup.restore(path, kept, key)  # and back
    assert held(path, passphrase) == second


def test_every_copy_can_be_put_back(path, passphrase):
    contents = [held(path, passphrase)] + [add(path, passphrase, 90 + n) for n in range(3)]
    for copy, content in zip(reversed(backup.copies(path)), contents, strict=True):
        restore_database(path, copy.path, passphrase=passphrase)
        assert held(path, passphrase) == content


def test_a_damaged_file_is_kept_under_a_new_name(path, passphrase, key):
    content, copy = held(path, passphrase), backup.last(path).path
    damaged = path.read_bytes()[: opener.PAGE * 4]
    path.write_bytes(damaged)
    kept = backup.restore(path, copy, key)
    assert kept.read_bytes() == damaged
    assert held(path, passphrase) == content


def test_a_file_that_is_gone_comes_back(path, passphrase, key):
    content, copy = held(path, passphrase), backup.last(path).path
    path.unlink()
    assert backup.restore(path, copy, key) is None
    assert held(path, passphrase) == content


def test_the_unfinished_write_of_the_old_file_does_not_reach_the_new_one(tmp_path, path, passphrase, key):
    content, copy = held(path, passphrase), backup.last(path).path
    add(path, passphrase, 90)
    unfinished = tmp_path / "unfinished.mobility"
    leave_unfinished(path, unfinished, key)
    for ending in ("", "-journal"):
        shutil.move(f"{unfinished}{ending}", f"{path}{ending}")
    path.with_name(f"{path.name}-wal").write_bytes(b"strange")
    backup.restore(path, copy, key)
    assert not opener.journal_of(path).exists()
    assert held(path, passphrase) == content


def test_a_copy_that_is_not_whole_is_refused_and_the_file_stays(path, passphrase, key):
    copy = backup.last(path).path
    add(path, passphrase, 90)
    flip(copy, 5000)
    before = inventory(path.parent)
    with pytest.raises(UserError, match="is damaged"):
        backup.restore(path, copy, key)
    copy.with_suffix(".json").unlink()
    with pytest.raises(UserError, match="no manifest"):
        backup.restore(path, copy, key)
    copy.unlink()
    with pytest.raises(UserError, match="does not exist"):
        backup.restore(path, copy, key)
    after = inventory(path.parent)
    assert after == {
        name: content for name, content in before.items() if not name.endswith((copy.name, copy.stem + ".json"))
    }


def test_an_open_dossier_is_not_replaced(path, passphrase, key):
    copy = backup.last(path).path
    with open_database(path, passphrase=passphrase) as db:
        before = path.read_bytes()
        with pytest.raises(UserError, match="is open elsewhere"):
            backup.restore(path, copy, key)
        assert path.read_bytes() == before
        assert db.undo()


@pytest.mark.parametrize("passphrase", [PASSPHRASE], ids=["encrypted"], indirect=True)
def test_a_copy_needs_the_passphrase_of_its_time(path):
    copy, before = backup.last(path).path, inventory(path.parent)
    with pytest.raises(UserError, match="another passphrase"):
        restore_database(path, copy, passphrase="another one")
    with pytest.raises(UserError, match="is encrypted"):
        restore_database(path, copy)
    assert inventory(path.parent) == before


def test_a_mark_of_an_unclean_close_goes_with_the_old_file(path, key):
    marker.put(path)
    backup.restore(path, backup.last(path).path, key)
    assert not marker.present(path)


def test_a_copy_of_a_newer_version_is_refused(path, key):
    copy = backup.last(path).path
    connection = connect_file(copy, key)
    connection.execute(f"PRAGMA user_version = {opener.SCHEMA + 1}")
    connection.close()
    manifest = copy.with_suffix(".json")
    described = json.loads(manifest.read_text()) | {"sha256": backup._digest(copy)}
    manifest.write_text(json.dumps(described))
    with pytest.raises(UserError, match="newer version"):
        backup.restore(path, copy, key)
