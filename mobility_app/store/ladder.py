"""Which copies are kept: all of two days, then one a day, a week and a month, as far back as each rung reaches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

ALL = dt.timedelta(hours=48)
_RUNGS: tuple[tuple[int, Callable[[dt.datetime], tuple[int, ...]]], ...] = (
    (12, lambda at: (at.year, at.month, at.day)),
    (10, lambda at: at.isocalendar()[:2]),
    (9, lambda at: (at.year, at.month)),
)


def kept(copies: Iterable[tuple[int, dt.datetime]], now: dt.datetime) -> set[int]:
    """The numbers of the copies to keep, of (number, when made).

    A rung counts the days, weeks and months that have a copy, not those on the calendar: a summer without work or a
    clock set wrong throws nothing away. Numbers tell the order, for clocks go back.
    """
    newest_first = sorted(copies, reverse=True)
    keep = {number for number, at in newest_first if abs(now - at) <= ALL} | {n for n, _at in newest_first[:1]}
    for count, span in _RUNGS:
        firsts: dict[tuple[int, ...], int] = {}
        for number, at in newest_first:
            firsts.setdefault(span(at), number)
        keep |= set(list(firsts.values())[:count])
    return keep
