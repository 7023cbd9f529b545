"""Reading tables: every format gives the same book; encodings, delimiters, day counts, errors and hidden rows."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from mobility_app.errors import UserError
from mobility_app.exchange import guard
from mobility_app.exchange.book import Book, column_index, column_letters, from_plain, to_plain
from mobility_app.exchange.child import SWITCH, read_here
from mobility_app.exchange.reading import ReadingCancelled, _command, read
from tests.exchange import table_files as tables

ZOE = (
    "LP Jeanne-Barret",
    "ŁUKASZEWSKA",
    "Zoé",
    dt.date(2008, 2, 15),
    "Grèce",
    dt.date(2027, 3, 1),
    dt.date(2027, 3, 14),
)


def numbers(book: Book) -> list[int]:
    return [row.number for row in book.sheets[0].rows]


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xls", "ods"])
def test_every_format_gives_the_same_rows(kind: str, tmp_path: Path) -> None:
    fresh = kind.startswith("xlsx") or kind == "xlsm"
    book = read(tables.lycee(tmp_path / f"lycee.{kind}") if fresh else tables.DATA / "tables" / f"lycee.{kind}")
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("Départs", False), ("Caché", True)]
    assert numbers(book) == [3, 5, 6, 7, 8]
    rows = {row.number: row for row in book.sheets[0].rows}
    assert rows[6].cells == (None, *ZOE, 1340, "O", 137.5)
    assert rows[7].cells == (None, None, "D'ALMEIDA", "Noël", dt.date(2007, 12, 31), "Türkiye", *ZOE[5:], 2350, "N")
    assert rows[8].cells[2:4] == ("Ηλιάδης", "Œuvrard")
    assert rows[8].cells[4:9] == ("15/02/2008", "ES", "01/03/27", "14.03.2027", "1 340 km")
    assert isinstance(rows[6].cells[8], int)


def test_binary_workbook(tmp_path: Path) -> None:
    path = tables.xlsb(tmp_path / "lycee.xlsb", [tables.TITLES, ZOE, ["km", 1340, 12.5]], first_row=3)
    book = read(path)
    assert numbers(book) == [3, 4, 5]
    assert book.sheets[0].rows[1].cells == ZOE
    assert book.sheets[0].rows[2].cells == ("km", 1340, 12.5)


def test_the_name_of_a_file_does_not_decide(tmp_path: Path) -> None:
    disguised = tmp_path / "export.csv"
    disguised.write_bytes((tables.DATA / "tables" / "lycee.xls").read_bytes())
    assert numbers(read(disguised)) == [3, 5, 6, 7, 8]
    text = tables.text(
        tmp_path / "export.xls", [tables.TITLES[2:], tables.PERSON[2:]], delimiter="\t", encoding="cp1252"
    )
    assert read(text).sheets[0].rows[1].cells == tables.PERSON[2:]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_any_usual_encoding(encoding: str, delimiter: str, tmp_path: Path) -> None:
    person = list(tables.PERSON)
    person[1] = "ŒUVRARD" if encoding == "cp1252" else person[1]
    path = tables.text(tmp_path / "a.csv", [tables.TITLES, person], delimiter=delimiter, encoding=encoding)
    book = read_here(path)
    assert [row.cells for row in book.sheets[0].rows] == [tables.TITLES, tuple(person)]


# Each text and the rows that it must give, written with "|" between cells; the ideas are those of every collection of
# awkward CSV files.
AWKWARD = {
    "quoted delimiter": ('Nom;Note\nMARTIN;"a; b"\n', ["Nom|Note", "MARTIN|a; b"]),
    "newline in a cell": ('Nom;Note\r\nA;"un\r\ndeux"\r\nB;x\r\n', ["Nom|Note", "A|un\ndeux", "B|x"]),
    "doubled quotes": ('Nom,Note\nMARTIN,"dit ""Zoé"""\n', ["Nom|Note", 'MARTIN|dit "Zoé"']),
    "lone quote": ('Nom;Note\nMARTIN;5"\nPETIT;x\n', ["Nom|Note", 'MARTIN|5"', "PETIT|x"]),
    "never closed": ('Nom;Note\nMARTIN;"a\nPETIT;x\n', ["Nom|Note", 'MARTIN|"a', "PETIT|x"]),
    "quote inside": ('Nom;Note\nMARTIN;"a"b\nPETIT;"x"\n', ["Nom|Note", "MARTIN|ab", "PETIT|x"]),
    "old Mac lines": ("Nom;Note\rMARTIN;x\r", ["Nom|Note", "MARTIN|x"]),
    "no last newline": ("Nom;Note\nMARTIN;x", ["Nom|Note", "MARTIN|x"]),
    "uneven rows": ("Suivi 2027\n\nNom;Prénom;Pays\nA;Zoé\n", ["Suivi 2027", "Nom|Prénom|Pays", "A|Zoé"]),
    "decimal commas": ("Nom;km;€\nA;1,5;2,5\nB;1,5;2,5\n", ["Nom|km|€", "A|1,5|2,5", "B|1,5|2,5"]),
    "one column": ("Nom\nMARTIN\n", ["Nom", "MARTIN"]),
    "hint for Excel": ("sep=,\nNom,Note\nMARTIN,a;b;c;d\n", ["Nom|Note", "MARTIN|a;b;c;d"]),
    "leading noughts": ("Nom;Tél\nMARTIN;0612345678\n", ["Nom|Tél", "MARTIN|0612345678"]),
    "shielded formula": ("Nom;Tél\nMARTIN;'+33 6\n", ["Nom|Tél", "MARTIN|+33 6"]),
    "an apostrophe": ("Nom;Note\n'Amélie;x\n", ["Nom|Note", "'Amélie|x"]),
    "starts like a picture": ("BM ID;Nom\n1;MARTIN\n", ["BM ID|Nom", "1|MARTIN"]),
}


