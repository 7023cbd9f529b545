"""What is paid by its real cost, and organisations without OID, on their way to the Beneficiary Module and back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from mobility_app.actions import mobilities
from mobility_app.jobs import beneficiary_memory as memory
from mobility_app.jobs import beneficiary_module as job
from mobility_app.store import queries
from mobility_app.store.database import Database, create_database
from mobility_app.store.journal import Label
from tests.jobs import module_dossier
from tests.jobs.module_dossier import TODAY, rows

TITLES = (
    *("Mobility activity ID", "Last name", "First name", "Start date", "End date"),
    *("Sending organisation: Organisation ID", "Sending organisation OID", "Receiving organisation: Organisation ID"),
    *("Receiving organisation OID", "Receiving organisation legal name", "Inclusion support for participants"),
    *("Inclusion support for organisations", "Exceptional cost for expensive travel: request"),
    *("Exceptional cost for expensive travel: real cost", "Exceptional costs", "Participant report status"),
)


@pytest.fixture
def db(tmp_path: Path):
    with create_database(tmp_path / "dossier.mobility") as db:
        module_dossier.found(db)
        found = rows(db)
        with db.write(Label("costs")) as s:
            mobilities.change(s, found["GREEN"].id, inclusion_cents=31_050, visa_cents=10_001)
            mobilities.change(s, found["MARTIN"].id, expensive_travel=True, travel_cost_cents=90_099)
        yield db


def template(folder: Path, *people: dict[str, object]) -> Path:
    book = openpyxl.Workbook()
    book.active.append(TITLES)
    for person in people:
        book.active.append([person.get(title) for title in TITLES])
    path = folder / "template.xlsx"
    book.save(path)
    return path


def filled(db: Database, path: Path) -> dict[str, dict[str, object]]:
    out = path.with_name("filled.xlsx")
    job.fill(db, path, None, out, today=TODAY)
    found = [[cell.value for cell in row] for row in openpyxl.load_workbook(out).active.iter_rows(min_row=2)]
    return {str(row[1]): dict(zip(TITLES, row, strict=True)) for row in found}


def test_real_costs_are_filled_in_euros_and_what_the_module_reckons_is_not(db: Database, tmp_path: Path) -> None:
    found = filled(db, template(tmp_path))
    assert found["GREEN"]["Inclusion support for participants"] == 310.5
    assert found["GREEN"]["Exceptional costs"] == 100.01
    assert found["MARTIN"]["Exceptional cost for expensive travel: real cost"] == 900.99
    assert found["MARTIN"]["Exceptional cost for expensive travel: request"] == "YES"
    assert found["PETIT"]["Exceptional cost for expensive travel: request"] == "NO"
    assert found["PETIT"]["Inclusion support for participants"] is None
    assert not any(row["Inclusion support for organisations"] for row in found.values())


def test_amounts_in_a_text_keep_the_sign_of_the_others(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    path.write_text(
        "Mobility activity ID;Last name;First name;Start date;Inclusion support for participants\n"
        "X-1;AUTRE;Zoé;2027-01-04;12,50\n",
        "utf-8",
    )
    job.fill(db, path, None, tmp_path / "copy.csv", today=TODAY)
    assert ";GREEN;Anna;2027-03-01;310,50" in (tmp_path / "copy.csv").read_text("utf-8")


def test_organisations_without_oid_keep_one_id(db: Database, tmp_path: Path) -> None:
    """Their own in the file wins; it is remembered; the others get one of ours, the same the next time."""
    oid, local = "Receiving organisation OID", "Receiving organisation: Organisation ID"
    first = filled(db, template(tmp_path))
    assert first["ŁUKASZEWSKA"][local].startswith("ORG-0")
    assert first["MARTIN"][local] is None
    assert first["MARTIN"][oid] == "E20000002"
    bm_id = rows(db)["ŁUKASZEWSKA"].bm_id
    known = {"Mobility activity ID": bm_id, "Last name": "ŁUKASZEWSKA", local: "17"}
    export = template(tmp_path, {**known, "Receiving organisation legal name": "KAFE «ω»"})
    assert filled(db, export)["ŁUKASZEWSKA"][local] == "17"
    with db.read() as s:
        kept = memory.organisations(s, queries.projects(s)[0].id)
    assert list(kept.values()).count("17") == 1
    again = filled(db, template(tmp_path))
    assert again["ŁUKASZEWSKA"][local] == "17"


def test_a_row_about_another_organisation_teaches_nothing(db: Database, tmp_path: Path) -> None:
    local = "Receiving organisation: Organisation ID"
    filled(db, template(tmp_path))
    known = {"Mobility activity ID": rows(db)["ŁUKASZEWSKA"].bm_id, "Last name": "ŁUKASZEWSKA", local: "17"}
    export = template(tmp_path, {**known, "Receiving organisation legal name": "Another firm"})
    job.note_import(db, job.compare(db, export, None, today=TODAY), today=TODAY)
    with db.read() as s:
        assert "17" not in memory.organisations(s, queries.projects(s)[0].id).values()


def test_a_real_cost_of_the_module_can_be_taken_over(db: Database, tmp_path: Path) -> None:
    people = {"Last name": "GREEN", "First name": "Anna", "Start date": dt.date(2027, 3, 1)}
    export = template(tmp_path, {**people, "Inclusion support for participants": 99.9, "Exceptional costs": 50})
    compared = job.compare(db, export, None, today=TODAY)
    found = {d.key: (d.ours, d.theirs, d.adoptable) for d in compared.comparison.different}
    assert found["inclusion_participants"] == (31_050, 9_990, True)
    assert found["exceptional_costs"] == (10_001, 5_000, False)
    job.adopt(db, compared, job.chosen(compared, ["inclusion_participants"]), today=TODAY)
    assert rows(db)["GREEN"].inclusion_cents == 9_990
    db.undo()
    assert rows(db)["GREEN"].inclusion_cents == 31_050


def test_the_state_of_reports_is_remembered(db: Database, tmp_path: Path) -> None:
    people = {"Last name": "GREEN", "First name": "Anna", "Start date": dt.date(2027, 3, 1)}
    export = template(tmp_path, {**people, "Participant report status": "Undelivered email"})
    job.note_import(db, job.compare(db, export, None, today=TODAY), today=TODAY)
    with db.read() as s:
        states = memory.report_states(s, queries.projects(s)[0].id)
    assert states == {rows(db)["GREEN"].id: {"status": "Undelivered email", "on": str(TODAY)}}
