"""A filled copy of the Beneficiary Module's file as LibreOffice opens it: its sheets, names and drop-down lists."""

import csv
from pathlib import Path

import openpyxl
import pytest

from mobility_app.jobs import beneficiary_module as job
from mobility_app.store.database import open_database
from tests.jobs import module_dossier, module_files
from tests.jobs.module_dossier import PEOPLE, TODAY
from tests.office.libreoffice import Office

pytestmark = pytest.mark.office


@pytest.mark.parametrize("shape", ["lists", "three rows", "legacy", "full export"])
def test_libreoffice_opens_the_filled_copy(tmp_path: Path, shape: str) -> None:
    template, out = module_files.made(shape, tmp_path), tmp_path / "filled.xlsx"
    with open_database(tmp_path / "dossier.mobility", create=True) as db:
        module_dossier.found(db)
        job.fill(db, template, None, out, today=TODAY)
    office, folder = Office(tmp_path), tmp_path / "made"
    folder.mkdir()
    book = openpyxl.load_workbook(office.convert(out, "xlsx", folder))
    assert book.sheetnames == openpyxl.load_workbook(template).sheetnames
    names = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row}
    assert {name for name, *_rest in PEOPLE} <= names
    if shape == "lists":
        assert len(book.worksheets[0].data_validations.dataValidation) >= 5
    rows = list(csv.reader(office.convert(out, "csv", folder).read_text("cp1252").splitlines()))
    assert not any("Err:" in cell or cell.startswith("#") for row in rows for cell in row)
