"""Every shape of file: filled, read back equal, everything else in it as it was."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from mobility_app.errors import UserError
from mobility_app.exchange import reading
from mobility_app.exchange.beneficiary import copying
from mobility_app.exchange.beneficiary.sheet_xml import Written
from mobility_app.jobs import beneficiary_module as job
from mobility_app.jobs.beneficiary_summary import summary
from mobility_app.store.database import Database, open_database
from tests.jobs import module_dossier, module_files
from tests.jobs.module_dossier import HOSTILE, OUT, PEOPLE, TODAY
from tests.jobs.module_files import SHAPES
from tests.store.world import content_hash

MAPPED = {"shuffled": {"Nick": "email"}}


@pytest.fixture
def db(_empty_file: Path, tmp_path: Path) -> Iterator[Database]:
    with open_database(shutil.copy(_empty_file, tmp_path / "dossier.mobility")) as db:
        module_dossier.found(db)
        yield db


def filled(db: Database, template: Path, **options) -> tuple[job.Prepared, Path]:
    out = template.with_name(f"filled{'-again' * (template.stem == 'filled')}{template.suffix}")
    return job.fill(db, template, None, out, today=TODAY, **options), out


@pytest.mark.parametrize("shape", SHAPES)
def test_a_filled_copy_says_what_the_dossier_says(db: Database, tmp_path: Path, shape: str) -> None:
    template = module_files.made(shape, tmp_path)
    before = template.read_bytes()
    prepared, out = filled(db, template, choices=MAPPED.get(shape))
    assert template.read_bytes() == before
    assert len(prepared.plan.rows) == len(PEOPLE)
    compared = job.compare(db, out, None, today=TODAY).comparison
    lost = {problem.key for problem in prepared.problems if problem.code in ("encoding", "no_code")}
    told = {"bm_state"} if shape == "full export" else set()  # what the module alone knows
    assert {d.key for d in compared.different if d.key not in lost} == told
    assert compared.only_here == ()
    assert [row.name for row in compared.only_there] == (["212345-MOB-00900"] if shape == "quoted csv" else [])
    again, second = filled(db, out)
    assert [p for p in again.problems if p.code == "unshown"] == []
    assert second.read_bytes() == out.read_bytes()  # nothing is left to write


@pytest.mark.parametrize("shape", [name for name, (ending, _make) in SHAPES.items() if ending == ".xlsx"])
def test_only_the_filled_cells_of_the_package_change(db: Database, tmp_path: Path, shape: str) -> None:
    template = module_files.made(shape, tmp_path)
    prepared, out = filled(db, template, choices=MAPPED.get(shape))
    before, after = module_files.parts(template), module_files.parts(out)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == [prepared.file.part]
    old, new = before[prepared.file.part], after[prepared.file.part]
    outside = re.compile(rb"<dimension [^>]*>|<sheetData ?/>|<sheetData>.*</sheetData>", re.DOTALL)
    assert outside.sub(b"", old) == outside.sub(b"", new)
    _cells_kept(template, out, prepared)


def _cells_kept(template: Path, out: Path, prepared: job.Prepared) -> None:
    """As a second reader sees it: every other cell, and the look of the filled ones."""
    edits = prepared.plan.edits
    name = prepared.file.layout.sheet.name
    for old, new in zip(openpyxl.load_workbook(template), openpyxl.load_workbook(out), strict=True):
        for row in old.iter_rows():
            for cell in row:
                other = new.cell(cell.row, cell.column)
                assert other.style_id == cell.style_id or other.is_date
                if old.title != name or cell.column - 1 not in edits.get(cell.row, {}):
                    assert (other.value, other.data_type) == (cell.value, cell.data_type)
        assert {str(v.sqref): v.formula1 for v in old.data_validations.dataValidation} == {
            str(v.sqref): v.formula1 for v in new.data_validations.dataValidation
        }


def test_codes_dates_and_flags_are_those_of_the_file(db: Database, tmp_path: Path) -> None:
    _prepared, out = filled(db, module_files.made("lists", tmp_path))
    sheet = openpyxl.load_workbook(out)["Mobility activities"]
    titles = [cell.value for cell in sheet[1]]
    by_name = {row[titles.index("Last name")].value: dict(zip(titles, row, strict=True)) for row in sheet.iter_rows(3)}
    first, greek, british = (by_name[name] for name, *_rest in PEOPLE[:3])
    green, accompanying, course = by_name["GREEN"], by_name["ROUX"], by_name["PETIT"]
    assert (first["Activity type"].value, first["Gender"].value) == ("LM-SHORT-VET", 2)
    assert (greek["Receiving country"].value, british["Receiving country"].value) == ("EL", "UK")
    assert (first["Distance band"].value, green["Distance band"].value) == ("BAND_42", "BAND_42G")
    assert (first["Main means of transport"].value, green["Main means of transport"].value) == ("TM1", "TM2")
    assert green["Sustainable means of transport (green travel)"].value == "Yes"
    assert (accompanying["Participant"].value, accompanying["Accompanying Person"].value) == ("NO", "YES")
    assert (course["Course title"].value, course["Course fees - number of days"].value) == ("CLIL", 5)
    start = first["Start date"]
    assert start.is_date
    assert start.number_format == "dd/mm/yyyy"
    assert start.fill.fgColor.rgb == "FFEEF4FF"
    assert first["Travel support"].value is None
    assert first["Overall comments"].value is None
    assert sheet.row_dimensions[9].height == 21


def test_a_text_never_becomes_a_formula(db: Database, tmp_path: Path) -> None:
    _prepared, out = filled(db, module_files.made("one row", tmp_path))
    cell = next(c for c in openpyxl.load_workbook(out).active["G"] if str(c.value).startswith("=cmd"))
    assert cell.data_type in ("s", "inlineStr")
    assert HOSTILE in {row.cell(6) for row in reading.read(out).sheets[0].rows}
    _prepared, out = filled(db, module_files.made("legacy csv", tmp_path))
    assert "'=cmd" in out.read_text("utf-8")


def test_a_csv_keeps_its_manners(db: Database, tmp_path: Path) -> None:
    prepared, out = filled(db, module_files.made("french csv", tmp_path))
    text = out.read_bytes().decode("cp1252")
    assert text.startswith(";".join(module_files.FRENCH) + "\r\n")
    assert "\r\n2026-1-FR01-KA121-VET-000212345;212345-MOB-00007;LM-SHORT-VET;NO;MARTIN;Maëlys;" in text
    assert {p.our.row.last_name for p in prepared.problems if p.code == "encoding"} == {"ŁUKASZEWSKA", HOSTILE}
    _prepared, out = filled(db, module_files.made("quoted csv", tmp_path))
    lines = out.read_bytes().decode("utf-8-sig").split("\n")
    assert out.read_bytes().startswith((tmp_path / "template.csv").read_bytes())
    assert '"true","false"' in lines[2]
    assert '"2027-03-01"' in lines[2]


def test_existing_rows_are_updated_where_they_are(db: Database, tmp_path: Path) -> None:
    people = [
        ("X-1", "PETIT", "Luc", "01/03/2027", "14/03/2027", None, "ES", 820, "DRAFT", None),
        ("212345-MOB-00007", "MARTIN", "Maelys", "01/03/2027", "12/03/2027", None, "PT", None, "COMPLETE", None),
        ("gone", "LEFT", "Léo", "01/03/2027", "14/03/2027", None, "ES", 820, "COMPLETE", None),
    ]
    template = module_files.full_export(tmp_path / "export.xlsx", people)
    prepared, out = filled(db, template)
    sheet = openpyxl.load_workbook(out).active
    assert [[cell.value for cell in row[:5]] for row in sheet["A2:E4"]] == [
        ["X-1", "PETIT", "Luc", "01/03/2027", "14/03/2027"],
        ["212345-MOB-00007", "MARTIN", "Maëlys", "01/03/2027", "14/03/2027"],
        ["gone", "LEFT", "Léo", "01/03/2027", "14/03/2027"],
    ]
    assert (sheet["G3"].value, sheet["H3"].value, sheet["F3"].value) == ("ES", 820, "=E3-D3+1")
    assert sheet["H7"].value == "total below"  # its row is left out, the mobilities go around it
    assert sorted(prepared.plan.rows.values()) == [2, 3, 5, 6, 8, 9, 10]
    codes = {problem.code for problem in prepared.problems if problem.row in (2, 3, 4)}
    assert {"person", "left"} <= codes
    assert module_dossier.rows(db)["PETIT"].bm_id == "X-1"


def test_ids_are_proposed_stored_and_undone(db: Database, tmp_path: Path) -> None:
    before = content_hash(db)
    prepared, _out = filled(db, module_files.made("one row", tmp_path))
    ids = {name: row.bm_id for name, row in module_dossier.rows(db).items()}
    assert ids["MARTIN"] == "212345-MOB-00007"
    assert ids["ŁUKASZEWSKA"] == "212345-MOB-00008"
    assert len({ids[name] for name, *_rest in PEOPLE}) == len(PEOPLE)
    assert {ids[name] for name, *_rest in OUT} == {None}
    assert len(prepared.plan.ids) == len(PEOPLE) - 1
    db.undo()
    assert module_dossier.rows(db)["ŁUKASZEWSKA"].bm_id is None
    db.redo()
    assert module_dossier.rows(db)["ŁUKASZEWSKA"].bm_id == "212345-MOB-00008"
    assert before != content_hash(db)


def test_what_she_said_of_a_header_is_remembered(db: Database, tmp_path: Path) -> None:
    template = module_files.made("shuffled", tmp_path)
    prepared, _out = filled(db, template, choices={"Nick": "email", "Zone": ""})
    assert summary(prepared)["mapped"]["Nick"] == "email"
    again = job.prepare(db, template, None, today=TODAY)
    assert summary(again)["mapped"]["Nick"] == "email"
    other = job.prepare(db, module_files.made("french", tmp_path), None, today=TODAY)
    assert "Nick" in other.vanished
    assert "Pays d'accueil" in other.appeared
    (kept,) = job.exchanged(db, None)
    assert (kept["name"], kept["direction"], kept["rows"], kept["date"]) == ("filled.xlsx", "out", 7, "2027-02-01")


def test_a_column_that_nothing_fills_is_named(db: Database, tmp_path: Path) -> None:
    prepared = job.prepare(db, module_files.made("one row", tmp_path), None, today=TODAY)
    found = summary(prepared)
    assert found["unmapped"] == ["Field of education", "Force Majeure explanations", "Overall comments"]
    assert any("Field of education" in problem["reason"] for problem in found["problems"])
    assert found["rows"] == len(PEOPLE)


@pytest.mark.parametrize("choices", [{"Nowhere": "email"}, {"Nick": "colour"}, {"Nick": "comments"}])
def test_a_choice_that_means_nothing_is_refused(db: Database, tmp_path: Path, choices) -> None:
    with pytest.raises(UserError):
        job.prepare(db, module_files.made("shuffled", tmp_path), None, today=TODAY, choices=choices)


def test_her_own_file_is_never_replaced(db: Database, tmp_path: Path) -> None:
    template = module_files.made("one row", tmp_path)
    before, held = template.read_bytes(), content_hash(db)
    for out in (template, tmp_path / "sub" / ".." / template.name, tmp_path / "copy.csv", tmp_path / "no" / "c.xlsx"):
        with pytest.raises(UserError):
            job.fill(db, template, None, out, today=TODAY)
    assert (template.read_bytes(), content_hash(db)) == (before, held)


def test_a_copy_that_reads_back_otherwise_is_not_handed_over(db: Database, tmp_path: Path) -> None:
    """A cell that no reader gives back: the check must see it, and nothing may be left."""
    prepared = job.prepare(db, module_files.made("one row", tmp_path), None, today=TODAY)
    held = content_hash(db)
    prepared.plan.edits[2][6] = Written("   ")
    with pytest.raises(UserError):
        job.save(db, prepared, tmp_path / "copy.xlsx", today=TODAY)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".xlsx", ".tmp")) == ["template.xlsx"]
    assert content_hash(db) == held


def test_expected_cells_see_every_difference(db: Database, tmp_path: Path) -> None:
    prepared = job.prepare(db, module_files.made("one row", tmp_path), None, today=TODAY)
    out = tmp_path / "copy.xlsx"
    copying.write(prepared.plan, out)
    assert copying.reads_back(prepared.plan, reading.read(out))
    prepared.plan.edits[2].popitem()
    assert not copying.reads_back(prepared.plan, reading.read(out))


AWKWARD = (
    *("null", "undefined", "true", "1E02", "0x0", "NaN", "1,000.00", "-1", "+33 6 00", "@SUM(1)", "=1+1", "'=1"),
    *(
        "'",
        '"',
        "a;b",
        "a,b",
        "a\tb",
        "<b>x</b>",
        "&amp;",
        "]]>",
        "<!--",
        "${7*7}",
        "../../etc",
        "CON",
        "%s%n",
        "_x000D_",
    ),
    *("Ω≈ç√", "👩‍👩‍👧", "مرحبا", "Z\u0336a\u0336", "\u200bx\u200b", "\u202eabc", "ﬁ", "ß" * 100, "x" * 120, "é\u0301"),
)


@pytest.mark.parametrize("shape", ["one row", "legacy csv"])
def test_any_string_in_any_text_comes_back(db: Database, tmp_path: Path, shape: str) -> None:
    from mobility_app.store.journal import Label

    project = module_dossier.rows(db)["MARTIN"].project_id
    with db.write(Label("x")) as s:
        for number, text in enumerate(AWKWARD):
            module_dossier.add(s, project, text, f"N{number}", {"town": text}, {"email": f"e{number}@example.org"})
    template = module_files.made(shape, tmp_path)
    _prepared, out = filled(db, template)
    compared = job.compare(db, out, None, today=TODAY).comparison
    assert len(compared.pairs.pairs) == len(PEOPLE) + len(AWKWARD)
    assert {(d.our.row.last_name, d.key) for d in compared.different} == set()


def test_sub_rows_are_left_alone(db: Database, tmp_path: Path) -> None:
    """A kind of row that repeats a mobility (an itinerary) is neither matched nor touched."""
    book = openpyxl.Workbook()
    for row in (
        ["Data type", "Mobility activity ID", "Last name", "First name", "Receiving country", "Start date"],
        ["MOBILITY", "212345-MOB-00007", "MARTIN", "Maëlys", "PT", "01/03/2027"],
        ["ITINERARY", "212345-MOB-00007", None, None, "IT", "02/03/2027"],
    ):
        book.active.append(row)
    template = tmp_path / "t.xlsx"
    book.save(template)
    prepared, out = filled(db, template)
    assert prepared.plan.pairs.doubled == ()
    sheet = openpyxl.load_workbook(out).active
    assert [sheet.cell(row, 5).value for row in (2, 3)] == ["ES", "IT"]
    assert min(prepared.plan.rows.values()) == 2
    assert 3 not in prepared.plan.rows.values()
