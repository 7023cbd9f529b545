"""A paper for the accountant as one frozen value: what the sheet and the PDF both show, figure by figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from mobility_app.core.facts import ProjectRow
from mobility_app.i18n import Country, Term, Text

Kind: TypeAlias = Literal["text", "code", "date", "integer", "money"]  # a code is never broken over two lines
Cell: TypeAlias = "str | int | dt.date | Country | Term | Text | None"


@dataclass(frozen=True)
class PaperColumn:
    """`title` is an English text of the catalogue; a None is "unknown" where `unknown`, else nothing."""

    title: str
    kind: Kind = "text"
    total: bool = False
    unknown: bool = False


@dataclass(frozen=True)
class PaperTable:
    """Money in cents. The totals are the sums of what is known."""

    title: str
    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        assert all(len(row) == len(self.columns) for row in self.rows)

    @property
    def totalled(self) -> bool:
        return any(column.total for column in self.columns)

    def total(self, index: int) -> int:
        """The sum of one column."""
        return sum(cell for row in self.rows if isinstance(cell := row[index], int))


@dataclass(frozen=True)
class AccountPaper:
    """`settled`: the cents that the accountant states in words; None while an amount is unknown.

    `blanks` are lines to fill in by hand, `signatures` those who sign, each above a box.
    """

    title: str
    project: ProjectRow
    today: dt.date
    tables: tuple[PaperTable, ...]
    signatures: tuple[str, ...]
    settled: int | None = None
    subject: str = ""  # the member that the paper is about
    remarks: tuple[Text, ...] = ()
    blanks: tuple[str, ...] = ()
    incomplete: int = 0  # mobilities with an unknown amount
    example: bool = False  # reckoned at invented rates
    landscape: bool = False
