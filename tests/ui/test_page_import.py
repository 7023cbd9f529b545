import zipfile
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from mobility_app.jobs import importing
from mobility_app.store import queries
from mobility_app.ui import tasks
from mobility_app.ui.page_import import ImportPage
from mobility_app.ui.page_mobilities import MobilitiesPage
from tests.ui.dossiers import REFERENCE, bare_desk, desk, filled_file, opened, spaced  # noqa: F401  (fixtures)
from tests.ui.screen import settle, unnamed

HEADERS = ["NOM", "Prénom", "Établissement", "Pays", "Départ", "Retour", "Prix billet", "Observations"]
ROWS = [
    ["Fournier", "Mehdi", "LP Jeanne-Barret", "Pologne", "31/05/2027", "13/06/2027", "120", ""],
    ["Petit", "Inès", "LP Jeanne-Barret", "Turquie", "31/05/2027", "13/06/2027", "140", "vol retardé"],
    ["Petit", "Inès", "LP Jeanne-Barret", "Turquie", "31/05/2027", "13/06/2027", "140", ""],
    ["Erreur", "Test", "CFA Numérique", "Atlantide", "31/05/2027", "13/06/2027", "90", ""],
    ["Total", None, None, None, None, None, "490", None],
]


@pytest.fixture
def sheet(tmp_path) -> Path:
    return write_sheet(tmp_path / "suivi.xlsx", f"Mobilités du campus ({REFERENCE})", ROWS)


def write_sheet(path: Path, title: str, rows) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Suivi 2026-27"
    for row in ([title], [], HEADERS, *rows):
        book.active.append(row)
    book.create_sheet("Hôtels").append(["Hôtel", "Prix"])
    book.save(path)
    return path


@pytest.fixture
def page(desk, qtbot):  # noqa: F811
    return opened(qtbot, ImportPage(desk))


@pytest.fixture
def bare_page(bare_desk, qtbot):  # noqa: F811
    return opened(qtbot, ImportPage(bare_desk))


def people(desk):  # noqa: F811
    with desk.db.read() as s:
        return [row.full_name for row in queries.participants(s)]


def bring(page, path: Path) -> None:
    page.bring_in(path)
    settle()


def buttons(page, text: str) -> list[QPushButton]:
    found = page.findChildren(QPushButton)
    return [made for made in found if made.isVisible() and spaced(made.text()).strip() == text]


def press(page, text: str) -> None:
    buttons(page, text)[0].click()
    settle()


def shown(page, column: int) -> list[str]:
    model = page.preview.list.model
    column += 1  # the first one names the sheet, where there are several
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_a_dropped_sheet_is_shown_row_by_row_and_nothing_is_written(page, sheet, desk):  # noqa: F811
    before = people(desk)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(sheet))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.drop.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, dropped, left, none))
    settle()
    assert shown(page, 1) == ["Nouvelle", "Nouvelle", "Doublon", "Refusée", "Passée"]
    assert "Atlantide" in shown(page, 8)[3]
    assert "ligne 5" in shown(page, 8)[2]
    assert page.preview.confirm.text() == "Importer 2 mobilités"
    assert people(desk) == before
    assert unnamed(page) == []


def test_a_counter_shows_the_rows_that_it_counts(page, sheet):
    bring(page, sheet)
    page.preview.counters.buttons["refused"].click()
    settle()
    assert shown(page, 2) == ["Erreur"]
    page.preview.counters.buttons["refused"].click()
    settle()
    assert len(shown(page, 2)) == 5
    assert not page.preview.counters.buttons["change"].isEnabled()


def test_a_column_takes_another_meaning_and_keeps_it_for_the_next_sheet(page, sheet, tmp_path):
    bring(page, sheet)
    said = {chip.text(): chip for chip in page.preview.columns.chips}
    assert "Prix billet → à moi" in said
    menu = said["Prix billet → à moi"].menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.data() == "lodging").trigger()
    settle()
    assert "Prix billet → Hébergement" in [chip.text() for chip in page.preview.columns.chips]
    page.preview.confirm.click()
    settle()
    bring(page, write_sheet(tmp_path / "autre.xlsx", REFERENCE, ROWS[:1]))
    assert "Prix billet → Hébergement" in [chip.text() for chip in page.preview.columns.chips]


