"""Real expenses of departures beside the flat rates: what is left over by departure, member and project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core.facts import Grant, MobilityRow


@dataclass(frozen=True)
class Spent:
    """One invoice: of a departure together, or of one mobility."""

    cents: int
    flow_id: str | None = None
    mobility_id: str | None = None


@dataclass(frozen=True)
class Leftover:
    """Flat rates less real costs; `incomplete` counts the mobilities whose flat rates are not all known."""

    key: str
    flat: int
    real: int
    incomplete: int

    @property
    def left(self) -> int:
        return self.flat - self.real


def by_mobility(rows: Sequence[MobilityRow], expenses: Iterable[Spent]) -> dict[str, int]:
    """The real cost of each mobility: its own, and an even share of its departure's, to the cent."""
    found = {row.id: 0 for row in rows}
    travelling: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.number):
        if row.flow_id and row.planned:
            travelling[row.flow_id].append(row.id)
    for expense in expenses:
        if expense.mobility_id in found:
            found[expense.mobility_id or ""] += expense.cents
        elif people := travelling.get(expense.flow_id or ""):
            whole, odd = divmod(expense.cents, len(people))
            for n, id_ in enumerate(people):
                found[id_] += whole + (n < odd)
    return found


def leftovers(
    rows: Sequence[MobilityRow], money: Mapping[str, Grant], expenses: Iterable[Spent], by: str
) -> tuple[Leftover, ...]:
    """What is left by "flow_id", "sending_id" or "project_id"; mobilities without one are under ""."""
    costs = by_mobility(rows, expenses)
    groups: dict[str, list[MobilityRow]] = defaultdict(list)
    for row in rows:
        if row.planned:
            groups[getattr(row, by) or ""].append(row)
    return tuple(
        Leftover(
            key,
            sum(money[row.id].known_total for row in mine),
            sum(costs[row.id] for row in mine),
            sum(not money[row.id].complete for row in mine),
        )
        for key, mine in groups.items()
    )
