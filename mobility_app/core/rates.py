"""The published rates of one project, and the way to find one; a rate that is not confirmed is found but not used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from mobility_app.core.facts import RateRow, RateState

# From the surest to the weakest.
STRENGTH: tuple[RateState, ...] = ("confirmed", "verified", "typed", "example", "unverified", "unknown")
INTERNATIONAL = "INTERNATIONAL"  # subject of the organisational support paid for a country outside the programme

_Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Tier:
    """Participants number `first` to `last` of one activity type (None: all that follow)."""

    first: int
    last: int | None
    row: RateRow


def span(key: str) -> tuple[int, int | None]:
    """ "100-499" is (100, 499); "8000-" is open: (8000, None)."""
    first, _, last = key.partition("-")
    return int(first), int(last) if last else None


def weakest(states: Iterable[RateState]) -> RateState:
    """The weakest of some states; "unknown" when there is none."""
    return max(states, key=STRENGTH.index, default="unknown")


def propose_d15(cents: int) -> int:
    """The rate from day 15 that the first rate suggests: 70 %, rounded half up to the whole euro.

    Only a proposal, to be confirmed: agencies print the second rate themselves (Spanish annex of 2021: 57 -> 40).
    """
    return (cents * 70 + 5_000) // 10_000 * 100


class RateTable:
    """The rates of a project by what they are paid for; each lookup is a dictionary's.

    `travel_days_in_count`: travel days are the first days of the running count (see `duration.count`).
    """

    def __init__(self, rows: Iterable[RateRow], *, travel_days_in_count: bool = True) -> None:
        self.rows = tuple(rows)
        self.travel_days_in_count = travel_days_in_count
        self._rows: dict[_Key, RateRow] = {}
        self._groups: dict[str, RateRow] = {}
        self._durations: dict[str, RateRow] = {}
        self._limits: dict[str, RateRow] = {}
        self._tiers: dict[str, list[Tier]] = {}
        self._subjects: dict[tuple[str, str], list[RateRow]] = {}
        # Stable: among rows for the same thing a usable one comes last and so prevails.
        for row in sorted(self.rows, key=lambda row: row.usable):
            self._rows[row.line, row.subject, row.key, row.variant] = row
            match row.line:
                case "country_group":
                    self._groups[row.subject] = row
                case "duration":
                    self._durations[row.subject] = row
                case "travel_days":
                    self._limits[row.variant] = row
        for row in self._rows.values():
            self._subjects.setdefault((row.line, row.subject), []).append(row)
            if row.line == "organisational_support":
                self._tiers.setdefault(row.subject, []).append(Tier(*span(row.key), row))
        for tiers in self._tiers.values():
            tiers.sort(key=lambda tier: tier.first)

    # What the rows say, confirmed or not: the caller looks at `usable`.

    def row(self, line: str, subject: str = "", key: str = "", variant: str = "") -> RateRow | None:
        return self._rows.get((line, subject, key, variant))

    def rows_of(self, line: str, subject: str) -> Sequence[RateRow]:
        """The rows of a line for one subject, the one that prevails last."""
        return self._subjects.get((line, subject), ())

    def group_row(self, country: str) -> RateRow | None:
        return self._groups.get(country)

    def daily(self, who: str, group: str) -> tuple[RateRow | None, RateRow | None]:
        """The rows of the first rate and of the rate from day 15, for "learner" or "staff" in a country group."""
        return self.row("individual_support", who, group, "d1_14"), self.row("individual_support", who, group, "d15")

    def travel(self, km: int, green: bool) -> RateRow | None:
        """The row that pays this distance; the standard one where the annex prints no green amount."""
        band = self.band(km)
        if band is None:
            return None
        standard, other = self.row("travel", "", band, "standard"), self.row("travel", "", band, "green")
        if not green or other is None or (other.cents is None and other.state != "unknown"):
            return standard
        return other

    def tiers(self, activity: str) -> tuple[Tier, ...]:
        return tuple(self._tiers.get(activity, ()))

    # What can be relied on: None when unknown or not confirmed.

    def group(self, country: str) -> str | None:
        row = self._groups.get(country)
        return row.key or None if row and row.usable else None

    def band(self, km: int) -> str | None:
        """The key of the distance band ("100-499") that holds a one-way distance in whole kilometres; None: none does.

        Annexes print the first band as 10-99 km or as 0-99 km: below 10 km only the project's own rows can decide.
        """
        return next((key for first, last, key in self._bands if km >= first and (last is None or km <= last)), None)

    def edge_near(self, km: int, percent: int = 2) -> int | None:
        """The edge of a distance band that lies within so many per cent of a distance."""
        edges = (first for first, _last, _key in self._bands if first > 10)
        return next((edge for edge in edges if abs(km - edge) * 100 <= percent * edge), None)

    def duration(self, activity: str) -> tuple[int, int] | None:
        """The shortest and the longest stay in days of activity, travel days excluded."""
        row = self._durations.get(activity)
        if row is None or not row.usable or not row.key:
            return None
        first, last = span(row.key)
        return first, last if last is not None else 10_000

    def offers(self, activity: str) -> bool:
        """Whether this call knows the activity type at all (group mobility of VET learners: from call 2024)."""
        return not self._durations or activity in self._durations

    def travel_day_limit(self, green: bool) -> int | None:
        row = self._limits.get("green" if green else "standard")
        return int(row.key) if row and row.usable and row.key else None

    def international(self, country: str | None) -> bool:
        """Whether a destination lies outside the countries of the programme, as far as the table lists them."""
        return bool(country and self._members) and country not in self._members

    @cached_property
    def _members(self) -> frozenset[str]:
        """Countries taking part in the programme; partner countries carry the variant "partner"."""
        return frozenset(country for country, row in self._groups.items() if row.variant != "partner")

    @cached_property
    def _bands(self) -> tuple[tuple[int, int | None, str], ...]:
        """First and last kilometre and key of each band, usable ones first."""
        rows = [row for row in self._rows.values() if row.line == "travel" and row.key]
        rows.sort(key=lambda row: (not row.usable, span(row.key)[0]))
        return tuple((*span(key), key) for key in dict.fromkeys(row.key for row in rows))

    @cached_property
    def weakest_state(self) -> RateState:
        """Of the amounts and rules; the percentages of exceptional costs speak for themselves where they are used."""
        return weakest(row.state for row in self.rows if row.line != "percent")
