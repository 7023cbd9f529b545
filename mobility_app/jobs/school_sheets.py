"""Sheets for the schools of a project, out with a message to each, and filled back in, all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mobility_app.actions import importing
from mobility_app.core.facts import MobilityRow, ProjectRow
from mobility_app.core.incoming import ImportRow, Plan, Table
from mobility_app.core.mailing import Message
from mobility_app.errors import UserError
from mobility_app.files import safe_name
from mobility_app.i18n import _, current, ngettext
from mobility_app.jobs import import_cells, import_words
from mobility_app.jobs import importing as import_job
from mobility_app.store import addresses, queries, reference
from mobility_app.store.database import Database
from mobility_app.store.journal import counted

if TYPE_CHECKING:
    from mobility_app.exchange.book import Book

SUFFIXES = (".xlsx", ".xlsm")
CORRECTIONS = "corrections"  # folder of what goes back to the schools


def write(db: Database, project: ProjectRow, folder: Path, *, today: dt.date, language: str = "fr") -> list[Path]:
    """One sheet and one draft of a message for each school that sends people, or has places; the sheets' paths."""
    from mobility_app.exchange import messages, school_sheets

    with db.read() as s:
        schools = queries.organisations(
            s, queries.organisation_ids(s, "sender", project_id=project.id), project_id=project.id
        )
        rows = queries.mobilities(s, project_id=project.id, today=today)
        to = {school.id: addresses.of_school(s, school) for school in schools}
    countries = [row.code for row in reference.countries()]
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for school in schools:
        mine = sorted((row for row in rows if row.sending_id == school.id), key=_order)
        if not mine and not school.places:
            continue
        path = folder / safe_name(f"{school.name} {project.call_year}", ".xlsx")
        sheet = school_sheets.School(school.id, school.name, school.places, mine)
        school_sheets.write(path, sheet, project, countries, today=today, language=language)
        messages.write(path.with_suffix(messages.ENDING), _request(project, to[school.id]), path)
        written.append(path)
    if not written:
        raise UserError(_("No school sends anybody in this project."), _("Add mobilities or places first."))
    return written


def _order(row: MobilityRow) -> tuple[str, str, int]:
    return row.last_name.casefold(), row.first_name.casefold(), row.number


def _request(project: ProjectRow, to: Sequence[str]) -> Message:
    text = _(
        "Hello,\n\nHere is the sheet of your school for the project {reference}. Please complete and correct it, add "
        "your new participants below the last row, and send the file back under the same name.\n\nThank you."
    ).format(reference=project.reference)
    return Message(_("Erasmus+ mobilities {label}: your sheet").format(label=project.label), text, tuple(to))


# ---- coming back -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Returned:
    """One filled sheet: its plan, or why it is left aside."""

    path: Path
    school: str = ""
    project_id: str = ""
    plan: Plan | None = None
    book: Book | None = None
    trouble: str = ""
    project: str = ""  # as its chooser shows it
    to: tuple[str, ...] = ()


def collect(db: Database, folder: Path, *, today: dt.date) -> list[Returned]:
    """The filled sheets of a folder, each compared with its school's people; nothing is written."""
    if not folder.is_dir():
        raise UserError(
            _("There is no folder “{name}”.").format(name=folder.name), _("Choose the folder of the filled sheets.")
        )
    paths = (path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.name[0] not in "~.")
    return compare(db, sorted(paths), today=today)


def made_for_a_school(book: Book) -> bool:
    """Whether this is one of our own sheets, that knows its school."""
    from mobility_app.exchange import school_sheets

    return school_sheets.key_of(book) is not None


def compare(db: Database, paths: Sequence[Path], *, today: dt.date) -> list[Returned]:
    """The same for files that she chose or dropped."""
    return [_returned(db, path, today) for path in paths]


