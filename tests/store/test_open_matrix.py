"""Whatever the file is: opened when it is ours and sound, else refused in its own words and left as it was."""

from __future__ import annotations

import os
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlcipher3 import dbapi2

from mobility_app import i18n
from mobility_app.errors import UserError
from mobility_app.store import engines, marker, opener, vault
from mobility_app.store.database import create_database, open_database
from mobility_app.store.engines import connect_file
from mobility_app.store.schema import Mobility, Rate
from tests.store import world
from tests.store.files import inventory, leave_unfinished, outcome
from tests.store.world import LABEL, content_hash

PASSPHRASE = "un été à Cádiz"


@pytest.fixture(autouse=True)
def in_english():
    i18n.use("en")
    yield
    i18n.use("fr")


@pytest.fixture(scope="session")
def sound_file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "sound.mobility"
    with create_database(path) as db:
        world.found(db, people=40)
    return path


@pytest.fixture(scope="session")
def encrypted_file(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("encrypted") / "encrypted.mobility"
    with create_database(path, passphrase=PASSPHRASE) as db:
        world.found(db, people=40)
    return path


# ---- what is not ours, or not whole: how it is made, what is said


def _sqlite(path: Path, application_id: int = 0) -> None:
    connection = dbapi2.connect(str(path))
    connection.execute("CREATE TABLE letters (a)")
    connection.execute(f"PRAGMA application_id = {application_id}")
    connection.commit()
    connection.close()


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a" * 9000)


def _xlsx(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write_string(0, 0, "Nom")


def _garbage(size: int) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(b"\x00\x01" + random.Random(1).randbytes(size - 2))


def _pragma(path: Path, statement: str) -> None:
    connection = connect_file(path, None)
    connection.execute(f"PRAGMA {statement}")
    connection.close()


def _cut(path: Path, size: int) -> None:
    with path.open("rb+") as file:
        file.truncate(size)


def _overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(offset)
        file.write(content)


# Files made from nothing.
FOREIGN: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "does not exist"),
    "folder": (Path.mkdir, "is a folder"),
    "empty": (Path.touch, "is empty (0 bytes)"),
    "text": (lambda path: path.write_text("Nom;Prénom\n" * 900, "utf-8"), "it is a text"),
    "text of one page": (lambda path: path.write_bytes(b"a;b\n" * 1024), "it is a text"),
    "text of Windows": (lambda path: path.write_text("Nom;Prénom\n", "utf-16"), "or it is incomplete"),
    "zip": (_zip, "archive"),
    "xlsx": (_xlsx, "it is an Excel workbook"),
    "old Excel": (lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4088)), "with a password"),
    "pdf": (lambda path: path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3" + bytes(5000)), "a PDF document"),
    "png": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(8184)), "a picture"),
    "jpeg": (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(8188)), "a picture"),
    "rtf": (lambda path: path.write_bytes(b"{\\rtf1 " + bytes(4089)), "a text"),
    "another program's database": (_sqlite, "a database of another program"),
    "another program's database with its mark": (lambda path: _sqlite(path, 0x42), "a database of another program"),
    "our mark on an empty database": (lambda path: _sqlite(path, opener.APPLICATION_ID), "is damaged"),
    "random pages": (_garbage(opener.PAGE * 5), "is encrypted or damaged"),
    "random bytes": (_garbage(opener.PAGE * 5 + 17), "or it is incomplete"),
    "the sign alone": (lambda path: path.write_bytes(opener.SQLITE_MAGIC), "is incomplete: 16 of 100 bytes"),
    "a link to nowhere": (lambda path: path.symlink_to(path.with_name("nowhere")), "does not exist"),
    "a pipe": (os.mkfifo, "is not a file"),
}

