"""What a file is, before anything opens it: told apart by its bytes, never created, never written."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from mobility_app.errors import UserError
from mobility_app.i18n import N_, _

APPLICATION_ID = 0x4D4F4256  # "MOBV" in the header of every dossier
SCHEMA = 1  # user_version: the number of the last migration
PAGE = 4096
HEADER = 100
SQLITE_MAGIC = b"SQLite format 3\x00"
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", N_("an Excel workbook or an archive")),
    (b"PK\x05\x06", N_("an Excel workbook or an archive")),
    (b"\xd0\xcf\x11\xe0", N_("an old Office document, or one with a password")),
    (b"%PDF", N_("a PDF document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"{\\rtf", N_("a text")),
)
_LEFTOVERS = ("-journal", "-wal", "-shm")


class Kind(Enum):
    OURS = "ours"
    ENCRYPTED = "encrypted or damaged"


def beside(dossier: Path, ending: str) -> Path:
    """The path of what belongs to a dossier: NAME.mobility has NAME.lock; another ending stays part of the name."""
    stem = dossier.stem if dossier.suffix.lower() == ".mobility" else dossier.name
    return dossier.with_name(stem + ending)


def journal_of(path: Path) -> Path:
    """Where the engine keeps what a write in progress has overwritten."""
    return path.with_name(f"{path.name}-journal")


def remove_leftovers(path: Path) -> None:
    """What a file that is about to be replaced leaves beside it: the new one must not inherit it."""
    for ending in _LEFTOVERS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def fingerprint(path: Path) -> tuple[int, int, int, bytes]:
    """What tells this file from another and from itself after any write: every commit changes the first page."""
    try:
        with path.open("rb") as file:
            status = path.stat()
            return status.st_dev, status.st_ino, status.st_size, file.read(PAGE)
    except OSError:
        return 0, 0, 0, b""


def examine(path: Path) -> Kind:
    """Whether the file is one of ours or perhaps encrypted.

    Raises UserError for everything else: missing, a folder, empty, another program's file, incomplete, or made by a
    newer version.
    """
    head, size = _read(path)
    if size == 0:
        raise UserError(
            _("The file “{name}” is empty (0 bytes).").format(name=path.name),
            _("Restore a backup: nothing was created in its place."),
        )
    _refuse_leftover_log(path, head)
    if not head.startswith(SQLITE_MAGIC):
        _refuse_foreign(path, head, size)
        return Kind.ENCRYPTED
    if size >= HEADER and _number(head, 68, 72) != APPLICATION_ID:
        raise foreign_database(path.name)
    _refuse_incomplete(path, head, size)
    refuse_newer(path.name, _number(head, 60, 64))
    return Kind.OURS


def refuse_to_replace(path: Path) -> None:
    """Raises UserError where a new dossier would take the place of something, or inherit its unfinished write."""
    if path.exists() or path.is_symlink():
        raise UserError(
            _("The file “{name}” exists already.").format(name=path.name), _("Choose another name, or open it.")
        )
    for ending in _LEFTOVERS:
        left = path.with_name(path.name + ending)
        if left.exists() and left.stat().st_size:
            raise UserError(
                _("“{left}” is left here from an earlier file of this name.").format(left=left.name),
                _("Choose another name: what it holds may still be needed."),
            )


def refuse_newer(name: str, schema: int) -> None:
    """Raises UserError for a schema number that this version does not know yet."""
    if schema > SCHEMA:
        raise UserError(
            _("“{name}” was written by a newer version (format {theirs}; this one knows {ours}).").format(
                name=name, theirs=schema, ours=SCHEMA
            ),
            _("Install the newer version; nothing was touched."),
        )


def foreign_database(name: str) -> UserError:
    return UserError(_("“{name}” is a database of another program.").format(name=name), _("Choose a .mobility file."))


def _read(path: Path) -> tuple[bytes, int]:
    """The first page and the size of a file that can be read."""
    name = path.name
    try:
        if not path.exists():
            hint = _("Check the folder and the name.")
            raise UserError(_("The file “{name}” does not exist.").format(name=name), hint)
        if path.is_dir():
            raise UserError(_("“{name}” is a folder.").format(name=name), _("Choose a .mobility file."))
        if not path.is_file():
            raise UserError(_("“{name}” is not a file.").format(name=name), _("Choose a .mobility file."))
        with path.open("rb") as file:
            return file.read(PAGE), path.stat().st_size
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        hint = _("Check your rights on it and on its folder.")
        raise UserError(_("The file “{name}” cannot be read.").format(name=name), hint) from error


def _number(head: bytes, start: int, end: int) -> int:
    return int.from_bytes(head[start:end], "big")


def _refuse_leftover_log(path: Path, head: bytes) -> None:
    """Our files never use a write-ahead log: one that lies beside them would bring strange rows in."""
    log = path.with_name(f"{path.name}-wal")
    asked_for = head.startswith(SQLITE_MAGIC) and head[18:20] == b"\x02\x02"
    if not asked_for and log.exists() and log.stat().st_size:
        raise UserError(
            _("“{log}” does not belong to “{name}”: it would mix other data into it.").format(
                log=log.name, name=path.name
            ),
            _("Move that file to another folder, then open the tracking file again."),
        )


def _refuse_foreign(path: Path, head: bytes, size: int) -> None:
    """Without SQLite's sign a file may be encrypted; text, known kinds and other sizes are not."""
    kind = next((words for magic, words in _FOREIGN if head.startswith(magic)), "")
    if not kind and all(byte >= 0x20 or byte in b"\t\r\n\x0c" for byte in head):
        kind = N_("a text")
    if kind:
        raise UserError(
            _("“{name}” is not a tracking file: it is {kind}.").format(name=path.name, kind=_(kind)),
            _("To bring in an Excel sheet, use Import / Export."),
        )
    if size % PAGE and not journal_of(path).exists():
        raise UserError(
            _("“{name}” is not a tracking file, or it is incomplete.").format(name=path.name),
            _("Choose a .mobility file, or restore a backup: this file was not touched."),
        )


def _refuse_incomplete(path: Path, head: bytes, size: int) -> None:
    """The header says how many pages there are; after a killed write the engine makes that right when it opens."""
    page = _number(head, 16, 18)
    expected = max(HEADER, _number(head, 28, 32) * (65536 if page == 1 else page))
    if size < expected and not journal_of(path).exists():
        raise UserError(
            _("The file “{name}” is incomplete: {size} of {expected} bytes.").format(
                name=path.name, size=size, expected=expected
            ),
            _("Restore a backup: this file was not touched."),
        )
