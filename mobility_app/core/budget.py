"""Every figure of a project as one value: budget by line and activity type, targets, tallies, departures, totals."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mobility_app.core import activities, grant, project_lines, tallies, targets
from mobility_app.core.facts import (
    BudgetLine,
    Finding,
    Grant,
    GrantLine,
    MobilityRow,
    ProjectRow,
    RateState,
    Report,
    Stay,
)
from mobility_app.core.rates import RateTable, weakest

# Budget lines in the order of the Beneficiary Module's screen.
LINES = (
    "organisational_support",
    "preparatory_visit",
    "financial_guarantee",
    "individual_support",
    "travel_support",
    "course_fees",
    "linguistic_support",
    "inclusion_participant",
    "inclusion_organisation",
    "exceptional_costs",
)
PROJECT_LINES = LINES[:3]  # never an activity type's own, whatever they were counted by
_IN_PARTS = ("individual_support", "linguistic_support", "exceptional_costs")
_ACTIVITIES = ("", *activities.WHO)
_Key = tuple[str, str]  # line, activity type


def report(
    project: ProjectRow,
    rows: Sequence[MobilityRow],
    rates: RateTable,
    awarded: Mapping[_Key, int],
    indicative: Mapping[tuple[str, str, str], int],
    visits: Sequence[int],
    today: dt.date,
    findings: Iterable[Finding] = (),
    grants: Mapping[str, Grant] | None = None,
) -> Report:
    """The report of a project in one pass over its mobilities, all of them given, candidates too.

    `awarded`: cents by (line, activity type); `indicative`: figures by (table, key, activity type); both "" for the
    project's own. `visits`: the persons of each preparatory visit. `grants` by mobility, when lines were set by hand;
    else they are computed here.
    """
    planned = [row for row in rows if row.planned]
    money = [grants[row.id] if grants is not None else grant.compute(row.stay, rates) for row in planned]
    support = {stage: grant.project_lines(stays, rates) for stage, stays in _stays(planned, today).items()}
    own = (
        *project_lines.preparatory_visits(visits, rates),
        *project_lines.financial_guarantee(project.guarantee_cents, rates),
    )
    lines = (line for one in money for line in one.lines)
    return Report(
        project=project,
        today=today,
        mobilities=tuple(rows),
        budget=_budget(planned, money, support, own, awarded, today),
        targets=targets.lines(planned, rates, indicative, sum(visits), today),
        by_country=tallies.of(planned, money, lambda row: (row.country or "", row.country or "")),
        by_organisation=tallies.of(planned, money, lambda row: (row.sending_id or "", row.sending_organisation or "")),
        project_lines=(*support["planned"], *own),
        findings=tuple(findings),
        rates_state=_rates_state((*lines, *support["planned"], *own), rates),
        totals=tallies.totals(rows, money, support["planned"], today),
        departures_by_month=tallies.departures(planned),
    )


def engaged(row: MobilityRow, today: dt.date) -> bool:
    """The contract is signed or the stay has begun."""
    return row.planned and (row.contract_signed or (row.first_day is not None and row.first_day <= today))


def done(row: MobilityRow, today: dt.date) -> bool:
    """The stay is over."""
    return row.planned and row.last_day is not None and row.last_day < today


def _stays(planned: Sequence[MobilityRow], today: dt.date) -> dict[str, list[Stay]]:
    counts: dict[str, Callable[[MobilityRow], bool]] = {
        "planned": lambda row: True,
        "engaged": lambda row: engaged(row, today),
        "done": lambda row: done(row, today),
    }
    return {stage: [row.stay for row in planned if chosen(row)] for stage, chosen in counts.items()}


@dataclass
class _Sum:
    planned: int = 0
    engaged: int = 0
    done: int = 0
    paid: int = 0
    incomplete: int = 0


@dataclass
class _Sums:
    """Budget lines while they are being added up."""

    by_key: dict[_Key, _Sum] = field(default_factory=dict)

    def __getitem__(self, key: _Key) -> _Sum:
        return self.by_key.setdefault(key, _Sum())


def _budget(
    planned: Sequence[MobilityRow],
    money: Sequence[Grant],
    support: Mapping[str, Sequence[GrantLine]],
    own: Sequence[GrantLine],
    awarded: Mapping[_Key, int],
    today: dt.date,
) -> tuple[BudgetLine, ...]:
    sums = _Sums()
    for row, one in zip(planned, money, strict=True):
        _add_mobility(sums, row, one, today)
    for stage, lines in support.items():
        for line in lines:
            total = sums[line.key, line.activity]
            setattr(total, stage, getattr(total, stage) + (line.amount or 0))
            if line.amount is None and stage == "planned":
                total.incomplete += line.quantity or 0
    for line in own:  # a visit that is entered was made, a guarantee is paid
        amount = line.amount or 0
        missing = (line.quantity or 1) if line.amount is None else 0
        sums.by_key[line.key, ""] = _Sum(amount, amount, incomplete=missing)
    for key in awarded:
        sums[key]  # a line that was awarded is shown, used or not
    return tuple(
        BudgetLine(*key, awarded.get(key), one.planned, one.engaged, one.done, one.paid, one.incomplete)
        for key, one in sorted(sums.by_key.items(), key=lambda item: _place(item[0]))
    )


def _place(key: _Key) -> tuple[int, str, int, str]:
    line, activity = key
    return (
        LINES.index(line) if line in LINES else len(LINES),
        line,
        _ACTIVITIES.index(activity) if activity in _ACTIVITIES else len(_ACTIVITIES),
        activity,
    )


def line_key(line: GrantLine) -> str:
    """The budget line of a grant line: both spans of days are individual support, a visa is exceptional costs."""
    return next((whole for whole in _IN_PARTS if line.key.startswith(whole)), line.key)


def _add_mobility(sums: _Sums, row: MobilityRow, one: Grant, today: dt.date) -> None:
    activity = row.activity or ""
    known: dict[str, int] = {}
    unknown = set()
    for line in one.lines:
        key = line_key(line)
        known[key] = known.get(key, 0) + (line.amount or 0)
        if line.amount is None:
            unknown.add(key)
    is_engaged, is_done = engaged(row, today), done(row, today)
    paid = split(row.paid, known)
    for key in dict.fromkeys((*known, *paid)):
        amount, total = known.get(key, 0), sums[key, activity]
        total.planned += amount
        total.engaged += amount if is_engaged else 0
        total.done += amount if is_done else 0
        total.paid += paid.get(key, 0)
        total.incomplete += key in unknown


def split(paid: int, known: Mapping[str, int]) -> dict[str, int]:
    """What was paid to a participant, by budget line: a payment names no line, so it follows the known amounts.

    Exact to the cent: what rounding down leaves goes to the largest remainders. Without a known amount, all of it is
    individual support.
    """
    whole = sum(known.values())
    if whole == 0:
        return {"individual_support": paid}
    shares = {key: divmod(paid * amount, whole) for key, amount in known.items()}
    left = paid - sum(share for share, _ in shares.values())
    first = sorted(shares, key=lambda key: -shares[key][1])[:left]
    return {key: share + (key in first) for key, (share, _) in shares.items()}


def _rates_state(lines: Iterable[GrantLine], rates: RateTable) -> RateState:
    """The weakest state among the rates that the project's stays use; of the whole table while there is none."""
    used = Counter(line.state for line in lines if line.lacks != "fact")
    return weakest(used) if used else rates.weakest_state
