"""The mark that a file is open, kept in the user's own folder: found again, it tells of an unclean close."""

import hashlib
from pathlib import Path

from mobility_app.paths import user_state


def _path(dossier: Path) -> Path:
    name = hashlib.sha256(str(dossier.resolve()).encode()).hexdigest()[:16]
    return user_state() / f"open-{name}"


def put(dossier: Path) -> None:
    _path(dossier).touch()


def present(dossier: Path) -> bool:
    return _path(dossier).exists()


def remove(dossier: Path) -> None:
    _path(dossier).unlink(missing_ok=True)
