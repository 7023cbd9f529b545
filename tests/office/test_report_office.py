"""The agency's report in LibreOffice: recalculated figures equal ours, and every page prints whole on A4."""

import re
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
import xlsxwriter

from mobility_app.exchange import agency_report, workbook
from mobility_app.fields import MOBILITY
from tests.exchange import invented
from tests.office.libreoffice import Office

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module", params=["fr", "en"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "rapport.xlsx"
    agency_report.write(path, invented.report(120), request.param)
    return path


def differences(path: Path, recalculated: Path) -> list[tuple[str, str, object, object]]:
    """The cells whose value is another one after the recalculation."""
    ours, theirs = (openpyxl.load_workbook(file, data_only=True) for file in (path, recalculated))
    found = []
    for sheet in ours:
        for row in sheet.iter_rows():
            for cell in row:
                again = theirs[sheet.title][cell.coordinate].value
                same = cell.value == again or (not cell.value and not again)
                if isinstance(cell.value, int | float) and isinstance(again, int | float):
                    same = abs(cell.value - again) < 0.000_01
                if not same:
                    found.append((sheet.title, cell.coordinate, cell.value, again))
    return found


def pages(path: Path) -> list[tuple[float, float, str]]:
    """Width and height in millimetres and the text of each page."""
    with pypdfium2.PdfDocument(path) as document:
        found = []
        for page in document:
            text = page.get_textpage().get_text_range().replace("\u00a0", " ").replace("\u202f", " ")
            found.append((page.get_width() / 72 * 25.4, page.get_height() / 72 * 25.4, text))
        return found


def test_recalculated_figures_are_ours(office, report, tmp_path):
    assert differences(report, office.convert(report, "xlsx", tmp_path)) == []


def test_a_wrong_figure_would_be_seen(office, tmp_path):
    """The control: LibreOffice does recalculate, so a cached value that lies does not survive."""
    path = tmp_path / "lie.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Une").write_formula(0, 0, "=1+1", None, 3)
    book.close()
    (tmp_path / "out").mkdir()
    assert differences(path, office.convert(path, "xlsx", tmp_path / "out")) == [("Une", "A1", 3, 2)]


def test_every_page_is_whole_on_a4(office, report, tmp_path):
    found = pages(office.convert(report, "pdf", tmp_path))
    for number, (width, height, text) in enumerate(found, 1):
        assert (round(width), round(height)) == (297, 210)
        assert f"page {number}/{len(found)}" in text
        assert "###" not in text, number
        assert invented.PROJECT.reference in text
    summary, following = found[0][2], found[1][2]
    assert "Budget par ligne" in summary or "Budget by line" in summary  # the last chart is on the first page
    assert "T1" in following
    assert re.search(r"\d{1,3}( \d{3})* €", summary)


def test_a_column_that_is_too_narrow_would_be_seen(office, tmp_path):
    """The control: a figure that does not fit prints as ###."""
    path = tmp_path / "narrow.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Une")
    sheet.set_column(0, 0, 3)
    sheet.write_number(0, 0, 1_234_567.89, book.add_format({"num_format": '#,##0.00\\ "€"'}))
    book.close()
    assert "###" in pages(office.convert(path, "pdf", tmp_path))[0][2]


def test_an_exported_table_prints_whole(office, tmp_path):
    path = tmp_path / "table.xlsx"
    rows = [invented.paid(invented.mobility(number), invented.rates()) for number in range(1, 61)]
    keys = [field.key for field in MOBILITY][:14]
    workbook.write_table(path, "Mobilités", workbook.field_columns(keys), rows)
    found = pages(office.convert(path, "pdf", tmp_path))
    assert all("###" not in text for *_size, text in found)
    assert all("Nom" in text for *_size, text in found)  # the titles are repeated on each page
