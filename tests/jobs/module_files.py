"""Files as the Beneficiary Module might export them, in as many shapes as nobody has seen them: all invented."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation

ROOT = Path(__file__).resolve().parents[2]
LEGACY: list[str] = json.loads((ROOT / "db/reference/mobility-tool-columns.json").read_text("utf-8"))["columns"]

ENGLISH = (
    *("Grant Agreement No.", "Mobility activity ID", "Activity type", "Participant", "Accompanying Person"),
    *("First name(s)", "Last name", "Email", "Gender", "Date of birth", "Nationality"),
    *("Participant with fewer opportunities", "Field of education", "Sending organisation OID"),
    *("Receiving Organisation OID", "Receiving organisation legal name", "Receiving country", "Receiving city"),
    *("Main means of transport", "Distance band", "Real distance in kilometres"),
    *("Sustainable means of transport (green travel)", "Start date", "End date", "Duration Calculated (days)"),
    *("Interruption Duration (days)", "Funded travel days", "Travel support", "Individual support"),
    *("Mobility activity Grant (calculated)", "Course fees - number of days", "Course title", "Status"),
    *("Force Majeure explanations", "Overall comments"),
)
FRENCH = (
    *("N° de convention", "Identifiant de l'activité de mobilité", "Type d'activité", "Accompagnateur"),
    *("Nom de famille", "Prénom(s)", "Adresse électronique", "Genre", "Date de naissance", "Nationalité"),
    *("Participant ayant moins d'opportunités", "Organisme d'accueil - code OID", "Organisme d'accueil - nom légal"),
    *("Pays d'accueil", "Ville d'accueil", "Principal moyen de transport", "Tranche de distance"),
    *("Distance réelle (km)", "Voyage écoresponsable", "Date de début", "Date de fin", "Jours d'interruption"),
    *("Jours de voyage financés", "Intitulé du cours", "Nombre de jours de cours", "Colonne inconnue"),
)
HINTS = {
    "Mobility activity ID": "*", "Activity type": "* DICT", "Last name": "*", "First name(s)": "*",
    "Date of birth": "DD/MM/YYYY", "Start date": "* DD/MM/YYYY", "End date": "* DD/MM/YYYY",
    "Participant": "YES/NO", "Accompanying Person": "YES/NO", "Receiving country": "DICT", "Gender": "DICT",
    "Travel support": "decimals",
}  # fmt: skip
ACTIVITIES = (
    ("LM-SHORT-VET", "Short-term learning mobility of VET learners"), ("SM-COUR-TRAIN", "Courses and training"),
    ("SM-JOB-SHDW", "Job-shadowing"), ("LM-GRP-VET", "Group mobility of VET learners"),
)  # fmt: skip
COUNTRIES = (("ES", "Spain"), ("EL", "Greece"), ("UK", "United Kingdom"), ("FR", "France"), ("PL", "Poland"))
BANDS = (
    ("BAND_40", "10 - 99 km"), ("BAND_41", "100 - 499 km"), ("BAND_42", "500 - 1999 km (standard)"),
    ("BAND_42G", "500 - 1999 km (green travel)"), ("BAND_43", "2000 - 2999 km"),
)  # fmt: skip
MEANS = (("TM1", "Plane"), ("TM2", "Train"), ("TM3", "Bus"), ("TM4", "Car-pooling"))
GENDERS = ((1, "Male"), (2, "Female"), (3, "Undefined"))


def _book(rows: Sequence[Sequence[Any]], title: str = "Mobility activities") -> Any:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    return book


def one_row(path: Path) -> Path:
    _book([ENGLISH]).save(path)
    return path


def with_lists(path: Path) -> Path:
    """Two rows; drop-down lists of codes on a hidden sheet with their labels, by range and by name; looks to keep."""
    book = _book([ENGLISH, [HINTS.get(title, "") for title in ENGLISH]])
    sheet, lists = book.active, book.create_sheet("Dictionaries")
    lists.sheet_state = "hidden"
    for column, entries in enumerate((ACTIVITIES, COUNTRIES, BANDS, MEANS, GENDERS)):
        for row, (code, label) in enumerate(entries, start=2):
            lists.cell(row, 2 * column + 1, code)
            lists.cell(row, 2 * column + 2, label)
    ranges = {"Activity type": "A$2:$A$5", "Receiving country": "C$2:$C$6", "Nationality": "C$2:$C$6",
              "Distance band": "E$2:$E$6", "Main means of transport": "G$2:$G$5"}  # fmt: skip
    for title, area in ranges.items():
        _list(sheet, title, f"Dictionaries!${area}")
    book.defined_names["GENDERS"] = openpyxl.workbook.defined_name.DefinedName(
        "GENDERS", attr_text="Dictionaries!$I$2:$I$4"
    )
    _list(sheet, "Gender", "GENDERS")
    _list(sheet, "Sustainable means of transport (green travel)", '"Yes,No"')
    _decorate(sheet)
    book.create_sheet("Read me")["B2"] = "Do not change the headers."
    book.save(path)
    return path


def _list(sheet: Any, title: str, formula: str) -> None:
    letters = openpyxl.utils.get_column_letter(ENGLISH.index(title) + 1)
    validation = DataValidation(type="list", formula1=formula, allow_blank=True)
    validation.add(f"{letters}3:{letters}2000")
    sheet.add_data_validation(validation)


def _decorate(sheet: Any) -> None:
    sheet.freeze_panes, sheet.auto_filter.ref = "C3", "A2:F2"
    sheet.column_dimensions["B"].width, sheet.column_dimensions["D"].hidden = 33.5, True
    sheet.row_dimensions[3].height = 21
    for column in range(1, len(ENGLISH) + 1):
        cell = sheet.cell(3, column)
        cell.fill, cell.font = PatternFill("solid", fgColor="FFEEF4FF"), Font(italic=True)
        cell.alignment, cell.protection = Alignment(wrap_text=True), Protection(locked=False)
    for title in ("Start date", "End date", "Date of birth"):
        sheet.cell(3, ENGLISH.index(title) + 1).number_format = "dd/mm/yyyy"
    sheet.conditional_formatting.add("A3:A99", CellIsRule("equal", ['"x"'], fill=PatternFill(bgColor="FFFF0000")))
    sheet.protection.sheet = True
    sheet["A1"].comment = Comment("Keep this row.", "EC")


def three_rows(path: Path) -> Path:
    """Merged titles of groups over short titles, and a row of hints; the activity types stand in a sheet of theirs."""
    groups = {"Mobility activity": ("Mobility activity ID", "Activity type", "Start date", "End date"),
              "Participant": ("First name", "Last name", "Email", "Gender", "Date of birth", "Nationality"),
              "Sending organisation": ("OID", "Legal name", "City", "Country"),
              "Receiving organisation": ("OID", "Legal name", "Country", "City", "Post code"),
              "From / To": ("Receiving country", "Receiving city", "Distance band", "Real distance")}  # fmt: skip
    titles = [title for group in groups.values() for title in group]
    hints = [{"Start date": "YYYY-MM-DD", "End date": "YYYY-MM-DD", "Date of birth": "YYYY-MM-DD"}.get(t, "text")
             for t in titles]  # fmt: skip
    book = _book([[], titles, hints])
    at = 1
    for group, members in groups.items():
        book.active.cell(1, at, group)
        book.active.merge_cells(start_row=1, start_column=at, end_row=1, end_column=at + len(members) - 1)
        at += len(members)
    types = book.create_sheet("ACTIVITY_TYPES")
    types.append(["Code", "Label"])
    for entry in ACTIVITIES:
        types.append(entry)
    book.save(path)
    return path


def french(path: Path) -> Path:
    _book([FRENCH], "Activités de mobilité").save(path)
    return path


def two_languages(path: Path) -> Path:
    """English titles, French titles under them, then a row of formats."""
    english = ["Mobility activity ID", "Last name", "First name", "Activity type", "Receiving country", "Start date",
               "End date", "Accompanying person"]  # fmt: skip
    also = ["Identifiant de mobilité", "Nom", "Prénom", "Type d'activité", "Pays d'accueil", "Date de début",
            "Date de fin", "Accompagnateur"]  # fmt: skip
    hints = ["*", "*", "*", "DICT", "DICT", "DD.MM.YYYY", "DD.MM.YYYY", "TRUE/FALSE"]
    _book([english, also, hints]).save(path)
    return path


def french_csv(path: Path) -> Path:
    """Windows' code page, semicolons."""
    path.write_bytes((";".join(FRENCH) + "\r\n").encode("cp1252"))
    return path


