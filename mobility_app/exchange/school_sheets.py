"""The sheet that a school fills in: its people in it already, lists to choose from, titles that cannot be changed.

A very hidden sheet says whose it is, so that a dozen filled sheets find their schools again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mobility_app import i18n
from mobility_app.core.facts import MobilityRow, ProjectRow
from mobility_app.exchange.book import Book
from mobility_app.exchange.sheets import Workbook, clean_cell
from mobility_app.exchange.tables import Column, column_widths, write_values
from mobility_app.exchange.workbook import field_column
from mobility_app.fields import BY_KEY, DECISIONS, Field

VERSION: Final = 1
KEY_SHEET: Final = "mobility-app"
_LISTS: Final = "listes"
_KEYS: Final = (
    *("last_name", "first_name", "birth_date", "gender", "email", "phone", "status", "class_name", "activity", "role"),
    *("country", "town", "host", "mentor", "start", "end", "travel_days", "means", "green", "fewer_opportunities"),
    *("decision", "notes"),
)
_HEAD: Final = 4  # the row of the titles, counted from 0
_MORE: Final = 40  # empty rows for people whom nobody knows yet
_ASKED: Final = ("candidate", "waiting", "selected", "not_selected", "withdrawn")
_EXPLAINED: Final = 240  # characters that Excel shows of an explanation


@dataclass(frozen=True)
class School:
    """Whom a sheet is for; `places` are those allotted, None when nobody said."""

    id: str
    name: str
    places: int | None
    rows: Sequence[MobilityRow]

    @property
    def taken(self) -> int:
        """An accompanying adult takes no place."""
        return sum(row.planned and not row.accompanying for row in self.rows)


@dataclass(frozen=True)
class Key:
    """What the hidden sheet says: the school and the project that a filled sheet belongs to."""

    project_id: str
    organisation_id: str
    version: int


def write(
    path: Path, school: School, project: ProjectRow, countries: Sequence[str], *, today: dt.date, language: str = "fr"
) -> None:
    """The sheet of one school; `countries` are the codes offered."""
    book = Workbook(language)
    _ = book.gettext
    book.describe(f"{school.name} · {project.reference}", project.coordinator, today)
    sheet = book.sheet(_("Mobilities"))
    columns = [field_column(BY_KEY[key], language) for key in _KEYS]
    table = [[column.value(row) for column in columns] for row in school.rows]
    sheet.widths([*column_widths(columns, table), 3], (len(columns),))
    _write_top(sheet, school, project, today)
    for index, column in enumerate(columns):
        sheet.text(_HEAD, index, column.title, "wrapped", "head")
    sheet.text(_HEAD, len(columns), _reference_title(language), "text", "head")
    sheet.worksheet.set_row(_HEAD, 34)
    _write_people(sheet, columns, table, school.rows)
    _write_choices(book, sheet, countries, language, project)
    sheet.worksheet.freeze_panes(_HEAD + 1, 2)
    sheet.worksheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    sheet.worksheet.repeat_rows(_HEAD)
    sheet.worksheet.repeat_columns(0, 1)
    sheet.print_setup(school.name, project.reference, pages_wide=2)
    _write_key(book, Key(project.id, school.id, VERSION))
    book.save(path)


def _write_top(sheet: Any, school: School, project: ProjectRow, today: dt.date) -> None:
    _, ngettext, language = sheet.workbook.gettext, sheet.workbook.ngettext, sheet.workbook.language
    sheet.text(0, 0, school.name, "title")
    sheet.worksheet.set_row(0, 26)
    sheet.text(1, 0, f"{project.reference} · {project.title}".strip(" ·"), "subtitle")
    said = _("One row for each stay. Add people below the last one; do not change the titles. As of {day}.")
    sheet.text(2, 0, said.format(day=i18n.date(today, language)))
    if school.places is not None:
        left = school.places - school.taken
        text = ngettext("{left} place left of {places}", "{left} places left of {places}", left)
        if left < 0:
            text = ngettext(
                "{over} person more than the {places} places", "{over} people more than the {places} places", -left
            )
        sheet.text(3, 0, text.format(left=left, over=-left, places=school.places), "warning" if left <= 0 else "bold")


def _write_people(
    sheet: Any, columns: Sequence[Column], table: Sequence[Sequence[Any]], rows: Sequence[MobilityRow]
) -> None:
    """Typed cells that she may change, and empty ones; the hidden last column says which stay a row is."""
    first = _HEAD + 1
    nobody = [None] * len(columns)
    for number in range(len(rows) + _MORE):
        values = table[number] if number < len(rows) else nobody
        write_values(sheet, first + number, columns, values, "body", "free", first=first)
        if number < len(rows):
            sheet.text(first + number, len(columns), rows[number].id)


def _write_choices(book: Workbook, sheet: Any, countries: Sequence[str], language: str, project: ProjectRow) -> None:
    lists = book.sheet(_LISTS)
    lists.worksheet.very_hidden()
    last = _HEAD + 500
    for index, key in enumerate(_KEYS):
        field = BY_KEY[key]
        if words := _words(field, countries, language):
            for row, word in enumerate(words):
                lists.text(row, index, word)
            source = f"={lists.address(0, index, len(words) - 1)}"
            rule = {"validate": "list", "source": source, **_explained(book, field)}
        elif field.kind == "date":
            first, end = dt.date(1930, 1, 1), dt.date(project.call_year + 6, 12, 31)
            rule = {"validate": "date", "criteria": "between", "minimum": first, "maximum": end}
            rule |= _explained(book, field)
        elif field.kind == "integer":
            rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 400}
            rule |= _explained(book, field)
        else:
            continue
        sheet.worksheet.data_validation(_HEAD + 1, index, last, index, rule)


def _explained(book: Workbook, field: Field) -> dict[str, Any]:
    """Asks again rather than refuses: a school may know better."""
    _ = book.gettext
    said = _("Choose from the list.") if field.kind in ("choice", "country", "boolean") else _("Day/month/year.")
    if field.kind == "integer":
        said = _("A whole number.")
    if field.key == "fewer_opportunities":
        said = _("Yes or no alone: never the reason.")
    title = _(field.title)[:32]
    return {
        "input_title": title,
        "input_message": said[:_EXPLAINED],
        "error_title": title,
        "error_message": said[:_EXPLAINED],
        "error_type": "warning",
    }


def _words(field: Field, countries: Sequence[str], language: str) -> list[str]:
    _ = i18n.catalogue(language).gettext
    match field.kind:
        case "boolean":
            return [_("Yes"), _("No")]
        case "country":
            return sorted((i18n.country_name(code, language) for code in countries), key=str.casefold)
        case "choice":
            choices = [c for c in DECISIONS if c.code in _ASKED] if field.key == "decision" else field.choices
            return [_(choice.title) for choice in choices]
    return []


def _write_key(book: Workbook, key: Key) -> None:
    sheet = book.sheet(KEY_SHEET)
    for row, value in enumerate((KEY_SHEET, str(key.version), key.project_id, key.organisation_id)):
        sheet.text(row, 0, clean_cell(value))
    sheet.worksheet.very_hidden()


def _reference_title(language: str) -> str:
    return i18n.catalogue(language).gettext("Reference (leave as it is)")


def reference_titles() -> tuple[str, ...]:
    """The title of the hidden column in every language of the program."""
    return tuple(_reference_title(language) for language in i18n.LANGUAGES)


def key_of(book: Book) -> Key | None:
    """Whose a filled sheet is; None for a file that is none of ours."""
    hidden = next((sheet for sheet in book.sheets if sheet.name == KEY_SHEET), None)
    cells = [str(row.cell(0) or "") for row in hidden.rows] if hidden else []
    if len(cells) < 4 or cells[0] != KEY_SHEET or not cells[1].isdigit():
        return None
    return Key(cells[2], cells[3], int(cells[1]))


def table_sheet(book: Book) -> str:
    """The name of the sheet that the school filled."""
    return next(sheet.name for sheet in book.sheets if not sheet.hidden)
