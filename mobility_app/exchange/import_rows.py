"""One row of a mapped sheet: typed values, her own columns as displayed, and problems; school names carried down."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from mobility_app.core.bank import hidden
from mobility_app.core.incoming import Column, ImportRow, Problem
from mobility_app.core.text import words
from mobility_app.exchange.book import Cell, Place, Sheet, SheetRow
from mobility_app.exchange.words import Reading, accompanies, displayed, read_value
from mobility_app.fields import ACCOUNT, BY_KEY, SheetKind
from mobility_app.i18n import N_, text

_TRACKED = ("paper", "payment")  # what cannot be read of them refuses nothing
_REMARKED = (*_TRACKED, "account")  # and is kept as a remark
# Small words of a last name ("de La Tour"); with a capital or alone they may be a name themselves.
_SMALL = "de du des da das do dos di della van von der den zu zum ter ten el"
_PARTICLES = frozenset(_SMALL.split())
_BEGINNING = _PARTICLES | {"la", "le", "les"}
_DASHES = frozenset("-–—")
# What a row of each kind cannot do without: any one field of each group.
_REQUIRED: Mapping[SheetKind, tuple[tuple[str, ...], ...]] = {
    "mobilities": (("last_name",), ("first_name",)),
    "participants": (("last_name",), ("first_name",)),
    "organisations": (("organisation:name",),),
    "payments": (("last_name", "bm_id", "entry:number"), ("entry:cents",), ("entry:date",)),
}
_MISSING = {
    "last_name": N_("The last name is missing."),
    "first_name": N_("The first name is missing."),
    "organisation:name": N_("The name is missing."),
    "entry:cents": N_("The amount is missing."),
    "entry:date": N_("The day of the payment is missing."),
}
_SCHOOL = ("sending_organisation", "sending_uai")
_USUAL_YEAR = 2030  # stands in for the year of the stay where a sheet has neither a date nor a project code


def comments_by_row(sheet: Sheet) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for (row, _column), said in sorted(sheet.comments.items()):
        found[row].append(" ".join(said.split()))
    return {row: tuple(said) for row, said in found.items()}


class RowReader:
    """Reads rows in their order, because a school is named once and then left blank for its other people.

    `school` holds what was last said of it; set it where a heading names the next one or a total closes the last.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        errors: Mapping[Place, str],
        kind: SheetKind = "mobilities",
        *,
        since_1904: bool = False,
        year: int | None = None,
    ) -> None:
        self.school: dict[str, Any] = {}
        self.comments: Mapping[int, tuple[str, ...]] = {}  # by the sheet's row
        self._columns = columns
        self._by_key = {column.field_key: column for column in columns if column.field_key}
        self._errors = errors
        self._required = _REQUIRED[kind]
        self._since_1904 = since_1904
        self._year = year or _USUAL_YEAR

    def read(self, row: SheetRow) -> ImportRow:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        remarks = list(self.comments.get(row.number, ()))
        leaves_in = self._leaves_in(row)
        for column in self._columns:
            if column.field_key is None or column.computed:
                continue
            reading = self._reading(row, column, leaves_in)
            values[column.field_key] = reading.value
            if reading.trouble and BY_KEY[column.field_key].owner in _REMARKED and row.cell(column.index) is not None:
                remarks.append(f"{column.header} : {hidden(displayed(row.cell(column.index)))}")
            if reading.trouble:
                problems.append(Problem(column.header, column.field_key, reading.trouble, reading.refuses))
        if any(problem.field == "iban" for problem in problems):
            values |= {field.key: None for field in ACCOUNT if field.key in values}  # no holder of another account
        problems += self._split_names(values)
        self._carry_school(values, alone=self._says_no_school(row))
        problems = self._with_role(row, values, problems)
        problems += self._missing(values, {problem.field for problem in problems})
        problems += self._reversed_dates(values)
        own = {c.header: shown for c in self._columns if c.own and (shown := displayed(row.cell(c.index)))}
        return ImportRow(row.number, values, own, tuple(problems), remarks=tuple(remarks))

    def _reading(self, row: SheetRow, column: Column, leaves_in: int) -> Reading:
        field = BY_KEY[str(column.field_key)]
        error = self._errors.get((row.number, column.index))
        tracked = field.owner in _TRACKED
        if error is None:
            cell = row.cell(column.index)
            reading = read_value(field, cell, birth_before=leaves_in, since_1904=self._since_1904)
            return replace(reading, refuses=reading.refuses and not tracked)
        refuses = not tracked and (field.kind == "date" or field.key == "country")
        if error == "=":
            template = N_("The file does not hold the result of this formula: open it in Excel, save it, import again.")
            return Reading(None, text(template), refuses)
        return Reading(None, text(N_("The formula of this cell fails ({error})."), error=error), refuses)

    def _leaves_in(self, row: SheetRow) -> int:
        """The year of departure, by which the century of a birth date is chosen."""
        column = self._by_key.get("start")
        start = read_value(BY_KEY["start"], row.cell(column.index)).value if column else None
        return start.year if isinstance(start, dt.date) else self._year

    def _split_names(self, values: dict[str, Any]) -> list[Problem]:
        """Both names of one cell; said where nothing but their order tells them apart."""
        column = self._by_key.get("last_name")
        written = values.get("last_name")
        if column is None or not column.full_name or not written:
            return []
        first_comes_first = words(column.header).startswith(("prenom", "first"))
        last, first, sure = split_name(written, first_comes_first=first_comes_first)
        values["last_name"], values["first_name"] = last, first
        if sure or not first:
            return []
        template = N_("“{value}” is read as last name “{last}”, first name “{first}”.")
        said = text(template, value=written, last=last, first=first)
        return [Problem(column.header, "last_name", said, False)]

    def _says_no_school(self, row: SheetRow) -> bool:
        """A dash is no blank: it belongs to nobody's school, as our own exports write it."""
        return displayed(self._raw(row, "sending_organisation")) in _DASHES

    def _carry_school(self, values: dict[str, Any], *, alone: bool) -> None:
        """Blank school cells take what was last said, but never the code of one school with the name of another."""
        if alone:
            self.school = {}
            values["sending_organisation"] = None
            return
        stated = {key: values[key] for key in _SCHOOL if values.get(key)}
        if any(self.school.get(key) not in (None, value) for key, value in stated.items()):
            self.school = {}
        self.school |= stated
        for key, value in self.school.items():
            if values.get(key) is None:
                values[key] = value

    def _with_role(self, row: SheetRow, values: dict[str, Any], problems: list[Problem]) -> list[Problem]:
        """Accompanying is a role of staff, whichever of the three columns says it; it is no activity."""
        told = {key for key in ("status", "activity", "role") if accompanies(self._raw(row, key))}
        if not told:
            return problems
        values["role"] = "accompanying"
        if "status" in told or values.get("status") is None:
            values["status"] = "staff"
        if "activity" in told:
            values["activity"] = None
        return [problem for problem in problems if problem.field not in told]

    def _raw(self, row: SheetRow, key: str) -> Cell:
        column = self._by_key.get(key)
        return row.cell(column.index) if column else None

    def _missing(self, values: Mapping[str, Any], told: Collection[str]) -> list[Problem]:
        return [
            Problem(self._header(keys[0]), keys[0], text(_MISSING[keys[0]]), True)
            for keys in self._required
            if keys[0] not in told and not any(values.get(key) for key in keys)
        ]

    def _reversed_dates(self, values: Mapping[str, Any]) -> list[Problem]:
        template = N_("The return ({end}) is before the departure ({start}).")
        return [
            Problem(self._header(last), last, text(template, start=values[first], end=values[last]), True)
            for first, last in (("start", "end"), ("actual_start", "actual_end"))
            if values.get(first) and values.get(last) and values[last] < values[first]
        ]

    def _header(self, key: str) -> str:
        """Her own title of a field's column; without one, the column that holds both names, else nothing."""
        column = self._by_key.get(key) or self._by_key.get("last_name")
        return column.header if column else ""


def split_name(written: str, *, first_comes_first: bool = False) -> tuple[str, str | None, bool]:
    """Last name, first name, and whether capitals or a comma told them apart: "MARTIN LOPEZ Léa", "Léa MARTIN"."""
    before, comma, after = (part.strip() for part in written.partition(","))
    if comma:
        return before, after or None, True
    parts = written.split()
    capitals = [part for part in parts if len(part) > 1 and part == part.upper() != part.lower()]
    if 0 < len(capitals) < len(parts):
        capitals += [part for part in parts if part in _PARTICLES]
        last = " ".join(part for part in parts if part in capitals)
        return last, " ".join(part for part in parts if part not in capitals) or None, True
    if first_comes_first:
        at = next((at for at, part in enumerate(parts) if at and part in _PARTICLES), len(parts) - 1)
        return " ".join(parts[at:]), " ".join(parts[:at]) or None, False
    ends = 1 + sum(1 for _part in takewhile(lambda part: part.lower() in _BEGINNING, parts[:-2]))
    return " ".join(parts[:ends]), " ".join(parts[ends:]) or None, False
