"""Verified copies of a file: made by the engine, checked, described by a manifest, then named; and put back."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from mobility_app.errors import UserError
from mobility_app.files import disk_trouble, replacing
from mobility_app.i18n import _
from mobility_app.paths import user_data
from mobility_app.store import ladder, lock, marker, opener
from mobility_app.store.columns import now
from mobility_app.store.engines import connect_file, is_sound
from mobility_app.store.tally import tally
from mobility_app.store.trouble import damaged, explained

_NAME = re.compile(r"(\d{6})-\d{8}T\d{6}Z\.mobility")
_TIME = "%Y%m%dT%H%M%SZ"
_HALF_WRITTEN = 3600  # seconds


@dataclass(frozen=True)
class Backup:
    path: Path
    number: int  # the order in which copies were made, whatever the clock said
    at: str  # UTC, ISO
    reason: str
    sha256: str
    tally: dict[str, int]

    @property
    def time(self) -> dt.datetime:
        """Naive UTC, as every time in the store."""
        return dt.datetime.fromisoformat(self.at).replace(tzinfo=None)


def folders(dossier: Path) -> tuple[Path, Path]:
    """Where copies may be: beside the file, and in the user's own folder for places that cannot be written."""
    own = hashlib.sha256(str(dossier.resolve()).encode()).hexdigest()[:16]
    return opener.beside(dossier, "-sauvegardes"), user_data() / "sauvegardes" / own


def make(dossier: Path, key: str | None, reason: str) -> Path:
    """A verified copy; raises UserError (and leaves no half copy) when the disk or the file refuses."""
    at = now()
    place = _place(dossier)
    _sweep(place)
    number = max((copy.number for copy in _files(dossier)), default=0) + 1
    target = place / f"{number:06d}-{at:{_TIME}}.mobility"
    with explained(dossier.name), replacing(target) as temporary:
        sums = _copy(dossier, temporary, key)
    describe(target, f"{at.isoformat()}Z", reason, sums)
    if reason != "restore":  # after a restore the older copies are what she may still look for
        _thin(dossier, at)
    return target


def describe(copy: Path, at: str, reason: str, sums: dict[str, int]) -> None:
    """Writes the manifest of a copy that was checked."""
    manifest = {"file": copy.name, "at": at, "reason": reason, "sha256": _digest(copy), "tally": sums}
    with replacing(_manifest_of(copy)) as temporary:
        temporary.write_text(json.dumps(manifest, indent=1), "utf-8")


def copies(dossier: Path) -> list[Backup]:
    """The copies that have their manifest, newest first."""
    found = (_described(copy.path) for copy in _files(dossier))
    return sorted((copy for copy in found if copy), key=lambda copy: copy.number, reverse=True)


def last(dossier: Path) -> Backup | None:
    return next(iter(copies(dossier)), None)


def verify(copy: Path, key: str | None) -> bool:
    """Whether a copy is whole: the bytes of its manifest, sound pages, the same rows and sums."""
    try:
        _prove(copy, key)
    except (UserError, OSError):
        return False
    return True


def restore(dossier: Path, copy: Path, key: str | None) -> Path | None:
    """Puts a verified copy in the place of a closed dossier and returns where its present state is kept, if any.

    Undo starts anew. Whatever goes wrong, the present file stays. Raises UserError for a copy that is not whole.
    """
    described = _prove(copy, key)
    own_key = key if opener.examine(copy) is opener.Kind.ENCRYPTED else None
    lock.acquire(dossier, "restore")
    try:
        kept = _keep_present(dossier, key) if dossier.exists() else None
        with explained(dossier.name), replacing(dossier) as temporary:
            _copy(copy, temporary, own_key)
            _seal(temporary, own_key)
            with closing(connect_file(temporary, own_key, read_only=True)) as connection:
                if tally(connection) != described.tally:
                    raise damaged(copy.name)
            opener.remove_leftovers(dossier)
        marker.remove(dossier)
    finally:
        lock.release(dossier)
    return kept


# ---- inside ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _File:
    number: int
    path: Path


def _files(dossier: Path) -> list[_File]:
    found = []
    for place in folders(dossier):
        with suppress(OSError):  # not there, or not ours to read
            named = ((_NAME.fullmatch(path.name), path) for path in place.iterdir())
            found += [_File(int(match[1]), path) for match, path in named if match]
    return found


def _place(dossier: Path) -> Path:
    beside, own = folders(dossier)
    with suppress(OSError):
        beside.mkdir(exist_ok=True)
        if os.access(beside, os.W_OK):
            return beside
    try:
        own.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_trouble(error, own) from error
    return own


