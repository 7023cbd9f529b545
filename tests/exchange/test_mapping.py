"""Sheets as tables of mobilities: the coordinator's own sheet, and every shape that such sheets take."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from mobility_app.core.incoming import ImportRow, Table
from mobility_app.errors import UserError
from mobility_app.exchange.book import Book, Cell, Sheet, SheetRow
from mobility_app.exchange.child import read_here
from mobility_app.exchange.mapping import find_header, map_sheet, reference_in
from mobility_app.fields import MOBILITY
from mobility_app.i18n import LANGUAGES, catalogue, render
from tests.exchange import table_files as tables
from tests.exchange.table_files import EXPECTED, TITLES

PERSON: tuple[Cell, ...] = (
    "LP Jeanne-Barret", "ŁUKASZEWSKA", "Zoé", dt.date(2008, 2, 15), "Grèce", dt.date(2027, 3, 1), dt.date(2027, 3, 14),
)  # fmt: skip


def sheet(*rows: tuple[Cell, ...], first: int = 1, name: str = "Suivi") -> Sheet:
    numbered = (SheetRow(number, tuple(row)) for number, row in enumerate(rows, start=first))
    return Sheet(name, tuple(row for row in numbered if any(cell is not None for cell in row.cells)))


def keys(table: Table) -> list[str | None]:
    return [column.field_key for column in table.columns]


def only(table: Table) -> ImportRow:
    (row,) = table.rows
    return row


def said(row: ImportRow) -> list[tuple[str, str, bool]]:
    return [(problem.column_header, render(problem.text, "fr"), problem.refuses) for problem in row.problems]


@pytest.fixture(scope="module")
def sample() -> Table:
    return map_sheet(read_here(tables.SAMPLE))


class TestTheSample:
    def test_what_stands_above(self, sample: Table) -> None:
        assert (sample.sheet, sample.header_row) == ("Suivi 2026-27", 4)
        assert sample.reference == "2026-1-FR01-KA121-VET-000212345"
        assert sample.title == "Consortium CMQ – Suivi des mobilités Erasmus+ 2026-2027"

    def test_columns(self, sample: Table) -> None:
        assert " ".join(str(key) for key in keys(sample)) == (
            "sending_organisation sending_uai last_name first_name birth_date class_name status activity country town"
            " host email start end days travel_days distance_km green fewer_opportunities bm_id None notes"
        )
        assert sample.own_columns == ("Prix billet",)
        assert [column.header for column in sample.columns if column.computed] == ["Nb jours"]

    def test_refused_rows(self, sample: Table) -> None:
        refused = {row.number: said(row) for row in sample.rows if row.refused}
        assert list(refused) == [case["row"] for case in EXPECTED["refused"]]
        assert {number: problems[0][:2] for number, problems in refused.items()} == {
            333: ("Retour", "Le retour (06/03/2027) précède le départ (20/03/2027)."),
            334: ("Pays", "Pays inconnu\u00a0: «\u00a0Atlantide\u00a0». Écrivez son nom ou son code à deux lettres."),
            335: (
                "Départ",
                "Date illisible\u00a0: «\u00a0mi-mars\u00a0». Écrivez-la jour/mois/année, par exemple 15/03/2027.",
            ),
            336: ("NOM", "Le nom manque."),
        }
        assert all(len(problems) == 1 for problems in refused.values())

    def test_figures(self, sample: Table) -> None:
        accepted = [row for row in sample.rows if not row.refused]
        twice = {case["row"] for case in EXPECTED["duplicates"]}
        once = [row.values for row in accepted if row.number not in twice]
        assert len(sample.rows) == len(once) + len(twice) + len(EXPECTED["refused"])
        assert len(once) == EXPECTED["mobilities"]
        assert sum((row["end"] - row["start"]).days + 1 for row in once) == EXPECTED["total_days"]
        assert sum(row["green"] is True for row in once) == EXPECTED["green"]
        assert sum(row["fewer_opportunities"] is True for row in once) == EXPECTED["inclusion"]
        assert Counter(row["country"] for row in once) == EXPECTED["countries"]
        assert len({row["host"] for row in once}) == EXPECTED["hosts"]
        assert len({(row["sending_organisation"], row["sending_uai"]) for row in once}) == EXPECTED["senders"]
        assert not [row for row in accepted if row.problems]

    def test_accompanying_persons(self, sample: Table) -> None:
        told = [row.values for row in sample.rows if row.values.get("role") == "accompanying"]
        assert len(told) == 13
        assert {(row["status"], row["activity"]) for row in told} == {("staff", None)}
        assert all(row["activity"] for row in (r.values for r in sample.rows) if "role" not in row)

    def test_schools_are_carried_down_to_their_people_only(self, sample: Table) -> None:
        raw = openpyxl.load_workbook(tables.SAMPLE).worksheets[0]
        carried = [row for row in sample.rows if raw.cell(row.number, 1).value is None]
        assert len(carried) == 74 - 9  # the blank cells but for the empty rows
        for row in carried:
            above = next(raw.cell(n, 1).value for n in range(row.number, 0, -1) if raw.cell(n, 1).value)
            assert row.values["sending_organisation"] == above
            assert row.values["sending_uai"]

    def test_names_and_own_columns_as_typed(self, sample: Table) -> None:
        rows = {row.number: row for row in sample.rows}
        assert (rows[8].values["last_name"], rows[8].values["first_name"]) == ("Martin", "Maëlys")
        assert rows[7].values["last_name"] == "TRAORÉ"
        assert rows[5].own == {"Prix billet": "137"}
        assert rows[324].own == {"Prix billet": "1\u202f760,50 €"}
        assert rows[333].own == {}

    def test_totals_and_the_legend_are_listed_as_skipped(self, sample: Table) -> None:
        assert [(skipped.number, skipped.reason) for skipped in sample.skipped] == [
            *((number, "total") for number in (38, 81, 126, 162, 204, 255, 292, 331)),
            (341, "remark"),
        ]
        assert sample.skipped[0].text == "Total CFA Numérique du Perche"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_the_sample_as_text_gives_the_same_table(sample: Table, encoding: str, delimiter: str, tmp_path: Path) -> None:
    raw = openpyxl.load_workbook(tables.SAMPLE, data_only=True).worksheets[0]
    lines = []
    for cells in raw.iter_rows(values_only=True):
        shown = [f"{c:%d/%m/%Y}" if isinstance(c, dt.date) else "" if c is None else str(c) for c in cells]
        lines.append([f'"{text}"' if delimiter in text or '"' in text else text for text in shown])
    table = map_sheet(read_here(tables.text(tmp_path / "suivi.csv", lines, delimiter=delimiter, encoding=encoding)))
    assert table.rows == sample.rows
    assert (table.header_row, table.reference, table.title) == (sample.header_row, sample.reference, sample.title)
    assert [skipped.number for skipped in table.skipped] == [skipped.number for skipped in sample.skipped]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_every_format_gives_the_same_table(kind: str, tmp_path: Path) -> None:
    path = tables.lycee(tmp_path / "lycee.xlsx") if kind == "xlsx" else tables.DATA / "tables" / f"lycee.{kind}"
    table = map_sheet(read_here(path))
    assert (table.sheet, table.header_row) == ("Départs", 5)
    assert table.reference == "2026-1-FR01-KA121-VET-000212345"
    assert table.title == "Mobilités du lycée"
    assert [row.number for row in table.rows] == [6, 7, 8]  # the hidden row counts like any other
    assert [row.problems for row in table.rows] == [(), (), ()]
    stays = [(r.values["country"], r.values["start"], r.values["distance_km"], r.values["green"]) for r in table.rows]
    start = dt.date(2027, 3, 1)
    assert stays == [("GR", start, 1340, True), ("TR", start, 2350, False), ("ES", start, 1340, True)]
    assert {row.values["sending_organisation"] for row in table.rows} == {"LP Jeanne-Barret"}
    assert [row.own for row in table.rows] == [{"Prix billet": "137,5"}, {}, {"Prix billet": "1 234,50 €"}]


def test_english_titles() -> None:
    titles = ("Sending organisation", "Last name", "First Name", "Date of birth", "Country", "Start date", "End date")
    table = map_sheet(sheet(titles, PERSON))
    assert keys(table) == keys(map_sheet(sheet(TITLES, PERSON)))
    assert only(table).values["country"] == "GR"


TITLES_AND_KEYS = {
    "sending_organisation": ["Étab.", "Etablisement d'origine"],
    "last_name": ["NOM", "Nom de l'élève"],
    "first_name": ["PRÉNOM(S)", "Prénom du participant"],
    "birth_date": ["Né(e) le", "Date de naisance"],
    "gender": ["Civ.", "Civilité"],
    "start": ["Départ (jj/mm/aaaa)", "Date départ"],
    "end": ["Date de\nretour", "RETOUR *"],
    "host": ["Structure d’accueil", "Hôte"],
    "country": ["Pays d'acceuil", "PAYS"],
    "green": ["Éco-resp. (O/N)", "Voyage vert"],
    "days": ["Nb jours"],
    "number": ["N°"],
    "bm_id": ["ID mobilité BM"],
    "email": ["Adresse mail du participant", "Mél"],
    "phone": ["Tel"],
    "notes": ["Commentaires", "Observation"],
    None: [
        *("Prix billet", "Département", "Nom du tuteur", "Ville de départ", "Montant"),
        *("Lieu de naissance", "Pays de naissance", "Date limite", "Dates", "Mineur"),
    ],
}


@pytest.mark.parametrize(
    ("key", "title"), [(key, title) for key, titles in TITLES_AND_KEYS.items() for title in titles]
)
def test_titles(title: str, key: str | None) -> None:
    assert keys(map_sheet(sheet((title, "Flux", "Ville"), ("A", "B", "C"))))[0] == key


class TestTitlesInTwoRows:
    def test_groups_over_columns(self) -> None:
        groups = ("Participant", None, None, None, "Séjour", None, None)
        table = map_sheet(sheet(("Suivi",), groups, TITLES, PERSON))
        assert (table.header_row, table.title) == (3, "Suivi")
        assert None not in keys(table)

    def test_titles_in_either_row(self) -> None:
        upper = ("Étab.", "Nom", "Prénom", "Né(e) le", "Pays", "Dates", None)
        lower = (None, None, None, None, None, "Départ", "Retour")
        table = map_sheet(sheet(upper, lower, PERSON))
        assert keys(table) == keys(map_sheet(sheet(TITLES, PERSON)))
        assert [row.number for row in table.rows] == [3]

    def test_titles_merged_over_both_rows(self) -> None:
        upper = ("Étab.", "Participant", None, None, "Séjour", None, None)
        lower = (None, "Nom", "Prénom", "Né(e) le", "Pays", "Départ", "Retour")
        assert keys(map_sheet(sheet(upper, lower, PERSON))) == keys(map_sheet(sheet(TITLES, PERSON)))

    def test_the_same_title_in_two_groups(self) -> None:
        groups = ("Élève", None, "Prévu", None, "Réel", None, "Tuteur", None)
        titles = ("Nom", "Prénom", "Départ", "Retour", "Départ", "Retour", "Nom", "Mail pro")
        values = ("A", "B", "01/03/2027", "14/03/2027", "02/03/2027", "13/03/2027", "Mme Ruiz", "x")
        table = map_sheet(sheet(groups, titles, values))
        assert keys(table) == ["last_name", "first_name", "start", "end", "actual_start", "actual_end", "mentor", None]
        assert only(table).values["actual_end"] == dt.date(2027, 3, 13)

    def test_the_same_title_twice_stays_apart(self) -> None:
        table = map_sheet(sheet(("Nom", "Prénom", "Prix", "Prix", None, "Nom"), ("A", "B", "1", "2", "3", "C")))
        assert [column.header for column in table.columns] == [
            "Nom",
            "Prénom",
            "Prix",
            "Prix (2)",
            "Colonne E",
            "Nom (2)",
        ]
        assert only(table).own == {"Prix": "1", "Prix (2)": "2", "Colonne E": "3", "Nom (2)": "C"}


def test_remembered_decisions_come_first() -> None:
    rows = sheet(("Nom", "Prénom", "Lieu", "Nom d'usage", "Ville"), ("A", "B", "C", "D", "E"))
    assert keys(map_sheet(rows)) == ["last_name", "first_name", "town", None, None]
    remembered = {"LIEU": None, "nom d'usage": "last_name", "Nom": None, "Autre": "country", "Ville": "no such field"}
    table = map_sheet(rows, remembered=remembered)
    assert keys(table) == [None, "first_name", None, "last_name", None]
    assert only(table).values["last_name"] == "D"
    assert only(table).own == {"Nom": "A", "Lieu": "C", "Ville": "E"}


def test_the_sheet_of_people_is_found() -> None:
    places = sheet(
        ("Ville", "Pays", "Distance", "Hôte", "Départ", "Retour"), *[("Gent", "BE", 1, "x", "y", "z")] * 9, name="Lieux"
    )
    people = sheet(("Nom", "Prénom", "Pays"), ("A", "B", "FR"), name="Élèves")
    hidden = Sheet("Vieux", sheet(TITLES, PERSON).rows, hidden=True)
    book = Book("a.xlsx", (places, hidden, people))
    assert map_sheet(book).sheet == "Élèves"
    assert map_sheet(book, sheet_name="Vieux").sheet == "Vieux"
    with pytest.raises(UserError, match="Il n’y a pas de feuille"):
        map_sheet(book, sheet_name="Autre")


def test_no_table() -> None:
    assert find_header(sheet(("Bonjour",), ("1", "2"))) is None
    with pytest.raises(UserError, match="Aucun tableau n’a été"):
        map_sheet(sheet(("Bonjour", "à tous"), ("1", "2")))
    with pytest.raises(UserError, match="est vide"):
        map_sheet(Book("a.xlsx", (Sheet("Feuille1", ()),)))


def test_a_chosen_title_row() -> None:
    rows = sheet(TITLES, PERSON, ("Nom", "Prénom", "Pays"), ("A", "B", "FR"))
    table = map_sheet(rows, header_row=3)
    assert [row.values["last_name"] for row in table.rows] == ["A"]


class TestRowsThatAreNobody:
    def test_repeated_titles_totals_and_remarks(self) -> None:
        rows = sheet(
            TITLES,
            PERSON,
            ("Sous-total LP Jeanne-Barret", None, None, None, None, None, 14),
            TITLES,
            (None, "TOTAL", None, None, None, None, 14),
            ("à partir d'ici : deuxième vague",),
            PERSON,
            ("Effectif", 2),
            (None, "x = absent"),
        )
        table = map_sheet(rows)
        assert [row.number for row in table.rows] == [2, 7]
        assert [(s.number, s.reason) for s in table.skipped] == [
            (3, "total"), (4, "header"), (5, "total"), (6, "remark"), (8, "total"), (9, "remark"),
        ]  # fmt: skip

    def test_a_person_called_total_is_a_person(self) -> None:
        table = map_sheet(sheet(("Nom", "Prénom", "Pays"), ("TOTAL", "Léa", "FR"), ("Ensemble", "Luc", "FR")))
        assert [row.values["last_name"] for row in table.rows] == ["TOTAL", "Ensemble"]

    def test_a_place_kept_for_nobody_yet_is_refused_not_dropped(self) -> None:
        row = only(map_sheet(sheet(TITLES, ("LP", None, None, None, "Grèce", "01/03/2027", None))))
        assert [(header, text) for header, text, refuses in said(row) if refuses] == [
            ("Nom", "Le nom manque."), ("Prénom", "Le prénom manque."),
        ]  # fmt: skip

    def test_a_lone_name_is_refused_not_dropped(self) -> None:
        assert only(map_sheet(sheet(("Nom", "Prénom"), ("MARTIN",)))).refused


class TestSchools:
    def test_a_total_closes_its_school(self) -> None:
        blank = (None, *PERSON[1:])
        table = map_sheet(sheet(TITLES, blank, PERSON, blank, ("Total",), blank))
        schools = [row.values["sending_organisation"] for row in table.rows]
        assert schools == [None, "LP Jeanne-Barret", "LP Jeanne-Barret", None]

    def test_a_code_is_never_carried_to_another_school(self) -> None:
        titles = ("Établissement", "UAI", "Nom", "Prénom")
        people = [("LP A", "0281706C"), (None, None), ("LP B", None), (None, None), (None, "0451701E"), ("LP B", None)]
        table = map_sheet(sheet(titles, *((*school, "X", "Y") for school in people)))
        assert [(r.values["sending_organisation"], r.values["sending_uai"]) for r in table.rows] == [
            ("LP A", "0281706C"), ("LP A", "0281706C"), ("LP B", None), ("LP B", None),
            ("LP B", "0451701E"), ("LP B", "0451701E"),
        ]  # fmt: skip

    def test_a_school_alone_on_its_row_names_those_below(self) -> None:
        table = map_sheet(sheet(("Nom", "Prénom"), ("LP Jeanne-Barret",), ("A", "B"), ("CFA du Perche",), ("C", "D")))
        assert [row.values["sending_organisation"] for row in table.rows] == ["LP Jeanne-Barret", "CFA du Perche"]
        assert [skipped.reason for skipped in table.skipped] == ["heading", "heading"]

    def test_nothing_else_is_carried_down(self) -> None:
        table = map_sheet(sheet(TITLES, PERSON, (None, "B", "C")))
        assert table.rows[1].values["country"] is None
        assert table.rows[1].values["start"] is None


class TestRules:
    @pytest.mark.parametrize(
        ("changes", "header"),
        [
            ({1: None}, "Nom"), ({2: " \u00a0"}, "Prénom"), ({1: "?"}, "Nom"), ({3: "vers 2008"}, "Né(e) le"),
            ({4: "Atlantide"}, "Pays"), ({5: "mi-mars"}, "Départ"), ({6: "31/02/2027"}, "Retour"),
            ({6: dt.date(2027, 2, 28)}, "Retour"), ({5: 3}, "Départ"),
        ],
    )  # fmt: skip
    def test_what_refuses(self, changes: dict[int, Cell], header: str) -> None:
        row = only(map_sheet(sheet(TITLES, tuple(changes.get(i, cell) for i, cell in enumerate(PERSON)))))
        assert [found for found, _, refuses in said(row) if refuses] == [header]

    @pytest.mark.parametrize(
        "changes", [{0: None}, {3: None}, {4: None}, {5: None, 6: None}, {4: "à définir"}, {6: "?"}]
    )
    def test_what_does_not(self, changes: dict[int, Cell]) -> None:
        row = only(map_sheet(sheet(TITLES, tuple(changes.get(i, cell) for i, cell in enumerate(PERSON)))))
        assert not row.refused

    def test_notes_do_not_refuse(self) -> None:
        titles = ("Nom", "Prénom", "Distance", "Vert", "Statut", "Nationalité", "Jours voyage")
        row = only(map_sheet(sheet(titles, ("A", "B", "loin", "peut-être", "zzz", "martienne", "2,5"))))
        assert len(row.problems) == 5
        assert not row.refused
        assert [row.values[key] for key in ("distance_km", "green", "status", "nationality", "travel_days")] == [
            None
        ] * 5

    def test_failed_formulas(self) -> None:
        plain = sheet(TITLES, (*PERSON[:5], None, None))
        table = map_sheet(Sheet("Suivi", plain.rows, errors={(2, 5): "#REF!", (2, 6): "="}))
        (_, first, refused), (_, second, refused_too) = said(only(table))
        assert "#REF!" in first
        assert "Excel" in second
        assert refused
        assert refused_too

    def test_two_digit_years_of_birth(self) -> None:
        row = only(map_sheet(sheet(TITLES, ("LP", "A", "B", "15/02/98", "FR", "01/03/27", "14/03/27"))))
        assert (row.values["birth_date"], row.values["start"]) == (dt.date(1998, 2, 15), dt.date(2027, 3, 1))
        row = only(map_sheet(sheet(("Nom", "Prénom", "Né le"), ("A", "B", "15/02/08"))))
        assert row.values["birth_date"] == dt.date(2008, 2, 15)

    @pytest.mark.parametrize(
        ("status", "activity", "expected"),
        [
            ("accompagnateur", "Accompagnement", ("accompanying", "staff", None)),
            ("personnel", "Accompagnement", ("accompanying", "staff", None)),
            ("accompagnatrice", "Courte durée", ("accompanying", "staff", "VET_SHORT_TERM")),
            (None, "Accompagnement", ("accompanying", "staff", None)),
            ("élève", "Courte durée", (None, "pupil", "VET_SHORT_TERM")),
        ],
    )
    def test_accompanying_is_a_role(self, status: Cell, activity: Cell, expected: tuple[str | None, ...]) -> None:
        row = only(map_sheet(sheet(("Nom", "Prénom", "Statut", "Activité"), ("A", "B", status, activity))))
        assert (row.values.get("role"), row.values["status"], row.values["activity"]) == expected
        assert row.problems == ()

    def test_day_numbers_of_1904(self) -> None:
        book = Book("mac.xlsx", (sheet(("Nom", "Prénom", "Départ"), ("A", "B", 44985)),), since_1904=True)
        assert only(map_sheet(book)).values["start"] == dt.date(2027, 3, 1)


@pytest.mark.parametrize(
    ("title", "written", "last", "first", "notes"),
    [
        ("Nom et prénom", "MARTIN LOPEZ Léa", "MARTIN LOPEZ", "Léa", 0),
        ("Nom Prénom", "Léa MARTIN", "MARTIN", "Léa", 0),
        ("Participant", "N'GUYEN Jean-Noël", "N'GUYEN", "Jean-Noël", 0),
        ("Nom prénom", "Martin, Léa", "Martin", "Léa", 0),
        ("Nom prénom", "Martin Léa", "Martin", "Léa", 1),
        ("Prénom Nom", "Léa Martin", "Martin", "Léa", 1),
        ("Nom prénom", "Martin", "Martin", None, 1),
        ("NOM Prénom", "de La Tour Jean-Baptiste", "de La Tour", "Jean-Baptiste", 1),
        ("NOM Prénom", "de LA TOUR Jean-Baptiste", "de LA TOUR", "Jean-Baptiste", 0),
        ("Prénom Nom", "Anna van der Berg", "van der Berg", "Anna", 1),
        ("Nom prénom", "Le Goff Maël", "Le Goff", "Maël", 1),
    ],
)
def test_both_names_in_one_column(title: str, written: str, last: str, first: str | None, notes: int) -> None:
    row = only(map_sheet(sheet((title, "Pays", "Départ"), (written, "FR", None))))
    assert (row.values["last_name"], row.values["first_name"]) == (last, first)
    assert len(row.problems) == notes
    assert row.refused == (first is None)


def test_one_column_for_both_names_beside_two(tmp_path: Path) -> None:
    table = map_sheet(sheet(("Nom", "Prénom", "Nom complet"), ("MARTIN", "Léa", "Léa MARTIN")))
    assert keys(table) == ["last_name", "first_name", None]
    assert only(table).values["last_name"] == "MARTIN"


def test_references() -> None:
    code = "2026-1-FR01-KA121-VET-000212345"
    assert reference_in("rien", f"Projet n°{code}.") == code
    assert reference_in(f"({code.lower()})") == code
    assert reference_in("2018-1-PL01-KA103-051716") == "2018-1-PL01-KA103-051716"
    assert reference_in(f"{code}9", "2026-1-FR1-KA121-VET-000212345", "") == ""
    assert map_sheet(Book(f"suivi {code}.xlsx", (sheet(TITLES, PERSON),))).reference == code


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Suivi Erasmus+ 2026-2027 — projet 2026-1-FR01-KA121-VET-000212345", "Suivi Erasmus+ 2026-2027"),
        ("Projet n° 2026-1-FR01-KA121-VET-000212345", ""),
        ("Suivi du projet", "Suivi du projet"),
    ],
)
def test_a_title_without_the_code_and_its_word(above: str, title: str) -> None:
    assert map_sheet(sheet((above,), TITLES, PERSON)).title == title


def test_empty_rows_change_no_number() -> None:
    table = map_sheet(sheet((None,), (None,), TITLES, (None,), PERSON, (None,), PERSON, first=4))
    assert table.header_row == 6
    assert [row.number for row in table.rows] == [8, 10]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_that_we_write_is_known_again(language: str) -> None:
    titles = tuple(catalogue(language).gettext(field.title) for field in MOBILITY)
    table = map_sheet(sheet(titles, tuple("x" for _ in titles)))
    assert keys(table) == [field.key for field in MOBILITY]
    assert table.own_columns == ()
