"""Projects: made with their own copy of the published rates, which are then typed and confirmed there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import closed, records
from mobility_app.core.facts import KEYED, RateRow
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.columns import Row
from mobility_app.store.schema import BudgetAward, Membership, Project, Rate, Target

STATES = ("application", "agreement", "closed")
# What a new call takes over from the one before.
_KEPT = (
    *("statement", "logo_id", "travel_days_in_count", "support_split", "budget_code"),
    *("advance_percent", "advance_days", "balance_days"),
)


def create(
    s: Session,
    *,
    reference: str,
    call_year: int,
    action: str,
    rates: Iterable[RateRow],
    title: str = "",
    start: dt.date | None = None,
    end: dt.date | None = None,
    agency: str = "FR01",
    coordinator_id: str | None = None,
) -> str:
    """A project in state "agreement" with a copy of the rates; raises UserError when the reference is in use."""
    taken = s.scalar(select(Project.id).where(Project.reference == reference, Project.deleted.is_(None)))
    if taken:
        raise UserError(
            _("The project “{reference}” exists already.").format(reference=reference), _("Choose another reference.")
        )
    if start and end and end < start:
        raise UserError(_("The project would end before it starts."), _("Correct one of the two dates."))
    project = Project(number=records.next_number(s, Project), state="agreement", statement="cofunded", agency=agency)
    records.assign(project, {"reference": reference, "title": title, "call_year": call_year, "action": action})
    project.start, project.end, project.coordinator_id = start, end, coordinator_id
    s.add(project)
    s.flush()
    s.add_all(_rate(project.id, row) for row in rates)
    return project.id


def _rate(project_id: str, row: RateRow) -> Rate:
    return Rate(
        project_id=project_id,
        line=row.line,
        subject=row.subject,
        key=row.key,
        variant=row.variant,
        cents=row.cents,
        state=row.state,
        source=row.source[:600],
        note=row.note[:600] or None,
    )


def change(s: Session, id_: str, *, seen: int | None = None, **values: Any) -> None:
    project = records.get(s, Project, id_, seen)
    _check(s, id_, values)
    if any(name in closed.PROJECT and getattr(project, name) != value for name, value in values.items()):
        closed.refuse(s, id_)
    records.assign(project, values)
    if project.start and project.end and project.end < project.start:
        raise UserError(_("The project would end before it starts."), _("Correct one of the two dates."))


def set_state(s: Session, id_: str, state: str) -> None:
    """Applied for, under agreement, closed; a closed project can be opened again, but was granted once for all."""
    if state not in STATES:
        raise UserError(_("“{state}” is no state of a project.").format(state=state), ", ".join(STATES))
    project = records.get(s, Project, id_)
    if project.state == "closed" and state == "application":
        raise UserError(_("A closed project was granted already."), _("Open the project again first."))
    project.state = state


def new_call(
    s: Session,
    id_: str,
    *,
    reference: str,
    call_year: int,
    rates: Iterable[RateRow],
    title: str = "",
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> str:
    """“New call from this one”: applied for, with the same members, coordinator, logo, conventions and delays.

    Places, euros, mandates, awards, targets and the period are the new agreement's; `rates` those published for its
    call. Hosts belong to the whole dossier: they are there already.
    """
    old = records.get(s, Project, id_)
    new = create(
        s,
        reference=reference,
        call_year=call_year,
        action=old.action,
        rates=rates,
        title=title or old.title,
        start=start,
        end=end,
        agency=old.agency,
        coordinator_id=old.coordinator_id,
    )
    _check(s, new, {"call_year": call_year})
    project = records.get(s, Project, new)
    project.state = "application"
    for name in _KEPT:
        setattr(project, name, getattr(old, name))
    old_ones = select(Membership.organisation_id).where(Membership.project_id == id_, Membership.deleted.is_(None))
    s.add_all(Membership(project_id=new, organisation_id=member) for member in s.scalars(old_ones))
    return new


def _check(s: Session, id_: str, values: dict[str, Any]) -> None:
    """Refuses a reference in use, a call that never was, a share that is none."""
    reference, year, share = (values.get(name) for name in ("reference", "call_year", "advance_percent"))
    if reference is not None:
        same = (Project.reference == reference.strip(), Project.id != id_, Project.deleted.is_(None))
        if s.scalar(select(Project.id).where(*same)):
            raise UserError(
                _("The project “{reference}” exists already.").format(reference=reference),
                _("Choose another reference."),
            )
    if year is not None and not 2014 <= year <= 2100:
        raise UserError(_("This is not the year of a call."), _("Write four digits, 2026 for example."))
    if share is not None and not 0 <= share <= 100:
        raise UserError(_("A share lies between 0 and 100 %."), _("Correct the number."))


def award(s: Session, project_id: str, line: str, activity: str, cents: int | None) -> None:
    """What the agency awarded for one line; None takes it away."""
    closed.refuse(s, project_id)
    key = {"project_id": project_id, "line": line, "activity": activity}
    _upsert(s, BudgetAward, key, "cents", cents)


def set_target(s: Session, project_id: str, table_code: str, key: str, activity: str, value: int | None) -> None:
    keys = {"project_id": project_id, "table_code": table_code, "key": key, "activity": activity}
    _upsert(s, Target, keys, "value", value)


def _upsert(s: Session, kind: type[Row], keys: dict[str, Any], column: str, value: Any) -> None:
    conditions = [getattr(kind, name) == wanted for name, wanted in keys.items()]
    row = s.scalar(select(kind).where(*conditions, kind.deleted.is_(None)))
    if value is None:
        records.to_bin([row] if row else [])
    elif row is None:
        s.add(kind(**keys, **{column: value}))
    else:
        setattr(row, column, value)


def set_rate(s: Session, rate_id: str, cents: int | None, *, source: str, reason: str = "") -> None:
    """A rate typed from the agreement's annex; the history keeps the value before."""
    row = records.get(s, Rate, rate_id)
    _refuse_closed(s, row.project_id)
    state = "unknown" if cents is None else "typed"
    records.assign(row, {"cents": cents, "state": state, "source": source or row.source, "reason": reason})


