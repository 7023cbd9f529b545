"""The example, end to end: a dossier of two projects, all people invented, its report and its certificates."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mobility_app.actions import accounts, members, mobilities, organisations, papers, participants, payments, projects
from mobility_app.core import checks, identifiers
from mobility_app.core.facts import MobilityRow
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _
from mobility_app.jobs import certificates, dossiers, importing, reports
from mobility_app.paths import RESOURCES
from mobility_app.store import lock, queries, reference
from mobility_app.store.database import Database, Session, create_database
from mobility_app.store.journal import Label

TODAY = dt.date(2027, 3, 15)  # the day on which the example takes place
SHEET = RESOURCES / "demo" / "suivi-mobilites-2026.xlsx"
SECOND = RESOURCES / "demo" / "second-project.json"
REFERENCE = "2026-1-FR01-KA121-VET-000212345"
Progress = Callable[[int, int], bool]


@dataclass(frozen=True)
class Made:
    """One thing that the demonstration made, where it is and how long it took."""

    title: str
    path: Path
    seconds: float


def make(out: Path, *, today: dt.date = TODAY, progress: Progress | None = None) -> Iterator[Made]:
    """Makes everything in the folder `out`, replacing what an earlier run made there."""
    dossier = out / "exemple.mobility"
    _clear(out, dossier)
    clock = time.perf_counter
    begun = clock()
    with create_database(dossier) as db:
        fill(db, today)
        yield Made(_("Tracking file"), dossier, clock() - begun)
        with db.read() as s:
            project = next(row for row in queries.projects(s) if row.reference == REFERENCE)
            known = queries.projects(s)
        begun = clock()
        report = out / f"rapport-{REFERENCE}.xlsx"
        reports.agency_report(db, project, report, today=today, progress=progress)
        yield Made(_("Agency report"), report, clock() - begun)
        begun = clock()
        merged, each = out / "attestations.pdf", out / "attestations"
        for row in known:
            with db.read() as s:
                ids = queries.mobility_ids(s, project_id=row.id, today=today)
            place = each if row.id == project.id else out / f"attestations-{row.call_year}"
            file = merged if row.id == project.id else out / f"attestations-{row.call_year}.pdf"
            certificates.print_certificates(db, row, ids, today=today, out=place, merged=file, progress=progress)
        yield Made(_("Certificates, merged and one file a person"), merged, clock() - begun)


def _clear(out: Path, dossier: Path) -> None:
    """Takes away what an earlier run made; a dossier that is open in the window is left alone."""
    out.mkdir(parents=True, exist_ok=True)
    holder = lock.holder(dossier)
    if holder is not None and not holder.dead:
        raise UserError(holder.sentence(dossier.name), _("Close it there first."))
    for name in ("exemple.mobility", "exemple.lock", "exemple.mobility-journal"):
        (out / name).unlink(missing_ok=True)
    shutil.rmtree(out / "exemple-sauvegardes", ignore_errors=True)


def fill(db: Database, today: dt.date = TODAY) -> None:
    """The two projects in an empty dossier: the sheet brought in, then the life of a year in progress."""
    with db.write(Label(dossiers.NEW_PROJECT)) as s:
        school = organisations.add(
            s, "sender", name="CMQ Loire Numérique et Métiers d’art", town="Orléans", oid="E10234567"
        )
        first = dossiers.add_project(
            s,
            REFERENCE,
            title="Consortium CMQ 2026-2027 (exemple)",
            start=dt.date(2026, 6, 1),
            end=dt.date(2027, 8, 31),
            rates=reference.example_rows(2026),
        )
        projects.change(s, first, coordinator_id=school)
    chosen = importing.preview(db, importing.understand(db, SHEET), REFERENCE, today=today)
    importing.write(db, chosen)
    with db.write(Label(N_("example: second project"))) as s:
        second = _second_project(s, school)
    for project_id in (first, second):
        with db.read() as s:
            rows = queries.mobilities(s, project_id=project_id, today=today)
        with db.write(Label(N_("example: a year in progress"))) as s:
            _papers_and_dates(s, rows, today)
            _plans(s, project_id, rows)
            _members(s, project_id, rows, today.replace(year=today.year - 1, month=6, day=1))
        with db.read() as s:
            rows = queries.mobilities(s, project_id=project_id, today=today)
        with db.write(Label(N_("example: payments"))) as s:
            _payments(s, rows, today)


def _second_project(s: Session, coordinator: str) -> str:
    raw = json.loads(SECOND.read_text("utf-8"))
    id_ = dossiers.add_project(
        s,
        raw["reference"],
        title=raw["title"],
        start=dt.date.fromisoformat(raw["start"]),
        end=dt.date.fromisoformat(raw["end"]),
        rates=reference.example_rows(2026),
    )
    projects.change(s, id_, coordinator_id=coordinator)
    for values in raw["mobilities"]:
        values = {name: _day(name, value) for name, value in values.items()}
        person = {name: values.pop(name) for name in ("last_name", "first_name", "birth_date", "status", "class_name")}
        person["email"] = values.pop("email")
        organisation = organisations.find_or_add(s, "sender", values["sending_organisation"])
        person_id = participants.add(s, **person, organisation_id=organisation)
        mobilities.add(s, id_, person_id, **values)
    return id_


def _day(name: str, value: Any) -> Any:
    dated = ("birth_date", "start", "end", "actual_start", "actual_end")
    return dt.date.fromisoformat(value) if value and name in dated else value


def _papers_and_dates(s: Session, rows: list[MobilityRow], today: dt.date) -> None:
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
                taken.append(identifiers.next_bm_id(taken, REFERENCE))
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


def _plans(s: Session, project_id: str, rows: list[MobilityRow]) -> None:
    """Awarded budget, targets and places, somewhat above what is planned."""
    planned = [row for row in rows if row.planned]
    for key, column in (("individual_support", "individual_support"), ("travel_support", "travel_support")):
        activities = {row.activity for row in planned if row.activity}
        for activity in sorted(activities):
            known = sum(getattr(row, column) or 0 for row in planned if row.activity == activity)
            projects.award(s, project_id, key, activity, (known * 108 // 100 + 9_999) // 10_000 * 10_000)
    counted = [row for row in planned if not row.accompanying]
    for activity in sorted({row.activity for row in counted if row.activity}):
        mine = [row for row in counted if row.activity == activity]
        projects.set_target(s, project_id, "T1", "participants", activity, len(mine) + len(mine) // 12 + 1)
        days = sum(row.days or 0 for row in mine)
        projects.set_target(s, project_id, "T1", "total_days", activity, days + days // 15)
        for key, flag in (("fewer_opportunities", "fewer_opportunities"), ("green", "green")):
            many = sum(getattr(row, flag) for row in mine)
            projects.set_target(s, project_id, "T2", key, activity, many + many // 8 + 1)


def _members(s: Session, project_id: str, rows: list[MobilityRow], begin: dt.date) -> None:
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


def _payments(s: Session, rows: list[MobilityRow], today: dt.date) -> None:
    """80 % before departure once the contract is signed, the rest once the evidence is in."""
    for n, row in enumerate(rows):
        if not (row.contract_signed and row.total and row.start and n % 9):
            continue
        advance = row.total * 80 // 100
        payments.add(s, row.id, "advance", advance, row.start - dt.timedelta(days=10))
        if row.evidence_complete and row.last_day and n % 12:
            paid_on = min(row.last_day + dt.timedelta(days=30), today)
            payments.add(s, row.id, "balance", row.total - advance, paid_on)
