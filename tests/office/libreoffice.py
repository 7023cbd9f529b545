"""LibreOffice without a window: it opens our workbooks as another program does, in French, and recalculates them."""

import shutil
import subprocess
from pathlib import Path

import pytest

_SETTINGS = {
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale"): "fr-FR",
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode"): "0",  # always, whoever wrote the file
}


def _profile() -> str:
    items = "".join(
        f'<item oor:path="{place}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (place, name), value in _SETTINGS.items()
    )
    namespace = "http://openoffice.org/2001/registry"
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="{namespace}">{items}</oor:items>'


class Office:
    """One profile for the tests of a session, so that LibreOffice sets itself up once."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            pytest.skip("LibreOffice is not installed (Debian: apt-get install libreoffice-calc-nogui)")
        self._program, self._profile = program, folder / "profile"
        (self._profile / "user").mkdir(parents=True)
        (self._profile / "user" / "registrymodifications.xcu").write_text(_profile(), "utf-8")

    def convert(self, path: Path, kind: str, folder: Path) -> Path:
        """The file as `kind` (pdf, xlsx, csv) in another folder."""
        command = [self._program, f"-env:UserInstallation={self._profile.as_uri()}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(folder), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        made = folder / f"{path.stem}.{kind}"
        assert made.exists(), done.stdout + done.stderr
        return made
