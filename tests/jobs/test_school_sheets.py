"""Sheets for schools: out, filled in as schools do, and back in one drop."""

import datetime as dt
import email
from email import policy
from pathlib import Path

import openpyxl
import pytest

from mobility_app.actions import organisations
from mobility_app.errors import UserError
from mobility_app.exchange.reading import read
from mobility_app.exchange.school_sheets import KEY_SHEET, key_of
from mobility_app.jobs import dossiers, school_sheets
from mobility_app.jobs import importing as job
from mobility_app.store import queries
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label

SHEET = Path(__file__).parent.parent / "data" / "suivi-mobilites-2026.xlsx"
TODAY = dt.date(2027, 3, 15)
FIRST, HEAD = 6, 5  # rows of a sheet that goes out


@pytest.fixture
def db(_empty_file, tmp_path):
    import shutil

    path = tmp_path / "dossier.mobility"
    shutil.copyfile(_empty_file, path)
    with open_database(path) as db:
        chosen = job.preview(db, job.understand(db, SHEET), None, today=TODAY)
        job.write(db, chosen)
        yield db


def project(db):
    with db.read() as s:
        return dossiers.chosen_project(s, None)


@pytest.fixture
def out(db, tmp_path) -> list[Path]:
    return sorted(school_sheets.write(db, project(db), tmp_path / "out", today=TODAY))


def by_title(sheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[HEAD]}


def edit(path: Path, change) -> None:
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0], by_title(book.worksheets[0]))
    book.save(path)


def test_every_school_has_its_people_its_key_and_a_draft(db, out) -> None:
    with db.read() as s:
        rows = queries.mobilities(s, today=TODAY)
    assert len(out) == len({row.sending_id for row in rows}) == 8
    found = 0
    for path in out:
        book = read(path)
        key = key_of(book)
        mine = {row.id for row in rows if row.sending_id == key.organisation_id}
        ids = {row.cells[-1] for row in book.sheets[0].rows if row.number >= FIRST}
        assert ids == mine
        found += len(mine)
    assert found == len(rows)


@pytest.mark.parametrize(
    ("spare", "said"), [(1, "1 place restante sur {}"), (-2, "2 personnes de plus que les {} places")]
)
def test_places_left_count_no_accompanying_adult(db, out, tmp_path, spare: int, said: str) -> None:
    with db.read() as s:
        rows = queries.mobilities(s, today=TODAY)
    school = next(row.sending_id for row in rows if row.accompanying)
    places = sum(row.sending_id == school and row.planned and not row.accompanying for row in rows) + spare
    with db.write(Label("places")) as s:
        organisations.set_places(s, project(db).id, school, places)
    again = school_sheets.write(db, project(db), tmp_path / "again", today=TODAY)
    sheet = next(book for book in map(read, again) if key_of(book).organisation_id == school).sheets[0]
    assert said.format(places) in [row.cells[0] for row in sheet.rows]


def test_titles_are_locked_cells_are_free_and_lists_are_offered(out) -> None:
    book = openpyxl.load_workbook(out[0])
    sheet = book.worksheets[0]
    titles = by_title(sheet)
    assert sheet.protection.sheet
    assert sheet.cell(HEAD, 1).protection.locked
    assert not sheet.cell(FIRST, titles["Pays"]).protection.locked
    assert book[KEY_SHEET].sheet_state == "veryHidden"
    rules = {next(iter(rule.sqref.ranges)).min_col: rule for rule in sheet.data_validations.dataValidation}
    assert rules[titles["Pays"]].type == "list"
    assert rules[titles["Départ"]].type == "date"
    assert sheet.column_dimensions[sheet.cell(HEAD, len(titles)).column_letter].hidden


def test_the_draft_carries_the_sheet_to_the_school(db, out, tmp_path) -> None:
    with db.read() as s:
        id_ = key_of(read(out[0])).organisation_id
    with db.write(Label("mail")) as s:
        organisations.change(s, id_, email="accueil@exemple.test")
    again = school_sheets.write(db, project(db), tmp_path / "again", today=TODAY)
    path = next(path for path in again if path.name == out[0].name)
    draft = email.message_from_bytes(path.with_suffix(".eml").read_bytes(), policy=policy.default)
    assert (draft["To"], draft["X-Unsent"]) == ("accueil@exemple.test", "1")
    (attached,) = draft.iter_attachments()
    assert attached.get_content() == path.read_bytes()


def test_sheets_that_come_back_untouched_change_nothing(db, out) -> None:
    returned = school_sheets.collect(db, out[0].parent, today=TODAY)
    assert [each.trouble for each in returned] == [""] * 8
    assert [(each.path.name, dict(row.changes)) for each in returned for row in each.plan.rows if row.changes] == []
    assert not any(each.plan.writes for each in returned)
    label = db.undo_label()
    school_sheets.take_in(db, returned)
    assert db.undo_label() == label


def test_all_that_schools_do_comes_back_in_one_step(db, out) -> None:
    def corrected(sheet, titles) -> None:
        sheet.cell(FIRST, titles["Nom"], "Nouveau-Nom")
        sheet.cell(FIRST, titles["Ville"], "Toledo")

    def added(sheet, titles) -> None:
        row = max(cell.row for cell in sheet["A"] if cell.value) + 1
        for title, value in {
            "Nom": "Arnould",
            "Prénom": "Zélie",
            "Pays": "Portugal",
            "Départ": dt.date(2027, 5, 3),
        }.items():
            sheet.cell(row, titles[title], value)

    def refused(sheet, titles) -> None:
        sheet.cell(FIRST, titles["Pays"], "Narnia")

    for path, change in zip(out, (corrected, added, refused), strict=False):
        edit(path, change)
    out[7].write_bytes(SHEET.read_bytes())
    with db.read() as s:
        before = {row.id: row for row in queries.mobilities(s, today=TODAY)}
    returned = school_sheets.collect(db, out[0].parent, today=TODAY)
    found = school_sheets.summary(returned)
    assert [each["file"] for each in found["left_aside"]] == [out[7].name]
    assert [(each["added"], each["changed"], len(each["refused"])) for each in found["files"]][:3] == [
        (0, 1, 0),
        (1, 0, 0),
        (0, 0, 1),
    ]
    assert {change["field"] for change in found["files"][0]["changes"]} == {"last_name", "town"}
    school_sheets.take_in(db, returned)
    with db.read() as s:
        after = {row.id: row for row in queries.mobilities(s, today=TODAY)}
    (new,) = after.keys() - before.keys()
    assert (after[new].decision, after[new].sending_organisation) == ("candidate", returned[1].school)
    changed = {id_: row for id_, row in after.items() if id_ in before and row.last_name != before[id_].last_name}
    assert [(row.last_name, row.town) for row in changed.values()] == [("Nouveau-Nom", "Toledo")]
    corrections = Path(found["files"][2]["corrections"])
    assert "Narnia" in str([row.cells for row in read(corrections).sheets[0].rows])
    back = email.message_from_bytes(corrections.with_suffix(".eml").read_bytes(), policy=policy.default)
    assert back["X-Unsent"] == "1"
    (attached,) = back.iter_attachments()
    assert attached.get_content() == corrections.read_bytes()
    assert len(school_sheets.collect(db, out[0].parent, today=TODAY)) == 8  # what goes back is not collected
    db.undo()
    with db.read() as s:
        assert {row.id for row in queries.mobilities(s, today=TODAY)} == before.keys()


def test_a_missing_folder_is_told(db, tmp_path) -> None:
    with pytest.raises(UserError):
        school_sheets.collect(db, tmp_path / "none", today=TODAY)
