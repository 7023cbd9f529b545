"""What a wheel carries beside the Python files: compiled French texts, reference data and resources."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedFiles(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        subprocess.run([sys.executable, str(Path(self.root) / "packaging" / "texts.py"), "--compile"], check=True)
        if version == "standard":  # an editable install reads them where they are
            build_data["force_include"] |= {name: f"mobility_app/{name}" for name in ("db", "resources")}
