"""Days of a stay: calendar days of activity, funded travel days, and how both fall under the two daily rates."""

from __future__ import annotations

import datetime as dt

FIRST_DAYS = 14  # paid at the first rate; from the 15th day the second applies (annex of the 2021 VET agreement)


def activity_days(start: dt.date | None, end: dt.date | None, interruption: int = 0) -> int | None:
    """Calendar days from the first to the last day of activity, both included, less the days of interruption.

    None when a date is missing or the end comes before the start. Never the 30-day month of higher education.
    """
    if start is None or end is None or end < start:
        return None
    return max(0, (end - start).days + 1 - max(0, interruption))


def funded_travel_days(travel_days: int | None, limit: int | None) -> int:
    """Travel days that are paid: those declared, up to the limit of the call when it is known."""
    declared = max(0, travel_days or 0)
    return declared if limit is None else min(declared, limit)


def count(activity: int, travel: int, *, travel_in_count: bool) -> tuple[int, int]:
    """How many days are paid at the first rate and at the second.

    The published texts leave open whether travel days belong to the first 14 days, so a project chooses. In the
    count (the default): travel days come first and the 15th day of travel and activity together opens the second
    rate. Outside it: travel days are paid at the first rate and the 15th day of activity opens the second.
    """
    if travel_in_count:
        total = travel + activity
        return min(total, FIRST_DAYS), max(0, total - FIRST_DAYS)
    return travel + min(activity, FIRST_DAYS), max(0, activity - FIRST_DAYS)