def test_a_known_column_becomes_hers(page, sheet):
    bring(page, sheet)
    chip = next(chip for chip in page.preview.columns.chips if chip.text().startswith("Observations"))
    chip.menu().aboutToShow.emit()
    chip.menu().actions()[0].trigger()
    settle()
    assert "Observations → à moi" in [chip.text() for chip in page.preview.columns.chips]


def test_importing_writes_one_step_that_one_press_takes_back(page, sheet, desk):  # noqa: F811
    before = people(desk)
    bring(page, sheet)
    press(page, "Importer 2 mobilités")
    assert sorted(set(people(desk)) - set(before)) == ["Fournier Mehdi", "Petit Inès"]
    press(page, "Annuler l’import")
    assert people(desk) == before
    assert not buttons(page, "Annuler l’import")


def test_the_undo_of_an_import_goes_when_something_else_was_written(page, sheet, desk):  # noqa: F811
    from mobility_app.actions import settings
    from mobility_app.store.journal import Label

    bring(page, sheet)
    press(page, "Importer 2 mobilités")
    with desk.db.write(Label("x")) as s:
        settings.put(s, "x", {"y": 1})
    settle()
    assert not buttons(page, "Annuler l’import")


def test_a_changed_row_says_what_was_and_what_will_be(page, sheet, tmp_path):
    bring(page, sheet)
    press(page, "Importer 2 mobilités")
    moved = [[*ROWS[0][:5], "20/06/2027", *ROWS[0][6:]]]
    bring(page, write_sheet(tmp_path / "suite.xlsx", REFERENCE, moved))
    assert shown(page, 1) == ["Modifiée"]
    assert "13/06/2027 devient 20/06/2027" in shown(page, 8)[0]


def test_a_first_sheet_names_the_project_and_she_confirms_it(bare_page, sheet):
    bring(bare_page, sheet)
    target = bare_page.preview.target
    assert (target.reference.text(), target.call.text(), target.title.text()) == (
        REFERENCE,
        "2026",
        "Mobilités du campus",
    )
    target.title.setText("Campus des métiers")
    bare_page.preview.confirm.click()
    settle()
    with bare_page.desk.db.read() as s:
        project = queries.projects(s)[0]
    assert (project.reference, project.title, project.call_year) == (REFERENCE, "Campus des métiers", 2026)
    assert bare_page.desk.project_id == project.id


def test_a_sheet_without_a_project_waits_for_its_reference(bare_page, tmp_path):
    bring(bare_page, write_sheet(tmp_path / "liste.xlsx", "Liste", ROWS))
    assert not bare_page.preview.confirm.isEnabled()
    bare_page.preview.target.reference.setText("Projet du campus")
    bare_page.preview.target.reference.textEdited.emit("Projet du campus")
    assert not bare_page.preview.confirm.isEnabled()
    bare_page.preview.target.call.setText("2027")
    bare_page.preview.target.call.textEdited.emit("2027")
    assert bare_page.preview.confirm.isEnabled()


def test_the_rows_to_correct_come_back_in_her_columns(page, sheet, tmp_path):
    bring(page, sheet)
    page.write_corrections(tmp_path / "corriger.xlsx")
    settle()
    table = openpyxl.load_workbook(tmp_path / "corriger.xlsx").active
    rows = [[cell.value for cell in row] for row in table.iter_rows()]
    head = next(n for n, row in enumerate(rows) if "NOM" in row)
    assert rows[head][: len(HEADERS)] == HEADERS
    assert rows[head + 1][0] == "Erreur"
    assert "Atlantide" in rows[head + 1][len(HEADERS)]
    again = importing.understand(page.desk.db, tmp_path / "corriger.xlsx")
    assert (len(again.rows), again.reference) == (1, REFERENCE)


