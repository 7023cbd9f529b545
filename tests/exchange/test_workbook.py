"""Any table to Excel and CSV: typed cells, hostile texts, what comes back on import, whole files or none."""

import csv
import datetime as dt
import io
import zipfile
from operator import attrgetter
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app.core.facts import MobilityRow
from mobility_app.errors import UserError
from mobility_app.exchange import headings, mapping, measures, reading, sheets, workbook
from mobility_app.exchange.tables import Column
from mobility_app.fields import MOBILITY, writable
from tests.exchange import invented

KEYS = tuple(field.key for field in MOBILITY)
HOSTILE = (
    "=1+1", '=HYPERLINK("http://exemple.test")', "+33 6 12", "-3", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "\x01=1", "'=1",
    "{=1}", "http://exemple.test", "mailto:a@exemple.test", "internal:Feuil1!A1", "_x0041_", "null", "1E02", "0x0",
    "TRUE", "12.50", "007", "İzmir \u202e abc", "a\ud800b", "a\ufffeb", "né\u0301e", "ligne 1\nligne 2", "😀", " x ",
)  # fmt: skip


def text_column(key: str = "notes", title: str = "Observations") -> Column:
    return Column(key, title, "wrapped", attrgetter(key))


def cells(path: Path, *, formulas: bool = False) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path, data_only=not formulas).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def table(path: Path) -> list[list[object]]:
    """Header and rows, below the title block and its empty row."""
    rows = [[cell.date() if isinstance(cell, dt.datetime) else cell for cell in row] for row in cells(path)]
    return rows[next(index for index, row in enumerate(rows) if row[0] is None) + 1 :]


