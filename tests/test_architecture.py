"""Who may import whom: the rooms of the house, each rule shown to go red on a planted violation."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_archon import archrule
from pytest_archon.failure import pop_failures

PACKAGE = "mobility_app"
SHARED = {"paths", "i18n", "errors", "fields", "files"}

# What each room may import beside itself and the shared modules.
MAY_IMPORT = {
    "core": set(),
    "exchange": {"core"},
    "documents": {"core"},
    "store": {"core"},
    "actions": {"store", "core"},
    "jobs": {"actions", "store", "exchange", "documents", "core"},
    "cli": {"jobs", "actions", "store", "exchange", "documents", "core"},
    "ui": {"jobs", "actions", "store", "exchange", "documents", "core"},
}
ROOMS = set(MAY_IMPORT) | {"__main__"}

# The rooms where a library may be named; an empty set is nowhere.
HOMES = {
    "PySide6": {"ui"},
    "sqlalchemy": {"store", "actions"},
    "alembic": {"store"},
    "sqlcipher3": {"store"},
    "psycopg": {"store"},
    "sqlite3": set(),
    "openpyxl": {"exchange"},
    "xlsxwriter": {"exchange"},
    "python_calamine": {"exchange"},
    "reportlab": {"documents"},
    "pikepdf": {"documents"},
    "typer": {"cli"},
    "rich": {"cli"},
    "urllib.request": set(),
    "http": set(),
    "smtplib": set(),
    "PySide6.QtCharts": set(),
}
CORE_LIBRARIES = {"geographiclib", "stdnum", "rapidfuzz"}  # arithmetic on plain values, no files, no clock
# A rule is a function of its arguments: it asks neither the clock nor a disk.
IMPURE_CALLS = {"today", "now", "utcnow", "open", "read_text", "read_bytes", "write_text", "write_bytes"}


def _modules(package: str, rooms: set[str]) -> tuple[str, ...]:
    return tuple(f"{package}.{room}{rest}" for room in sorted(rooms) for rest in ("", ".*"))


def check_room(package: str, room: str) -> None:
    """A room imports the rooms below it and nothing else of the package."""
    shared = SHARED - {"files"} if room == "core" else SHARED
    forbidden = (ROOMS | SHARED) - MAY_IMPORT[room] - shared - {room}
    rule = archrule(f"{room} imports only the rooms below it").match(*_modules(package, {room}))
    rule.should_not_import(*_modules(package, forbidden)).check(package, only_direct_imports=True)


def check_shared(package: str) -> None:
    rule = archrule("what everyone shares knows no room").match(*_modules(package, SHARED))
    rule.should_not_import(*_modules(package, ROOMS)).check(package, only_direct_imports=True)


def check_library(package: str, library: str) -> None:
    """A library is named in its home rooms alone."""
    rule = archrule(f"{library} has a home").match(f"{package}*").exclude(*_modules(package, HOMES[library]))
    rule.should_not_import(library, f"{library}.*").check(package, only_direct_imports=True)


def check_core_libraries(package: str) -> None:
    allowed = CORE_LIBRARIES | sys.stdlib_module_names | {package}

    def only_plain_libraries(_module: str, direct: set[str], _all: object) -> bool:
        return all(name.partition(".")[0] in allowed for name in direct)

    rule = archrule("the rules stand on the standard library").match(*_modules(package, {"core"}))
    rule.should(only_plain_libraries).check(package, only_direct_imports=True)


def impure_calls(folder: Path) -> list[str]:
    """Every place in a folder where a function asks the clock or the disk."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in IMPURE_CALLS:
                    found.append(f"{path.name}:{node.lineno} {name}()")
    return found


# ---- the house as it stands


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    check_room(PACKAGE, room)


def test_what_everyone_shares_knows_no_room() -> None:
    check_shared(PACKAGE)


@pytest.mark.parametrize("library", HOMES)
def test_a_library_has_a_home(library: str) -> None:
    check_library(PACKAGE, library)


def test_the_rules_stand_on_the_standard_library() -> None:
    check_core_libraries(PACKAGE)


def test_the_rules_ask_neither_clock_nor_disk() -> None:
    assert impure_calls(Path(__file__).parent.parent / PACKAGE / "core") == []


