"""The system calls of an operation, and the same operation again with a fault at one of them (Linux, strace)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.store.files import ROOT

_CALLS = "pwrite64,write,fsync,fdatasync,unlink,rename,ftruncate,writev"
_LINE = re.compile(r"^(?P<pid>\d+)\s+(?P<call>\w+)\((?P<rest>.*)$")


class Point(NamedTuple):
    """The nth time that the process makes this call."""

    call: str
    n: int


def need_strace() -> None:
    if shutil.which("strace") is None:
        reason = "strace is not installed (Debian: apt-get install strace)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


def points(operation: str, dossier: Path, calls: tuple[str, ...]) -> list[Point]:
    """Every call of these kinds that touches the dossier's folder, once the operation has begun."""
    log = dossier.parent.parent / "strace.log"
    said = _run(operation, dossier, ["-o", str(log), "-y", "-e", f"trace={_CALLS}"])
    assert said[-1] == "ack", said
    seen: Counter[str] = Counter()
    found: list[Point] = []
    begun = False
    pids = set()
    for line in log.read_text("utf-8", "replace").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        call, rest = match["call"], match["rest"]
        pids.add(match["pid"])
        seen[call] += 1
        begun = begun or '"open\\n"' in rest
        if begun and call in calls and str(dossier.parent) in rest:
            found.append(Point(call, seen[call]))
    log.unlink()
    assert len(pids) == 1, "strace counts calls per thread: the operation must run on one"
    return found


def kill(operation: str, dossier: Path, point: Point) -> list[str]:
    """Runs the operation and kills it at this call; what it said before."""
    return _run(operation, dossier, ["-e", f"trace={point.call}", "-e", _inject(point, "signal=KILL")], killed=True)


def refuse(operation: str, dossier: Path, point: Point, error: str, *, for_good: bool) -> list[str]:
    """Runs the operation while this call (and, for good, every later one of its kind) fails with this error."""
    fault = _inject(point, f"error={error}", "+" if for_good else "")
    return _run(operation, dossier, ["-e", f"trace={point.call}", "-e", fault])


def _inject(point: Point, fault: str, later: str = "") -> str:
    return f"inject={point.call}:{fault}:when={point.n}{later}"


def _run(operation: str, dossier: Path, options: list[str], *, killed: bool = False) -> list[str]:
    command = ["strace", "-f", "--seccomp-bpf", "-qq", *options]
    if "-o" not in options:
        command += ["-o", os.devnull]
    command += [sys.executable, "-B", "-m", "tests.faults.operations", operation, str(dossier)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 or killed, done.stderr
    return done.stdout.splitlines()
