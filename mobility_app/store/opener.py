"""What a file is, before anything opens it: told apart by its bytes, never created, never written."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from mobility_app.errors import UserError
from mobility_app.i18n import _

APPLICATION_ID = 0x4D4F4256  # "MOBV" in the header of every dossier
SCHEMA = 1  # user_version: the number of the last migration
PAGE = 4096
SQLITE_MAGIC = b"SQLite format 3\x00"
_FOREIGN = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")


class Kind(Enum):
    OURS = "ours"
    ENCRYPTED = "encrypted or damaged"


def examine(path: Path) -> tuple[Kind, int]:
    """What the file is and its schema number (0 when it cannot be read without a passphrase).

    Raises UserError for everything that is not one of our files: missing, a folder, empty, another program's file,
    truncated, or made by a newer version.
    """
    name = path.name
    if not path.exists():
        raise UserError(_("The file “{name}” does not exist.").format(name=name), _("Check the folder and the name."))
    if path.is_dir():
        raise UserError(_("“{name}” is a folder.").format(name=name), _("Choose a .mobility file."))
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(PAGE)
    except OSError as error:
        raise UserError(
            _("The file “{name}” cannot be read.").format(name=name), _("Check your rights on it and on its folder.")
        ) from error
    if size == 0:
        raise UserError(
            _("The file “{name}” is empty (0 bytes).").format(name=name),
            _("Restore a backup: nothing was created in its place."),
        )
    if not head.startswith(SQLITE_MAGIC):
        return _without_magic(name, head, size)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise UserError(
            _("“{name}” is a database of another program.").format(name=name), _("Choose a .mobility file.")
        )
    pages = int.from_bytes(head[28:32], "big")
    page_size = int.from_bytes(head[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    unfinished = path.with_name(f"{name}-journal").exists()  # the engine rolls a killed write back when it opens
    if len(head) < 100 or (pages and size < pages * page_size and not unfinished):
        raise UserError(
            _("The file “{name}” is incomplete: {size} of {expected} bytes.").format(
                name=name, size=size, expected=pages * page_size
            ),
            _("Restore a backup: this file was not touched."),
        )
    schema = int.from_bytes(head[60:64], "big")
    refuse_newer(name, schema)
    return Kind.OURS, schema


def _without_magic(name: str, head: bytes, size: int) -> tuple[Kind, int]:
    text = all(byte >= 0x20 or byte in b"\t\r\n\x0c" for byte in head)
    if head.startswith(_FOREIGN) or text or size % PAGE:
        raise UserError(
            _("“{name}” is not a tracking file.").format(name=name),
            _("To bring in an Excel sheet, use Import / Export."),
        )
    return Kind.ENCRYPTED, 0


def refuse_newer(name: str, schema: int) -> None:
    """Raises UserError for a schema number that this version does not know yet."""
    if schema > SCHEMA:
        raise UserError(
            _("“{name}” was written by a newer version (format {theirs}; this one knows {ours}).").format(
                name=name, theirs=schema, ours=SCHEMA
            ),
            _("Install the newer version; nothing was touched."),
        )
