"""What a stay was to earn and what it has earned: both kept, the difference explained, the balance that follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mobility_app.core import duration, grant
from mobility_app.core.facts import Grant, GrantLine, MobilityRow
from mobility_app.core.rates import RateTable
from mobility_app.core.sentences import days
from mobility_app.i18n import N_, Euros, Text, Value, text


@dataclass(frozen=True)
class Difference:
    """One line of the grant before and after; None: unknown, or no such line."""

    title: Text
    planned: int | None
    actual: int | None


@dataclass(frozen=True)
class Settlement:
    """`actual` is None until both actual dates are known; `amount` is what changes: negative is less than planned."""

    planned: Grant
    actual: Grant | None
    amount: int | None
    lines: tuple[Difference, ...]
    sentence: Text


def planned_grant(row: MobilityRow, rates: RateTable, by_hand: Iterable[GrantLine] = ()) -> Grant:
    """The grant on the planned dates, without interruption."""
    return grant.replaced(grant.compute(row.planned_stay, rates), by_hand)


def actual_grant(row: MobilityRow, rates: RateTable, by_hand: Iterable[GrantLine] = ()) -> Grant | None:
    """The grant on the actual dates; None until both are known.

    After an early return or force majeure this is what the days done earn, which the participant keeps at least
    (older published texts, unverified for VET): what goes beyond it is a line that she sets by hand with her reason.
    """
    stay = row.actual_stay
    return None if stay is None else grant.replaced(grant.compute(stay, rates), by_hand)


def settle(row: MobilityRow, rates: RateTable, by_hand: Iterable[GrantLine] = ()) -> Settlement:
    """Planned and actual side by side; what is unknown stays unknown."""
    hand = tuple(by_hand)
    planned, actual = planned_grant(row, rates, hand), actual_grant(row, rates, hand)
    if actual is None:
        return Settlement(planned, None, None, (), text(N_("The actual dates are not known yet.")))
    before, after = ({line.key: line for line in money.lines} for money in (planned, actual))
    lines = tuple(
        Difference(
            (after.get(key) or before[key]).title,
            before[key].amount if key in before else 0,
            after[key].amount if key in after else 0,
        )
        for key in dict.fromkeys((*before, *after))
    )
    changed = tuple(line for line in lines if line.planned != line.actual)
    if planned.total is None or actual.total is None:
        return Settlement(planned, actual, None, changed, text(N_("A line is unknown: the difference cannot be told.")))
    return Settlement(planned, actual, actual.total - planned.total, changed, _explained(row, planned, actual))


def _explained(row: MobilityRow, planned: Grant, actual: Grant) -> Text:
    assert planned.total is not None
    assert actual.total is not None
    amount = actual.total - planned.total
    values: dict[str, Value] = {
        "planned_days": days(_days(row, actual=False)),
        "planned": Euros(planned.total),
        "actual_days": days(_days(row, actual=True)),
        "actual": Euros(actual.total),
        "difference": Euros(abs(amount)),
    }
    if amount == 0:
        return text(N_("Planned {planned_days}, {planned}; done {actual_days}, {actual}: nothing changes."), **values)
    if amount > 0:
        template = N_("Planned {planned_days}, {planned}; done {actual_days}, {actual}: complement of {difference}.")
    else:
        template = N_("Planned {planned_days}, {planned}; done {actual_days}, {actual}: {difference} less.")
    return text(template, **values)


def _days(row: MobilityRow, *, actual: bool) -> int:
    stay = row.actual_stay if actual else row.planned_stay
    assert stay is not None
    return duration.activity_days(stay.start, stay.end, stay.interruption_days) or 0
