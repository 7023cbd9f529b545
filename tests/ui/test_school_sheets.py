"""Sheets of the schools in the window: prepared, filled in, dropped together, compared, taken in and undone."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QPushButton

from mobility_app.store import queries
from mobility_app.ui.page_import import ImportPage
from tests.ui.dossiers import TODAY, desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import settle, unnamed

HEAD = 5  # the row of the titles


@pytest.fixture
def page(desk, qtbot):  # noqa: F811
    return opened(qtbot, ImportPage(desk))


@pytest.fixture
def out(page, tmp_path) -> list[Path]:
    page.schools.prepare(tmp_path / "fiches")
    settle(20000)
    return sorted((tmp_path / "fiches").glob("*.xlsx"))


def fill(path: Path, row: int, **cells) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for cell in sheet[HEAD]}
    for title, value in cells.items():
        sheet.cell(row, titles[title]).value = value
    book.save(path)


def rows(desk):  # noqa: F811
    with desk.db.read() as s:
        return queries.mobilities(s, project_id=desk.project_id, today=TODAY)


def said(page) -> str:
    return spaced(page._notices.itemAt(0).widget().text.text())


def cells(model) -> list[list[str]]:
    return [
        [spaced(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_each_school_gets_its_sheet_and_a_draft(page, out):
    assert [path.stem for path in out] == ["CFA Numérique 2026", "LP Jeanne-Barret 2026"]
    assert all(path.with_suffix(".eml").is_file() for path in out)
    assert said(page) == "2 fiches et leurs messages sont prêts."
    assert unnamed(page) == []


def test_filled_sheets_are_compared_together_and_taken_in_as_one_step(page, desk, out, tmp_path):  # noqa: F811
    fill(out[0], 8, Nom="Nouveau", Prénom="Élie", Pays="Espagne")
    fill(out[1], 6, **{"Courriel": "maelys.martin@exemple.test"})
    fill(out[1], 8, Nom="Erreur", Prénom="Test", Pays="Atlantide")
    stranger = tmp_path / "autre.xlsx"
    openpyxl.Workbook().save(stranger)
    before = rows(desk)
    page.bring_in(*out, stranger)
    settle(20000)
    face = page.filled
    found = {line[1]: line for line in cells(face.files)}
    assert found["CFA Numérique 2026.xlsx"][2:6] == ["1", "0", "2", "0"]
    assert found["LP Jeanne-Barret 2026.xlsx"][2:6] == ["0", "1", "1", "1"]
    assert found["autre.xlsx"][6]
    face.files_table.select_ids(["1"])
    settle()
    assert any("exemple.test" in line[3] for line in cells(face.rows))
    assert any("Atlantide" in line[3] for line in cells(face.rows))
    assert unnamed(face) == []
    assert rows(desk) == before
    face.take_button.click()
    settle(20000)
    after = rows(desk)
    assert len(after) == len(before) + 1
    assert {row.decision for row in after if row.last_name == "Nouveau"} == {"candidate"}
    assert "maelys.martin@exemple.test" in {row.email for row in after}
    assert said(page) == "2 mobilités importées. 1 ligne repart vers son établissement. 1 fichier mis de côté."
    assert list((tmp_path / "fiches" / "corrections").glob("*.xlsx"))
    next(b for b in page.findChildren(QPushButton) if b.text().strip() == "Annuler l’import").click()
    settle()
    assert [row.email for row in rows(desk)] == [row.email for row in before]


def test_one_sheet_of_a_school_finds_its_way_without_being_told(page, out):
    page.bring_in(out[0])
    settle(20000)
    assert page.filled.isVisible()
    assert not page.filled.take_button.isEnabled()
