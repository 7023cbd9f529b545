"""Reads a table file (.xlsx .xlsm .xls .xlsb .ods .csv .tsv) in a child process with limits of memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from mobility_app import paths
from mobility_app.core.text import clean
from mobility_app.errors import UserError
from mobility_app.exchange.book import Book, Cell, Sheet, SheetRow, from_plain
from mobility_app.exchange.child import SWITCH
from mobility_app.i18n import _

__all__ = ["Book", "Cell", "ReadingCancelled", "Sheet", "SheetRow", "read"]

_ROUND = 0.05  # seconds between two looks at the clock and at Cancel


class ReadingCancelled(UserError):
    """She stopped the reading; nothing was imported."""


def read(
    path: str | Path, *, timeout: float = 20.0, memory: int = 300, cancel: Callable[[], bool] | None = None
) -> Book:
    """The sheets of a file; `memory` in megabytes of address space, `cancel` is asked about 20 times a second.

    Raises UserError with one sentence a class of trouble: missing, empty, damaged, protected, old format, too large …
    """
    path = Path(path).absolute()
    name = clean(path.name)
    lines = _ask(_command(path, memory), name, timeout, cancel)
    try:
        first = json.loads(next(lines))
        if "reason" in first:
            raise _trouble(str(first["reason"]), name)
        return from_plain(chain((first,), map(json.loads, lines)))
    except (ValueError, StopIteration):
        raise _trouble("damaged", name) from None


def _command(path: Path, memory: int) -> list[str]:
    """A frozen program is its own interpreter: its start hands these arguments to `child.main` before all else."""
    program = [sys.executable, SWITCH] if getattr(sys, "frozen", False) else [sys.executable, "-m", _CHILD]
    return [*program, str(path), str(memory)]


_CHILD = "mobility_app.exchange.child"


def _ask(command: list[str], name: str, timeout: float, cancel: Callable[[], bool] | None) -> Iterator[bytes]:
    """The lines of what the child says."""
    deadline = time.monotonic() + timeout
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(paths.__file__).parent.parent,  # -m looks there first: never in the folder of the file
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            output, complaint = _listen(child, deadline, name, cancel)
        except BaseException:
            child.kill()
            raise
    if child.returncode == 0:
        return iter(output.splitlines())
    # Rust says so on its way out when memory ends; Linux kills (-9); any other death is the reader's own fall.
    exhausted = b"memory" in complaint.lower() or child.returncode == -9
    raise _trouble("too_large" if exhausted else "damaged", name)


def _listen(
    child: subprocess.Popen[bytes], deadline: float, name: str, cancel: Callable[[], bool] | None
) -> tuple[bytes, bytes]:
    while True:
        try:
            return child.communicate(timeout=_ROUND)
        except subprocess.TimeoutExpired:
            if cancel is not None and cancel():
                raise ReadingCancelled(
                    _("Reading “{name}” was cancelled: nothing was imported.").format(name=name)
                ) from None
            if time.monotonic() > deadline:
                raise _trouble("slow", name) from None


def _environment() -> dict[str, str]:
    """One memory arena, so that the limit bounds real use; a "safe path" would hide a package that is not installed."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}
    return kept | {"MALLOC_ARENA_MAX": "1"}


def _trouble(reason: str, name: str) -> UserError:
    again = _("Open it in Excel or LibreOffice, save it as .xlsx under a new name, and import that copy.")
    sentences = {
        "missing": (_("There is no file “{name}”."), _("It may have been moved or renamed: choose it again.")),
        "folder": (_("“{name}” is a folder, not a table."), _("Choose the file itself.")),
        "rights": (
            _("The file “{name}” may not be opened."),
            _("Close it in the other program, or ask its owner for the right to read it."),
        ),
        "empty": (_("The file “{name}” is empty."), _("Check that the right file was chosen.")),
        "damaged": (_("The file “{name}” is damaged and cannot be read to its end."), again),
        "password": (
            _("The file “{name}” is protected by a password."),
            _("Remove the password in Excel or LibreOffice, save, and import again."),
        ),
        "format": (_("The file “{name}” is in an old or unknown format."), again),
        "not_a_table": (
            _("The file “{name}” is not a table: it holds something else (PDF, picture, text document, archive…)."),
            _("Choose an Excel, LibreOffice or CSV file."),
        ),
        "too_large": (
            _("The file “{name}” is too large: at most 20 MB, 20,000 rows and 200 columns are read."),
            _("Delete unused rows and columns, or cut it into several files."),
        ),
        "slow": (_("Reading “{name}” took too long and was stopped."), again),
    }
    message, hint = sentences.get(reason, (_("The file “{name}” cannot be read."), again))
    return UserError(message.format(name=name), hint)
