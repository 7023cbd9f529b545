"""What another mix of stays would cost, before anything is entered: places left, budgets moved, scenarios compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core import grant
from mobility_app.core.budget import line_key
from mobility_app.core.facts import BudgetLine, Grant, GrantLine, Stay
from mobility_app.core.project_lines import project_lines
from mobility_app.core.rates import RateTable

_Key = tuple[str, str]  # budget line, activity type


@dataclass(frozen=True)
class Places:
    """How many more of one stay the money left still pays; None: a rate or the awarded amount is not known.

    `left` is what is awarded less what is planned, on the budget lines that such a stay uses. Organisational support
    has its own line and goes to the organisations: `support_each` says what the next participant adds to it.
    """

    money: Grant
    left: int | None
    places: int | None
    support_each: int | None


@dataclass(frozen=True)
class Change:
    """More of one stay, or fewer when `count` is negative (of those that are planned like it)."""

    stay: Stay
    count: int


@dataclass(frozen=True)
class Moved:
    """One budget line before and after a change of the mix."""

    key: str
    activity: str
    awarded: int | None
    before: int
    after: int

    @property
    def over(self) -> bool:
        """Whether the change commits more than was awarded; a correction downwards never does."""
        return self.awarded is not None and self.after > self.awarded and self.after > self.before


@dataclass(frozen=True)
class Outcome:
    """What a scenario does to the budget; `complete`: every rate that it needs is known."""

    title: str
    lines: tuple[Moved, ...]
    complete: bool

    @property
    def difference(self) -> int:
        return sum(line.after - line.before for line in self.lines)

    @property
    def overruns(self) -> tuple[Moved, ...]:
        return tuple(line for line in self.lines if line.over)


def places(stay: Stay, rates: RateTable, budget: Iterable[BudgetLine], planned: Iterable[Stay] = ()) -> Places:
    """How many more of this stay can be paid; `planned` are the stays that the project has already."""
    money = grant.compute(stay, rates)
    lines = {(line.key, line.activity): line for line in budget}
    left = _left({line_key(line) for line in money.lines}, stay.activity or "", lines)
    before = tuple(planned)
    support = _total(project_lines([*before, stay], rates)), _total(project_lines(before, rates))
    each = support[0] - support[1] if support[0] is not None and support[1] is not None else None
    if left is None or not money.total:
        return Places(money, left, None, each)
    return Places(money, left, max(0, left // money.total), each)


def _left(keys: Iterable[str], activity: str, lines: Mapping[_Key, BudgetLine]) -> int | None:
    """Awarded less planned over some lines; an amount awarded for a whole line counts all of its activity types."""
    total, known = 0, False
    for key in keys:
        own, whole = lines.get((key, activity)), lines.get((key, ""))
        if own is not None and own.awarded is not None:
            total, known = total + own.awarded - own.planned, True
        elif whole is not None and whole.awarded is not None:
            planned = sum(line.planned for (of, _activity), line in lines.items() if of == key)
            total, known = total + whole.awarded - planned, True
        elif own is not None:
            total -= own.planned
    return total if known else None


def _total(lines: Iterable[GrantLine]) -> int | None:
    amounts = [line.amount for line in lines]
    return None if None in amounts else sum(amount for amount in amounts if amount is not None)


def outcome(
    title: str,
    changes: Sequence[Change],
    planned: Sequence[Stay],
    rates: RateTable,
    awarded: Mapping[_Key, int],
) -> Outcome:
    """The budget with and without the changes; stays taken away are those like the change's own, while they last."""
    after = Counter(planned)
    for change in changes:
        after[change.stay] = max(0, after[change.stay] + change.count)
    before_sums, before_known = _sums(Counter(planned), rates)
    after_sums, after_known = _sums(after, rates)
    keys = sorted({*before_sums, *after_sums, *awarded})
    return Outcome(
        title,
        tuple(Moved(*key, awarded.get(key), before_sums.get(key, 0), after_sums.get(key, 0)) for key in keys),
        before_known and after_known,
    )


def _sums(stays: Mapping[Stay, int], rates: RateTable) -> tuple[dict[_Key, int], bool]:
    """Known amounts by budget line; whether all of them are known. Equal stays are reckoned once."""
    found: Counter[_Key] = Counter()
    complete = True
    for stay, count in stays.items():
        if count:
            money = grant.compute(stay, rates)
            complete = complete and money.complete
            for line in money.lines:
                found[line_key(line), stay.activity or ""] += (line.amount or 0) * count
    everybody = (stay for stay, count in stays.items() for _ in range(count))
    for line in project_lines(everybody, rates):
        complete = complete and line.amount is not None
        found[line.key, line.activity] += line.amount or 0
    return dict(found), complete
