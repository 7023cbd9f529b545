"""A sheet in, end to end: read in a child process, understood, compared with the dossier, written as one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mobility_app.actions import (
    importing,
    importing_organisations,
    importing_payments,
    importing_people,
    settings,
)
from mobility_app.actions.pacing import Step
from mobility_app.core.facts import ProjectRow
from mobility_app.core.incoming import Plan, Policy, Table
from mobility_app.core.text import words
from mobility_app.errors import UserError
from mobility_app.fields import SheetKind
from mobility_app.i18n import N_, _
from mobility_app.jobs import dossiers
from mobility_app.jobs.collector import resting
from mobility_app.jobs.import_words import reasons as reasons  # whoever imports also says why
from mobility_app.jobs.import_words import summary as summary
from mobility_app.jobs.todo import CUT_OFF
from mobility_app.store import queries
from mobility_app.store.database import Database, Session
from mobility_app.store.journal import Label, counted

if TYPE_CHECKING:
    from mobility_app.exchange.book import Book

ALL_SHEETS = "*"
MAPPING = "import mapping"  # setting: folded header -> field key, "" for a column of her own
WITHOUT_PROJECT: frozenset[SheetKind] = frozenset({"participants", "organisations"})
_LABELS: Mapping[SheetKind, Callable[[int], Label]] = {
    "mobilities": lambda n: counted("import of one mobility", "import of {count} mobilities", n),
    "participants": lambda n: counted("import of one participant", "import of {count} participants", n),
    "organisations": lambda n: counted("import of one organisation", "import of {count} organisations", n),
    "payments": lambda n: counted("import of one payment", "import of {count} payments", n),
}
SHEET = "her sheet"  # setting: {"headers": [[header, field key or ""], …]} of the last sheet brought in


@dataclass(frozen=True)
class Import:
    """A plan and where it goes: `project_id` "" makes the project that the sheet's title names, where one is needed.

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
    kind: SheetKind | None = None,
) -> Table:
    """The file as a table; the meanings of columns that she chose before are known.

    `sheet` "*" reads all sheets of one shape together (one tab a school), and so does None where there are several.
    """
    return table_of(db, open_book(path), sheet=sheet or ALL_SHEETS, header_row=header_row, kind=kind)


def open_book(path: Path, cancel: Callable[[], bool] | None = None) -> Book:
    """The sheets of a file, so that another sheet or another meaning of a column does not read it again."""
    from mobility_app.exchange import reading

    with resting():
        return reading.read(path, cancel=cancel)


def table_of(
    db: Database,
    book: Book,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    choices: Mapping[str, str] | None = None,
    kind: SheetKind | None = None,
) -> Table:
    """A sheet of the book as a table; a choice of "" is a column of her own. `kind` None lets the titles tell."""
    from mobility_app.exchange import mapping

    kind = kind or mapping.kind_in(book, sheet)
    with db.read() as s:
        remembered = {**settings.get(s, _memory(kind)), **{words(h): key for h, key in (choices or {}).items()}}
    with resting():
        return mapping.map_sheet(book, sheet_name=sheet, header_row=header_row, remembered=remembered, kind=kind)


def _memory(kind: SheetKind) -> str:
    """Where meanings of columns are remembered: “Ville” is another town for a host than for a stay."""
    return f"{MAPPING} {kind}" if kind in ("organisations", "payments") else MAPPING


# ---- where a table goes, and what it would do there ------------------------------------------------------------------


def target_of(projects: Sequence[ProjectRow], table: Table, chosen: str | None) -> str:
    """The project that the sheet names, else the chosen one, else the newest; "" for one that is to be made."""
    named = [row.id for row in projects if row.reference.casefold() == table.reference.casefold()]
    if named:
        return named[0]
    makes_one = table.kind == "mobilities" and bool(table.reference)
    return "" if makes_one or not projects else chosen or projects[0].id


