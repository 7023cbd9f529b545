"""Shipped data is found wherever the program stands: a checkout, an editable install, a wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mobility_app import paths

ROOT = Path(__file__).resolve().parent.parent

# Printed by a child that knows nothing of this checkout: where the data is, and one French word from the catalogue.
_WHERE = """
from mobility_app import i18n, paths
print(paths.RESOURCES)
print(paths.DB)
print(all(folder.is_dir() for folder in (paths.RESOURCES / "fonts", paths.MIGRATIONS, paths.REFERENCE)))
print(i18n.catalogue("fr").gettext("Abroad"))
"""


def _where(installed: Path, away: Path) -> list[str]:
    """What a child finds that has the installed folder on its path and stands elsewhere."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    child = subprocess.run(
        # -S leaves out this environment's own packages, where an editable install would answer instead.
        [sys.executable, "-S", "-c", _WHERE],
        env=environment,
        cwd=away,
        capture_output=True,
        text=True,
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.splitlines()


def _build(kind: str, folder: Path) -> Path:
    """A wheel made by the build backend itself: no network, no environment of its own."""
    code = f"from hatchling.build import build_{kind} as build; print(build({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


def test_a_checkout_uses_the_folders_beside_the_package() -> None:
    assert paths.RESOURCES == ROOT / "resources"
    assert paths.DB == ROOT / "db"


@pytest.mark.parametrize("kind", ["wheel", "editable"])
def test_an_installed_program_finds_its_data_and_its_french(kind: str, tmp_path: Path) -> None:
    (tmp_path / "built").mkdir()
    installed, away = tmp_path / "in stalled", tmp_path / "away"
    away.mkdir()
    with zipfile.ZipFile(_build(kind, tmp_path / "built")) as archive:
        archive.extractall(installed)
    if kind == "editable":
        # site.py would read this file in site-packages: one line, the folder to add to the path.
        (link,) = installed.glob("*.pth")
        resources, db, complete, french = _where(Path(link.read_text().strip()), away)
        assert (Path(resources), Path(db)) == (ROOT / "resources", ROOT / "db")
        assert not (installed / "mobility_app").exists()  # nothing is copied that could grow old
    else:
        resources, db, complete, french = _where(installed, away)
        inside = installed / "mobility_app"
        assert (Path(resources), Path(db)) == (inside / "resources", inside / "db")
        # The source of the texts would pass for newer than the compiled file, and be read at every start.
        assert [path.suffix for path in inside.rglob("mobility_app.*o")] == [".mo"]
    assert complete == "True"
    assert french == "À l’étranger"


def test_the_users_folders_are_made_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert paths.user_data() == tmp_path / "data" / "mobility-app"
    assert paths.user_state() == tmp_path / "state" / "mobility-app"
    assert paths.user_data().is_dir()
    assert paths.user_state().is_dir()
