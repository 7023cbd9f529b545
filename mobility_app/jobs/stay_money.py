"""The money of one mobility: what counts, what the rules reckon, what she set by hand, planned beside actual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mobility_app.core import grant, settlement
from mobility_app.core.facts import Grant, GrantLine, MobilityRow
from mobility_app.store import derived
from mobility_app.store.database import Session
from mobility_app.store.hand_lines import HandLine, hand_lines


@dataclass(frozen=True)
class StayMoney:
    """`grant` is what counts; `computed` and `by_hand` are by the key of the line."""

    grant: Grant
    computed: Mapping[str, GrantLine]
    by_hand: Mapping[str, HandLine]
    settled: settlement.Settlement


def of_stay(s: Session, row: MobilityRow) -> StayMoney:
    context = derived.Context(s, [row])
    rates, own = context.rates[row.project_id], context.hand_lines(row)
    reckoned = grant.compute(row.stay, rates)
    return StayMoney(
        grant.replaced(reckoned, own),
        {line.key: line for line in reckoned.lines},
        hand_lines(s, row.id),
        settlement.settle(row, rates, own),
    )