@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_text(case: str, tmp_path: Path) -> None:
    content, expected = AWKWARD[case]
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode())
    assert ["|".join(row.cells) for row in read_here(path).sheets[0].rows] == expected


def test_text_rows_have_the_numbers_of_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'\n\nNom;Note\n"MARTIN";"a\nb"\n\nPETIT;x\n')
    assert numbers(read_here(path)) == [3, 4, 6]


def test_1904_dates(tmp_path: Path) -> None:
    path = tables.workbook(
        tmp_path / "mac.xlsx", [["Nom", "Départ"], ["A", dt.date(2027, 3, 1)], ["B", 44985]], since_1904=True
    )
    book = read(path)
    assert book.since_1904
    assert book.sheets[0].rows[1].cells == ("A", dt.date(2027, 3, 1))
    assert not read(tables.SAMPLE).since_1904


def test_cells_that_look_like_dates_and_are_none(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Nom", dt.time(8, 30), dt.timedelta(hours=30), 0, 46447])
    sheet["D1"].number_format = "dd/mm/yyyy"  # nought, which Excel shows as 00/01/1900
    sheet["E1"].number_format = "[$-40C]d mmm yyyy"
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").sheets[0].rows[0].cells == (
        "Nom",
        "08:30",
        "1 day, 6:00:00",
        None,
        dt.date(2027, 3, 1),
    )


