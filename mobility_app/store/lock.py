"""The lock beside a file: one writer at a time, whoever holds it is named, a dead holder is taken over."""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store import opener
from mobility_app.store.columns import now

_BEING_WRITTEN = 5  # seconds after which a lock without readable content is the remains of a crash


@dataclass(frozen=True)
class Holder:
    pid: int
    host: str
    user: str
    program: str
    since: str
    started: str = ""  # of the process, where the system tells: a number is given again after a restart

    @property
    def dead(self) -> bool:
        """Only a process of this same machine can be known to be dead."""
        if self.host != socket.gethostname():
            return False
        return not _alive(self.pid) or (self.started != "" and self.started != _started(self.pid))

    def sentence(self, name: str) -> str:
        return _("“{name}” is open elsewhere: {user} on {host}, {program} (process {pid}), since {since} UTC.").format(
            name=name, user=self.user, host=self.host, program=self.program, pid=self.pid, since=self.since
        )


def path_of(dossier: Path) -> Path:
    return opener.beside(dossier, ".lock")


def holder(dossier: Path) -> Holder | None:
    """Who holds the lock now; None when nobody does, or when the lock names nobody."""
    try:
        content = json.loads(path_of(dossier).read_text("utf-8"))
        known = {field.name: content[field.name] for field in fields(Holder) if field.name in content}
        return Holder(**{**known, "pid": int(known["pid"])})
    except PermissionError:
        return Holder(0, "?", "?", "?", "?")
    except (OSError, ValueError, TypeError, KeyError):
        return None


def alive(dossier: Path) -> bool:
    """Whether someone has the dossier open for writing now."""
    found = holder(dossier)
    return found is not None and not found.dead and not _mine(found)


def acquire(dossier: Path, program: str) -> None:
    """Takes the lock, or raises UserError naming its holder. A holder that died on this machine is taken over."""
    path, pid = path_of(dossier), os.getpid()
    mine = Holder(pid, socket.gethostname(), user(), program, f"{now():%Y-%m-%d %H:%M}", _started(pid))
    for _attempt in range(3):
        try:
            return _create(path, mine)
        except FileExistsError:
            _refuse_living_holder(dossier)
            path.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                _("The lock of “{name}” cannot be written.").format(name=dossier.name),
                _("Free some space or check your rights on the folder."),
            ) from error
    raise UserError(_("The lock of “{name}” cannot be taken.").format(name=dossier.name), _("Try again."))


def release(dossier: Path) -> None:
    """Gives the lock back, unless it is no longer ours."""
    found = holder(dossier)
    if found is not None and _mine(found):
        with suppress(OSError):
            path_of(dossier).unlink()


def user() -> str:
    """The name of whoever is logged in on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def _create(path: Path, mine: Holder) -> None:
    """Exclusive: raises FileExistsError when there is a lock already. A full disk leaves no empty one."""
    file = path.open("x", encoding="utf-8")
    try:
        with file:
            file.write(json.dumps(asdict(mine)))
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _refuse_living_holder(dossier: Path) -> None:
    found = holder(dossier)
    if found is not None and not found.dead:
        raise UserError(
            found.sentence(dossier.name), _("Close it there first, or open it here for reading only.")
        ) from None
    with suppress(FileNotFoundError):
        if found is None and time.time() - path_of(dossier).stat().st_mtime < _BEING_WRITTEN:
            raise UserError(
                _("“{name}” is being opened elsewhere.").format(name=dossier.name), _("Try again in a moment.")
            ) from None


def _mine(found: Holder) -> bool:
    return (found.pid, found.host) == (os.getpid(), socket.gethostname())


def _alive(pid: int) -> bool:
    if sys.platform == "win32":
        return _alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _started(pid: int) -> str:
    """When a process started, in the system's own count; empty where it cannot be asked."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


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
