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

from mobility_app.actions import mobilities, organisations, participants, projects, settings
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _
from mobility_app.jobs import certificates, dossiers, example_costs, example_year, importing, reports
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
        settings.put(s, dossiers.EXAMPLE, {"day": today.isoformat()})
    chosen = importing.preview(db, importing.understand(db, SHEET), REFERENCE, today=today)
    importing.write(db, chosen)
    with db.write(Label(N_("example: second project"))) as s:
        second = _second_project(s, school)
    with db.read() as s:
        schools = queries.organisations(s, queries.organisation_ids(s, "sender"))
    with db.write(Label(N_("example: addresses"))) as s:
        example_year.addresses(s, schools)
    begin = today.replace(year=today.year - 1, month=6, day=1)
    for project_id in (first, second):
        with db.read() as s:
            rows = queries.mobilities(s, project_id=project_id, today=today)
        with db.write(Label(N_("example: a year in progress"))) as s:
            example_year.papers_and_dates(s, REFERENCE, rows, today)
            example_year.plans(s, project_id, rows)
            example_year.visit(s, project_id, begin)
            example_year.rest_of_the_awards(s, project_id, today)
            example_year.consortium(s, project_id, rows, begin)
        with db.read() as s:
            rows = queries.mobilities(s, project_id=project_id, today=today)
            awarded = sum(queries.awarded(s, project_id).values())
        with db.write(Label(N_("example: payments"))) as s:
            example_year.paid(s, rows, today)
            example_year.agency(s, project_id, awarded, begin)
        with db.write(Label(N_("example: real costs"))) as s:
            example_costs.add(s, project_id, rows)


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