def test_rows_to_correct_keep_the_school_that_their_tab_names(page, tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for school, person in (("LP Zay", ["Martin", "Léa", "Atlantide"]), ("CFA Curie", ["Petit", "Zoé", "Espagne"])):
        tab = book.create_sheet(school)
        for row in (["Nom", "Prénom", "Pays"], person):
            tab.append(row)
    book.save(tmp_path / "onglets.xlsx")
    bring(page, tmp_path / "onglets.xlsx")
    page.write_corrections(tmp_path / "corriger.xlsx")
    settle()
    again = importing.understand(page.desk.db, tmp_path / "corriger.xlsx")
    assert [row.values["sending_organisation"] for row in again.rows] == ["LP Zay"]


def test_another_sheet_of_the_book_and_a_file_that_is_none(page, sheet, tmp_path):
    bring(page, sheet)
    entries = {entry.text(): entry for entry in page.preview.head.sheet.menu().actions()}
    entries["Hôtels (1 ligne)"].trigger()
    settle()
    assert page.preview.trouble.isVisible()
    assert not page.preview.confirm.isEnabled()
    broken = tmp_path / "casse.xlsx"
    broken.write_bytes(b"%PDF-1.7 rien")
    bring(page, broken)
    assert "casse.xlsx" in page._notices.itemAt(0).widget().text.text()


def test_her_columns_go_out_again(page, sheet, tmp_path):
    bring(page, sheet)
    press(page, "Importer 2 mobilités")
    page.export.export(tmp_path / "sortie.xlsx", her_columns=True)
    settle()
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "sortie.xlsx").active.iter_rows()]
    head = next(n for n, row in enumerate(rows) if "NOM" in row)
    assert rows[head] == HEADERS
    assert len(rows) - head - 1 == 6
    page.export.export(tmp_path / "sortie.csv", her_columns=False)
    settle()
    assert "Subvention" in (tmp_path / "sortie.csv").read_text("utf-8-sig").splitlines()[0]


def test_deadlines_and_everything_go_out(page, desk, tmp_path):  # noqa: F811
    page.export.export_deadlines(tmp_path / "echeances.ics")
    settle(20000)
    assert "BEGIN:VEVENT" in (tmp_path / "echeances.ics").read_text("utf-8")
    assert "echeances.ics" in page._notices.itemAt(0).widget().text.text()
    page.export.export_everything(tmp_path / "tout.zip")
    settle(20000)
    assert "tout.zip" in page._notices.itemAt(0).widget().text.text()
    with zipfile.ZipFile(tmp_path / "tout.zip") as archive:
        assert any(name.endswith("mobility.csv") for name in archive.namelist())
    assert unnamed(page) == []


def bar(page) -> dict[str, QPushButton]:
    return {spaced(made.text()): made for made in page.preview.list.bar.buttons()}


def choose(page, row: int) -> None:
    page.preview.list.table.select_ids([page.preview.list.model.id_at(row)])
    settle()


def test_a_refused_row_can_come_in_without_what_is_refused(page, sheet, desk):  # noqa: F811
    bring(page, sheet)
    choose(page, 3)
    assert "Atlantide" in page.preview.list.bar.text.text()
    bar(page)["Importer sans ce qui est refusé"].click()
    settle()
    assert shown(page, 1) == ["Nouvelle", "Nouvelle", "Doublon", "Nouvelle", "Passée"]
    press(page, "Importer 3 mobilités")
    assert "Erreur Test" in people(desk)


def test_a_row_is_left_out_and_a_duplicate_becomes_another_stay(page, sheet):
    bring(page, sheet)
    choose(page, 0)
    bar(page)["Ne pas importer"].click()
    settle()
    choose(page, 2)
    bar(page)["C’en est un autre : l’ajouter"].click()
    settle()
    assert shown(page, 1)[:3] == ["Inchangée", "Nouvelle", "Nouvelle"]
    assert page.preview.confirm.text() == "Importer 2 mobilités"