def _sweep(place: Path) -> None:
    """Removes what a killed program left half written, not what another one is writing now."""
    with suppress(OSError):
        for path in place.glob(".*.tmp*"):
            if time.time() - path.stat().st_mtime > _HALF_WRITTEN:
                path.unlink()


def _manifest_of(copy: Path) -> Path:
    return copy.with_suffix(".json")


def _described(copy: Path) -> Backup | None:
    try:
        data = json.loads(_manifest_of(copy).read_text("utf-8"))
        number, at = int(copy.name[:6]), str(data["at"])
        found = Backup(copy, number, at, str(data["reason"]), str(data["sha256"]), dict(data["tally"]))
        return found if found.time else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _copy(source: Path, target: Path, key: str | None) -> dict[str, int]:
    """Copies one snapshot and checks it; its rows and sums. A source that is not sound is refused."""
    with closing(connect_file(source, key, read_only=True)) as reading:
        reading.execute("BEGIN")
        sums = tally(reading)
        with closing(connect_file(target, key)) as writing:
            reading.backup(writing)
        reading.execute("COMMIT")
    if _check(target, key, source.name) != sums:
        raise damaged(source.name)
    return sums


def _check(path: Path, key: str | None, name: str) -> dict[str, int]:
    """The rows and sums of a sound file; raises UserError, which names the file as `name`, for a damaged one."""
    try:
        with closing(connect_file(path, key, read_only=True)) as connection:
            if not is_sound(connection, encrypted=key is not None):
                raise damaged(name)
            return tally(connection)
    except (dbapi2.DatabaseError, UnicodeDecodeError, TypeError) as error:
        raise damaged(name) from error


def _prove(copy: Path, key: str | None) -> Backup:
    """The description of a copy that is whole; raises UserError for any other."""
    kind = opener.examine(copy)
    described = _described(copy)
    if described is None:
        raise UserError(
            _("“{name}” has no manifest that could prove it whole.").format(name=copy.name),
            _("Choose another copy, or open this one as a file of its own."),
        )
    if _digest(copy) != described.sha256:
        raise UserError(_("The copy “{name}” is damaged.").format(name=copy.name), _("Choose an older copy."))
    if kind is opener.Kind.ENCRYPTED and key is None:
        raise UserError(_("The copy “{name}” is encrypted.").format(name=copy.name), _("Give its passphrase."))
    own_key = key if kind is opener.Kind.ENCRYPTED else None
    opener.refuse_newer(copy.name, _schema_of(copy, own_key))
    if _check(copy, own_key, copy.name) != described.tally:
        raise UserError(_("The copy “{name}” is damaged.").format(name=copy.name), _("Choose an older copy."))
    return described


def _schema_of(copy: Path, key: str | None) -> int:
    """Read from a copy whose bytes are whole: what cannot be read then has another key."""
    try:
        with closing(connect_file(copy, key, read_only=True)) as connection:
            number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    except dbapi2.DatabaseError as error:
        raise UserError(
            _("The copy “{name}” cannot be read: it was made with another passphrase.").format(name=copy.name),
            _("Give the passphrase of that time."),
        ) from error
    return number


def _keep_present(dossier: Path, key: str | None) -> Path:
    """A verified copy of what is about to be replaced; of a damaged file its bytes as they are."""
    with suppress(UserError, dbapi2.DatabaseError):
        with closing(connect_file(dossier, key)) as connection:  # rolls a killed write back
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return make(dossier, key, "restore")
    kept = _place(dossier) / f"endommage-{now():{_TIME}}.mobility"
    try:
        with replacing(kept) as temporary:
            shutil.copyfile(dossier, temporary)
        if opener.journal_of(dossier).exists():
            shutil.copyfile(opener.journal_of(dossier), opener.journal_of(kept))
    except OSError as error:
        raise disk_trouble(error, kept) from error
    return kept


def _seal(path: Path, key: str | None) -> None:
    """The steps of the copy belong to another past: none of them can be undone or redone here."""
    with closing(connect_file(path, key)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE change_set SET state = 'sealed' WHERE state IN ('done', 'undone')")
        connection.execute("COMMIT")


def _thin(dossier: Path, at: dt.datetime) -> None:
    """Lets go of copies that the ladder does not keep."""
    every = copies(dossier)
    keep = ladder.kept([(copy.number, copy.time) for copy in every], at)
    for copy in every:
        if copy.number not in keep:
            with suppress(OSError):
                copy.path.unlink()
                _manifest_of(copy.path).unlink()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
