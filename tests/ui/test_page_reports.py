import openpyxl
import pikepdf
import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from mobility_app.actions import mobilities, views
from mobility_app.core.views import View
from mobility_app.core.wanted import Wanted
from mobility_app.store import queries
from mobility_app.store.journal import Label
from mobility_app.ui import tasks
from mobility_app.ui.page_reports import ReportsPage
from tests.ui.dossiers import desk, filled_file, opened, spaced  # noqa: F401  (fixtures)
from tests.ui.screen import settle, unnamed


@pytest.fixture
def page(desk, qtbot):  # noqa: F811
    return opened(qtbot, ReportsPage(desk))


def notice(page) -> str:
    return spaced(page._notices.itemAt(0).widget().text.text())


def test_the_figures_of_the_report_are_seen_before_it_is_written(page):
    figures = {key: label.text() for key, label in page.report.figures.items()}
    assert figures["mobilities"] == "4"
    assert figures["total_days"] == "112"
    assert (figures["done"], figures["under_way"], figures["to_come"]) == ("1", "1", "2")
    assert unnamed(page) == []


def test_the_report_is_written_in_the_language_chosen(page, tmp_path):
    page.report.foot.language._chips["en"].click()
    page.report.foot.write(tmp_path / "rapport.xlsx")
    settle(20000)
    book = openpyxl.load_workbook(tmp_path / "rapport.xlsx")
    assert "Targets" in book.sheetnames
    assert notice(page) == "Le rapport est dans « rapport.xlsx »."
    assert [b for b in page.findChildren(QPushButton) if b.text().strip() == "Ouvrir le dossier" and b.isVisible()]


def test_a_saved_view_is_a_sheet_of_the_report_with_its_totals(page, desk, tmp_path):  # noqa: F811
    foot = page.report.foot
    assert not foot.with_views.isVisible()
    spain = View(Wanted(countries=("ES",)), "Budget", ("last_name", "days", "total"), (("days", True),))
    with desk.db.write(Label("vue")) as s:
        views.save(s, "mobilities", spain.title, spain.as_json())
    settle()
    assert foot.with_views.isVisible()
    foot.with_views.click()
    foot.write(tmp_path / "rapport.xlsx")
    settle(20000)
    book = openpyxl.load_workbook(tmp_path / "rapport.xlsx", data_only=True)
    rows = [[cell for cell in row if cell is not None] for row in book["Budget 2"].iter_rows(values_only=True)]
    head = next(n for n, row in enumerate(rows) if row[:1] == ["Nom"])
    assert rows[head] == ["Nom", "Prénom", "Durée", "Subvention"]
    *people, total = [row for row in rows[head + 1 :] if row]
    days = [row[2] for row in people]
    assert days == sorted(days, reverse=True) != []
    assert total == ["Total", sum(days), sum(row[3] for row in people)]


def test_one_school_and_the_two_pages(page, tmp_path):
    foot = page.report.foot
    school = foot.school.itemText(1)
    foot.school.setCurrentIndex(1)
    foot.write(tmp_path / "ecole.xlsx")
    foot.write_summary(tmp_path / "ecole.pdf")
    settle(20000)
    book = openpyxl.load_workbook(tmp_path / "ecole.xlsx", data_only=True)
    text = " ".join(str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell)
    assert school in text
    assert len(pikepdf.open(tmp_path / "ecole.pdf").pages) == 2


def test_each_kind_of_print_is_counted_with_those_left_out(page, desk):  # noqa: F811
    card = page.certificates
    assert dict(card.who.prints) == {"to-sign": 1, "draft": 3}
    assert spaced(card._left_title.text()) == "Personne n’est laissé de côté."
    with desk.db.write(Label("sans hôte")) as s:
        stay = queries.mobility_ids(s, project_id=desk.project_id, today=desk.today)[0]
        mobilities.change(s, stay, host=None)
    settle()
    assert sum(card.who.prints.values()) == 3
    asked = []
    desk.asked.connect(lambda key, wanted: asked.append((key, wanted.ids)))
    card._reasons.itemAt(0).layout().itemAt(1).widget().click()
    assert asked == [("mobilities", (stay,))]
    card.kind._chips["final"].click()
    settle()
    assert dict(card.who.prints) == {"final": 1}
    assert len(card.who.left_out) == 3


def test_certificates_are_printed_for_the_whole_project(page, desk, tmp_path):  # noqa: F811
    page.certificates.print_to(tmp_path / "attestations.pdf", one_file=True)
    settle(60000)
    assert (tmp_path / "attestations.pdf").read_bytes().startswith(b"%PDF")
    assert notice(page) == "4 attestations imprimées."
    page.certificates.print_to(tmp_path, one_file=False)
    settle(60000)
    assert len(list(tmp_path.glob("PROJET-*.pdf"))) == 3


def test_printing_that_she_cancels_leaves_no_file(page, tmp_path):
    page.certificates.print_to(tmp_path / "attestations.pdf", one_file=True)
    for task in tuple(tasks._running):
        if task.title:
            task.cancel()
    settle(60000)
    QApplication.processEvents()
    assert not (tmp_path / "attestations.pdf").exists()


def test_without_a_project_it_says_what_to_do(desk, qtbot):  # noqa: F811
    desk.choose(None)
    page = opened(qtbot, ReportsPage(desk))
    assert page._faces.currentIndex() == 1