def test_a_person_who_resembles_another_is_decided_by_her(page, tmp_path, desk):  # noqa: F811
    like = ["Dubois", "Zoée", "LP Jeanne-Barret", "Allemagne", "31/05/2027", "13/06/2027", "", ""]
    bring(page, write_sheet(tmp_path / "proche.xlsx", REFERENCE, [like]))
    assert shown(page, 1) == ["À décider"]
    before = people(desk)
    choose(page, 0)
    next(made for text, made in bar(page).items() if text.startswith("C’est ")).click()
    settle()
    assert shown(page, 1) in (["Nouvelle"], ["Modifiée"])
    page.preview.confirm.click()
    settle()
    assert people(desk) == before


def test_what_she_typed_by_hand_stands_until_she_says_otherwise(page, tmp_path, desk):  # noqa: F811
    from mobility_app.actions import mobilities
    from mobility_app.store.journal import Label

    bring(page, write_sheet(tmp_path / "un.xlsx", REFERENCE, ROWS[:1]))
    page.preview.confirm.click()
    settle()
    with desk.db.read() as s:
        stay = next(row for row in queries.mobilities(s, today=desk.today) if row.last_name == "Fournier")
    with desk.db.write(Label("à la main")) as s:
        mobilities.change(s, stay.id, end=stay.end.replace(day=20))
    bring(page, write_sheet(tmp_path / "deux.xlsx", REFERENCE, ROWS[:1]))
    assert shown(page, 1) == ["Conservée"]
    assert not page.preview.confirm.isEnabled()
    choose(page, 0)
    assert "modifié à la main" in page.preview.list.bar.text.text()
    bar(page)["Prendre Retour : 13/06/2027"].click()
    settle()
    assert shown(page, 1) == ["Modifiée"]
    assert page.preview.confirm.isEnabled()
    bar(page)["Revenir à la proposition"].click()
    settle()
    assert shown(page, 1) == ["Conservée"]


def test_sheets_of_one_shape_are_read_together(page, tmp_path):
    book = openpyxl.Workbook()
    for name, row in (("LP", ROWS[0]), ("CFA", ROWS[1])):
        each = book.create_sheet(name)
        each.append(HEADERS)
        each.append(row)
    del book["Sheet"]
    book.save(tmp_path / "onglets.xlsx")
    bring(page, tmp_path / "onglets.xlsx")
    assert spaced(page.preview.head.sheet.text()) == "2 feuilles ensemble"
    model = page.preview.list.model
    assert [model.index(row, 0).data() for row in range(2)] == ["LP", "CFA"]
    assert not page.preview.list.table.isColumnHidden(0)
    entries = {entry.text(): entry for entry in page.preview.head.sheet.menu().actions()}
    entries["CFA (2 lignes)"].trigger()
    settle()
    assert model.rowCount() == 1
    assert page.preview.list.table.isColumnHidden(0)


def test_the_day_from_which_papers_are_followed_is_kept_with_the_import(bare_page, sheet):
    from mobility_app.jobs.todo import cut_off

    bring(bare_page, sheet)
    assert bare_page.preview.target.since() == bare_page.desk.today
    bare_page.preview.confirm.click()
    settle()
    with bare_page.desk.db.read() as s:
        assert cut_off(s) == bare_page.desk.today


# ---- what she decides, corrects and narrows


def cell(page, row: int, key: str):
    model = page.preview.list.model
    return model.index(row, model.column(key))


