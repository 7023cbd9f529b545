"""A double click on a tracking file opens the window; a command never loads it."""

import subprocess
import sys

import pytest

from mobility_app.__main__ import is_tracking_file


@pytest.mark.parametrize("name", ["suivi.mobility", "Suivi 2026.MOBILITY"])
def test_one_tracking_file_that_exists_is_a_double_click(tmp_path, name):
    path = tmp_path / name
    assert not is_tracking_file([str(path)])
    path.touch()
    assert is_tracking_file([str(path)])
    assert not is_tracking_file([str(path), "--x"])
    assert not is_tracking_file([])


def test_a_command_loads_no_window():
    code = (
        "import sys; sys.argv = ['mobility-app', '--help']\n"
        "from mobility_app.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in sys.modules if name.startswith('PySide6')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert out.stdout.splitlines()[-1] == "[]"
