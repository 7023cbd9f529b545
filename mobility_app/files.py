"""Files that are whole or not there at all, and names that every system accepts (standard library only)."""

from __future__ import annotations

import errno
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mobility_app.errors import UserError
from mobility_app.i18n import _

NAME_BYTES = 120  # leaves room for an ending and for a long folder
# What Windows keeps for devices, with any ending; the superscript digits count as digits there.
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\.|$)", re.IGNORECASE)
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))
# Controls, invisible format characters, lone surrogates, private and unassigned ones, line separators.
_UNWANTED = ("C", "Zl", "Zp")


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """A temporary path in the folder of `path`; on leaving, its content is synced and takes the name in one step.

    Whatever goes wrong, the old file stays as it was and the temporary one is removed. Trouble with the disk is
    a UserError that names the file and the remedy.
    """
    target = Path(path)
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        temporary.touch(exist_ok=False)
        yield temporary
        _sync(temporary)
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as trouble:
        raise disk_trouble(trouble, target) from trouble
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def disk_trouble(trouble: OSError, path: Path) -> UserError:
    """The sentence for a file that could not be written."""
    name = path.name
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return UserError(
            _("The disk is full: “{name}” was not written.").format(name=name),
            _("Make room on the disk or choose another folder; nothing else has changed."),
        )
    if not path.parent.is_dir():
        return UserError(
            _("The folder “{folder}” does not exist.").format(folder=path.parent),
            _("Choose another folder."),
        )
    if isinstance(trouble, PermissionError) or trouble.errno in (errno.EROFS, errno.EISDIR):
        return UserError(
            _("“{name}” cannot be written: it is open in another program, or the folder is protected.").format(
                name=name
            ),
            _("Close the file in the other program, or choose another name or folder."),
        )
    return UserError(
        _("“{name}” could not be written: the disk or the network gave an error.").format(name=name),
        _("Try again, or choose another folder; nothing else has changed."),
    )


def read_at_most(size: int, path: Path, refusal: UserError) -> bytes:
    """The bytes of a file of hers; raises the `refusal` when there are more than `size`."""
    try:
        if path.stat().st_size > size:
            raise refusal
        return path.read_bytes()
    except OSError as trouble:
        raise UserError(
            _("The file “{name}” may not be opened.").format(name=path.name), _("Choose another file.")
        ) from trouble


def safe_name(stem: str, ending: str = "") -> str:
    """A file name (not a path) that Windows, macOS and Linux accept, as close as possible to what was asked."""
    spaced = "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFC", stem))
    wanted = "".join(c for c in spaced if not unicodedata.category(c).startswith(_UNWANTED))
    name = _shorten(
        " ".join(wanted.split()).translate(_FORBIDDEN).strip(" ."), NAME_BYTES - len(ending.encode())
    ).strip(" .")
    if not name or _RESERVED.match(name):
        name = "_" + name
    return name + ending


def inside(folder: str | Path, name: str) -> Path:
    """The path of a safe name in a folder; a name that would lead elsewhere is a bug."""
    path = Path(folder) / name
    if path.resolve().parent != Path(folder).resolve():
        raise ValueError("a file name must stay in its folder")
    return path


def _shorten(name: str, size: int) -> str:
    """Cut to a number of bytes without breaking a letter."""
    return name.encode()[:size].decode(errors="ignore")


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
