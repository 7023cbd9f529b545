"""Her export against the dossier: exactly what differs, taken as one step on either engine; feedback, bad files."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from mobility_app.errors import UserError
from mobility_app.i18n import render
from mobility_app.jobs import beneficiary_module as job
from mobility_app.jobs.beneficiary_summary import comparison_summary
from mobility_app.store.database import Database, open_database
from tests.exchange import table_files
from tests.jobs import module_dossier, module_files
from tests.jobs.module_dossier import PEOPLE, REFERENCE, TODAY
from tests.store.world import content_hash, derived_is_fresh


@pytest.fixture
def db(dossier) -> Iterator[Database]:
    """On both engines."""
    with open_database(dossier) as db:
        module_dossier.found(db)
        yield db


@pytest.fixture
def one(_empty_file: Path, tmp_path: Path) -> Iterator[Database]:
    """On a file alone, where the engine does not matter."""
    with open_database(shutil.copy(_empty_file, tmp_path / "dossier.mobility")) as db:
        module_dossier.found(db)
        yield db


def exported(db: Database, folder: Path, changes: dict[tuple[str, str], Any], shape: str = "lists") -> Path:
    """A filled copy as the module would give it back, some cells changed: (last name, header) → value."""
    template = module_files.made(shape, folder)
    out = folder / f"filled{template.suffix}"
    job.fill(db, template, None, out, today=TODAY)
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    for (last_name, header), value in changes.items():
        row = next(r for r in sheet.iter_rows(2) if r[titles.index("Last name")].value == last_name)
        row[titles.index(header)].value = value
    path = folder / "export.xlsx"
    book.save(path)
    return path


SEVEN = {
    ("MARTIN", "Receiving country"): "FR",
    ("MARTIN", "End date"): dt.datetime(2027, 3, 12),  # noqa: DTZ001  (a spreadsheet knows no time zone)
    ("MARTIN", "Individual support"): 712.5,
    ("GREEN", "Real distance in kilometres"): 1313,
    ("GREEN", "Sustainable means of transport (green travel)"): "No",
    ("PETIT", "Activity type"): "SM-JOB-SHDW",
    ("ROUX", "Status"): "DRAFT",
}


def test_seven_changed_cells_are_exactly_what_differs(db: Database, tmp_path: Path) -> None:
    path = exported(db, tmp_path, SEVEN)
    found = comparison_summary(job.compare(db, path, None, today=TODAY))
    ids = {name: row.bm_id for name, row in module_dossier.rows(db).items()}
    assert {(d["mobility"], d["header"]) for d in found["different"]} == {(ids[n], h) for n, h in SEVEN}
    assert len(found["different"]) == 7
    assert (found["same"], found["only_here"], found["only_there"]) == (len(PEOPLE) - 4, [], [])
    values = {(d["field"]): (d["ours"], d["theirs"]) for d in found["different"]}
    assert values["country"] == ("ES", "FR")
    assert values["end"] == ("2027-03-14", "2027-03-12")
    assert values["individual_support"][1] == "712.50"
    assert values["activity"] == ("COURSES_TRAINING", "JOB_SHADOWING")
    assert values["green"] == (True, False)
    assert values["bm_state"] == (None, "draft")


def test_adopting_is_one_step(db: Database, tmp_path: Path) -> None:
    path = exported(db, tmp_path, SEVEN)
    before = content_hash(db)
    compared = job.compare(db, path, None, today=TODAY)
    assert job.adopt(db, compared, job.chosen(compared, ["country", "end"]), today=TODAY) == 2
    rows = module_dossier.rows(db)
    assert (rows["MARTIN"].country, rows["MARTIN"].end) == ("FR", dt.date(2027, 3, 12))
    assert rows["GREEN"].distance_km == 820
    rest = job.compare(db, path, None, today=TODAY)
    assert job.adopt(db, rest, job.chosen(rest, everything=True), today=TODAY) == 4
    rows = module_dossier.rows(db)
    assert (rows["PETIT"].activity, rows["ROUX"].bm_state) == ("JOB_SHADOWING", "draft")
    assert (rows["GREEN"].distance_km, rows["GREEN"].green) == (1313, False)
    derived_is_fresh(db)
    last = job.compare(db, path, None, today=TODAY).comparison
    assert {d.key for d in last.different} <= {"individual_support", "course_days", "course_title"}
    db.undo()
    db.undo()
    assert module_dossier.rows(db)["MARTIN"].country == "ES"
    assert [kept["direction"] for kept in job.exchanged(db, None)] == ["in", "out"]
    assert before != content_hash(db)  # what was exchanged is noted, and no step


def test_what_cannot_be_understood_differs_and_is_not_taken(one: Database, tmp_path: Path) -> None:
    path = exported(one, tmp_path, {("MARTIN", "Start date"): "soon", ("GREEN", "Receiving country"): "Atlantis"})
    compared = job.compare(one, path, None, today=TODAY)
    found = comparison_summary(compared)["different"]
    assert [(d["field"], d["theirs"]) for d in found] == [("start", "soon"), ("country", "Atlantis")]
    assert job.chosen(compared, everything=True) == ()


def test_an_empty_cell_takes_nothing_away(one: Database, tmp_path: Path) -> None:
    compared = job.compare(one, exported(one, tmp_path, {("MARTIN", "Email"): None}), None, today=TODAY)
    assert [d.key for d in compared.comparison.different] == ["email"]
    assert job.chosen(compared, everything=True) == ()


def test_one_side_only_withdrawn_and_fallen_back(one: Database, tmp_path: Path) -> None:
    from mobility_app.actions import mobilities
    from mobility_app.store.journal import Label

    path = exported(one, tmp_path, {("GREEN", "Status"): "DRAFT", ("PETIT", "Status"): "COMPLETE"})
    rows = module_dossier.rows(one)
    with one.write(Label("x")) as s:
        mobilities.change(s, rows["GREEN"].id, bm_state="complete")
        mobilities.decide(s, [rows["MARTIN"].id], "withdrawn", "moved")
        mobilities.remove(s, [rows["ROUX"].id])
        module_dossier.add(s, rows["MARTIN"].project_id, "NEW", "Nina", {}, {})
    found = job.compare(one, path, None, today=TODAY).comparison
    assert [pair.our.row.last_name for pair in found.fell_back] == ["GREEN"]
    assert [pair.our.row.last_name for pair in found.left] == ["MARTIN"]
    assert [stay.row.last_name for stay in found.only_here] == ["NEW"]
    assert [row.values["last_name"] for row in found.only_there] == ["ROUX"]


def test_reports_come_undelivered_first(one: Database, tmp_path: Path) -> None:
    people = [
        (
            "1",
            "MARTIN",
            "Maëlys",
            dt.date(2027, 3, 1),
            None,
            None,
            "ES",
            820,
            "COMPLETE",
            "Participant Report Submitted",
        ),
        ("2", "GREEN", "Anna", dt.date(2027, 3, 1), None, None, "ES", 820, "COMPLETE", "Undelivered email"),
        ("3", "PETIT", "Luc", dt.date(2027, 3, 1), None, None, "ES", 820, "COMPLETE", "Manual reminder sent"),
    ]
    found = job.compare(one, module_files.full_export(tmp_path / "e.xlsx", people), None, today=TODAY).comparison
    assert [pair.our.row.last_name for pair, _status in found.reports] == ["GREEN", "PETIT", "MARTIN"]
    assert {pair.our.row.last_name for pair in found.unsure} == {"MARTIN", "GREEN", "PETIT"}


def test_the_unique_id_is_taken_and_never_made(one: Database, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Mobility activity ID", "Unique Erasmus+ Mobility ID", "Last name", "First name", "Start date"])
    template = tmp_path / "t.xlsx"
    book.save(template)
    out = tmp_path / "o.xlsx"
    job.fill(one, template, None, out, today=TODAY)
    book = openpyxl.load_workbook(out)
    assert {cell.value for cell in book.active["B"][1:]} == {None}
    book.active["A2"], book.active["B2"] = "renamed there", "2026-SHORT-0001-KA121-VET-000212345"
    book.save(out)
    compared = job.compare(one, out, None, today=TODAY)
    job.adopt(one, compared, job.chosen(compared, everything=True), today=TODAY)
    row = module_dossier.rows(one)["MARTIN"]
    assert (row.bm_id, row.bm_unique_id) == ("renamed there", "2026-SHORT-0001-KA121-VET-000212345")
    book.active["A2"], book.active["C2"] = "renamed again", "OTHERNAME"
    book.save(out)
    (pair,) = [p for p in job.compare(one, out, None, today=TODAY).comparison.pairs.pairs if p.how == "bm_unique_id"]
    assert pair.our.row.last_name == "MARTIN"


def test_an_amount_is_explained_line_by_line(one: Database, tmp_path: Path) -> None:
    compared = job.compare(one, exported(one, tmp_path, {("MARTIN", "Travel support"): 1}), None, today=TODAY)
    (difference,) = compared.comparison.different
    said = [render(sentence) for sentence in job.explanation(one, difference, today=TODAY)]
    assert "1\u00a0€" in said[0]
    assert len(said) == 2


def test_marked_cells_lead_to_their_mobility(one: Database, tmp_path: Path) -> None:
    path = exported(one, tmp_path, {})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    column = titles.index("Distance band") + 1
    sheet.cell(4, column).fill = PatternFill("solid", fgColor="FFFF0000")
    sheet.cell(5, titles.index("Email") + 1).comment = Comment("Email is not valid", "BM")
    sheet.cell(1, len(titles) + 1, "Error messages")
    sheet.cell(6, len(titles) + 1, "Dates outside the project")
    book.save(path)
    found = job.feedback(one, path, None, today=TODAY)
    assert [(mark.row, mark.header, mark.key, mark.message) for mark, _whose in found] == [
        (4, "Distance band", "distance_band", ""),
        (5, "Email", "email", "Email is not valid"),
        (6, "Error messages", None, "Dates outside the project"),
    ]
    names = [whose.our.row.last_name for _mark, whose in found]
    assert names == [PEOPLE[1][0], PEOPLE[2][0], PEOPLE[3][0]]


# ---- what must be refused, or lived with ----------------------------------------------------------------------------


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return path


def _doctype(path: Path) -> Path:
    module_files.full_export(path)
    parts = module_files.parts(path)
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
    return table_files.repacked(path.with_name("doctype.xlsx"), path, {"xl/worksheets/sheet1.xml": sheet})


BAD = {
    "missing": lambda path: path,
    "empty": lambda path: _written(path, b""),
    "noise": lambda path: _written(path, os.urandom(4000)),
    "cut": lambda path: _written(path, module_files.one_row(path).read_bytes()[:3000]),
    "pdf": lambda path: _written(path, b"%PDF-1.7\n"),
    "locked": lambda path: table_files.compound(path, "EncryptedPackage"),
    "bomb": _bomb,
    "doctype": _doctype,
    "no table": lambda path: table_files.workbook(path, [["a", "b"], [1, 2]]),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_is_one_sentence_and_changes_nothing(one: Database, tmp_path: Path, bad: str) -> None:
    path, held = BAD[bad](tmp_path / "bad.xlsx"), content_hash(one)
    before = path.read_bytes() if path.exists() else b""
    for act in (
        lambda: job.fill(one, path, None, tmp_path / "o.xlsx", today=TODAY),
        lambda: job.compare(one, path, None, today=TODAY),
    ):
        with pytest.raises(UserError) as trouble:
            act()
        assert trouble.value.message
        assert content_hash(one) == held
    assert not (tmp_path / "o.xlsx").exists()
    assert (path.read_bytes() if path.exists() else b"") == before


def test_doubled_ids_are_a_problem(one: Database, tmp_path: Path) -> None:
    people = [("A", "ZED", "Z", "01/03/2027", None, None, "ES", 1, None, None)] * 2
    prepared = job.prepare(one, module_files.full_export(tmp_path / "e.xlsx", people), None, today=TODAY)
    (problem,) = [p for p in prepared.problems if p.code == "doubled"]
    assert problem.cell == "A3"


# ---- checks before the upload ----------------------------------------------------------------------------------------


def test_every_known_rule_is_looked_at(one: Database, tmp_path: Path) -> None:
    from mobility_app.actions import mobilities, organisations, participants
    from mobility_app.store.journal import Label

    rows = module_dossier.rows(one)
    with one.write(Label("x")) as s:
        mobilities.change(s, rows["MARTIN"].id, end=dt.date(2028, 3, 1), travel_days=9, email=rows["GREEN"].email)
        mobilities.change(s, rows["GREEN"].id, end=dt.date(2027, 3, 2), interruption_days=5, activity=None)
        mobilities.change(s, rows["PETIT"].id, course_title=None, course_days=30, host=None)
        mobilities.change(s, rows["ROUX"].id, host_id=rows["ROUX"].sending_id)
        mobilities.change(s, rows["D’ALMEIDA"].id, activity="VET_GROUP_MOBILITY", country="MT")
        other = organisations.add(s, "host", name="Zwei", oid="E20000002")
        wrong = organisations.add(s, "host", name="Drei", oid="12")
        for number, host in enumerate((other, wrong)):
            person = participants.add(s, last_name=f"P{number}", first_name="X", status="pupil")
            stay = {"host_id": host, "activity": "VET_SHORT_TERM", "country": "ES", "town": "Cádiz"}
            mobilities.add(s, rows["MARTIN"].project_id, person, start=dt.date(2027, 3, 1), **stay)
    prepared = job.prepare(one, module_files.made("lists", tmp_path), None, today=TODAY)
    codes = {problem.code for problem in prepared.problems}
    assert codes >= {
        *("outside_project", "travel_days_above_limit", "email_shared", "interruption_too_long", "activity_missing"),
        *("course_title_missing", "course_days_long", "course_days_many", "sender_is_host", "host_missing"),
        *("oid_shared", "oid_wrong", "end_missing", "no_code", "empty", "unfilled", "email_missing"),
    }  # fmt: skip
    for problem in prepared.problems:
        assert render(problem.text)
        assert render(problem.remedy)
        assert problem.our is None or problem.row
    outside = next(problem for problem in prepared.problems if problem.code == "outside_project")
    assert (outside.cell, outside.our.row.last_name) == ("W3", "MARTIN")
    assert prepared.project.reference == REFERENCE


def test_an_id_of_another_stay_is_refused(one: Database) -> None:
    from mobility_app.actions import reconciling
    from mobility_app.store.journal import Label

    rows, held = module_dossier.rows(one), content_hash(one)
    with pytest.raises(UserError), one.write(Label("x")) as s:
        reconciling.give_ids(s, {rows["GREEN"].id: "212345-MOB-00007"})
    assert content_hash(one) == held
