"""Verified copies of a file: made by the engine, checked, described by a manifest, then named."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mobility_app.errors import UserError
from mobility_app.files import replacing
from mobility_app.i18n import _
from mobility_app.paths import user_data
from mobility_app.store.columns import now

_NAME = re.compile(r"^(\d{6})-\d{8}T\d{6}Z\.mobility$")


@dataclass(frozen=True)
class Backup:
    path: Path
    at: str  # UTC, ISO
    reason: str
    rows: dict[str, int]


def folder(dossier: Path) -> Path:
    """Beside the file, or in the user's own folder where nothing can be written beside it."""
    beside = dossier.with_name(f"{dossier.stem}-sauvegardes")
    try:
        beside.mkdir(exist_ok=True)
        return beside
    except OSError:
        other = user_data() / "sauvegardes" / hashlib.sha256(str(dossier.resolve()).encode()).hexdigest()[:16]
        other.mkdir(parents=True, exist_ok=True)
        return other


def make(dossier: Path, key: str | None, reason: str) -> Path:
    """A verified copy; raises UserError (and leaves no half copy) when the disk or the file refuses."""
    place = folder(dossier)
    counter = max((int(match[1]) for match in map(_NAME.match, _names(place)) if match), default=0) + 1
    target = place / f"{counter:06d}-{now():%Y%m%dT%H%M%S}Z.mobility"
    with replacing(target) as temporary:
        rows = _copy(dossier, temporary, key)
    manifest: dict[str, Any] = {"file": target.name, "at": f"{now():%Y-%m-%dT%H:%M:%SZ}", "reason": reason}
    manifest |= {"sha256": _digest(target), "rows": rows}
    with replacing(target.with_suffix(".json")) as temporary:
        temporary.write_text(json.dumps(manifest, indent=1), "utf-8")
    return target


def last(dossier: Path) -> Backup | None:
    """The newest copy that has its manifest; the counter orders them, so a clock set back does no harm."""
    beside = dossier.with_name(f"{dossier.stem}-sauvegardes")
    if not beside.is_dir():
        return None
    for name in sorted((n for n in _names(beside) if _NAME.match(n)), reverse=True):
        if (found := _manifest(beside / name)) is not None:
            return found
    return None


def verify(copy: Path, key: str | None) -> bool:
    """Whether a copy is whole: the bytes of its manifest, sound pages, the same number of rows."""
    manifest = json.loads(copy.with_suffix(".json").read_text("utf-8"))
    return _digest(copy) == manifest["sha256"] and _check(copy, key) == manifest["rows"]


def _manifest(copy: Path) -> Backup | None:
    try:
        data = json.loads(copy.with_suffix(".json").read_text("utf-8"))
        return Backup(copy, data["at"], data["reason"], data["rows"])
    except (OSError, ValueError, KeyError):
        return None


def _names(place: Path) -> list[str]:
    return [path.name for path in place.iterdir()] if place.is_dir() else []


def _copy(source: Path, target: Path, key: str | None) -> dict[str, int]:
    from mobility_app.store.database import connect_file

    reading, writing = connect_file(source, key, read_only=True), connect_file(target, key)
    try:
        reading.backup(writing)
    finally:
        writing.close()
        reading.close()
    rows = _check(target, key)
    if rows != _check(source, key):
        raise UserError(_("The backup of “{name}” does not match it.").format(name=source.name), _("Try again."))
    return rows


def _check(path: Path, key: str | None) -> dict[str, int]:
    """The number of rows by table of a sound file; raises UserError for a damaged one."""
    from sqlcipher3 import dbapi2

    from mobility_app.store.database import connect_file

    connection = connect_file(path, key, read_only=True)
    try:
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise UserError(_("“{name}” is damaged.").format(name=path.name), _("Restore an older backup."))
        names = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    except dbapi2.DatabaseError as error:
        raise UserError(_("“{name}” is damaged.").format(name=path.name), _("Restore an older backup.")) from error
    finally:
        connection.close()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
