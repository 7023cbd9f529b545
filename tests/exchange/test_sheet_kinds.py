"""What the rows of a sheet are is told by its titles; she may say otherwise."""

from __future__ import annotations

import datetime as dt

import pytest

from mobility_app.errors import UserError
from mobility_app.exchange import pasted
from mobility_app.exchange.book import Book, Sheet, SheetRow
from mobility_app.exchange.mapping import kind_in, map_sheet
from mobility_app.i18n import render


def book(*rows, name="Feuille 1") -> Book:
    return Book("liste.xlsx", (Sheet(name, tuple(SheetRow(number, tuple(row)) for number, row in enumerate(rows, 1))),))


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (("NOM", "Prénom", "Pays", "Départ"), "mobilities"),
        (("NOM", "Prénom", "Avance (€)", "Avance versée le"), "mobilities"),
        (("NOM", "Prénom", "Décision"), "mobilities"),
        (("Nom", "Prénom", "Né(e) le", "Observations"), "participants"),
        (("Élève", "Classe"), "participants"),
        (("Nom", "Prénom", "Établissement", "UAI", "Mail"), "participants"),
        (("Établissement", "UAI", "Ville", "Courriel"), "organisations"),
        (("Nom", "OID", "PIC", "Pays", "Ville"), "organisations"),
        (("Entreprise", "Ville", "Pays"), "organisations"),
        (("Organisation", "Address", "City", "Country", "OID"), "organisations"),
        (("Nom", "Prénom", "Type", "Montant", "Date"), "payments"),
        (("N°", "Bénéficiaire", "Nature", "Montant", "Payé le"), "payments"),
        (("ID mobilité BM", "Montant", "Versé le"), "payments"),
    ],
)
def test_titles_tell_the_kind(titles, kind) -> None:
    found = book(titles, ["x"] * len(titles))
    assert kind_in(found) == kind
    assert map_sheet(found).kind == kind


def test_she_says_what_the_rows_are() -> None:
    found = book(("Nom", "Prénom", "Classe"), ("Petit", "Inès", "2 TU"))
    table = map_sheet(found, kind="mobilities")
    assert (table.kind, table.rows[0].values["class_name"]) == ("mobilities", "2 TU")


@pytest.mark.parametrize(
    ("name", "titles", "row", "role"),
    [
        ("Feuille 1", ("Entreprise", "Ville", "Pays"), ("A", "Lyon", "France"), "host"),
        ("Feuille 1", ("Établissement", "Ville", "Pays"), ("A", "Cork", "Irlande"), "sender"),
        ("Hôtes 2026", ("Nom", "Ville", "Pays"), ("A", "Lyon", "France"), "host"),
        ("Feuille 1", ("Nom", "Ville", "Pays"), ("A", "Cork", "Irlande"), None),
        ("Hôtes 2026", ("Nom", "Ville", "Rôle"), ("A", "Dreux", "envoi"), "sender"),
    ],
)
def test_the_role_of_an_organisation(name, titles, row, role) -> None:
    table = map_sheet(book(titles, row, name=name))
    assert table.rows[0].values["organisation:role"] == role


def test_what_our_own_lists_count_is_left_to_the_program() -> None:
    table = map_sheet(book(("Nom", "UAI", "Places", "Mobilités", "Jours au total"), ("A", "0280925X", 3, 4, "1 285")))
    assert (table.kind, table.own_columns, list(table.rows[0].values)[:2]) == (
        "organisations",
        (),
        ["organisation:name", "organisation:uai"],
    )


def test_a_lone_name_is_an_organisation_and_a_total_is_none() -> None:
    table = map_sheet(book(("Établissement", "UAI"), ("Lycée du Bois-Vert",), ("Total Énergies",), ("Total", "2")))
    assert [row.values["organisation:name"] for row in table.rows] == ["Lycée du Bois-Vert", "Total Énergies"]
    assert [row.reason for row in table.skipped] == ["total"]


def test_money_may_come_back_in_a_list_of_payments() -> None:
    titles = ("Nom", "Prénom", "Montant", "Payé le")
    table = map_sheet(book(titles, ("A", "B", "-1 200,50 €", "01/02/2027"), ("A", "B", "beaucoup", "")))
    first, second = table.rows
    assert (first.values["entry:cents"], first.values["entry:date"]) == (-120050, dt.date(2027, 2, 1))
    assert second.refused
    said = [render(problem.text) for problem in second.problems]
    assert any("Nombre illisible" in each for each in said)
    assert any("jour du paiement" in each for each in said)


def test_cells_of_the_clipboard_are_a_sheet() -> None:
    text = 'Nom\tPrénom\tObservations\r\n\r\nPetit\tInès\t"vol, retardé\ndeux fois"\r\nA\tB\t\'=1+1\r\n'
    (sheet,) = pasted.book_of(text, "Presse-papiers").sheets
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("Nom", "Prénom", "Observations")),
        (3, ("Petit", "Inès", "vol, retardé\ndeux fois")),
        (4, ("A", "B", "=1+1")),
    ]


@pytest.mark.parametrize("text", ["", " \n\t\n", "a\t" * 300])
def test_a_clipboard_that_is_no_table_is_told(text) -> None:
    with pytest.raises(UserError):
        pasted.book_of(text, "Presse-papiers")
