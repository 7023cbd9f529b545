"""What is computed from other rows (grants, findings, readiness), refreshed in the transaction of every write."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from mobility_app.core import checks, evidence, grant, rate_checks
from mobility_app.core.facts import Finding, Grant, MobilityRow, ProjectRow, Report, Stay
from mobility_app.core.facts import GrantLine as GrantLineFact
from mobility_app.core.rates import RateTable
from mobility_app.store import places, queries, reference
from mobility_app.store.engines import JOURNALED_SQL
from mobility_app.store.journal import Op, table_of
from mobility_app.store.parts import parts
from mobility_app.store.schema import FindingAnswer, GrantLine, Guardian, Mobility, Paper, Payment

ANY_DAY = dt.date(2000, 1, 1)  # nothing derived depends on the day
COLUMNS = (
    *("days", "grant_cents", "grant_known_cents", "individual_cents", "travel_cents", "findings_count"),
    *("departure_ready", "contract_signed", "evidence_complete", "settled"),
)
# Whose derived values a row of another table counts in: the column that names it.
_COUNTS_FOR = {
    **{name: ("mobility", "mobility_id") for name in ("paper", "payment", "grant_line", "co_funding")},
    "finding_answer": ("mobility", "record_id"),
    "mobility": ("participant", "participant_id"),  # stays of one person are seen together
    "guardian": ("participant", "participant_id"),
    "rate": ("project", "project_id"),
}


def refresh(s: Session, ops: Sequence[Op]) -> set[str]:
    """Recomputes the derived columns of the mobilities that a write may have touched; the ids of those that differ."""
    rows = queries.mobilities(s, sorted(affected(s, ops)), today=ANY_DAY)
    before = stored(s, [row.id for row in rows])
    values = [{"_id": row.id, **found} for row, found in computed(s, rows) if found != before[row.id]]
    if values:
        table = table_of("mobility")
        statement = update(table).where(table.c.id == bindparam("_id"))
        s.connection().execute(statement, values, execution_options=JOURNALED_SQL)
    return {row["_id"] for row in values}


def affected(s: Session, ops: Iterable[Op]) -> set[str]:
    """The ids of the mobilities whose derived values depend on these rows, or did before."""
    touched: dict[str, set[str]] = defaultdict(set)
    unnamed: dict[str, set[str]] = defaultdict(set)
    for op in ops:
        touched[op.table].add(op.id)
        if op.table in _COUNTS_FOR:
            owner, column = _COUNTS_FOR[op.table]
            named = {values[column] for values in (op.before, op.after) if values and column in values}
            touched[owner] |= named
            if not named:
                unnamed[op.table].add(op.id)
    for table, ids in unnamed.items():
        owner, column = _COUNTS_FOR[table]
        touched[owner] |= _values_of(s, table, column, ids)
    by_owner = (
        (Mobility.participant_id, "participant"),
        (Mobility.project_id, "project"),
        (Mobility.sending_id, "organisation"),
        (Mobility.host_id, "organisation"),
    )
    return touched["mobility"].union(*(_ids_where(s, column, touched[table]) for column, table in by_owner))


def _values_of(s: Session, table_name: str, column: str, ids: Iterable[str]) -> set[str]:
    table = table_of(table_name)
    query = select(table.c[column])
    return {value for part in parts(sorted(ids)) for value in s.scalars(query.where(table.c.id.in_(part)))}


def _ids_where(s: Session, column: Any, values: Iterable[str]) -> set[str]:
    return {id_ for part in parts(sorted(values)) for id_ in s.scalars(select(Mobility.id).where(column.in_(part)))}


# ---- the values ------------------------------------------------------------------------------------------------------


def computed(s: Session, rows: Sequence[MobilityRow]) -> list[tuple[MobilityRow, dict[str, Any]]]:
    """The derived columns of these mobilities, from what they depend on."""
    context = Context(s, rows)
    return [(row, context.values(row)) for row in rows if row.project_id in context.projects]


def stored(s: Session, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The derived columns as they are kept, by id."""
    columns = [getattr(Mobility, name) for name in COLUMNS]
    query = select(Mobility.id, *columns)
    found = (row for part in parts(sorted(ids)) for row in s.execute(query.where(Mobility.id.in_(part))))
    return {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in found}


