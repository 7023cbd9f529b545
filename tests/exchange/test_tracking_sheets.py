"""What stands beside the values of a sheet: ticked papers, comments, colours with a legend, tabs of one shape."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from mobility_app.core.tracking import PaperState
from mobility_app.exchange import paper_words
from mobility_app.exchange.book import Book, Sheet, SheetRow
from mobility_app.exchange.mapping import map_sheet
from mobility_app.exchange.reading import read

DAY = dt.date(2027, 3, 12)
SIGNED, SENT = PaperState("signed"), PaperState("sent")


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        (DAY, PaperState("signed", DAY)),
        ("12/03/2027", PaperState("signed", DAY)),
        ("signé le 12/03/2027", PaperState("signed", DAY)),
        ("Reçu 12 mars 2027", PaperState("signed", DAY)),
        ("envoyé le 12.03.27", PaperState("sent", DAY)),
        *((said, SIGNED) for said in ("oui", "X", "ok", "✓", "OK ", "signé", "Reçue", 1, True, "fait")),
        *((said, SENT) for said in ("envoyé", "En signature", "en cours")),
        ("imprimé", PaperState("printed")),
        ("sans objet", PaperState("not_applicable", None, "sans objet")),
        ("S/O", PaperState("not_applicable", None, "S/O")),
        *((said, None) for said in ("non", "à faire", "-", "✗", 0, False, None, "?", "manquant")),
    ],
)
def test_a_tick_says_where_a_paper_stands(cell, state) -> None:
    assert paper_words.read(cell) == (state, True)


@pytest.mark.parametrize("cell", ["voir Mme Duval", "12/03", 137, "signé par le père", "oui mais illisible"])
def test_what_says_nothing_certain_is_not_guessed(cell) -> None:
    assert paper_words.read(cell) == (None, False)


# ---- files


def people(sheet, first_row: int, *names: str) -> None:
    for column, title in enumerate(("Nom", "Prénom", "Pays", "Décision"), 1):
        sheet.cell(first_row, column, title)
    for row, name in enumerate(names, first_row + 1):
        sheet.cell(row, 1, name)
        sheet.cell(row, 2, "Léa")
        sheet.cell(row, 3, "Espagne")


def fill(sheet, row: int, colour: str | Color) -> None:
    for column in range(1, 5):
        sheet.cell(row, column).fill = PatternFill("solid", fgColor=colour)


def saved(book: openpyxl.Workbook, path: Path) -> Book:
    book.save(path / "a.xlsx")
    return read(path / "a.xlsx")


def test_comments_are_read_and_become_remarks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    people(book.active, 1, "Arnould", "Béchu")
    book.active["C3"].comment = Comment("Secrétariat:\nChambre\navec Manon <&>", "Secrétariat")
    found = saved(book, tmp_path)
    assert found.sheets[0].comments == {(3, 2): "Chambre\navec Manon <&>"}
    assert [row.remarks for row in map_sheet(found).rows] == [(), ("Chambre avec Manon <&>",)]


def test_colours_that_a_legend_explains_are_understood(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    people(sheet, 5, *"ABCDEF")
    legend = {"FFFF0000": ": désisté", "FF00B050": "parti", "FFFFC000": "à relancer en mai"}
    sheet["A1"] = "Légende"
    for column, (colour, said) in enumerate(legend.items()):
        sheet.cell(2, 1 + 2 * column).fill = PatternFill("solid", fgColor=colour)
        sheet.cell(2, 2 + 2 * column, said)
    for row, colour in zip(range(6, 11), (*legend, "FF999999", "FFFF0000"), strict=True):
        fill(sheet, row, colour)
    sheet.cell(10, 4, "retenu")
    table = map_sheet(saved(book, tmp_path))
    rows = [(row.values["decision"], row.remarks) for row in table.rows]
    assert rows == [
        ("withdrawn", ()),
        (None, ()),
        (None, ("Couleur\N{NO-BREAK SPACE}: à relancer en mai",)),
        (None, ()),
        ("selected", ("Couleur\N{NO-BREAK SPACE}: désisté",)),
        (None, ()),
    ]
    assert table.rows[0].values["decision_reason"] == "couleur du tableau\N{NO-BREAK SPACE}: désisté"
    found = {(colour.rgb, colour.rows, colour.decision, colour.stage) for colour in table.colours}
    assert found == {
        ("FF0000", 2, "withdrawn", False),
        ("00B050", 1, "", True),
        ("FFC000", 1, "", False),
        ("999999", 1, "", False),
    }


def test_a_coloured_title_explains_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "Suivi 2026-2027"
    people(sheet, 3, "Arnould", "Béchu")
    for row in (1, 3, 5):
        fill(sheet, row, "FFDDEBF7")
    table = map_sheet(saved(book, tmp_path))
    assert [row.remarks for row in table.rows] == [(), ()]
    assert [(colour.said, colour.rows) for colour in table.colours] == [("", 1)]


def test_theme_colours_count_as_they_look(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    people(book.active, 1, "Arnould")
    fill(book.active, 2, Color(theme=5, tint=0.4))
    fill(book.active, 1, Color(theme=0))  # white
    assert set(saved(book, tmp_path).sheets[0].colours.values()) == {"D99694"}


# ---- several tabs


def tab(name: str, *rows: tuple[str, ...], titles: tuple[str, ...] = ("Nom", "Prénom", "Pays"), hidden=False) -> Sheet:
    numbered = [SheetRow(number, row) for number, row in enumerate((titles, *rows), 1)]
    return Sheet(name, tuple(numbered), hidden)


MARTIN, PETIT = ("MARTIN", "Léa", "Espagne"), ("PETIT", "Noé", "Irlande")


def test_tabs_of_one_shape_are_read_together() -> None:
    book = Book(
        "a.xlsx", (tab("LP Zay", MARTIN), tab("Tarifs", ("x", "y", "z"), titles=("a", "b", "c")), tab("CFA B", PETIT))
    )
    table = map_sheet(book, sheet_name="*")
    assert table.sheets == ("LP Zay", "CFA B")
    assert [(row.sheet, row.number, row.values["last_name"]) for row in table.rows] == [
        ("LP Zay", 2, "MARTIN"),
        ("CFA B", 2, "PETIT"),
    ]


def test_one_tab_alone_tells_of_those_alike() -> None:
    table = map_sheet(
        Book("a.xlsx", (tab("LP Zay", MARTIN, PETIT), tab("CFA B", PETIT), tab("old", MARTIN, hidden=True)))
    )
    assert (table.sheet, table.alike, table.sheets) == ("LP Zay", ("CFA B",), ())
    assert [row.sheet for row in table.rows] == ["", ""]


def test_a_tab_that_names_its_school_lends_it_to_its_people() -> None:
    titles = ("Établissement", "Nom", "Prénom")
    book = Book(
        "a.xlsx", (tab("LP Zay", ("", *MARTIN[:2]), titles=titles), tab("2027", ("CFA B", *PETIT[:2]), titles=titles))
    )
    table = map_sheet(book, sheet_name="*")
    assert [row.values["sending_organisation"] for row in table.rows] == ["LP Zay", "CFA B"]


def test_one_tab_only_is_read_as_ever() -> None:
    table = map_sheet(
        Book("a.xlsx", (tab("Suivi", MARTIN), tab("Listes", ("x",), titles=("ne pas toucher",)))), sheet_name="*"
    )
    assert (table.sheets, table.rows[0].sheet) == ((), "")