# Copies of a sound file, harmed.
HARMED: dict[str, tuple[Callable[[Path], object], str]] = {
    "newer": (lambda path: _pragma(path, f"user_version = {opener.SCHEMA + 1}"), "written by a newer version"),
    "cut in the middle": (lambda path: _cut(path, path.stat().st_size // 2), "is incomplete"),
    "cut within a page": (lambda path: _cut(path, path.stat().st_size - 100), "is incomplete"),
    "cut within the header": (lambda path: _cut(path, 60), "is incomplete: 60 of"),
    "header wiped": (lambda path: _overwrite(path, 0, bytes(100)), "is encrypted or damaged"),
    "list of tables wiped": (lambda path: _overwrite(path, 100, b"\xff" * 3900), "is damaged"),
    "pages wiped, not closed": (lambda path: _wipe_unclosed(path), "is damaged"),
    "a strange log beside": (lambda path: path.with_name(path.name + "-wal").write_bytes(b"7" * 99), "does not belong"),
}

# Copies of a sound encrypted file, harmed; the passphrase that is given.
ENCRYPTED: dict[str, tuple[Callable[[Path], object], str | None, str]] = {
    "no passphrase": (lambda path: None, None, "is encrypted or damaged"),
    "empty passphrase": (lambda path: None, "", "is encrypted or damaged"),
    "wrong passphrase": (lambda path: None, PASSPHRASE + " ", "Wrong passphrase"),
    "header wiped": (lambda path: _overwrite(path, 0, b"\x01" * 100), PASSPHRASE, "Wrong passphrase"),
    "cut within a page": (lambda path: _cut(path, path.stat().st_size - 100), PASSPHRASE, "or it is incomplete"),
    "cut to one page": (lambda path: _cut(path, opener.PAGE), PASSPHRASE, "is damaged"),
    "pages wiped, not closed": (lambda path: _wipe_unclosed(path), PASSPHRASE, "is damaged"),
    "newer": (lambda path: _make_newer(path), PASSPHRASE, "written by a newer version"),
}


def _wipe_unclosed(path: Path) -> None:
    for page in range(6, path.stat().st_size // opener.PAGE, 3):
        _overwrite(path, page * opener.PAGE, bytes(range(256)) * 16)
    marker.put(path)


def _make_newer(path: Path) -> None:
    connection = connect_file(path, vault.key_of(path, PASSPHRASE))
    connection.execute(f"PRAGMA user_version = {opener.SCHEMA + 1}")
    connection.close()


def refused(path: Path, said: str, passphrase: str | None = None) -> None:
    """Refused for writing and for reading, in these words with a remedy, and nothing in the folder has changed."""
    before = inventory(path.parent) if not path.is_fifo() else None
    for read_only in (False, True):
        with pytest.raises(UserError) as refusal:
            open_database(path, passphrase=passphrase, read_only=read_only)
        assert said in refusal.value.message
        assert path.name in refusal.value.message
        assert refusal.value.hint
        assert before is None or inventory(path.parent) == before


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_file_is_refused_and_left_alone(tmp_path, kind):
    make, said = FOREIGN[kind]
    path = tmp_path / "dossier.mobility"
    make(path)
    refused(path, said)


@pytest.mark.parametrize("kind", HARMED)
def test_a_harmed_file_is_refused_and_left_alone(tmp_path, sound_file, kind):
    make, said = HARMED[kind]
    path = Path(shutil.copy(sound_file, tmp_path / "dossier.mobility"))
    make(path)
    refused(path, said)


@pytest.mark.parametrize("kind", ENCRYPTED)
def test_an_encrypted_file_is_refused_and_left_alone(tmp_path, encrypted_file, kind):
    make, passphrase, said = ENCRYPTED[kind]
    path = Path(shutil.copy(encrypted_file, tmp_path / "dossier.mobility"))
    make(path)
    refused(path, said, passphrase)


def test_every_sentence_is_its_own():
    """Each kind of trouble can be told from the others by what is said."""
    assert len({said for _make, said in (*FOREIGN.values(), *HARMED.values())}) >= 10


def test_a_new_dossier_never_takes_the_place_of_anything(tmp_path, sound_file):
    for name, make in {"a": Path.touch, "b": Path.mkdir, "c": lambda p: p.symlink_to(tmp_path / "nowhere")}.items():
        make(tmp_path / name)
        with pytest.raises(UserError, match="exists already"):
            create_database(tmp_path / name)
    left = tmp_path / "d.mobility-journal"
    left.write_bytes(b"the unfinished write of a file that was here")
    with pytest.raises(UserError, match="is left here"):
        create_database(tmp_path / "d.mobility")
    assert not (tmp_path / "d.mobility").exists()
    with pytest.raises(UserError, match="does not exist"):
        create_database(tmp_path / "no folder" / "e.mobility")


# ---- what opens


def test_a_sound_file_opens_and_reading_leaves_its_bytes(tmp_path, sound_file):
    path = Path(shutil.copy(sound_file, tmp_path / "dossier.mobility"))
    before = inventory(tmp_path)
    for read_only in (True, False):
        with open_database(path, read_only=read_only) as db:
            assert content_hash(db)
    assert inventory(tmp_path) == before


@pytest.mark.parametrize("spelling", [PASSPHRASE, "un e\u0301te\u0301 a\u0300 Ca\u0301diz"])
def test_an_encrypted_file_opens_with_its_passphrase(tmp_path, encrypted_file, spelling):
    """Whatever keyboard composed its accents."""
    path = Path(shutil.copy(encrypted_file, tmp_path / "dossier.mobility"))
    with open_database(path, passphrase=spelling) as db, db.read() as s:
        assert s.scalar(select(func.count()).select_from(Mobility)) == 40


def test_an_encrypted_file_shows_nothing(tmp_path):
    """Neither the file, nor its backups, nor what lies beside them hold a letter of it."""
    path = tmp_path / "dossier.mobility"
    with create_database(path, passphrase=PASSPHRASE) as db:
        with db.write(LABEL) as s:
            s.add(world.person(1, last_name="CANARI-ŒUVRARD"))
        assert db.undo()
        assert db.redo()
        db.back_up("test")
    stored = inventory(tmp_path)
    assert sum(name.endswith(".mobility") for name in stored) == 3
    assert not any(b"CANARI" in (content or b"") or b"SQLite format" in (content or b"") for content in stored.values())


def test_another_tool_opens_the_encrypted_file_with_the_passphrase(encrypted_file):
    connection = dbapi2.connect(f"{encrypted_file.as_uri()}?mode=ro", uri=True)
    connection.execute(f'PRAGMA key="{PASSPHRASE}"')
    assert connection.execute("SELECT count(*) FROM mobility").fetchone() == (40,)
    connection.close()


# ---- a write that was cut off

_READ = """
import sys
from mobility_app import i18n
from mobility_app.errors import UserError
from mobility_app.store.database import open_database
from mobility_app.store.schema import Mobility
from sqlalchemy import select
i18n.use("en")
try:
    db = open_database(sys.argv[1], read_only=sys.argv[2] == "read")
except UserError as refusal:
    print(refusal)
else:
    with db.read() as s:
        print(db.read_only, len(s.scalars(select(Mobility.id)).all()))
    db.close()
"""


@pytest.mark.parametrize("way", ["write", "read"])
@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
def test_a_killed_write_is_rolled_back_at_opening(tmp_path, sound_file, encrypted_file, passphrase, way):
    source = encrypted_file if passphrase else sound_file
    key = vault.key_of(source, passphrase) if passphrase else None
    path = tmp_path / "dossier.mobility"
    leave_unfinished(source, path, key)
    assert path.read_bytes() != source.read_bytes()
    with open_database(path, passphrase=passphrase, read_only=way == "read") as db, db.read() as s:
        assert set(s.scalars(select(Mobility.town))) == {None}
        assert "unfinished" not in set(s.scalars(select(Rate.source)))
    assert not opener.journal_of(path).exists()
    assert path.read_bytes() == source.read_bytes()


def test_a_killed_write_in_a_folder_that_cannot_be_written_is_said(tmp_path, sound_file):
    path = tmp_path / "folder" / "dossier.mobility"
    path.parent.mkdir()
    leave_unfinished(sound_file, path)
    before = inventory(tmp_path)
    path.parent.chmod(0o500)
    try:
        assert "was cut off" in outcome(_READ, path, "read", plain_rights=True)
    finally:
        path.parent.chmod(0o700)
    assert inventory(tmp_path) == before


# ---- rights


@pytest.mark.parametrize(("folder", "file"), [(0o500, 0o600), (0o700, 0o400), (0o500, 0o400)])
def test_what_cannot_be_written_opens_for_reading(tmp_path, sound_file, folder, file):
    path = tmp_path / "folder" / "dossier.mobility"
    path.parent.mkdir()
    shutil.copy(sound_file, path)
    path.chmod(file)
    path.parent.chmod(folder)
    try:
        assert outcome(_READ, path, "write", plain_rights=True) == "True 40"
    finally:
        path.parent.chmod(0o700)


@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o000), (0o000, 0o600)])
def test_what_cannot_be_read_is_said(tmp_path, sound_file, folder, file):
    path = tmp_path / "folder" / "dossier.mobility"
    path.parent.mkdir()
    shutil.copy(sound_file, path)
    path.chmod(file)
    path.parent.chmod(folder)
    try:
        assert "cannot be read" in outcome(_READ, path, "write", plain_rights=True)
    finally:
        path.parent.chmod(0o700)