def _returned(db: Database, path: Path, today: dt.date) -> Returned:
    from mobility_app.exchange import school_sheets

    try:
        book = import_job.open_book(path)
        key = school_sheets.key_of(book)
        if key is None:
            return Returned(path, trouble=_("This is not a sheet that this program made for a school."))
        with db.read() as s:
            project = queries.project(s, key.project_id)
            school = next(iter(queries.organisations(s, [key.organisation_id])), None)
            to = tuple(addresses.of_school(s, school)) if school else ()
        if project is None or school is None:
            return Returned(path, trouble=_("Its school or its project is not in this dossier."))
        if key.version > school_sheets.VERSION:
            return Returned(path, trouble=_("A newer version of the program made this sheet."))
        table = import_job.table_of(db, book, sheet=school_sheets.table_sheet(book))
        with db.read() as s:
            plan = importing.plan(s, _of_school(table, school.name), project.id, today=today)
    except UserError as error:
        return Returned(path, trouble=str(error))
    return Returned(path, school.name, project.id, _as_candidates(plan), book, project=project.label, to=to)


def _of_school(table: Table, school: str) -> Table:
    """The rows under the school's name, each with the stay that it was written for."""
    from mobility_app.exchange import school_sheets

    titles = school_sheets.reference_titles()

    def row_of(row: ImportRow) -> ImportRow:
        known = next((row.own[title] for title in titles if title in row.own), "")
        own = {title: value for title, value in row.own.items() if title not in titles}
        return replace(row, values={**row.values, "sending_organisation": school}, own=own, known_id=known)

    columns = tuple(column for column in table.columns if column.header not in titles)
    return replace(table, columns=columns, rows=tuple(row_of(row) for row in table.rows))


def _as_candidates(plan: Plan) -> Plan:
    """New people of a school are candidates until she decides."""
    rows = tuple(
        replace(row, row=replace(row.row, values={**row.row.values, "decision": "candidate"}))
        if row.decision == "add" and row.row.values.get("decision") is None
        else row
        for row in plan.rows
    )
    return replace(plan, rows=rows)


def take_in(db: Database, returned: Sequence[Returned]) -> None:
    """Writes every plan as one step, and the rows to correct with a message to each school."""
    plans = [(each.plan, each.project_id) for each in returned if each.plan is not None and each.plan.writes]
    if plans:
        db.back_up("import")
        count = sum(plan.count("add") + plan.count("change") for plan, _id in plans)
        with db.write(counted("import of one mobility", "import of {count} mobilities", count)) as s:
            for plan, project_id in plans:
                importing.apply(s, plan, project_id)
                s.flush()
    for each in returned:
        if each.plan is not None and each.book is not None and each.plan.count("refused"):
            _write_corrections(each, each.plan, each.book)


def _write_corrections(each: Returned, plan: Plan, book: Book) -> None:
    """The rows to correct, and the draft that carries them to the school."""
    from mobility_app.exchange import messages

    path = corrections_path(each)
    path.parent.mkdir(exist_ok=True)
    import_cells.write_corrections(path, book, plan, language=current())
    messages.write(path.with_suffix(messages.ENDING), _asking_again(each, plan.count("refused")), path)


def _asking_again(each: Returned, count: int) -> Message:
    text = ngettext(
        "Hello,\n\nThank you for your sheet. {count} row could not be taken in; the file attached shows it with the "
        "reason beside it. Please correct it in your sheet and send that back under the same name.\n\nThank you.",
        "Hello,\n\nThank you for your sheet. {count} rows could not be taken in; the file attached shows them with the "
        "reason beside each. Please correct them in your sheet and send that back under the same name.\n\nThank you.",
        count,
    ).format(count=count)
    return Message(_("Erasmus+ mobilities {label}: rows to correct").format(label=each.project), text, each.to)


def corrections_path(each: Returned) -> Path:
    return each.path.parent / CORRECTIONS / safe_name(f"{_('To correct')} {each.path.stem}", ".xlsx")


def summary(returned: Sequence[Returned]) -> dict[str, Any]:
    """The outcome as the command line's JSON: each file with its differences, cell by cell."""
    return {
        "files": [_file(each) for each in returned if each.plan is not None],
        "left_aside": [{"file": each.path.name, "reason": each.trouble} for each in returned if each.plan is None],
    }


def _file(each: Returned) -> dict[str, Any]:
    assert each.plan is not None
    found = {"file": each.path.name, "school": each.school, **import_words.summary(each.plan)}
    found["changes"] = [
        {"row": row.row.number, "field": key, "was": import_words.plain(was), "will": import_words.plain(will)}
        for row in each.plan.chosen("change")
        for key, (was, will) in row.changes.items()
    ]
    found["corrections"] = str(corrections_path(each)) if each.plan.count("refused") else None
    return found
