"""What she wants to see in the list of mobilities: words, choices, quick filters; the rows behind a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from mobility_app.core.facts import NOT_PLANNED
from mobility_app.fields import DECISIONS
from mobility_app.i18n import N_, Text

Filter = tuple[str, str, Any]
SOON = 30  # days of "leaving soon"
PLANNED = tuple(choice.code for choice in DECISIONS if choice.code not in NOT_PLANNED)

# Quick filters: key -> (English title, filters of a day). Each is one press on a chip.
QUICK: dict[str, tuple[str, Callable[[dt.date], list[Filter]]]] = {
    "leaving": (
        N_("Leaving in 30 days"),
        lambda day: [
            ("first_day", ">=", day),
            ("first_day", "<=", day + dt.timedelta(SOON)),
            ("decision", "in", PLANNED),
        ],
    ),
    "findings": (N_("To correct"), lambda day: [("findings_count", ">", 0)]),
    "green": (N_("Green travel"), lambda day: [("green", "=", True)]),
    "inclusion": (N_("Fewer opportunities"), lambda day: [("fewer_opportunities", "=", True)]),
    "incomplete": (
        N_("Grant incomplete"),
        lambda day: [("total", "=", None), ("decision", "in", PLANNED)],
    ),
    "planned": (N_("Planned"), lambda day: [("decision", "in", PLANNED)]),
    "done": (N_("Done"), lambda day: [("last_day", "<", day), ("decision", "in", PLANNED)]),
}
CHIPS = ("leaving", "findings")  # always in sight; the others show while they are on
# Choices: attribute of Wanted -> field of the filter.
CHOICES = {"countries": "country", "stages": "stage", "activities": "activity", "senders": "sending_id"}


@dataclass(frozen=True)
class Wanted:
    """`search` is what stands in the search field; `ids` are the very rows behind a figure, under `title`."""

    search: str = ""
    countries: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()
    month: str = ""  # of departure, 2027-03
    ids: tuple[str, ...] = ()
    title: Text | str = ""

    def filters(self, today: dt.date) -> list[Filter]:
        """The conditions of everything but the search field and the ids."""
        found: list[Filter] = [
            (field, "in", getattr(self, name)) for name, field in CHOICES.items() if getattr(self, name)
        ]
        for key in self.quick:
            found += QUICK[key][1](today)
        if self.month:
            first = dt.date.fromisoformat(f"{self.month}-01")
            last = (first + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
            found += [("first_day", ">=", first), ("first_day", "<=", last), ("decision", "in", PLANNED)]
        return found

    @property
    def everything(self) -> bool:
        """Whether nothing narrows the list."""
        return self == Wanted()

    def toggled(self, key: str) -> Wanted:
        """With a quick filter on if it was off, and off if it was on."""
        return replace(
            self, quick=tuple(k for k in self.quick if k != key) if key in self.quick else (*self.quick, key)
        )

    def as_json(self) -> dict[str, Any]:
        """What a saved view keeps: wishes, never the ids of the moment."""
        kept = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in ("ids", "title")}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items() if value}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Wanted:
        """Reads a saved view; what this version does not know is left out."""
        known = {field.name for field in fields(cls)} - {"ids", "title"}
        values: dict[str, Any] = {
            name: tuple(v) if isinstance(v, list) else v for name, v in kept.items() if name in known
        }
        if "quick" in values:
            values["quick"] = tuple(key for key in values["quick"] if key in QUICK)
        return cls(**values)
