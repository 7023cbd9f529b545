"""Files that are not what they should be, and programs that run beside us."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mobility_app.store.engines import connect_file

ROOT = Path(__file__).resolve().parents[2]
_NO_SPECIAL_RIGHTS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


def inventory(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes."""
    paths = sorted(path for path in folder.rglob("*"))
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in paths}


def leave_unfinished(source: Path, target: Path, key: str | None = None) -> None:
    """A copy of a file in the middle of a write, with the journal that a killed writer leaves."""
    connection = connect_file(source, key)
    connection.execute("PRAGMA cache_size=5")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE mobility SET town = 'unfinished'")
    connection.execute("UPDATE rate SET source = 'unfinished ' || hex(zeroblob(400))")
    connection.execute("CREATE TABLE unfinished AS SELECT hex(zeroblob(4000)) AS filling FROM rate")
    for ending in ("", "-journal"):
        shutil.copy(f"{source}{ending}", f"{target}{ending}")
    connection.execute("ROLLBACK")
    connection.close()


def python(code: str, *arguments: str | Path, plain_rights: bool = False, **options: object) -> subprocess.Popen[str]:
    """Another process that runs this code with our package; `plain_rights`: even root obeys the rights on files."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    if plain_rights and os.getuid() == 0:
        command = [*_NO_SPECIAL_RIGHTS, *command]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def outcome(code: str, *arguments: str | Path, **options: object) -> str:
    """What such a process printed; it must end well."""
    process = python(code, *arguments, **options)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return output.strip()


_HOLD = """
import sys
from mobility_app.store.database import open_database
db = open_database(sys.argv[1], program="another program")
print("open", flush=True)
sys.stdin.read()
db.close()
"""


@contextmanager
def held_elsewhere(dossier: Path) -> Iterator[subprocess.Popen[str]]:
    """Another living process has the dossier open for writing."""
    process = python(_HOLD, dossier)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n", process.stderr and process.stderr.read()
    try:
        yield process
    finally:
        process.communicate("")