def of_csv(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_values_are_typed(tmp_path):
    row = invented.paid(invented.mobility(3, start=dt.date(2027, 3, 1), end=dt.date(2027, 3, 14)), invented.rates())
    keys = ("number", "last_name", "start", "days", "distance_km", "green", "country", "total")
    workbook.write_table(tmp_path / "t.xlsx", "Mobilités", workbook.field_columns(keys), [row])
    header, values = table(tmp_path / "t.xlsx")
    assert header == ["N°", "Nom", "Départ", "Durée", "Distance", "Voyage vert", "Pays", "Subvention"]
    assert values == [3, "LEFÈVRE", dt.date(2027, 3, 1), 14, row.distance_km, "Oui", "Islande", row.total / 100]


def test_an_unknown_amount_is_a_word_and_unknown_facts_stay_empty(tmp_path):
    row = MobilityRow(last_name="MARTIN", interruption_days=0)
    for language, word in (("fr", "inconnu"), ("en", "unknown")):
        path = tmp_path / f"{language}.xlsx"
        columns = workbook.field_columns(("total", "days", "start", "town", "interruption_days"), language)
        workbook.write_table(path, "Mobilities", columns, [row], language=language)
        assert table(path)[1] == [word, word, None, None, 0]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_an_exported_table_is_read_back_without_loss(tmp_path, language, suffix):
    rows = [invented.paid(invented.mobility(number), invented.rates()) for number in range(1, 41)]
    heading = headings.heading(
        "Mobilités",
        invented.PROJECT,
        invented.TODAY,
        language=language,
        rates_state="example",
        incomplete=3,
        findings=9,
    )
    path = tmp_path / f"t{suffix}"
    columns = workbook.field_columns(KEYS, language)
    assert workbook.write_table(path, "Mobilités", columns, rows, language=language, heading=heading)
    read = mapping.map_sheet(reading.read(path))
    assert [column.field_key for column in read.columns] == list(KEYS)
    assert [(problem, row.number) for row in read.rows for problem in row.problems] == []
    for row, again in zip(rows, read.rows, strict=True):
        kept = (field.key for field in writable() if field.owner not in ("paper", "payment", "account"))
        assert again.values == {key: getattr(row, key) for key in kept}
    if suffix == ".xlsx":
        assert read.reference == invented.PROJECT.reference


def test_her_own_sheet_comes_back_with_her_columns_in_her_order(tmp_path):
    own = {
        "Prix billet": "137",
        "Caution (€)": "12,5",
        "Réservé le": "03/11/2026",
        "Code": "007",
        "Puce": "-0",
        "Vœu": "=A1",
    }
    row = invented.mobility(5, own=own)
    headers = [(title, "") for title in own]
    headers[2:2] = [("NOM", "last_name"), ("Prénom", "first_name")]
    headers += [("Ville d'accueil", "town"), ("Départ", "start")]
    path = tmp_path / "suivi.xlsx"
    workbook.write_table(path, "Suivi 2026-27", workbook.her_columns(headers), [row])
    header, values = table(path)
    assert header == [title for title, _key in headers]
    shown = dict(zip(header, values, strict=True))
    assert shown["Prix billet"] == 137
    assert shown["Caution (€)"] == 12.5
    assert shown["Réservé le"] == dt.date(2026, 11, 3)
    assert (shown["Code"], shown["Puce"], shown["Vœu"]) == ("007", "-0", "=A1")
    again = mapping.map_sheet(reading.read(path))
    assert again.rows[0].own == own
    assert again.rows[0].values["town"] == row.town


@given(st.text(max_size=30).filter(lambda text: text == text.strip()))
def test_her_own_texts_keep_what_a_sheet_would_show(value):
    from mobility_app.exchange.words import displayed

    cell = workbook.own_column("Libre").value(MobilityRow(own={"Libre": value}))
    assert cell == value or displayed(cell) == value


def test_no_text_becomes_a_formula_a_link_or_a_number(tmp_path):
    rows = [MobilityRow(notes=value, last_name=value) for value in HOSTILE]
    columns = (text_column(), text_column("last_name", "=Nom"))
    path = tmp_path / "t.xlsx"
    assert workbook.write_table(path, "=1+1", columns, rows)
    sheet = openpyxl.load_workbook(path).active
    written = [row for row in sheet.iter_rows(min_row=4)]
    assert {cell.data_type for row in written for cell in row} <= {"s"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert [row[0].value for row in written] == [sheets.clean_cell(value) for value in HOSTILE]


def test_texts_longer_than_a_cell_are_cut_at_its_limit(tmp_path):
    workbook.write_table(tmp_path / "t.xlsx", "Long", (text_column(),), [MobilityRow(notes="é" * 40_000)])
    assert table(tmp_path / "t.xlsx")[1] == ["é" * 32_767]


def test_csv_guards_texts_and_leaves_numbers_alone(tmp_path):
    rows = [MobilityRow(notes=value, total=-123_456, birth_date=dt.date(2008, 2, 3)) for value in HOSTILE]
    columns = (text_column(), Column("total", "Total", "money", attrgetter("total")))
    workbook.write_table(tmp_path / "t.csv", "t", (*columns, *workbook.field_columns(["birth_date"])), rows)
    header, *lines = of_csv(tmp_path / "t.csv")
    assert header == ["Observations", "Total", "Date de naissance"]
    assert {tuple(line[1:]) for line in lines} == {("-1234,56", "03/02/2008")}
    for value, (written, *_rest) in zip(HOSTILE, lines, strict=True):
        assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
        assert written in (sheets.clean_cell(value), f"'{sheets.clean_cell(value)}")
    workbook.write_table(tmp_path / "en.csv", "t", columns, rows[:1], language="en")
    assert of_csv(tmp_path / "en.csv")[1][1] == "-1234.56"


@given(st.text(max_size=40))
def test_any_text_is_written_as_it_is_cleaned(value):
    cleaned = sheets.clean_cell(value)
    assert not any(ord(c) < 32 and c not in "\t\n" for c in cleaned)
    assert sheets.clean_cell(cleaned) == cleaned


def test_the_sheet_can_be_read_and_printed(tmp_path):
    heading = headings.heading(
        "Mobilités", invented.PROJECT, invented.TODAY, language="fr", rates_state="example", incomplete=1,
        filter_text="pays:ES", findings=2,
    )  # fmt: skip
    rows = [invented.mobility(number) for number in range(1, 9)]
    path = tmp_path / "t.xlsx"
    workbook.write_table(path, "Mobilités", workbook.field_columns(KEYS[:12]), rows, heading=heading)
    sheet = openpyxl.load_workbook(path).active
    above = [sheet.cell(row, 1).value for row in range(1, 6)]
    assert above[0] == "Mobilités"
    for said in (invented.PROJECT.reference, "données du 15/02/2027", "filtre", "pays:ES", "2 points à corriger"):
        assert said in above[1]
    assert above[2].startswith("Montants d’exemple")
    assert "1 mobilité incomplète" in above[3]
    assert sheet.freeze_panes == "B7"
    assert sheet.auto_filter.ref == "A6:L14"
    assert sheet.print_title_rows == "$6:$6"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.oddFooter.right.text == "page &P/&N"
    assert sheet.oddFooter.left.text == "Mobilités"


def test_a_footer_keeps_its_ampersand_and_fits(tmp_path):
    path = tmp_path / "t.xlsx"
    title = "R&D " * 60
    workbook.write_table(path, "t", (text_column(),), [], heading=headings.Heading("", footer=title))
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    footer = xml[xml.index("<oddFooter>") + 11 : xml.index("</oddFooter>")]
    assert "R&amp;&amp;D" in footer
    assert len(footer.replace("&amp;", "&")) <= 255


@pytest.mark.parametrize("text", ["MARTIN LOPEZ", "Wwwwwwwwwwwwwwww", "2 345 678,00", "Θεσσαλονίκη"])
def test_columns_are_at_least_as_wide_as_what_they_hold(tmp_path, text):
    path = tmp_path / "t.xlsx"
    workbook.write_table(path, "t", (text_column(),), [MobilityRow(notes=text)])
    assert openpyxl.load_workbook(path).active.column_dimensions["A"].width >= measures.width(text)


def test_long_texts_get_rows_that_are_tall_enough(tmp_path):
    path = tmp_path / "t.xlsx"
    short, long = MobilityRow(notes="RAS"), MobilityRow(notes="attend la convention signée par l'hôte " * 12)
    workbook.write_table(path, "t", (text_column(),), [short, long])
    sheet = openpyxl.load_workbook(path).active
    heights = [sheet.row_dimensions[row].height for row in (4, 5)]
    lines = -(-measures.width(long.notes) // sheet.column_dimensions["A"].width)
    assert heights[1] >= heights[0] + 12 * (lines - 1)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_cancelling_leaves_the_old_file(tmp_path, suffix):
    path = tmp_path / f"t{suffix}"
    path.write_text("old")
    seen = []

    def stop(done, total):
        seen.append((done, total))
        return done < 3

    rows = [invented.mobility(number) for number in range(1, 9)]
    assert workbook.write_table(path, "t", workbook.field_columns(KEYS), rows, progress=stop) is False
    assert seen == [(1, 8), (2, 8), (3, 8)]
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path, suffix):
    rows, columns = [invented.mobility(1)], workbook.field_columns(KEYS)
    with pytest.raises(UserError) as missing:
        workbook.write_table(tmp_path / "nowhere" / f"t{suffix}", "t", columns, rows)
    assert "nowhere" in missing.value.message
    (tmp_path / f"folder{suffix}").mkdir()
    with pytest.raises(UserError) as folder:
        workbook.write_table(tmp_path / f"folder{suffix}", "t", columns, rows)
    assert f"folder{suffix}" in folder.value.message
    assert [entry.name for entry in tmp_path.iterdir()] == [f"folder{suffix}"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Établissement d’envoi", "Établissement d’envoi"),
        ("a/b:c[d]*?\\", "a b c d"),
        ("'x'", "x"),
        ("n" * 40, "n" * 31),
        ("", "1"),
        ("History", "History 1"),
    ],
)
def test_sheet_names_are_those_that_excel_accepts(tmp_path, name, expected):
    path = tmp_path / "t.xlsx"
    workbook.write_table(path, name, (text_column(),), [])
    assert openpyxl.load_workbook(path).sheetnames == [expected]


def test_the_same_table_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        book = sheets.Workbook("fr")
        book.describe("Titre", "Auteur", invented.TODAY)
        book.sheet("Une").text(0, 0, "x")
        book.save(tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
