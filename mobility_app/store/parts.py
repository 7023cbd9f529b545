"""Many ids or rows at once: a statement takes some hundreds of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
PART = 500  # SQLite and PostgreSQL both take them


def parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """As they stand, so many at a time."""
    for start in range(0, len(items), PART):
        yield items[start : start + PART]
