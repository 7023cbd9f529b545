"""What she asks of a sheet, and what the worker makes of it: the table, the plan, and the rows of the preview."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mobility_app.actions import deciding
from mobility_app.actions.pacing import Step
from mobility_app.core.facts import ProjectRow
from mobility_app.core.incoming import Plan, PlannedRow, Policy, Table
from mobility_app.errors import UserError
from mobility_app.exchange.book import Book
from mobility_app.fields import SheetKind
from mobility_app.jobs import import_cells, importing
from mobility_app.jobs.collector import resting
from mobility_app.jobs.todo import cut_off
from mobility_app.store import queries
from mobility_app.store.database import Database
from mobility_app.ui.import_rows import PreviewRow, preview_rows


@dataclass(frozen=True)
class Asked:
    """A sheet as she means it: which part of the file, what its columns are, where it goes, and her word on its rows.

    `project_id` None lets the sheet tell where it goes, `kind` None what its rows are.
    """

    book: Book
    sheet: str = importing.ALL_SHEETS
    header: int | None = None
    kind: SheetKind | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    edits: import_cells.Edits = field(default_factory=dict)
    acts: Mapping[deciding.Place, tuple[deciding.Act, ...]] = field(default_factory=dict)
    project_id: str | None = None
    policy: Policy = "add_and_update"
    since: dt.date | None = None  # the day from which papers are followed here

    def after(self, act: deciding.Act | None, rows: Iterable[PlannedRow]) -> Asked:
        """With her word on these rows; None takes back all that she said of them."""
        places = {deciding.place_of(row) for row in rows}
        others = {place: acts for place, acts in self.acts.items() if place not in places}
        if act is None:
            return replace(self, acts=others)
        return replace(self, acts=others | {place: (*self.acts.get(place, ()), act) for place in places})


@dataclass(frozen=True)
class Understood:
    """The sheet as it was read. `proposed` is the plan before her word on its rows, `plan` after it."""

    asked: Asked
    book: Book  # with the cells that she corrected
    table: Table
    proposed: Plan
    plan: Plan
    projects: tuple[ProjectRow, ...]
    project_id: str
    since: dt.date | None
    unread: Mapping[deciding.Place, Mapping[str, str]]
    refused: frozenset[str] = frozenset()  # fields in which some row is refused
    rows: Mapping[str, PreviewRow] = field(default_factory=dict)
    figures: Mapping[str, int] = field(default_factory=dict)  # rows by what the preview calls them
    to_write: int = 0
    troubles: Mapping[deciding.Place, UserError] = field(default_factory=dict)  # rows that could not be as she said

    @property
    def part(self) -> tuple[object, ...]:
        """Which part of which file it is: the same while she only corrects and decides."""
        table = self.table
        return id(self.asked.book), table.kind, table.sheet, table.header_row, table.sheets, table.alike

    @property
    def meanings(self) -> tuple[object, ...]:
        """What its columns and colours were understood as."""
        return self.table.kind, self.table.sheets, self.table.columns, self.table.colours


def understand(db: Database, asked: Asked, chosen: str | None, today: dt.date, step: Step) -> Understood:
    """Reads and plans in the worker; `chosen` is the project that the window shows. Raises Stopped."""
    book = import_cells.corrected(asked.book, asked.edits)
    table = importing.table_of(
        db, book, sheet=asked.sheet, header_row=asked.header, choices=asked.choices, kind=asked.kind
    )
    with db.read() as s:
        projects, known = tuple(queries.projects(s)), cut_off(s)
    target = importing.target_of(projects, table, chosen) if asked.project_id is None else asked.project_id
    since = asked.since if asked.project_id is not None else known or (None if projects else today)
    plan = importing.plan_for(db, table, target, today=today, policy=asked.policy, cut_off=since, step=step)
    unread = import_cells.unread(book, plan)
    refused = frozenset(each.field for row in plan.rows for each in row.row.problems if each.refuses)
    return decide(Understood(asked, book, table, plan, plan, projects, target, since, unread, refused), asked)


def decide(found: Understood, asked: Asked) -> Understood:
    """The same sheet after her word on some rows; rows that stay as they were are not made anew."""
    corrected = {(sheet if found.table.sheets else "", number) for sheet, number, _column in asked.edits}
    with resting():
        plan, troubles = deciding.decided(found.proposed, asked.acts)
        rows = preview_rows(plan, found.unread, corrected, found.rows)
    figures = Counter(row.decision for row in rows)
    return replace(
        found,
        asked=asked,
        plan=plan,
        rows={row.id: row for row in rows},
        figures=figures,
        to_write=plan.count("add") + plan.count("change"),
        troubles=troubles,
    )