def type_in(page, row: int, key: str, text: str) -> None:
    """Corrects a cell as she does: F2, the text, Enter."""
    table = page.preview.list.table
    table.setCurrentIndex(cell(page, row, key))
    table.edit(table.currentIndex())
    line = table.findChild(QLineEdit)
    assert line.accessibleName()
    line.setText(text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle()
    settle()


def test_a_refused_cell_is_corrected_where_it_stands(page, tmp_path, desk):  # noqa: F811
    wrong = ["Erreur", "Test", "CFA Numérique", "Atlantide", "mi-mars", "13/06/2027", "", ""]
    path = write_sheet(tmp_path / "erreurs.xlsx", REFERENCE, [wrong])
    bring(page, path)
    before = path.read_bytes()
    assert cell(page, 0, "country").data() == "Atlantide"
    assert cell(page, 0, "start").data() == "mi-mars"
    type_in(page, 0, "country", "Pologne")
    assert cell(page, 0, "outcome").data() == "Refusée"
    type_in(page, 0, "start", "31/5/27")
    assert (cell(page, 0, "outcome").data(), cell(page, 0, "start").data()) == ("Nouvelle", "31/05/2027")
    assert cell(page, 0, "why").data().startswith("Corrigée ici.")
    press(page, "Importer 1 mobilité")
    assert "Erreur Test" in people(desk)
    assert path.read_bytes() == before


def test_her_word_on_a_row_outlives_a_correction_of_another(page, sheet):
    bring(page, sheet)
    choose(page, 0)
    bar(page)["Ne pas importer"].click()
    settle()
    type_in(page, 3, "country", "Espagne")
    assert shown(page, 1) == ["Inchangée", "Nouvelle", "Doublon", "Nouvelle", "Passée"]


def test_a_column_that_she_has_not_cannot_be_typed(page, sheet):
    bring(page, sheet)
    editable = Qt.ItemFlag.ItemIsEditable
    assert cell(page, 0, "start").flags() & editable
    assert not cell(page, 0, "birth_date").flags() & editable
    assert not cell(page, 4, "start").flags() & editable


def test_several_rows_are_decided_at_once(page, sheet):
    bring(page, sheet)
    model = page.preview.list.model
    page.preview.list.table.select_ids([model.id_at(0), model.id_at(1)])
    settle()
    assert page.preview.list.bar.text.text() == "2 lignes choisies."
    bar(page)["Ne pas importer"].click()
    settle()
    assert shown(page, 1)[:2] == ["Inchangée", "Inchangée"]
    assert page.preview.confirm.text() == "Rien à importer"
    page.preview.list.table.select_ids([model.id_at(0), model.id_at(1)])
    settle()
    bar(page)["Revenir à la proposition"].click()
    settle()
    assert page.preview.confirm.text() == "Importer 2 mobilités"


def test_words_narrow_the_rows_within_a_decision(page, sheet):
    bring(page, sheet)
    assert page.searches
    page.search("petit turquie")
    settle()
    assert shown(page, 0) == ["5", "6"]
    page.preview.counters.buttons["duplicate"].click()
    settle()
    assert shown(page, 0) == ["6"]
    page.search("atlantide")
    settle()
    assert shown(page, 0) == []
    page.preview.counters.choose("")
    settle()
    assert shown(page, 0) == ["7"]


@pytest.mark.parametrize(
    ("policy", "decisions"), [("add", ["Inchangée", "Nouvelle"]), ("update", ["Modifiée", "Inchangée"])]
)
def test_the_policy_is_chosen_for_each_import(page, tmp_path, policy, decisions):
    bring(page, write_sheet(tmp_path / "un.xlsx", REFERENCE, ROWS[:1]))
    press(page, "Importer 1 mobilité")
    moved = [*ROWS[0][:5], "20/06/2027", *ROWS[0][6:]]
    bring(page, write_sheet(tmp_path / "deux.xlsx", REFERENCE, [moved, ROWS[1]]))
    chooser = page.preview.target.policy
    chooser.setCurrentIndex(chooser.findData(policy))
    chooser.activated.emit(chooser.currentIndex())
    settle()
    assert shown(page, 1) == decisions


def test_the_cut_off_day_says_what_it_does(bare_page, sheet):
    bring(bare_page, sheet)
    assert "15/03/2027 ont été suivies ailleurs" in bare_page.preview.target._explained.text()


def test_a_cancelled_comparison_leaves_the_sheet_as_it_was(page, sheet):
    bring(page, sheet)
    before = shown(page, 1)
    page.preview.target.policy.setCurrentIndex(2)
    page.preview.target.policy.activated.emit(2)
    page.preview._task.cancel()
    settle()
    assert shown(page, 1) == before
    assert page.preview.target.chosen_policy() == "add_and_update"


def test_a_cancelled_import_writes_nothing(page, sheet, desk):  # noqa: F811
    before = people(desk)
    bring(page, sheet)
    page.preview.confirm.click()
    next(task for task in tasks._running if task.title == "Import de la feuille").cancel()
    settle()
    assert people(desk) == before
    assert "rien n’a été écrit" in page._notices.itemAt(0).widget().text.text()
    assert page.preview.confirm.isEnabled()


# ---- other sheets than stays


def sheet_of(path: Path, *rows) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_people_without_stays_come_in(bare_page, tmp_path):
    bring(bare_page, sheet_of(tmp_path / "eleves.xlsx", ("Nom", "Prénom", "Classe"), ("Petit", "Inès", "2 TU")))
    assert spaced(bare_page.preview.head.kind.text()) == "Contenu : participants"
    assert not bare_page.preview.target.project.isVisible()
    press(bare_page, "Importer 1 participant")
    assert people(bare_page.desk) == ["Petit Inès"]
    press(bare_page, "Annuler l’import")
    assert people(bare_page.desk) == []


def test_she_says_what_the_rows_are(page, tmp_path):
    bring(page, sheet_of(tmp_path / "eleves.xlsx", ("Nom", "Prénom", "Classe"), ("Petit", "Inès", "2 TU")))
    page.preview.head.kind.menu().actions()[0].trigger()
    settle()
    assert page.preview.confirm.text() == "Importer 1 mobilité"


def test_payments_find_their_stays(page, tmp_path, desk):  # noqa: F811
    rows = (("Nom", "Prénom", "Type", "Montant", "Payé le"), ("Martin", "Maëlys", "Solde", "300,50", "01/03/2027"))
    bring(page, sheet_of(tmp_path / "paiements.xlsx", *rows))
    assert spaced(cell(page, 0, "entry:cents").data()) == "300,50 €"
    press(page, "Importer 1 paiement")
    with desk.db.read() as s:
        paid = {row.last_name: row.paid for row in queries.mobilities(s, today=desk.today)}
    assert paid["Martin"] == 30050


# ---- the clipboard


def test_cells_copied_in_excel_are_a_sheet_like_any_other(page, desk, qtbot):  # noqa: F811
    lines = [
        HEADERS,
        ROWS[0],
        ["Petit", "Inès", "LP «\xa0Est\xa0»", "Turquie", "31/05/2027", "13/06/2027", "", '"a\nb"'],
    ]
    QGuiApplication.clipboard().setText("\r\n".join("\t".join(line) for line in lines) + "\r\n")
    buttons(page, "Coller depuis Excel")[0].click()
    settle()
    settle()
    assert page.preview.head.name.whole() == "Presse-papiers"
    assert shown(page, 1) == ["Nouvelle", "Nouvelle"]
    press(page, "Importer 2 mobilités")
    assert {"Fournier Mehdi", "Petit Inès"} <= set(people(desk))


def test_a_clipboard_without_cells_is_told(page):
    QGuiApplication.clipboard().clear()
    page.paste()
    settle()
    assert "presse-papiers" in page._notices.itemAt(0).widget().text.text()


def test_the_rows_of_a_list_come_back_as_they_went(page, desk, qtbot):  # noqa: F811
    """Copied in Mobilités, pasted with Ctrl+V: nothing changes."""
    listed = opened(qtbot, MobilitiesPage(desk))
    listed.table.selectAll()
    listed.table.copy()
    settle()
    asked = []
    desk.paste_asked.connect(lambda: asked.append(page.paste()))
    listed.table.setFocus()
    QTest.keySequence(listed.table, QKeySequence(QKeySequence.StandardKey.Paste))
    settle()
    settle()
    assert asked
    assert page.preview.understood.table.reference == ""
    assert shown(page, 8) == [""] * 4
    assert shown(page, 1) == ["Inchangée"] * 4


def test_all_columns_hold_her_own_ones_too(page, sheet, tmp_path):
    bring(page, sheet)
    page.preview.confirm.click()
    settle(20000)
    page.export.export(tmp_path / "tout.xlsx", her_columns=False)
    settle(20000)
    rows = list(openpyxl.load_workbook(tmp_path / "tout.xlsx").active.iter_rows(values_only=True))
    head = next(row for row in rows if "Nom" in row)
    assert {"Prix billet", "Subvention"} <= set(head)
    assert 120 in {row[head.index("Prix billet")] for row in rows}
