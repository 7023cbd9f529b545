"""What a sheet brings: its columns as they were understood, its rows with typed values, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from mobility_app.fields import SheetKind
from mobility_app.i18n import Text

SkipReason = Literal["header", "total", "heading", "remark"]


@dataclass(frozen=True)
class Column:
    """One column under its own title. `field_key` is None for one that is hers: kept as her own field (`own`) under
    `header`. `computed` columns are recognised and left to the program. `full_name`: both names, split when read.
    """

    index: int
    header: str
    field_key: str | None
    own: bool
    computed: bool
    full_name: bool = False


@dataclass(frozen=True)
class Problem:
    """`column_header` is her own title; one that `refuses` keeps the row out, any other is a note."""

    column_header: str
    field: str
    text: Text
    refuses: bool


@dataclass(frozen=True)
class ImportRow:
    """`values` has the key of every mapped column (None: empty or unusable), `own` her other columns that are filled.

    `number` is the sheet's own; `sheet` its name where several sheets are read together, else "". `remarks` are what
    comments, colours and ticked cells say beyond the fields: they join the notes. `known_id`: the stay that this row
    was written for, where the sheet is ours.
    """

    number: int
    values: Mapping[str, Any]
    own: Mapping[str, str]
    problems: tuple[Problem, ...]
    sheet: str = ""
    remarks: tuple[str, ...] = ()
    known_id: str = ""

    @property
    def refused(self) -> bool:
        return any(problem.refuses for problem in self.problems)


@dataclass(frozen=True)
class Skipped:
    """A filled row that is nobody: `text` is its first text."""

    number: int
    text: str
    reason: SkipReason
    sheet: str = ""


@dataclass(frozen=True)
class Colour:
    """A colour of people's rows and how many there are; `said` is its legend. `decision` is what it is read as;
    with `stage` it says where a stay stands, which the program derives itself; with neither it becomes a remark.
    """

    rgb: str
    said: str
    rows: int
    decision: str = ""
    stage: bool = False

    @property
    def understood(self) -> bool:
        return bool(self.decision) or self.stage


@dataclass(frozen=True)
class Table:
    """`header_row` is the sheet's own number. `reference` and `title` are what stands above the titles, or "".

    `sheets` names the sheets that were read together as one table; `alike` others with the same titles. `kind`: what
    its rows are.
    """

    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[ImportRow, ...]
    reference: str
    title: str
    skipped: tuple[Skipped, ...]
    sheets: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    colours: tuple[Colour, ...] = ()
    kind: SheetKind = "mobilities"

    @property
    def own_columns(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns if column.own)


Decision = Literal["add", "change", "unchanged", "duplicate", "refused"]
Policy = Literal["add_and_update", "add", "update"]


class Kept(NamedTuple):
    """A value that was changed by hand in the dossier since the last import (`at`, naive UTC): ours stands."""

    ours: Any
    theirs: Any
    at: dt.datetime


@dataclass(frozen=True)
class Near:
    """A known person whom a new one resembles; `planned` is what becomes of the row when they are the same."""

    participant_id: str
    name: str
    birth_date: dt.date | None
    organisation: str
    planned: PlannedRow


@dataclass(frozen=True)
class PlannedRow:
    """What will become of one row. `changes` are (was, will) by field key; `same_as` the row that it doubles.

    `near` are people whom it may speak of; `distinct` those whom she said it does not. `known_as`: she said that it is
    that person, under another spelling. `otherwise`: a refused row without the values that refuse it.
    `organisation_id`: of a row that is a school or a host; such a row has no stay and no person.
    """

    row: ImportRow
    decision: Decision
    mobility_id: str = ""
    participant_id: str = ""  # "" when the person is new
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    same_as: int = 0
    same_as_sheet: str = ""
    kept: Mapping[str, Kept] = field(default_factory=dict)
    near: tuple[Near, ...] = ()
    distinct: tuple[str, ...] = ()
    known_as: bool = False
    otherwise: PlannedRow | None = None
    organisation_id: str = ""


@dataclass(frozen=True)
class Plan:
    """All rows of a sheet with their decisions; nothing is written yet."""

    table: Table
    rows: tuple[PlannedRow, ...]

    def count(self, decision: Decision) -> int:
        return sum(row.decision == decision for row in self.rows)

    def chosen(self, decision: Decision) -> tuple[PlannedRow, ...]:
        return tuple(row for row in self.rows if row.decision == decision)

    @property
    def writes(self) -> bool:
        return any(row.decision in ("add", "change") for row in self.rows)
