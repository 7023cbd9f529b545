"""Pictures of every page of the window on the example: light and dark, French and English, 1366x768 and twice that.

screenshots.py [FOLDER]   writes FOLDER/1x/*.png and FOLDER/2x/*.png (FOLDER: screenshots)
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots").resolve()
    begun = time.perf_counter()
    for scale in ("1", "2"):
        # Qt reads the scaling when it starts, so each has a process of its own.
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "QT_LOGGING_RULES": "*=false"}
        place = folder / f"{scale}x"
        subprocess.run([sys.executable, "-m", "tests.ui.screens", str(place)], cwd=ROOT, env=env, check=True)
        print(f"{place}: {len(list(place.glob('*.png')))} pictures, {time.perf_counter() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
