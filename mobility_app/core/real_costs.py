"""Real expenses of departures beside the flat rates: what is left over by departure, member and project."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core.facts import Grant, MobilityRow
from mobility_app.fields import Choice
from mobility_app.i18n import N_

KINDS = (
    Choice("travel", N_("Carrier")),
    Choice("lodging", N_("Lodging")),
    Choice("meals", N_("Meals")),
    Choice("intermediary", N_("Intermediary")),
    Choice("other", N_("Other expense")),
)


@dataclass(frozen=True)
class Spent:
    """One invoice: of a departure together, or of one mobility."""

    cents: int
    flow_id: str | None = None
    mobility_id: str | None = None


@dataclass(frozen=True)
class Invoice(Spent):
    """An invoice as it was entered; `kind` is one of KINDS, or her own word."""

    id: str = ""
    version: int = 0
    kind: str = "other"
    supplier: str | None = None
    order_number: str | None = None
    invoice_number: str | None = None
    date: dt.date | None = None
    file_id: str | None = None
    file_name: str | None = None


@dataclass(frozen=True)
class Leftover:
    """Flat rates less real costs of the `costed` among some planned mobilities: those that an invoice is about.

    `incomplete` counts those of them whose flat rates are not all known; `waiting` are the flat rates of the others.
    """

    key: str
    flat: int
    real: int
    incomplete: int
    costed: int
    uncosted: int
    waiting: int

    @property
    def left(self) -> int:
        return self.flat - self.real


def travelling(rows: Iterable[MobilityRow]) -> dict[str, list[str]]:
    """The planned mobilities of each departure, by number: they share its invoices."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.number):
        if row.flow_id and row.planned:
            found[row.flow_id].append(row.id)
    return found


def parts(expense: Spent, together: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int]]:
    """What of an invoice falls on whom: all of it on its mobility, or even shares of a departure, to the cent."""
    if expense.mobility_id is not None:
        yield expense.mobility_id, expense.cents
    elif people := together.get(expense.flow_id or ""):
        whole, odd = divmod(expense.cents, len(people))
        for n, id_ in enumerate(people):
            yield id_, whole + (n < odd)


def by_mobility(rows: Sequence[MobilityRow], expenses: Iterable[Spent]) -> dict[str, int | None]:
    """The real cost of each mobility: its own, and its share of its departure's; None while no invoice is about it."""
    found: dict[str, int | None] = {row.id: None for row in rows}
    together = travelling(rows)
    for expense in expenses:
        for id_, cents in parts(expense, together):
            if id_ in found:
                found[id_] = (found[id_] or 0) + cents
    return found


def astray(rows: Sequence[MobilityRow], expenses: Sequence[Spent]) -> int:
    """Cents of invoices about nobody who leaves: they are in no leftover."""
    together = travelling(rows)
    planned = {row.id for row in rows if row.planned}
    placed = (cents for one in expenses for id_, cents in parts(one, together) if id_ in planned)
    return sum(one.cents for one in expenses) - sum(placed)


def leftovers(
    rows: Sequence[MobilityRow], money: Mapping[str, Grant], expenses: Iterable[Spent], by: str
) -> tuple[Leftover, ...]:
    """What is left by "flow_id", "sending_id" or "project_id"; mobilities without one are under ""."""
    costs = by_mobility(rows, expenses)
    groups: dict[str, list[MobilityRow]] = defaultdict(list)
    for row in rows:
        if row.planned:
            groups[getattr(row, by) or ""].append(row)
    return tuple(_leftover(key, mine, money, costs) for key, mine in groups.items())


def _leftover(
    key: str, rows: Sequence[MobilityRow], money: Mapping[str, Grant], costs: Mapping[str, int | None]
) -> Leftover:
    costed = [row for row in rows if costs[row.id] is not None]
    waiting = [row for row in rows if costs[row.id] is None]
    return Leftover(
        key,
        sum(money[row.id].known_total for row in costed),
        sum(costs[row.id] or 0 for row in costed),
        sum(not money[row.id].complete for row in costed),
        len(costed),
        len(waiting),
        sum(money[row.id].known_total for row in waiting),
    )
