"""Sums of amounts that may be unknown."""

from __future__ import annotations

from collections.abc import Iterable


def whole_sum(amounts: Iterable[int | None]) -> int | None:
    """0 when there is none, None as soon as one of them is unknown."""
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def typed_sum(amounts: Iterable[int | None]) -> int | None:
    """The sum of those that were typed; None when none was."""
    typed = [amount for amount in amounts if amount is not None]
    return sum(typed) if typed else None


def known_sum(amounts: Iterable[int | None]) -> tuple[int, int]:
    """The sum of what is known, and how many amounts are not."""
    found = list(amounts)
    return sum(amount for amount in found if amount is not None), found.count(None)