def preview(
    db: Database,
    table: Table,
    project: str | None,
    *,
    today: dt.date,
    policy: Policy = "add_and_update",
    cut_off: dt.date | None = None,
) -> Import:
    """What bringing the table into the project of that reference would do, or of the one that the sheet names.

    Where neither is clear, she is asked (UserError); nothing is written.
    """
    with db.read() as s:
        project_id, reference = _named(s, table, project)
    plan = plan_for(db, table, project_id, today=today, policy=policy, cut_off=cut_off)
    return Import(plan, project_id, reference, cut_off=cut_off)


def _named(s: Session, table: Table, project: str | None) -> tuple[str, str]:
    known = queries.projects(s)
    reference = project or table.reference
    if any(row.reference.casefold() == reference.casefold() for row in known):
        return dossiers.chosen_project(s, reference).id, reference
    if table.kind in WITHOUT_PROJECT and not project:
        return target_of(known, table, None), reference
    if known and (project or not table.reference):
        return dossiers.chosen_project(s, project).id, reference
    if not reference:
        raise UserError(
            _("The sheet does not name its project, and this dossier holds none."),
            _("Make the project first, or write its reference in the sheet's title."),
        )
    return "", reference


def plan_for(
    db: Database,
    table: Table,
    project_id: str,
    *,
    today: dt.date,
    policy: Policy = "add_and_update",
    cut_off: dt.date | None = None,
    step: Step | None = None,
) -> Plan:
    """What bringing the table into a project would do ("" for a new one); nothing is written."""
    with resting(), db.read() as s:
        match table.kind:
            case "participants":
                return importing_people.plan(s, table, today=today, policy=policy, step=step)
            case "organisations":
                return importing_organisations.plan(s, table, policy=policy, step=step)
            case "payments" if not project_id:
                raise UserError(
                    _("Payments belong to mobilities, and this tracking file has no project yet."),
                    _("Bring the mobilities in first."),
                )
            case "payments":
                return importing_payments.plan(s, table, project_id, today=today, policy=policy, step=step)
        return importing.plan(s, table, project_id, today=today, policy=policy, cut_off=cut_off, step=step)


def write(db: Database, chosen: Import, step: Step | None = None) -> str:
    """Writes a plan as one step, after a verified backup; returns the project's id. Nothing to do writes nothing.

    Once `step` says no, all of it is taken back (Stopped).
    """
    plan, kind = chosen.plan, chosen.plan.table.kind
    if not plan.writes:
        if chosen.cut_off:
            with db.write(Label(N_("cut-off day of the papers"))) as s:
                _keep_cut_off(s, chosen.cut_off)
        return chosen.project_id
    db.back_up("import")
    label = _LABELS[kind](plan.count("add") + plan.count("change"))
    with resting(), db.write(label) as s:
        project_id = chosen.project_id
        if not project_id and kind not in WITHOUT_PROJECT:
            project_id = dossiers.add_project(
                s, chosen.reference, call_year=chosen.call_year, title=chosen.title or plan.table.title
            )
        _apply(s, plan, project_id, step)
        headers = {column.header: column.field_key or "" for column in plan.table.columns}
        known = {words(h): key for h, key in headers.items() if key}
        chosen_by_her = {words(h): key for h, key in chosen.choices.items()}
        settings.put(s, _memory(kind), {**settings.get(s, _memory(kind)), **known, **chosen_by_her})
        if chosen.cut_off:
            _keep_cut_off(s, chosen.cut_off)
        if kind == "mobilities":
            settings.put(s, SHEET, {"headers": [[header, key] for header, key in headers.items()]})
    return project_id


def _apply(s: Session, plan: Plan, project_id: str, step: Step | None) -> None:
    match plan.table.kind:
        case "participants":
            importing_people.apply(s, plan, step)
        case "organisations":
            importing_organisations.apply(s, plan, project_id, step)
        case "payments":
            importing_payments.apply(s, plan, project_id, step)
        case _:
            importing.apply(s, plan, project_id, step)


def _keep_cut_off(s: Session, day: dt.date) -> None:
    settings.put(s, CUT_OFF, {"day": day.isoformat()})