def test_failed_and_uncomputed_formulas_are_named(tmp_path: Path) -> None:
    plain = tables.workbook(tmp_path / "a.xlsx", [["x"]])
    cells = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>MARTIN</t></is></c><c r="B2" t="e"><v>#REF!</v></c>'
        '<c r="C2" t="e" s="0"><f>1/0</f><v>#DIV/0!</v></c><c r="D2"><f>C2+1</f></c><c r="E2"><f>C2+1</f><v></v></c>'
        '<c r="AA2"><f>1+1</f><v>2</v></c><c r="AB2" t="str"><f>IF(1,"")</f><v></v></c></row>'
    )
    path = tables.repacked(tmp_path / "b.xlsx", plain, {"xl/worksheets/sheet1.xml": tables.sheet_xml(cells)})
    sheet = read(path).sheets[0]
    assert sheet.rows[0].cells == ("MARTIN", *[None] * 25, 2)
    assert sheet.errors == {(2, 1): "#REF!", (2, 2): "#DIV/0!", (2, 3): "=", (2, 4): "="}


def test_the_sample_has_every_row_under_its_own_number() -> None:
    book = read(tables.SAMPLE)
    assert [sheet.name for sheet in book.sheets] == ["Suivi 2026-27", "Listes"]
    sheet = openpyxl.load_workbook(tables.SAMPLE, data_only=True).worksheets[0]
    expected = {
        number: [value.date() if isinstance(value, dt.datetime) else value for value in row]
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
    }
    assert numbers(book) == [number for number, row in expected.items() if any(value is not None for value in row)]
    for row in book.sheets[0].rows:
        assert [row.cell(index) for index in range(22)] == expected[row.number]


def test_a_book_survives_the_way_from_the_child(tmp_path: Path) -> None:
    book = read_here(tables.lycee(tmp_path / "a.xlsx"))
    assert from_plain(to_plain(book)) == book
    assert [column_letters(index) for index in (0, 25, 26, 199, 701, 702)] == ["A", "Z", "AA", "GR", "ZZ", "AAA"]
    assert all(column_index(column_letters(index)) == index for index in range(1_000))


def test_the_child_imports_nothing_heavy_and_no_planted_module(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('planted')")
    tables.workbook(tmp_path / "a.xlsx", [tables.TITLES])
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        assert read("a.xlsx").sheets[0].rows[0].cells == tables.TITLES
    finally:
        os.chdir(here)
    code = (
        "import sys, pathlib, mobility_app.exchange.child as child;"
        "child.read_here(pathlib.Path(sys.argv[1])); print(*sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tables.SAMPLE)]
    loaded = set(subprocess.run(command, capture_output=True, text=True, check=True, cwd=here).stdout.split())
    assert "python_calamine" in loaded
    assert not loaded & {"sqlalchemy", "PySide6", "openpyxl", "babel", "rapidfuzz", "mobility_app.i18n"}


def test_a_frozen_program_calls_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _command(Path("/a.xlsx"), 300)[1:] == ["-m", "mobility_app.exchange.child", "/a.xlsx", "300"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert _command(Path("/a.xlsx"), 300) == [sys.executable, SWITCH, "/a.xlsx", "300"]


def test_cancel_and_time_limit_end_the_child() -> None:
    asked: list[bool] = []

    def cancel() -> bool:
        asked.append(True)
        return True

    with pytest.raises(ReadingCancelled, match="rien n’a été importé"):
        read(tables.SAMPLE, cancel=cancel)
    assert asked == [True]
    with pytest.raises(UserError, match="prenait trop de temps"):
        read(tables.SAMPLE, timeout=0.0)
    assert read(tables.SAMPLE, cancel=lambda: False).sheets


@pytest.mark.parametrize(("name", "rows", "columns"), [("rows", 20_000, 2), ("columns", 2, 200)])
def test_limits_are_exact(name: str, rows: int, columns: int, tmp_path: Path) -> None:
    def csv(path: Path, height: int, width: int) -> Path:
        return tables.text(path, [["x"] * width] * height)

    assert len(read_here(csv(tmp_path / "a.csv", rows, columns)).sheets[0].rows) == rows
    over = (rows + 1, columns) if name == "rows" else (rows, columns + 1)
    with pytest.raises(guard.Unreadable, match="too_large"):
        read_here(csv(tmp_path / "b.csv", *over))
