"""The log of what went wrong: where in the code, never whose data."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from mobility_app.paths import user_state

NAME = "mobility-app.log"
LIMIT = 1_000_000  # bytes; an older log starts anew


def keep(error: BaseException) -> Path:
    """Writes a fault to the log file and returns its path; messages may hold names, so only their kind is written."""
    path = user_state() / NAME
    if path.exists() and path.stat().st_size > LIMIT:
        path.unlink()
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("mobility_app.faults")
    log.propagate = False
    log.addHandler(handler)
    try:
        where = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
        log.error("%s\n%s", type(error).__name__, where)
    finally:
        log.removeHandler(handler)
        handler.close()
    return path
