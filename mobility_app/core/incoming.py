"""What a sheet brings: its columns as they were understood, its rows with typed values, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mobility_app.i18n import Text


@dataclass(frozen=True)
class Column:
    """One header of the sheet. `field` is the key of the field it fills; `own`: kept as her own column; `computed`: a
    figure that the program computes itself, read but not taken."""

    index: int
    header: str
    field: str | None = None
    own: bool = False
    computed: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell or row; only some problems refuse the row."""

    column: str  # the header's text, "" for the whole row
    field: str
    text: Text
    refuses: bool


@dataclass(frozen=True)
class IncomingRow:
    """One row of the sheet under its own number; `values` are typed, by field key; `own` are texts by header."""

    number: int
    values: Mapping[str, Any]
    own: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        return any(problem.refuses for problem in self.problems)


@dataclass(frozen=True)
class Table:
    """A sheet understood: where its headers are, its columns, its rows, and what its title says of the project."""

    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[IncomingRow, ...]
    reference: str = ""  # the project's reference, when the title holds one
    title: str = ""
    skipped: int = 0  # subtotals, legends, repeated headers


Decision = Literal["add", "change", "unchanged", "duplicate", "refused"]


@dataclass(frozen=True)
class PlannedRow:
    """What will become of one row. `changes` are (was, will) by field key; `same_as` the row that it doubles."""

    row: IncomingRow
    decision: Decision
    mobility_id: str = ""
    participant_id: str = ""  # "" when the person is new
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    same_as: int = 0


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

    @property
    def own_columns(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.table.columns if column.own)
