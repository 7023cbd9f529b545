"""Lines of a budget added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mobility_app.core.facts import BudgetLine
from mobility_app.core.sums import typed_sum


def added(lines: Sequence[BudgetLine], key: str = "") -> BudgetLine:
    """Several lines as one; what was awarded is unknown only when it is for all of them."""
    planned, engaged, done, paid, incomplete = (
        sum(getattr(line, name) for line in lines) for name in ("planned", "engaged", "done", "paid", "incomplete")
    )
    return BudgetLine(key, "", typed_sum(line.awarded for line in lines), planned, engaged, done, paid, incomplete)


def provisional(lines: Sequence[BudgetLine]) -> bool:
    """Whether what is left may still move, as no award was typed for a line that money is planned on."""
    return any(line.awarded is None and (line.planned or line.engaged) for line in by_key(lines))


def by_key(lines: Sequence[BudgetLine]) -> Iterator[BudgetLine]:
    """One line for each budget line, its activity types added up."""
    for key in dict.fromkeys(line.key for line in lines):
        yield added([line for line in lines if line.key == key], key)
