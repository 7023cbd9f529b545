"""Splicing into a sheet's XML: what other programs write, kept byte by byte."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app.exchange.beneficiary.sheet_edit import edited
from mobility_app.exchange.beneficiary.sheet_xml import Scalar, Written, covers, scan
from mobility_app.exchange.guard import Unreadable
from mobility_app.exchange.sheets import clean_cell

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(data: str, before: str = "", after: str = "") -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
    return f"{head}{before}{data}{after}</worksheet>".encode()


def done(xml: bytes, edits: dict[int, dict[int, Scalar]], like: int | None = None) -> str:
    written = {row: {c: Written(v) for c, v in cells.items()} for row, cells in edits.items()}
    return edited(scan(xml, {*edits, like or 0}), written, like=like).decode()


def test_a_cell_is_replaced_and_its_style_stays() -> None:
    xml = sheet('<sheetData><row r="2" spans="1:2"><c r="A2" s="4" t="s"><v>0</v></c><c r="B2"/></row></sheetData>')
    assert done(xml, {2: {0: "a<b", 2: 7}}) == xml.decode().replace(
        '<row r="2" spans="1:2"><c r="A2" s="4" t="s"><v>0</v></c><c r="B2"/></row>',
        '<row r="2" ><c r="A2" s="4" t="inlineStr"><is><t xml:space="preserve">a&lt;b</t></is></c><c r="B2"/>'
        '<c r="C2"><v>7</v></c></row>',
    )


def test_cells_go_into_their_column_and_rows_into_their_place() -> None:
    xml = sheet('<sheetData><row r="3"><c r="C3"><v>1</v></c></row><row r="9"/></sheetData>')
    found = done(xml, {3: {0: True, 4: 2}, 5: {1: 3}, 9: {0: 4}, 12: {0: dt.date(2027, 3, 1)}})
    assert found == xml.decode().replace(
        '<row r="3"><c r="C3"><v>1</v></c></row><row r="9"/>',
        '<row r="3"><c r="A3" t="b"><v>1</v></c><c r="C3"><v>1</v></c><c r="E3"><v>2</v></c></row>'
        '<row r="5"><c r="B5"><v>3</v></c></row><row r="9"><c r="A9"><v>4</v></c></row>'
        '<row r="12"><c r="A12"><v>46447</v></c></row>',
    )


def test_prefixes_missing_references_and_an_empty_sheet() -> None:
    xml = f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1"/><x:sheetData/></x:worksheet>'.encode()
    assert done(xml, {2: {1: "é"}}) == (
        f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1:B2"/><x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr">'
        '<x:is><x:t xml:space="preserve">é</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    )
    xml = sheet("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c/></row></sheetData>")
    assert '<c r="B1"><v>5</v></c></row>' in done(xml, {1: {1: 5}})
    assert '<row r="2"' not in done(xml, {2: {0: 1}})


def test_a_formula_is_left_alone() -> None:
    xml = sheet('<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData>')
    assert done(xml, {1: {0: 9}}) == xml.decode()
    assert scan(xml, {1}).formulas() == {(1, 0)}


def test_a_new_row_looks_like_the_first_one() -> None:
    row = '<row r="2" s="3" customFormat="1" ht="20" customHeight="1" hidden="1"><c r="A2" s="5"/><c r="C2" s="6"/>'
    found = done(sheet(f"<sheetData>{row}</row></sheetData>"), {7: {0: 1, 1: 2}}, like=2)
    assert (
        '<row r="7" s="3" customFormat="1" ht="20" customHeight="1"><c r="A7" s="5"><v>1</v></c>'
        '<c r="B7" s="3"><v>2</v></c><c r="C7" s="6"/></row>'
    ) in found


def test_lists_are_found_in_both_places_where_excel_keeps_them() -> None:
    after = (
        '<dataValidations count="2"><dataValidation type="list" sqref="B2:B9 D2"><formula1>"a,b"</formula1>'
        '</dataValidation><dataValidation type="whole" sqref="C2"><formula1>1</formula1></dataValidation>'
        '</dataValidations><extLst><ext><x14:dataValidations xmlns:x14="a" xmlns:xm="b">'
        '<x14:dataValidation type="list">'
        "<x14:formula1><xm:f>L!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>F2:F9</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst>"
    )
    assert scan(sheet("<sheetData/>", after=after), set()).lists == [("B2:B9 D2", '"a,b"'), ("F2:F9", "L!$A$1:$A$3")]
    assert covers("B2:B9 D2 $F:$G", 3) == {1, 5, 6}


@pytest.mark.parametrize(
    "xml",
    [
        b"<worksheet><sheetData>",
        b"<worksheet/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet><sheetData/></worksheet>',
        b'<?xml version="1.0" encoding="iso-8859-1"?><worksheet><sheetData/></worksheet>',
    ],
)
def test_what_is_no_sheet_is_refused(xml: bytes) -> None:
    with pytest.raises(Unreadable):
        scan(xml, set())


@given(st.lists(st.text(max_size=40), min_size=1, max_size=20))
def test_any_text_reads_back_as_it_was(values: list[str]) -> None:
    wanted = [" ".join(clean_cell(value).split()) for value in values]
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    with zipfile.ZipFile(book) as archive:
        name = "xl/worksheets/sheet1.xml"
        xml = archive.read(name)
    found = edited(scan(xml, set()), {n: {0: Written(text)} for n, text in enumerate(wanted, 1) if text})
    back = _texts(book.getvalue(), name, found)
    assert back == [text for text in wanted if text]


def _texts(content: bytes, name: str, xml: bytes) -> list[object]:
    """Through the reader of the application, in this process."""
    import python_calamine

    from mobility_app.exchange.beneficiary.package import Package

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(Package(content).replaced(name, xml)))
    return [row[0] for row in book.get_sheet_by_index(0).to_python() if row and row[0] != ""]
