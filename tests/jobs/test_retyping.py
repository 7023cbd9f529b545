"""What is typed in the module by hand, on a real file: ticked, changed, gone, and undone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mobility_app.actions import organisations, retyped, visits
from mobility_app.core.beneficiary.retyping import changes, gone, state
from mobility_app.jobs import beneficiary_module as module
from mobility_app.jobs import retyping as job
from mobility_app.store import queries
from mobility_app.store.database import Database, create_database
from mobility_app.store.journal import Label
from tests.jobs import module_dossier, module_files
from tests.jobs.module_dossier import TODAY, rows

DAY = dt.date(2027, 3, 12)


@pytest.fixture
def db(tmp_path: Path):
    with create_database(tmp_path / "dossier.mobility") as db:
        module_dossier.found(db)
        yield db


def read(db: Database) -> job.Retyped:
    with db.read() as s:
        return job.read(s, queries.projects(s)[0], today=TODAY)


def visit(db: Database, **facts) -> str:
    with db.read() as s:
        project = queries.projects(s)[0].id
    with db.write(Label("visit")) as s:
        return visits.add(s, project, persons=3, start=DAY, host="Taller Ibérico", **{"activity": None, **facts})


def record(found: job.Retyped, key: str):
    return next(record for record in found.records if record.key == key)


def test_a_ticked_visit_says_what_changed_and_undo_takes_the_tick_back(db: Database) -> None:
    id_ = visit(db)
    key, found = f"visit/{id_}", read(db)
    with db.write(Label("ticked")) as s:
        retyped.tick(s, queries.projects(s)[0].id, [record(found, key)], DAY)
    with db.write(Label("changed")) as s:
        visits.change(s, id_, persons=4)
    found = read(db)
    mine, tick = record(found, key), found.ticks[key]
    assert (tick.on, state(mine, tick)) == (DAY, "changed")
    persons = next(entry for entry in mine.entries if entry.key == "persons")
    assert job.change_said(persons, changes(mine, tick)["persons"]) == "modifié depuis la saisie\u00a0: 3 → 4"
    db.undo()
    assert state(record(read(db), key), read(db).ticks[key]) == "entered"
    db.undo()
    assert read(db).ticks == {}


def test_a_ticked_visit_that_is_gone_is_told(db: Database) -> None:
    id_ = visit(db)
    with db.write(Label("ticked")) as s:
        project = queries.projects(s)[0].id
        retyped.tick(s, project, [record(read(db), f"visit/{id_}")], DAY)
    with db.write(Label("gone")) as s:
        visits.remove(s, id_)
    found = read(db)
    (tick,) = gone(found.records, found.ticks).values()
    assert tick.name.startswith("Taller Ibérico")
    with db.write(Label("off")) as s:
        retyped.untick(s, project, [f"visit/{id_}"])
    assert read(db).ticks == {}


def test_the_id_shown_is_the_one_that_filling_writes(db: Database, tmp_path: Path) -> None:
    host = rows(db)["ŁUKASZEWSKA"].host_id
    shown = {entry.key: entry.value for entry in record(read(db), f"organisation/{host}").entries}["local_id"]
    path = tmp_path / "t.csv"
    path.write_text("Mobility activity ID;Last name;First name;Receiving organisation: Organisation ID\n", "utf-8")
    module.fill(db, path, None, tmp_path / "copy.csv", today=TODAY)
    assert f"ŁUKASZEWSKA;Zoé;{shown}" in (tmp_path / "copy.csv").read_text("utf-8")


def test_values_are_copied_as_a_form_takes_them(db: Database) -> None:
    with db.write(Label("money")) as s:
        from mobility_app.actions import projects

        projects.change(s, queries.projects(s)[0].id, guarantee_cents=148_250)
    found = read(db)
    cost = record(found, "guarantee").entries[0]
    assert (job.copied(cost), job.shown(cost.kind, cost.value).replace("\u202f", " ")) == ("1482.50", "1 482,50\u00a0€")
    id_ = visit(db, activity="VET_SHORT_TERM")
    assert job.row_copied(record(read(db), f"visit/{id_}")).split("\t")[1:4] == ["3", "12/03/2027", ""]


def test_an_unknown_file_changes_nothing_here(db: Database, tmp_path: Path) -> None:
    before = read(db)
    module.compare(db, module_files.made("full export", tmp_path), None, today=TODAY)
    assert read(db) == before
    with db.write(Label("name")) as s:
        organisations.change(s, rows(db)["MARTIN"].host_id, pic="123456789")
    assert read(db) != before