# ---- changed while open


def _add(db) -> None:
    with db.write(LABEL) as s:
        s.add(world.person(900))


@pytest.mark.parametrize("way", ["deleted", "replaced", "moved", "written", "cut"])
def test_a_file_changed_while_open_is_never_written_over(tmp_path, sound_file, way):
    path = Path(shutil.copy(sound_file, tmp_path / "dossier.mobility"))
    other = Path(shutil.copy(sound_file, tmp_path / "other.mobility"))
    db = open_database(path)
    with db.write(LABEL) as s:
        s.add(world.person(800))
    assert not db.moved()
    if way == "deleted":
        path.unlink()
    elif way == "replaced":
        other.replace(path)
    elif way == "moved":
        path.rename(tmp_path / "moved.mobility")
    elif way == "written":
        connection = connect_file(path, None)
        connection.execute("UPDATE mobility SET town = 'elsewhere'")
        connection.close()
    else:
        _cut(path, opener.PAGE * 3)
    assert db.moved()
    before = inventory(tmp_path)
    for _attempt in range(2):
        with pytest.raises(UserError, match="was moved, replaced or changed"):
            _add(db)
    after = inventory(tmp_path)
    assert {name: content for name, content in after.items() if name in before} == before
    assert db.close() is None  # no copy of what is no longer ours


@pytest.fixture
def impatient(monkeypatch):
    """Locks of other programs are waited for less long."""
    monkeypatch.setattr(engines, "_PATIENCE", 0.1)


@pytest.mark.usefixtures("impatient")
def test_what_another_program_holds_is_said_and_works_again(tmp_path, sound_file):
    path = Path(shutil.copy(sound_file, tmp_path / "dossier.mobility"))
    with open_database(path) as db:
        other = connect_file(path, None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match="being written by another program"):
            _add(db)
        other.execute("ROLLBACK")
        other.close()
        _add(db)


@pytest.mark.usefixtures("impatient")
def test_opening_what_another_program_holds_is_said(tmp_path, sound_file):
    path = Path(shutil.copy(sound_file, tmp_path / "dossier.mobility"))
    other = connect_file(path, None)
    other.execute("BEGIN EXCLUSIVE")
    for read_only in (False, True):
        with pytest.raises(UserError, match="being written by another program"):
            open_database(path, read_only=read_only)
    other.close()
    assert list(inventory(tmp_path)) == ["dossier.mobility"]