class Context:
    """What the derived values of some mobilities depend on, read once for all of them."""

    def __init__(self, s: Session, rows: Sequence[MobilityRow]) -> None:
        ids = [row.id for row in rows]
        wanted = {row.project_id for row in rows}
        self.projects = {p.id: p for p in queries.projects(s) if p.id in wanted}
        self.rates = {p.id: queries.rate_table(s, p) for p in self.projects.values()}
        self.stays = _by_person(s, rows)
        self.papers = _grouped(s, select(Paper.mobility_id, Paper.kind, Paper.state), Paper, ids, Paper.void.is_(False))
        paid = select(Payment.mobility_id, Payment.kind, Payment.date, Payment.cents)
        self.payments = _grouped(s, paid, Payment, ids, Payment.date.is_not(None))
        by_hand = select(GrantLine.mobility_id, GrantLine.key, GrantLine.cents, GrantLine.reason)
        self.by_hand = _grouped(s, by_hand, GrantLine, ids)
        self.answers = answers(s, ids)
        self.guardians = _guardians(s, {row.participant_id for row in rows if row.minor_at_departure})
        self._alike: dict[tuple[str, Stay], Grant] = {}  # a departure together is reckoned once

    def hand_lines(self, row: MobilityRow) -> tuple[GrantLineFact, ...]:
        """The lines of a grant that she set herself."""
        return tuple(grant.hand_line(key, cents, why) for _id, key, cents, why in self.by_hand.get(row.id, ()))

    def grant(self, row: MobilityRow) -> Grant:
        key = row.project_id, row.stay
        if key not in self._alike:
            self._alike[key] = grant.compute(row.stay, self.rates[row.project_id])
        return grant.replaced(self._alike[key], self.hand_lines(row))

    def findings(self, row: MobilityRow, money: Grant | None = None) -> tuple[Finding, ...]:
        """With her answers; every finding, also the answered ones. A payment counts whatever its day."""
        row = copy(row)
        vars(row)["total"] = (money or self.grant(row)).total
        vars(row)["paid"] = sum(cents for *_kind, cents in self.payments.get(row.id, ()))
        if row.minor_at_departure:
            vars(row)["guardians"] = self.guardians.get(row.participant_id, 0)
        others = [stay for stay in self.stays.get(row.participant_id, ()) if stay.id != row.id]
        known = places.countries_of if places.covers(row.country) else None
        found = checks.findings(row, self.projects[row.project_id], self.rates[row.project_id], others, known)
        return tuple(_answered(finding, row.id, self.answers) for finding in found)

    def values(self, row: MobilityRow) -> dict[str, Any]:
        money = self.grant(row)
        done = {kind for _id, kind, state in self.papers.get(row.id, ()) if state in evidence.DONE}
        return {
            "days": row.days,
            "grant_cents": money.total,
            "grant_known_cents": money.known_total,
            "individual_cents": money.amount("individual_support"),
            "travel_cents": money.amount("travel_support"),
            "findings_count": sum(not finding.answer for finding in self.findings(row, money)),
            "departure_ready": evidence.departure_ready(row, done, money),
            "contract_signed": "CONTRAT" in done,
            "evidence_complete": evidence.complete(row, done),
            "settled": any(kind == "balance" for _id, kind, *_rest in self.payments.get(row.id, ())),
        }


def answers(s: Session, ids: Iterable[str]) -> dict[tuple[str, str], str]:
    """Her answers to findings by (record, code)."""
    query = select(FindingAnswer.record_id, FindingAnswer.code, FindingAnswer.answer)
    query = query.where(FindingAnswer.deleted.is_(None))
    found: dict[tuple[str, str], str] = {}
    for part in parts(sorted(ids)):
        for record, code, answer in s.execute(query.where(FindingAnswer.record_id.in_(part))):
            found[record, code] = answer
    return found


def _guardians(s: Session, people: Iterable[str]) -> dict[str, int]:
    """How many guardians are known of each of these people."""
    query = select(Guardian.participant_id, func.count()).where(Guardian.deleted.is_(None))
    query = query.group_by(Guardian.participant_id)
    found = (row for part in parts(sorted(people)) for row in s.execute(query.where(Guardian.participant_id.in_(part))))
    return {person: number for person, number in found}


def _by_person(s: Session, rows: Sequence[MobilityRow]) -> dict[str, list[MobilityRow]]:
    """Every stay of these people; those that are not among the rows are read."""
    found: dict[str, list[MobilityRow]] = defaultdict(list)
    missing = _ids_where(s, Mobility.participant_id, {row.participant_id for row in rows}) - {row.id for row in rows}
    for row in (*rows, *queries.mobilities(s, sorted(missing), today=ANY_DAY)):
        found[row.participant_id].append(row)
    return found


def _grouped(s: Session, query: Any, table: Any, ids: Sequence[str], *also: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for part in parts(sorted(ids)):
        for row in s.execute(query.where(table.mobility_id.in_(part), table.deleted.is_(None), *also)):
            found[row[0]].append(row)
    return found


def of_project(s: Session, project: ProjectRow, rates: RateTable, rows: Sequence[MobilityRow]) -> tuple[Finding, ...]:
    """The findings on a project itself and on its rates, with her answers."""
    known = answers(s, [project.id])
    found = checks.project_findings(project, rates, rows)
    doubts = (
        *rate_checks.rate_findings(rates.rows, reference.expected_daily(project.call_year)),
        *rate_checks.pair_findings(rates.rows),
    )
    found += tuple(replace(doubt, record=project.reference) for doubt in doubts)
    return tuple(_answered(finding, project.id, known) for finding in found)


def of_money(s: Session, report: Report, found: tuple[Finding, ...]) -> Report:
    """A report with findings on its budget, with her answers."""
    known = answers(s, [report.project.id])
    project_id = report.project.id
    return replace(report, findings=(*report.findings, *(_answered(f, project_id, known) for f in found)))


def of_all(s: Session, project: ProjectRow, rows: Sequence[MobilityRow]) -> tuple[Finding, ...]:
    """The findings on mobilities that only show among all of a project's, with her answers to each."""
    found = checks.across(project, rows)
    known = answers(s, {finding.id for finding in found})
    return tuple(_answered(finding, finding.id, known) for finding in found)


def _answered(finding: Finding, record: str, known: dict[tuple[str, str], str]) -> Finding:
    answer = known.get((record, finding.code), "")
    return finding if finding.id == record and not answer else replace(finding, id=record, answer=answer)
