"""The agency's payments to the consortium: what is in hand, what is expected, what is left of the award."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Instalment:
    """One payment of the agency, negative when money goes back to it; `received` is the day on which it came."""

    id: str
    cents: int
    due: dt.date | None = None
    received: dt.date | None = None
    note: str | None = None


@dataclass(frozen=True)
class Received:
    """Cents in hand, entered but not in hand yet, and awarded (None: not typed yet)."""

    in_hand: int
    expected: int
    awarded: int | None

    @property
    def to_enter(self) -> int | None:
        """What was awarded and no instalment announces; negative when they come to more than was awarded."""
        return None if self.awarded is None else self.awarded - self.in_hand - self.expected


def received(rows: Iterable[Instalment], awarded: int | None, today: dt.date) -> Received:
    """An instalment counts as in hand from the day on which it came."""
    sums = {True: 0, False: 0}
    for row in rows:
        sums[row.received is not None and row.received <= today] += row.cents
    return Received(sums[True], sums[False], awarded)
