"""A paper for the accountant as one frozen value: what the sheet and the PDF both show, figure by figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from mobility_app.core.facts import ProjectRow
from mobility_app.core.number_words import euros
from mobility_app.i18n import N_, Country, Euros, Term, Text, plural_text, render, text

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


def settled_words(paper: AccountPaper, language: str) -> str:
    """The accountant's sentence under the total; "" while an amount is unknown, or when there is no sum to state."""
    if paper.settled is None:
        return ""
    words = euros(paper.settled, language)
    return render(
        text(N_("Settled at the sum of {amount} ({words})."), amount=Euros(paper.settled), words=words), language
    )


def warnings(paper: AccountPaper) -> tuple[Text, ...]:
    """What is said above everything else: invented rates, amounts that are not known yet."""
    found = []
    if paper.example:
        found.append(text(N_("Example amounts: the rates are invented, none of these amounts may be used.")))
    if paper.incomplete:
        found.append(
            plural_text(
                "Provisional totals: {n} incomplete mobility, its unknown amounts are not counted.",
                "Provisional totals: {n} incomplete mobilities, their unknown amounts are not counted.",
                "n",
                n=paper.incomplete,
            )
        )
    return tuple(found)
