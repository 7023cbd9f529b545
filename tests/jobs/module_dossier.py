"""A dossier that asks everything of the bridge: countries written otherwise by the EU, roles, courses, bad names."""

from __future__ import annotations

import datetime as dt
from typing import Any

from mobility_app.actions import mobilities, organisations, participants
from mobility_app.jobs import dossiers
from mobility_app.store import queries, reference
from mobility_app.store.database import Database
from mobility_app.store.journal import Label

TODAY = dt.date(2027, 2, 1)
REFERENCE = "2026-1-FR01-KA121-VET-000212345"
HOSTILE = '=cmd|"/c calc"!A1; <b>_x0041_ ; \u202eevil'
PEOPLE: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("MARTIN", "Maëlys", {"gender": "female", "nationality": "FR"}, {"bm_id": "212345-MOB-00007"}),
    ("ŁUKASZEWSKA", "Zoé", {"nationality": "PL"}, {"country": "GR", "town": "Athína", "distance_km": 2350}),
    ("D’ALMEIDA", "Noël", {"gender": "male"}, {"country": "GB", "town": "Leeds", "interruption_days": 2}),
    ("GREEN", "Anna", {}, {"means": "train", "green": True, "travel_days": 4, "fewer_opportunities": True}),
    ("ROUX", "Odile", {"status": "staff"}, {"role": "accompanying"}),
    ("PETIT", "Luc", {"status": "staff"}, {"activity": "COURSES_TRAINING", "course_days": 5, "course_title": "CLIL"}),
    (HOSTILE, "+33 ’a;b\"c", {}, {}),
)  # fmt: skip
OUT = (("LEFT", "Léo", "withdrawn"), ("MAYBE", "Mia", "candidate"), ("OFF", "Odo", "cancelled"))
_STAY = {
    "activity": "VET_SHORT_TERM", "country": "ES", "town": "Cádiz", "start": dt.date(2027, 3, 1),
    "end": dt.date(2027, 3, 14), "distance_km": 820, "means": "plane", "travel_days": 2,
}  # fmt: skip


def found(db: Database) -> str:
    """The project's id."""
    with db.write(Label("a project"), undoable=False) as s:
        project = dossiers.add_project(
            s, REFERENCE, start=dt.date(2026, 6, 1), end=dt.date(2027, 8, 31), rates=reference.example_rows(2026)
        )
        school = organisations.add(s, "sender", name="Lycée Jean-Moulin", oid="E10000001", country="FR", town="Béziers")
        host = organisations.add(s, "host", name="Taller Ibérico", oid="E20000002", country="ES", town="Cádiz")
        small = organisations.add(s, "host", name="Kafe «Ω»", town="Athína", postcode="10434", country="GR")
        for number, (last, first, person, stay) in enumerate(PEOPLE):
            add(
                s,
                project,
                last,
                first,
                {"sending_id": school, "host_id": small if number == 1 else host, **stay},
                person,
            )
        for last, first, decision in OUT:
            add(s, project, last, first, {"decision": decision, "decision_reason": "x"}, {})
    return project


def add(s: Any, project: str, last: str, first: str, stay: dict[str, Any], person: dict[str, Any]) -> str:
    facts = {"status": "pupil", "birth_date": dt.date(2008, 5, 4), "email": f"p{len(last)}{len(first)}@example.org"}
    id_ = participants.add(s, last_name=last, first_name=first, **{**facts, **person})
    return mobilities.add(s, project, id_, **{**_STAY, **stay})


def rows(db: Database) -> dict[str, Any]:
    """The mobilities by last name."""
    with db.read() as s:
        return {row.last_name: row for row in queries.mobilities(s, today=TODAY)}