def set_rate_key(s: Session, rate_id: str, key: str, *, source: str, reason: str = "") -> None:
    """The value of a rule whose key is its value: a country's group, a limit of days."""
    row = records.get(s, Rate, rate_id)
    _refuse_closed(s, row.project_id)
    records.assign(row, {"key": key, "state": "typed", "source": source or row.source, "reason": reason})


def add_rate(s: Session, project_id: str, row: RateRow) -> str:
    """A rate that the published tables do not hold."""
    _refuse_closed(s, project_id)
    rate = _rate(project_id, row)
    s.add(rate)
    s.flush()
    return rate.id


def confirm_rates(s: Session, rate_ids: Iterable[str], *, source: str) -> int:
    """She compared these rates with her annex: each becomes confirmed, with that source. Empty rates stay unknown."""
    count = 0
    for id_ in rate_ids:
        row = records.get(s, Rate, id_)
        _refuse_closed(s, row.project_id)
        if row.cents is not None or row.line in KEYED:
            row.state, row.source = "confirmed", source or row.source
            count += 1
    return count


def apply_rates(s: Session, project_id: str, rows: Iterable[RateRow]) -> int:
    """Rates from a sheet in the place of the project's own, or beside them; returns how many there were."""
    _refuse_closed(s, project_id)
    query = select(Rate).where(Rate.project_id == project_id, Rate.deleted.is_(None))
    known = {_which(row): row for row in s.scalars(query)}
    count = 0
    for row in rows:
        own = known.get(_which(row))
        if own is None:
            s.add(_rate(project_id, row))
        else:
            records.assign(own, {"key": row.key, "cents": row.cents, "state": row.state, "source": row.source[:600]})
        count += 1
    return count


def _refuse_closed(s: Session, project_id: str) -> None:
    """A closed project keeps its figures: what was reported and paid must be found again."""
    if records.get(s, Project, project_id).state == "closed":
        raise UserError(_("This project is closed: its rates no longer change."), _("Open the project again first."))


def _which(row: Rate | RateRow) -> tuple[str, str, str, str]:
    """What a rate is for; of a rule whose key is its value the key says nothing."""
    return row.line, row.subject, "" if row.line in KEYED else row.key, row.variant
