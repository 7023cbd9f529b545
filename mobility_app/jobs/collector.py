"""Python's collector of cycles, which stops every thread while it walks over all that lives, kept off many rows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """For seconds of work that makes many rows and no cycles; what it leaves is not walked over later either.

    Rows that nobody needs any more are let go at once all the same: only cycles wait for the collector.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()
