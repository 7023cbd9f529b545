"""The machine and the libraries under us: faults that no test of our own code would explain."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent

# PySide6 6.12 on Python 3.11 drops a reference to None at every void call and one to True at every emit,
# until the interpreter aborts. 100 calls show it long before that; a child process keeps the abort to itself.
_COUNT_REFERENCES = """
import sys
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal(bool)

def ring(times):
    for _ in range(times):
        bell.setObjectName("bell")
        bell.rung.emit(True)

bell = Bell()
ring(1)
before = sys.getrefcount(None), sys.getrefcount(True)
ring(100)
print(sys.getrefcount(None) - before[0], sys.getrefcount(True) - before[1])
"""


def test_qt_calls_keep_the_references_to_none_and_true() -> None:
    child = subprocess.run([sys.executable, "-c", _COUNT_REFERENCES], capture_output=True, text=True)
    assert child.returncode == 0, child.stderr
    none, true = map(int, child.stdout.split())
    assert none > -50
    assert true > -50


@pytest.mark.parametrize(
    "module",
    ["QtCharts", "QtGraphs", "QtDataVisualization", "QtWebEngineCore", "QtWebEngineWidgets", "QtWebEngineQuick"],
)
def test_modules_under_the_gpl_are_not_installed(module: str) -> None:
    assert importlib.util.find_spec(f"PySide6.{module}") is None


def test_the_network_is_out_of_reach() -> None:
    import socket

    with pytest.raises(AssertionError, match="network"):
        socket.create_connection(("example.org", 443), timeout=1)
    with pytest.raises(AssertionError, match="network"), socket.socket() as plug:
        plug.connect(("192.0.2.1", 443))


def test_the_lock_meets_every_requirement_with_hashes_and_no_address() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    groups = (project["project"]["dependencies"], project["build-system"]["requires"], *extras.values())
    wanted = [requirement for group in groups for requirement in group]
    lock = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    entries = re.split(r"^(?=\w)", lock, flags=re.MULTILINE)[1:]
    versions = {name: version for name, version in (re.match(r"(\S+)==(\S+)", entry).groups() for entry in entries)}
    for requirement in map(Requirement, wanted):
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        assert requirement.specifier.contains(versions[name]), requirement
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in lock


def test_the_developers_tools_stand_in_both_places_alike() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["dependency-groups"]["dev"] == project["project"]["optional-dependencies"]["dev"]
