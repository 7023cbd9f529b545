"""Rows of what is typed in the module by hand: each form of its screens, and what she said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mobility_app.core.beneficiary import retyping
from mobility_app.core.beneficiary.retyping import SCREENS, Record, Screen, State, Tick
from mobility_app.core.text import sort_key
from mobility_app.i18n import N_, _, date, render
from mobility_app.jobs.retyping import Retyped
from mobility_app.ui.rows_model import Column, Order

STATES: Mapping[State, tuple[str, str]] = {
    "to_do": (N_("To enter"), "info"),
    "changed": (N_("Changed since"), "warning"),
    "gone": (N_("To delete in BM"), "warning"),
    "entered": (N_("Entered"), "success"),
}


@dataclass(frozen=True)
class RetypeRow:
    """One form. `record` is None for one that is here no more, `tick` for one that she has not typed yet."""

    id: str
    place: int
    screen: Screen
    name: str
    state: State
    record: Record | None = None
    tick: Tick | None = None

    @property
    def on(self) -> dt.date | None:
        return self.tick.on if self.tick else None


def rows(found: Retyped) -> tuple[RetypeRow, ...]:
    """In the order of the module's screens; what is here no more follows on its own screen."""
    made = [
        RetypeRow(r.key, 0, r.screen, render(r.name), retyping.state(r, found.ticks.get(r.key)), r, tick)
        for r in found.records
        for tick in (found.ticks.get(r.key),)
    ]
    left = retyping.gone(found.records, found.ticks)
    made += [RetypeRow(key, 0, tick.screen, tick.name, "gone", None, tick) for key, tick in left.items()]
    order = list(SCREENS)
    made.sort(key=lambda row: order.index(row.screen))
    return tuple(
        RetypeRow(row.id, place, row.screen, row.name, row.state, row.record, row.tick)
        for place, row in enumerate(made)
    )


def find(some: Iterable[RetypeRow], state: str, order: Order) -> list[str]:
    """The ids of the rows in a state (in any for ""), in order."""
    chosen = [row for row in some if not state or row.state == state]
    for key, down in reversed(order):
        chosen.sort(key=_SORTED[key], reverse=down)  # type: ignore[arg-type]  # each key gives one kind of value
    return [row.id for row in chosen]


_SORTED: dict[str, Callable[[RetypeRow], object]] = {
    "place": lambda row: row.place,
    "name": lambda row: sort_key(row.name),
    "state": lambda row: list(STATES).index(row.state),
    "on": lambda row: row.on or dt.date.max,
}
COLUMNS: tuple[Column, ...] = (
    Column(
        "screen", N_("Screen of the module"), lambda row: _(SCREENS[row.screen]), 192, sort="place",
        ink=lambda _row: "muted",
    ),
    Column("name", N_("Form"), lambda row: row.name, 180, sort="name", grow=True, tip=lambda row: row.name),
    Column(
        "state", N_("State"), lambda row: _(STATES[row.state][0]), 138, sort="state",
        tone=lambda row: STATES[row.state][1],
    ),
    Column("on", N_("Entered on"), lambda row: date(row.on) if row.on else "", 104, sort="on"),
)  # fmt: skip