def quoted_csv(path: Path) -> Path:
    """UTF-8 with its mark, every cell in quotes, commas, one mobility that the dossier does not know."""
    known = dict(zip(ENGLISH, [""] * len(ENGLISH), strict=True)) | {
        "Mobility activity ID": "212345-MOB-00900", "Last name": 'AUTRE "dit" PERSONNE', "First name(s)": "Zoé",
        "Start date": "2027-01-04", "End date": "2027-01-15", "Participant": "true", "Accompanying Person": "false",
    }  # fmt: skip
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([ENGLISH, [known[title] for title in ENGLISH]])
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def legacy(path: Path) -> Path:
    """Mobility Tool+: 120 columns, names and formats."""
    hints = ["DD-MM-YYYY" if "Date" in t else "YES/NO" if t in ("Accompanying Person", "Draft Mobility") else "*"
             for t in LEGACY]  # fmt: skip
    _book([LEGACY, hints], "Mobilities").save(path)
    return path


def legacy_csv(path: Path) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\n").writerow(LEGACY)
    path.write_text(text.getvalue(), "utf-8")
    return path


def shuffled(path: Path) -> Path:
    """Other order, other spellings, columns that nobody knows, a title above, the table on the second sheet."""
    titles = ["End Date ", "NEW 2027: carbon class", "mobilityActivityId", "LAST_NAME", "first_name", "Nick"]
    titles += ["START DATE *", "Receiving Country (code)", "Mobility activity type", "Zone", "Real distance in km"]
    book = openpyxl.Workbook()
    book.active["A1"] = "Version 7"
    sheet = book.create_sheet("Export")
    sheet["A1"] = "Beneficiary Module export"
    for column, title in enumerate(titles, start=1):
        sheet.cell(4, column, title)
    book.save(path)
    return path


