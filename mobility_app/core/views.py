"""A saved view: a list of mobilities as she keeps it, what narrows it, its columns and what it is sorted by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mobility_app.core.facts import MobilityRow
from mobility_app.core.wanted import Wanted
from mobility_app.fields import BY_KEY

OWN = "own/"  # before the title of a column of her own
SORTED = frozenset(BY_KEY) | {"first_day", "last_day"}


@dataclass(frozen=True)
class View:
    """`columns` are keys of `fields.MOBILITY`, or OWN and a title, from left to right; () leaves them as they stand.

    `order` is pairs of a field key and whether it is descending.
    """

    wanted: Wanted
    title: str = ""
    columns: tuple[str, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What the dossier keeps, the title apart."""
        kept = {"columns": list(self.columns), "order": [list(pair) for pair in self.order]}
        return self.wanted.as_json() | {name: value for name, value in kept.items() if value}

    @classmethod
    def from_json(cls, title: str, kept: dict[str, Any]) -> View:
        """Reads a view; what this version does not know is left out."""
        columns = tuple(key for key in kept.get("columns", ()) if key in BY_KEY or key.startswith(OWN))
        order = tuple((key, bool(down)) for key, down in kept.get("order", ()) if key in SORTED)
        return cls(Wanted.from_json(kept), title, columns, order)


@dataclass(frozen=True)
class Listed:
    """A view and the mobilities that are in it now."""

    view: View
    rows: tuple[MobilityRow, ...]
