"""A year in progress, for the example: papers, real dates, plans, instalments, transfers, payments; all invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from mobility_app.actions import (
    accounts,
    instalments,
    members,
    mobilities,
    organisations,
    papers,
    payments,
    projects,
    visits,
)
from mobility_app.core import checks, identifiers
from mobility_app.core.budget import PROJECT_LINES
from mobility_app.core.budget_sums import by_key
from mobility_app.core.facts import MobilityRow, OrganisationRow
from mobility_app.core.text import words
from mobility_app.store import reports
from mobility_app.store.database import Session


def papers_and_dates(s: Session, reference: str, rows: list[MobilityRow], today: dt.date) -> None:
    """Departure papers of those who left and of most who leave soon; real dates and evidence of most who are back."""
    in_hand: list[tuple[str, str, str, dt.date]] = []
    taken = [row.bm_id for row in rows if row.bm_id]
    for n, row in enumerate(row for row in rows if row.planned and row.start and row.end):
        assert row.start is not None
        assert row.end is not None
        changes: dict[str, Any] = {}
        if row.activity == "COURSES_TRAINING" and row.course_days is None:
            changes |= {"course_days": min(row.days or 0, 10), "course_title": row.course_title or "Formation"}
        gone, soon = row.start <= today, row.start <= today + dt.timedelta(days=45)
        if gone or (soon and n % 4):
            signed = row.start - dt.timedelta(days=20 + n % 12)
            in_hand += [(row.id, code, "signed", signed) for code in checks.departure_papers(row)]
            if not row.bm_id:
                taken.append(identifiers.next_bm_id(taken, reference))
                changes["bm_id"] = taken[-1]
            changes["bm_state"] = "complete" if n % 16 else "draft"
        if row.end < today and n % 10:
            changes |= {"actual_start": row.actual_start or row.start, "actual_end": row.actual_end or row.end}
            if n % 14:
                in_hand.append((row.id, "ATT", "signed", row.end + dt.timedelta(days=1 + n % 6)))
                in_hand.append((row.id, "EUROPASS", "signed", row.end + dt.timedelta(days=10 + n % 6)))
            if n % 18:
                in_hand.append((row.id, "RAPP", "verified", row.end + dt.timedelta(days=5 + n % 20)))
        if changes:
            mobilities.change(s, row.id, **changes)
    papers.enter(s, in_hand)


def plans(s: Session, project_id: str, rows: list[MobilityRow]) -> None:
    """Awarded budget, targets and places, somewhat above what is planned."""
    planned = [row for row in rows if row.planned]
    for key, column in (("individual_support", "individual_support"), ("travel_support", "travel_support")):
        activities = {row.activity for row in planned if row.activity}
        for activity in sorted(activities):
            known = sum(getattr(row, column) or 0 for row in planned if row.activity == activity)
            projects.award(s, project_id, key, activity, _somewhat_above(known))
    counted = [row for row in planned if not row.accompanying]
    for activity in sorted({row.activity for row in counted if row.activity}):
        mine = [row for row in counted if row.activity == activity]
        projects.set_target(s, project_id, "T1", "participants", activity, len(mine) + len(mine) // 12 + 1)
        days = sum(row.days or 0 for row in mine)
        projects.set_target(s, project_id, "T1", "total_days", activity, days + days // 15)
        for key, flag in (("fewer_opportunities", "fewer_opportunities"), ("green", "green")):
            many = sum(getattr(row, flag) for row in mine)
            projects.set_target(s, project_id, "T2", key, activity, many + many // 8 + 1)


def rest_of_the_awards(s: Session, project_id: str, today: dt.date) -> None:
    """The lines that stays have beside individual and travel support, and the project's own."""
    lines = reports.figures(s, project_id, today).budget
    own = [line for line in by_key(lines) if line.key in PROJECT_LINES]
    for line in (*own, *(line for line in lines if line.key not in PROJECT_LINES)):
        if line.awarded is None and line.planned:
            projects.award(s, project_id, line.key, line.activity, _somewhat_above(line.planned))


def _somewhat_above(cents: int) -> int:
    return (cents * 108 // 100 + 9_999) // 10_000 * 10_000


def consortium(s: Session, project_id: str, rows: list[MobilityRow], begin: dt.date) -> None:
    """Places and euros somewhat above what is planned; papers signed, but for the last; money sent, some certified."""
    planned = [row for row in rows if row.planned]
    senders = sorted({row.sending_id for row in planned if row.sending_id})
    for n, sender in enumerate(senders):
        mine = [row for row in planned if row.sending_id == sender]
        cents = (sum(row.total or 0 for row in mine) * 125 // 100 + 99_999) // 100_000 * 100_000
        places = sum(not row.accompanying for row in mine) + len(mine) // 10 + (1 if n else -8)
        members.change(s, project_id, sender, places=max(places, 1), cents=cents or None)
        if n == len(senders) - 1 or not cents:
            continue
        signed = begin + dt.timedelta(days=95 + 3 * n)
        members.change(s, project_id, sender, mandate_signed=begin - dt.timedelta(days=200), convention_signed=signed)
        first = cents * 4 // 10
        sent = signed + dt.timedelta(days=20)
        accounts.transfer(s, project_id, sender, "instalment", first, sent, f"mandat {118 + n}")
        if n % 3 == 0:
            accounts.transfer(
                s, project_id, sender, "instalment", first, sent + dt.timedelta(days=90), f"mandat {140 + n}"
            )
            accounts.transfer(s, project_id, sender, "statement", first * 9 // 10, sent + dt.timedelta(days=120))


def addresses(s: Session, schools: Sequence[OrganisationRow]) -> None:
    """An address to write to, for most of the schools."""
    for school in schools[1:]:
        name = "-".join(words(school.name).split())
        organisations.change(s, school.id, email=f"mobilites@{name}.exemple.test")


def paid(s: Session, rows: list[MobilityRow], today: dt.date) -> None:
    """80 % before departure once the contract is signed, the rest once the evidence is in."""
    for n, row in enumerate(rows):
        if not (row.contract_signed and row.total and row.start and n % 9):
            continue
        advance = row.total * 80 // 100
        payments.add(s, row.id, "advance", advance, row.start - dt.timedelta(days=10))
        if row.evidence_complete and row.last_day and n % 12:
            paid_on = min(row.last_day + dt.timedelta(days=30), today)
            payments.add(s, row.id, "balance", row.total - advance, paid_on)


def agency(s: Session, project_id: str, awarded: int, begin: dt.date) -> None:
    """Two instalments in hand, the balance expected."""
    share = awarded * 4 // 10
    instalments.add(s, project_id, share, begin + dt.timedelta(days=45), "1er préfinancement")
    instalments.add(s, project_id, share, begin + dt.timedelta(days=230), "2e préfinancement")
    instalments.add(s, project_id, awarded - 2 * share, None, "Solde", due=begin + dt.timedelta(days=580))


def visit(s: Session, project_id: str, begin: dt.date) -> None:
    """One preparatory visit made."""
    start = begin + dt.timedelta(days=70)
    visits.add(
        s, project_id, persons=2, activity="VET_SHORT_TERM", start=start, end=start + dt.timedelta(days=3),
        host="Agriturismo La Quercia",
    )  # fmt: skip
