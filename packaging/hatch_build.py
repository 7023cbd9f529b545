"""What a wheel carries beside the Python files: compiled French texts, reference data and resources."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedFiles(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        subprocess.run([sys.executable, str(root / "packaging" / "texts.py"), "--compile"], check=True)
        if version == "standard":  # an editable install reads them where they are
            shipped = (path.relative_to(root) for name in ("db", "resources") for path in _files(root / name))
            build_data["force_include"] |= {str(path): f"mobility_app/{path.as_posix()}" for path in shipped}


def _files(folder: Path) -> Iterator[Path]:
    """All but the source of the texts, which an unpacked wheel would take for newer than its compiled form."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in {".po", ".pyc"}:
            yield path
