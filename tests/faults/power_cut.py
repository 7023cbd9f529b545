"""What a disk may hold after the current was cut: rebuilt from the system calls of an operation (Linux, ext4-like).

A file's writes last once it is synced; making, renaming and removing names last once any later sync has passed. Until
then each write may have reached the disk or not, in any order, whole or torn at a sector's bound.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.store.files import ROOT

SECTOR = 512
_CALLS = "openat,pwrite64,write,writev,fsync,fdatasync,unlink,rename,ftruncate,lseek"
_LINE = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+=\s+(-?\d+)(?:<([^>]*)>)?")
_FD = re.compile(r"^(\d+)<([^>]*)>(?:, )?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class Write(NamedTuple):
    offset: int
    content: bytes


@dataclass
class File:
    """What lasts, and what is on its way: writes, and sizes that it was cut to."""

    lasting: bytes = b""
    pending: list[Write | int] = field(default_factory=list)

    def after(self, pending: list[Write | int]) -> bytes:
        content = bytearray(self.lasting)
        for change in pending:
            if isinstance(change, int):
                del content[change:]
                content.extend(bytes(change - len(content)))
            else:
                content.extend(bytes(max(0, change.offset - len(content))))
                content[change.offset : change.offset + len(change.content)] = change.content
        return bytes(content)


class Disk:
    """A folder as it grows by the calls of a process."""

    def __init__(self, folder: Path) -> None:
        self.names = {str(path): File(path.read_bytes()) for path in folder.rglob("*") if path.is_file()}
        self.lasting_names = dict(self.names)
        self.pending_names: list[tuple[str, File | None]] = []

    def bind(self, name: str, file: File | None) -> None:
        """A name for a file, or for none."""
        if file is None:
            self.names.pop(name, None)
        else:
            self.names[name] = file
        self.pending_names.append((name, file))

    def sync(self, file: File | None) -> None:
        if file is not None:
            file.lasting, file.pending = file.after(file.pending), []
        _bind_all(self.lasting_names, self.pending_names)
        self.pending_names = []

    def images(self, chance: random.Random, halves: int) -> Iterator[dict[str, bytes]]:
        """Contents by name: nothing of what is on its way, all of it, and random halves."""
        yield self._image(0, lambda pending: [])
        yield self._image(len(self.pending_names), lambda pending: pending)
        for _half in range(halves):
            yield self._image(chance.randint(0, len(self.pending_names)), lambda pending: _some(pending, chance))

    def _image(self, names: int, choose) -> dict[str, bytes]:
        bound = dict(self.lasting_names)
        _bind_all(bound, self.pending_names[:names])
        return {name: file.after(choose(file.pending)) for name, file in bound.items()}


def _bind_all(names: dict[str, File], changes: list[tuple[str, File | None]]) -> None:
    for name, file in changes:
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def _some(pending: list[Write | int], chance: random.Random) -> list[Write | int]:
    """Half of the changes, some of the writes torn."""
    chosen: list[Write | int] = []
    for change in pending:
        if chance.random() < 0.5:
            continue
        if isinstance(change, Write) and len(change.content) > SECTOR and chance.random() < 0.3:
            keep = chance.randrange(SECTOR, len(change.content), SECTOR)
            change = Write(change.offset, change.content[:keep])
        chosen.append(change)
    return chosen


def record(operation: str, dossier: Path, pragmas: str = "") -> tuple[Disk, list[tuple[str, list[str], int, str]]]:
    """The folder before the operation, and the calls that it made."""
    disk = Disk(dossier.parent)
    log = dossier.parent.parent / "strace.log"
    command = ["strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "100000000", "-o", str(log)]
    command += ["-e", f"trace={_CALLS}", sys.executable, "-B", "-m", "tests.faults.operations", operation, str(dossier)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PRAGMAS_OF_A_TEST": pragmas}
    )
    assert done.stdout.splitlines()[-1] == "ack", done.stderr
    calls = []
    for line in log.read_text("ascii", "replace").splitlines():
        if (match := _LINE.match(line)) and int(match[3]) >= 0:
            calls.append((match[1], match[2], int(match[3]), _text(match[4] or "")))
    log.unlink()
    return disk, calls


def replay(disk: Disk, calls, folder: Path) -> Iterator[bool]:
    """Applies the calls one by one to the disk; whether the operation is acknowledged by then."""
    positions: dict[int, int] = {}
    acknowledged = False
    inside = str(folder)
    for call, arguments, result, opened in calls:
        fd, path = _fd(arguments)
        texts = [_text(found) for found in _TEXT.findall(arguments)]
        if call == "writev" and fd == 1:
            acknowledged = acknowledged or _ack(arguments)
            yield acknowledged
            continue
        target = opened if call == "openat" else texts[-1] if call in ("unlink", "rename") else path
        if not target.startswith(inside):
            continue
        file = disk.names.get(path)
        if call == "openat":
            positions[result] = 0
            if "O_CREAT" in arguments and opened not in disk.names:
                disk.bind(opened, File())
            if "O_TRUNC" in arguments and opened in disk.names:
                disk.names[opened].pending.append(0)
        elif call == "lseek":
            positions[fd] = result
            continue
        elif call in ("pwrite64", "write") and file is not None:
            content = _bytes(_TEXT.search(arguments)[1])
            offset = int(arguments.rpartition(", ")[2]) if call == "pwrite64" else positions[fd]
            positions[fd] = positions.get(fd, 0) + (result if call == "write" else 0)
            file.pending.append(Write(offset, content[:result]))
        elif call == "ftruncate" and file is not None:
            file.pending.append(int(arguments.rpartition(", ")[2]))
        elif call in ("fsync", "fdatasync"):
            disk.sync(file)
        elif call == "unlink":
            disk.bind(texts[0], None)
        elif call == "rename":
            moved = disk.names[texts[0]]
            disk.bind(texts[1], moved)
            disk.bind(texts[0], None)
        yield acknowledged


def _fd(arguments: str) -> tuple[int, str]:
    match = _FD.match(arguments)
    return (int(match[1]), _text(match[2])) if match else (-1, "")


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _text(escaped: str) -> str:
    return _bytes(escaped).decode("utf-8", "replace") if "\\x" in escaped else escaped


def _ack(arguments: str) -> bool:
    return _text(_TEXT.search(arguments)[1]) == "ack\n"
