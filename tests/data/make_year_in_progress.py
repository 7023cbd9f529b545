"""Makes the sheet of a year in progress: one tab a school, colours with a legend, ticked papers, payments, comments.

Everybody in it is invented. `python -m tests.data.make_year_in_progress` writes the sheet beside this file and into the
demonstration, and what is known of it as JSON: counted here while it is written, not read back.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

HERE = Path(__file__).parent
NAME = "suivi-annee-en-cours-2026"
REFERENCE = "2026-1-FR01-KA121-VET-000298765"
CUT_OFF = dt.date(2027, 1, 1)
SCHOOLS = {"LP Simone-Veil Dreux": "0280925X", "CFA de la Loire": "0450812K", "Lycée du Bois-Vert": "0370044M"}
HEADERS = (
    "NOM", "Prénom", "Né(e) le", "Classe/diplôme", "Statut", "Activité", "Pays", "Ville", "Hôte", "Départ", "Retour",
    "Jours voyage", "Distance", "Vert", "Inclusion O/N", "Contrat", "Contrat péda", "Convention", "AST", "Assurance",
    "CEAM", "Attestation", "Europass", "Rapport", "Avance (€)", "Avance versée le", "Solde versé le", "Observations",
)  # fmt: skip
RED, GREEN, YELLOW, BAND = "FFFF7C80", "FF92D050", "FFFFE699", "FF1F3864"
LEGEND = {GREEN: "parti", RED: "désisté", YELLOW: "dossier à vérifier avec le lycée"}
LAST = (
    "ARNOULD", "BÉCHU", "CORMIER", "DELMAS", "ESNAULT", "FAUVEL", "GIRAUDET",
    "HAMELIN", "JOSSE", "KERVELLA", "LUCAS", "MAUGER", "NOYER", "OLLIVIER",
)  # fmt: skip
FIRST = (
    "Adèle", "Bastien", "Chloé", "Dylan", "Élise", "Farid", "Gwenn", "Hugo",
    "Inès", "Joris", "Kenza", "Léo", "Manon", "Noé", "Océane", "Paul",
)  # fmt: skip
PLACES = {
    "ES": ("Espagne", "Sevilla", "Talleres del Sur", 1400),
    "IE": ("Irlande", "Cork", "Harbour Bakery", 900),
    "DE": ("Allemagne", "Leipzig", "Tischlerei Amsel", 850),
    "PT": ("Portugal", "Braga", "Oficinas do Minho", 1250),
}


class Known:
    """What is counted while the sheet is written."""

    def __init__(self) -> None:
        self.countries: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.figures: Counter[str] = Counter()
        self.refused: list[dict[str, Any]] = []
        self.duplicates: list[dict[str, Any]] = []


def main() -> None:
    dice, known = random.Random(2026), Known()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for place, (school, uai) in enumerate(SCHOOLS.items()):
        _tab(book.create_sheet(school), school, uai, place, dice, known)
    book.save(HERE / f"{NAME}.xlsx")
    shutil.copyfile(HERE / f"{NAME}.xlsx", HERE.parent.parent / "resources" / "demo" / f"{NAME}.xlsx")
    expected = {
        "sheets": list(SCHOOLS),
        "cut_off": CUT_OFF.isoformat(),
        **dict(known.figures),
        "countries": dict(sorted(known.countries.items())),
        "papers": dict(sorted(known.states.items())),
        "refused": known.refused,
        "duplicates": known.duplicates,
        "colours": {colour[2:]: said for colour, said in LEGEND.items()},
    }
    (HERE / f"{NAME}.expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _tab(sheet: Any, school: str, uai: str, place: int, dice: random.Random, known: Known) -> None:
    sheet["A1"] = f"{school} – mobilités 2026-2027 ({REFERENCE})"
    sheet["A1"].font, sheet["A1"].fill = Font(bold=True, color="FFFFFFFF", size=14), _fill(BAND)
    sheet["A2"] = "Légende :"
    for column, (colour, said) in zip("BDF", LEGEND.items(), strict=True):
        sheet[f"{column}2"].fill = _fill(colour)
        sheet.cell(2, sheet[f"{column}2"].column + 1, said)
    for column, title in enumerate(HEADERS, 1):
        cell = sheet.cell(4, column, title)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _fill("FFD9E1F2"), Alignment(wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = 14
    sheet.freeze_panes = "C5"
    row = 5
    for number in range(22):
        _person(sheet, row, place, number, dice, known)
        row += 1
    if place == 1:  # nobody leaves for a country that does not exist
        _write(sheet, row, {**_facts(0, 25, dice), "NOM": "Quérard", "Pays": "Espgne"})
        known.refused.append({"sheet": school, "row": row})
    if place == 2:  # the second person of the first tab, entered twice
        first = sheet.parent.worksheets[0]
        for column in range(1, len(HEADERS) + 1):
            sheet.cell(row, column, first.cell(6, column).value)
        known.duplicates.append({"sheet": school, "row": row})
    sheet.cell(row + 2, 1, f"UAI {uai} – ne pas trier, merci")


def _facts(place: int, number: int, dice: random.Random) -> dict[str, Any]:
    code = dice.choice(sorted(PLACES))
    country, town, host, distance = PLACES[code]
    start = dt.date(2026, 10, 5) + dt.timedelta(7 * ((number * 3 + place) % 32))
    learner = number % 9 != 0
    return {
        "NOM": LAST[(number + 5 * place) % len(LAST)],
        "Prénom": FIRST[(number * 3 + place) % len(FIRST)] + (f"-{FIRST[number % 7]}" if number > 13 else ""),
        "Né(e) le": dt.date(2008, 1, 10) + dt.timedelta(37 * number + place)
        if learner
        else dt.date(1984, 6, 1 + number),
        "Classe/diplôme": "Bac pro MELEC" if learner else "enseignant",
        "Statut": "élève" if learner else "personnel",
        "Activité": "Courte durée" if learner else "Observation en situation de travail",
        "Pays": country,
        "Ville": town,
        "Hôte": host,
        "Départ": start,
        "Retour": start + dt.timedelta(13 if learner else 4),
        "Jours voyage": 2,
        "Distance": distance,
        "Vert": "O" if number % 4 == 1 else "N",
        "Inclusion O/N": "O" if number % 6 == 2 else None,
        "code": code,
    }


def _person(sheet: Any, row: int, place: int, number: int, dice: random.Random, known: Known) -> None:
    facts = _facts(place, number, dice)
    gone, colour = facts["Départ"] < dt.date(2027, 2, 1), None
    withdrawn = number == 7
    if withdrawn:
        colour = RED
        known.figures["withdrawn"] += 1
    elif gone:
        colour = GREEN
        facts |= _followed(facts, number, known)
    elif number % 5 == 0:
        colour = YELLOW
        known.figures["remarks_of_colour"] += 1
    if number in (3, 16):
        facts["Observations"] = "RAS"
    _write(sheet, row, facts)
    if colour:
        for column in range(1, len(HEADERS) + 1):
            sheet.cell(row, column).fill = _fill(colour)
    if number in (3, 12):
        sheet.cell(row, 1).comment = Comment("Secrétariat:\nChambre avec Manon, arrivée le dimanche", "Secrétariat")
        known.figures["comments"] += 1
    known.figures["mobilities"] += 1
    known.figures["total_days"] += (facts["Retour"] - facts["Départ"]).days + 1
    known.countries[facts["code"]] += 1


def _followed(facts: dict[str, Any], number: int, known: Known) -> dict[str, Any]:
    """What the sheet ticks off for somebody who has left, in the many ways in which people write it."""
    signed = facts["Départ"] - dt.timedelta(20)
    ticks: dict[str, Any] = {
        "Contrat": signed,
        "Contrat péda": ("oui", "x", f"signé le {signed:%d/%m/%Y}", "ok")[number % 4],
        "Convention": "envoyé" if number % 8 == 4 else "X",
        "AST": "sans objet" if number % 3 == 0 else "oui",
        "Assurance": "oui",
        "CEAM": "non" if number % 7 == 5 else "oui",
        "Attestation": facts["Retour"] + dt.timedelta(2) if number % 2 else "oui",
        "Europass": "en cours" if number % 2 else "à faire",
        "Rapport": "voir Mme Duval" if number == 2 else "oui",
        "Avance (€)": 800 + 10 * number if number % 3 else None,
        "Avance versée le": facts["Départ"] - dt.timedelta(10),
        "Solde versé le": facts["Retour"] + dt.timedelta(25) if number % 5 == 1 else None,
    }
    known.states["signed"] += sum(_is_signed(value) for title, value in ticks.items() if "vers" not in title)
    known.states["sent"] += sum(value in ("envoyé", "en cours") for value in ticks.values())
    known.states["not_applicable"] += sum(value == "sans objet" for value in ticks.values())
    known.figures["unread_papers"] += ticks["Rapport"] == "voir Mme Duval"
    known.figures["advances"] += 1
    known.figures["balances"] += ticks["Solde versé le"] is not None
    known.figures["amounts_of_the_sheet"] += (ticks["Avance (€)"] or 0) * 100
    return ticks


def _is_signed(value: Any) -> bool:
    return isinstance(value, dt.date) or value in ("oui", "x", "X", "ok") or str(value).startswith("signé le")


def _write(sheet: Any, row: int, facts: dict[str, Any]) -> None:
    for column, title in enumerate(HEADERS, 1):
        cell = sheet.cell(row, column, facts.get(title))
        if isinstance(facts.get(title), dt.date):
            cell.number_format = "dd/mm/yyyy"


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


if __name__ == "__main__":
    main()