# What a start needs at once: everything slow is imported where it is used.
STARTS = {"command line": "cli", "window": "ui", "file": "store.database"}
HEAVY = {
    *("alembic", "lxml", "numpy", "openpyxl", "PIL", "pikepdf", "psycopg"),
    *("pypdfium2", "reportlab", "xlsxwriter", "zxingcpp"),
}
# A room is imported with every module in it.
_LOAD = """
import importlib, pkgutil, sys
door = importlib.import_module("{package}.{name}")
for module in pkgutil.walk_packages(getattr(door, "__path__", []), door.__name__ + "."):
    importlib.import_module(module.name)
print(*sorted({watched} & sys.modules.keys()))
"""


def _loaded(name: str, watched: set[str], package: str = PACKAGE) -> list[str]:
    """Which of the watched libraries a fresh process has loaded after importing a room."""
    code = _LOAD.format(package=package, name=name, watched=watched)
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert child.returncode == 0, child.stderr
    return child.stdout.split()


@pytest.mark.parametrize("name", STARTS.values(), ids=STARTS)
def test_a_start_loads_nothing_heavy(name: str) -> None:
    assert _loaded(name, HEAVY) == []


def test_the_command_line_starts_without_qt() -> None:
    assert _loaded("cli", {"PySide6"}) == []


def test_a_planted_heavy_import_is_seen(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (planted / "cli" / "commands.py").write_text("import openpyxl")
    monkeypatch.setenv("PYTHONPATH", str(planted.parent))
    assert "openpyxl" in _loaded("cli", HEAVY, "planted")


# ---- each rule goes red


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with every room and no fault."""
    for room in MAY_IMPORT:
        (tmp_path / "planted" / room).mkdir(parents=True)
        (tmp_path / "planted" / room / "__init__.py").touch()
    for name in ("__init__", "__main__", *SHARED):
        (tmp_path / "planted" / f"{name}.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path / "planted"


def _plant(planted: Path, room: str, line: str) -> None:
    path = planted / room / "fault.py" if room in MAY_IMPORT else planted / f"{room}.py"
    path.write_text(f"def late():\n    {line}\n")


def _reasons() -> str:
    return "\n".join(failure.reason for failure in pop_failures())


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_planted_import_of_a_higher_room_is_seen(planted: Path, room: str) -> None:
    higher = ROOMS - MAY_IMPORT[room] - {room}
    for other in higher:
        (planted / room / f"{other}_fault.py").write_text(f"def late():\n    from planted import {other}\n")
    check_room("planted", room)
    reasons = _reasons()
    for other in higher:
        assert f"'planted.{room}.{other}_fault' has FORBIDDEN import planted.{other}" in reasons


def test_a_planted_import_by_a_shared_module_is_seen(planted: Path) -> None:
    _plant(planted, "i18n", "import planted.ui")
    check_shared("planted")
    assert "'planted.i18n' has FORBIDDEN import planted.ui" in _reasons()


@pytest.mark.parametrize("library", HOMES)
def test_a_planted_import_of_a_library_is_seen(planted: Path, library: str) -> None:
    _plant(planted, "jobs", f"import {library}")
    check_library("planted", library)
    assert f"'planted.jobs.fault' has FORBIDDEN import {library}" in _reasons()


def test_a_planted_library_in_the_rules_is_seen(planted: Path) -> None:
    _plant(planted, "core", "import babel.numbers")
    check_core_libraries("planted")
    assert "'planted.core.fault' VIOLATED" in _reasons()


def test_a_package_without_a_fault_passes(planted: Path) -> None:
    for room, below in MAY_IMPORT.items():
        _plant(planted, room, f"from planted import errors, {', '.join(sorted(below) or ['fields'])}")
    for room in MAY_IMPORT:
        check_room("planted", room)
    check_shared("planted")
    for library in HOMES:
        check_library("planted", library)
    check_core_libraries("planted")
    assert _reasons() == ""


def test_a_planted_clock_is_seen(planted: Path) -> None:
    _plant(planted, "core", "return date.today()")
    assert impure_calls(planted / "core") == ["fault.py:2 today()"]
