"""A small consortium for the store's tests, and what a dossier holds, as one comparable value."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.core.facts import RateRow
from mobility_app.store import derived, queries
from mobility_app.store.columns import new_id
from mobility_app.store.database import Database, open_database
from mobility_app.store.journal import Label, bulk_insert
from mobility_app.store.schema import METADATA, Mobility, Organisation, Participant, Project, Rate

TODAY = dt.date(2026, 5, 1)
LABEL = Label("a change")
_SEEN_APART = {"version", "updated"}  # who wrote a row last and when: an undo is a write too
_NOT_CONTENT = {"change_set", "change", "audit", "counter", "alembic_version"}
_SOURCE = "Invented for a test"


def rates() -> list[RateRow]:
    """Enough to compute a grant: a daily rate for Spain and Ireland, two bands of distance, limits of days."""
    daily = {("learner", "1"): (6000, 4200), ("learner", "2"): (5000, 3500), ("staff", "1"): (12000, 8400)}
    rows = [
        RateRow("individual_support", who, group, variant, cents, "confirmed", _SOURCE)
        for (who, group), pair in daily.items()
        for variant, cents in zip(("d1_14", "d15"), pair, strict=True)
    ]
    rows += [RateRow("country_group", code, group, "", None, "confirmed", _SOURCE) for code, group in _GROUPS.items()]
    bands = {("100-499", "standard"): 21100, ("500-1999", "standard"): 30900, ("500-1999", "green"): 41700}
    rows += [RateRow("travel", "", band, how, cents, "confirmed", _SOURCE) for (band, how), cents in bands.items()]
    return [*rows, RateRow("duration", "VET_SHORT_TERM", "10-89", "", None, "confirmed", _SOURCE)]


_GROUPS = {"ES": "2", "IE": "1"}


def project(reference: str = "2026-1-FR01-KA121-VET-000000001") -> Project:
    return Project(
        id=new_id(),
        number=1,
        reference=reference,
        title="Essai",
        call_year=2026,
        action="KA121-VET",
        agency="FR01",
        state="agreement",
        statement="cofunded",
        start=dt.date(2026, 1, 1),
        end=dt.date(2027, 8, 31),
    )


def person(number: int, last_name: str = "MARTIN", first_name: str = "Maëlys", **values: Any) -> Participant:
    return Participant(id=new_id(), number=number, last_name=last_name, first_name=first_name, **values)


def stay(number: int, project_id: str, participant_id: str, **values: Any) -> Mobility:
    facts: dict[str, Any] = {
        "activity": "VET_SHORT_TERM",
        "country": "ES",
        "start": dt.date(2026, 5, 4),
        "end": dt.date(2026, 5, 22),
        "travel_days": 2,
        "distance_km": 830,
    }
    return Mobility(
        id=new_id(),
        number=number,
        project_id=project_id,
        participant_id=participant_id,
        role="participant",
        decision="selected",
        own={},
        **{**facts, **values},
    )


def found(db: Database, people: int = 3) -> str:
    """A project with rates, a school, a host and some stays, in one step that undo does not see; the project's id."""
    with db.write(LABEL, undoable=False) as s:
        return found_in(s, people)


def found_in(s: Session, people: int) -> str:
    mine = project()
    school = Organisation(id=new_id(), number=1, name="Lycée Jean Moulin", is_sender=True, country="FR")
    host = Organisation(id=new_id(), number=2, name="Taller Ibérico", is_host=True, country="ES", town="Cádiz")
    s.add_all([mine, school, host])
    s.flush()
    s.add_all(Rate(project_id=mine.id, **_rate_columns(row)) for row in rates())
    for number in range(1, people + 1):
        pupil = person(
            number, status="pupil", birth_date=dt.date(2008, 2, 1) + dt.timedelta(number), organisation_id=school.id
        )
        s.add(pupil)
        s.add(stay(number, mine.id, pupil.id, sending_id=school.id, host_id=host.id, bm_id=f"BM{number}"))
    return mine.id


def _rate_columns(row: RateRow) -> dict[str, Any]:
    names = ("line", "subject", "key", "variant", "cents", "state", "source")
    return {name: getattr(row, name) for name in names}


def import_sheet(s: Session, project_id: str, count: int, first: int = 1000, id_: Callable[[], str] = new_id) -> None:
    """What an import of that many rows writes: people and stays, in bulk."""
    people = [
        {"id": id_(), "number": first + n, "last_name": f"NOM{n}", "first_name": "Zoé", "status": "pupil"}
        for n in range(count)
    ]
    bulk_insert(s, Participant, people)
    common = {"project_id": project_id, "role": "participant", "decision": "selected", "country": "ES"}
    common |= {"activity": "VET_SHORT_TERM", "start": dt.date(2026, 5, 4), "end": dt.date(2026, 5, 22)}
    common |= {"travel_days": 2, "distance_km": 830}
    stays = [
        {**common, "id": id_(), "number": first + n, "participant_id": row["id"], "town": f"Ville {n % 40}"}
        for n, row in enumerate(people)
    ]
    bulk_insert(s, Mobility, stays)


# ---- what a dossier holds --------------------------------------------------------------------------------------------


def content(db: Database) -> dict[str, dict[str, Any]]:
    """Every row of every table by "table id", with what is derived, without who wrote it last."""
    held: dict[str, dict[str, Any]] = {}
    with db.read() as s:
        for name, query in _ROWS.items():
            for row in s.execute(query).mappings():
                held[f"{name} {row['id']}"] = dict(row)
    for key, row in held.items():
        binned = row.get("deleted") or (held.get(f"participant {row.get('participant_id')}") or {}).get("deleted")
        if key.startswith("mobility ") and binned:  # computed again when it comes back
            held[key] = {name: value for name, value in row.items() if name not in derived.COLUMNS}
    return held


_ROWS = {
    name: select(*(column for column in table.columns if column.name not in _SEEN_APART))
    for name, table in METADATA.tables.items()
    if name not in _NOT_CONTENT and "id" in table.c
}


def digest(held: dict[str, dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(held, sort_keys=True, default=str).encode()).hexdigest()


def content_hash(db: Database) -> str:
    return digest(content(db))


def derived_is_fresh(db: Database) -> None:
    """What is stored as derived is what the facts give now, for every mobility."""
    with db.read() as s:
        rows = queries.mobilities(s, today=TODAY)
        stored = derived.stored(s, [row.id for row in rows])
        stale = {row.number: (stored[row.id], now) for row, now in derived.computed(s, rows) if stored[row.id] != now}
    assert stale == {}


def mobility_ids(db: Database) -> list[str]:
    with db.read() as s:
        return list(s.scalars(select(Mobility.id).where(Mobility.deleted.is_(None)).order_by(Mobility.number)))


@contextmanager
def opened(target: Path | str, **options: Any) -> Iterator[Database]:
    db = open_database(target, **options)
    try:
        yield db
    finally:
        db.close()
