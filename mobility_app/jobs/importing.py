"""A sheet in, end to end: read in a child process, understood, compared with the dossier, written as one step."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mobility_app.actions import importing, settings
from mobility_app.actions.importing import Policy
from mobility_app.core.facts import ProjectRow
from mobility_app.core.incoming import Plan, PlannedRow, Table
from mobility_app.core.text import words
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _
from mobility_app.jobs import dossiers
from mobility_app.jobs.import_words import reasons as reasons  # whoever imports also says why
from mobility_app.jobs.import_words import summary as summary
from mobility_app.jobs.todo import CUT_OFF
from mobility_app.store import queries
from mobility_app.store.database import Database, Session
from mobility_app.store.journal import Label, counted

if TYPE_CHECKING:
    from mobility_app.exchange.book import Book, SheetRow

ALL_SHEETS = "*"
MAPPING = "import mapping"  # setting: folded header -> field key, "" for a column of her own
SHEET = "her sheet"  # setting: {"headers": [[header, field key or ""], …]} of the last sheet brought in


@dataclass(frozen=True)
class Import:
    """A plan and where it goes: `project_id` "" makes the project that the sheet's title names.

    `title` and `call_year` are what she confirmed of a new project; `choices` the columns whose meaning she chose.
    """

    plan: Plan
    project_id: str
    reference: str
    title: str = ""
    call_year: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    cut_off: dt.date | None = None  # the day from which papers are followed here


def understand(
    db: Database,
    path: Path,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    choices: Mapping[str, str] | None = None,
) -> Table:
    """The file as a table; `choices` are headers that she mapped herself, remembered ones are known already.

    `sheet` "*" reads all sheets of one shape together (one tab a school), and so does None where there are several.
    """
    return table_of(db, open_book(path), sheet=sheet or ALL_SHEETS, header_row=header_row, choices=choices)


def open_book(path: Path, cancel: Callable[[], bool] | None = None) -> Book:
    """The sheets of a file, so that another sheet or another meaning of a column does not read it again."""
    from mobility_app.exchange import reading

    return reading.read(path, cancel=cancel)


def table_of(
    db: Database,
    book: Book,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    choices: Mapping[str, str] | None = None,
) -> Table:
    """A sheet of the book as a table; a choice of "" is a column of her own."""
    from mobility_app.exchange import mapping

    with db.read() as s:
        remembered = {**settings.get(s, MAPPING), **{words(h): key for h, key in (choices or {}).items()}}
    return mapping.map_sheet(book, sheet_name=sheet, header_row=header_row, remembered=remembered)


def preview(
    db: Database,
    table: Table,
    project: str | None,
    *,
    today: dt.date,
    policy: Policy = "add_and_update",
    cut_off: dt.date | None = None,
) -> Import:
    """What bringing the table in would do; nothing is written."""
    with db.read() as s:
        known = queries.projects(s)
        reference = project or table.reference
        named = [row for row in known if row.reference.casefold() == reference.casefold()] if reference else []
        if named or (known and not table.reference):
            project_id = dossiers.chosen_project(s, reference or None).id
        elif project and known:
            project_id = dossiers.chosen_project(s, project).id
        elif reference:
            project_id = ""
        else:
            raise UserError(
                _("The sheet does not name its project, and this dossier holds none."),
                _("Make the project first, or write its reference in the sheet's title."),
            )
        with _no_collector():
            plan = importing.plan(s, table, project_id, today=today, policy=policy, cut_off=cut_off)
        return Import(plan, project_id, reference, cut_off=cut_off)


def target_of(projects: Sequence[ProjectRow], table: Table, chosen: str | None) -> str:
    """The project that the sheet names, else the chosen one, else the newest; "" for one that is to be made."""
    named = [row.id for row in projects if row.reference.casefold() == table.reference.casefold()]
    if named or table.reference or not projects:
        return named[0] if named else ""
    return chosen or projects[0].id


def plan_for(db: Database, table: Table, project_id: str, *, today: dt.date, cut_off: dt.date | None = None) -> Plan:
    """What bringing the table into a project would do ("" for a new one); nothing is written."""
    with _no_collector(), db.read() as s:
        return importing.plan(s, table, project_id, today=today, cut_off=cut_off)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Thousands of rows come and all of them stay: looking for garbage among them takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def write(db: Database, chosen: Import) -> str:
    """Writes a plan as one step, after a verified backup; returns the project's id. Nothing to do writes nothing."""
    plan = chosen.plan
    if not plan.writes:
        if chosen.cut_off:
            with db.write(Label(N_("cut-off day of the papers"))) as s:
                _keep_cut_off(s, chosen.cut_off)
        return chosen.project_id
    db.back_up("import")
    count = plan.count("add") + plan.count("change")
    label = counted("import of one mobility", "import of {count} mobilities", count)
    with _no_collector(), db.write(label) as s:
        project_id = chosen.project_id or dossiers.add_project(
            s, chosen.reference, call_year=chosen.call_year, title=chosen.title or plan.table.title
        )
        importing.apply(s, plan, project_id)
        headers = {column.header: column.field_key or "" for column in plan.table.columns}
        known = {words(h): key for h, key in headers.items() if key}
        chosen_by_her = {words(h): key for h, key in chosen.choices.items()}
        settings.put(s, MAPPING, {**settings.get(s, MAPPING), **known, **chosen_by_her})
        if chosen.cut_off:
            _keep_cut_off(s, chosen.cut_off)
        settings.put(s, SHEET, {"headers": [[header, key] for header, key in headers.items()]})
    return project_id


def _keep_cut_off(s: Session, day: dt.date) -> None:
    settings.put(s, CUT_OFF, {"day": day.isoformat()})


def write_corrections(path: Path, book: Book, plan: Plan, *, language: str = "fr") -> bool:
    """The refused rows as they stand in her sheet, under her titles, each with its reason: to correct and import."""
    from mobility_app.exchange import workbook
    from mobility_app.exchange.tables import Column

    rows = _refused(book, plan)
    columns = [
        Column(f"c{column.index}", column.header, "general", partial(_written, column.index))  # as it stands there
        for column in plan.table.columns
    ]
    columns.append(Column("why", _("Why"), "wrapped", lambda pair: _why(pair[1])))
    title = f"{plan.table.title} {plan.table.reference}".strip() or book.name
    return workbook.write_table(path, title, columns, rows, language=language)


def _refused(book: Book, plan: Plan) -> list[tuple[SheetRow, PlannedRow]]:
    rows = {(sheet.name, row.number): row for sheet in book.sheets for row in sheet.rows}
    return [(rows[row.row.sheet or plan.table.sheet, row.row.number], row) for row in plan.chosen("refused")]


def _written(index: int, pair: tuple[SheetRow, PlannedRow]) -> Any:
    """A cell as it stands in her sheet."""
    cell = pair[0].cell(index)
    return str(cell) if isinstance(cell, bool) else float(cell) if isinstance(cell, Decimal) else cell


def _why(row: PlannedRow) -> str:
    return " ".join(sentence for _header, sentence in reasons(row))