def full_export(path: Path, people: Sequence[Sequence[Any]] = ()) -> Path:
    """Rows that are already there, with real dates, computed cells as formulas, and figures under the table."""
    titles = ("Mobility activity ID", "Last name", "First name", "Start date", "End date", "Duration Calculated (days)",
              "Receiving country", "Real distance in kilometres", "Status", "Participant report status")  # fmt: skip
    rows = people or [("212345-MOB-00007", "MARTIN", "Maëlys", dt.date(2027, 3, 1), dt.date(2027, 3, 14), None, "ES",
                       820, "COMPLETE", "Undelivered email")]  # fmt: skip
    book = _book([titles, *rows])
    sheet = book.active
    for row in range(2, len(rows) + 2):
        sheet.cell(row, 6, f"=E{row}-D{row}+1")
        sheet.cell(row, 4).number_format = sheet.cell(row, 5).number_format = "yyyy-mm-dd"
    sheet.cell(len(rows) + 4, 8, "total below").font = Font(bold=True)
    book.save(path)
    return path


SHAPES: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "one row": (".xlsx", one_row),
    "lists": (".xlsx", with_lists),
    "three rows": (".xlsx", three_rows),
    "french": (".xlsx", french),
    "two languages": (".xlsx", two_languages),
    "french csv": (".csv", french_csv),
    "quoted csv": (".csv", quoted_csv),
    "legacy": (".xlsx", legacy),
    "legacy csv": (".csv", legacy_csv),
    "shuffled": (".xlsx", shuffled),
    "full export": (".xlsx", full_export),
}


def made(shape: str, folder: Path) -> Path:
    ending, make = SHAPES[shape]
    return make(folder / f"template{ending}")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
