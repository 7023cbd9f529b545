"""The lock beside a file: one writer at a time, whoever holds it is named, a dead holder is taken over."""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.columns import now


@dataclass(frozen=True)
class Holder:
    pid: int
    host: str
    user: str
    program: str
    since: str

    @property
    def dead(self) -> bool:
        """Only a process of this same machine can be known to be dead."""
        if self.host != socket.gethostname() or self.pid == os.getpid():
            return False
        if sys.platform == "win32":
            return not _alive_on_windows(self.pid)
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False

    def sentence(self, name: str) -> str:
        return _("“{name}” is open elsewhere: {user} on {host}, {program} (process {pid}), since {since} UTC.").format(
            name=name, user=self.user, host=self.host, program=self.program, pid=self.pid, since=self.since
        )


def _alive_on_windows(pid: int) -> bool:
    if sys.platform != "win32":
        return True
    import ctypes

    kernel = ctypes.windll.kernel32
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259  # STILL_ACTIVE


def path_of(dossier: Path) -> Path:
    return dossier.with_suffix(".lock")


def holder(dossier: Path) -> Holder | None:
    """Who holds the lock now; None when nobody does. An unreadable lock names nobody but is held."""
    try:
        content = path_of(dossier).read_text("utf-8")
    except FileNotFoundError:
        return None
    try:
        return Holder(**json.loads(content))
    except (ValueError, TypeError):
        return Holder(0, "?", "?", "?", "?")


def acquire(dossier: Path, program: str) -> None:
    """Takes the lock, or raises UserError naming its holder. A holder that died on this machine is taken over."""
    mine = Holder(os.getpid(), socket.gethostname(), _user(), program, f"{now():%Y-%m-%d %H:%M}")
    for _attempt in range(3):
        try:
            with path_of(dossier).open("x", encoding="utf-8") as file:
                json.dump(asdict(mine), file)
            return
        except FileExistsError:
            other = holder(dossier)
            if other is None:
                continue
            if not (other.dead or other.pid == 0):
                raise UserError(
                    other.sentence(dossier.name), _("Close it there first, or open it here for reading only.")
                ) from None
            path_of(dossier).unlink(missing_ok=True)
    raise UserError(_("The lock of “{name}” cannot be taken.").format(name=dossier.name), _("Try again."))


def release(dossier: Path) -> None:
    path_of(dossier).unlink(missing_ok=True)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
