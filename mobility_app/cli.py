"""The command line: it reads its arguments, calls a job and prints; no display, no Qt.

The language is set before this module is imported, so that its help is in her language.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from mobility_app.errors import UserError
from mobility_app.i18n import _, current, ngettext, render
from mobility_app.store import opener
from mobility_app.store.database import Database, create_database, open_database
from mobility_app.store.opening import is_server

app = typer.Typer(
    name="mobility-app",
    help=_("Erasmus+ vocational mobilities: import sheets, compute grants, print certificates and reports."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Dossier = Annotated[str, typer.Argument(help=_("The tracking file, or a postgresql+psycopg:// address."))]
ProjectOption = Annotated[str | None, typer.Option("--project", help=_("Reference of the project."))]
Json = Annotated[bool, typer.Option("--json", help=_("Answer as JSON."))]
Today = Annotated[str | None, typer.Option("--today", help=_("The day to reckon with (default: today)."))]
Passphrase = Annotated[Path | None, typer.Option("--passphrase-file", help=_("File that holds the passphrase."))]
Ids = Annotated[str | None, typer.Option("--ids", help=_("Ids or numbers of “list”, separated by commas."))]


def main(arguments: list[str]) -> int:
    """Runs the command line; returns the exit code: 0 done, 1 done with something left out, 2 could not."""
    try:
        result = app(arguments, standalone_mode=False)
        return result if isinstance(result, int) else 0
    except UserError as error:
        return _failed(str(error))
    except typer.TyperException as error:
        return _failed(_usage(error))
    except (KeyboardInterrupt, typer.Abort):
        return _failed(_("Cancelled; nothing was changed."))
    except BrokenPipeError:  # the reader of our output has left (mobility-app list … | head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from mobility_app.logs import keep

        return _failed(_("Unexpected trouble; nothing was left half-written. Details: {name}").format(name=keep(error)))


def _failed(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)  # noqa: T201  the command line speaks by printing
    return 2


def _usage(error: typer.TyperException) -> str:
    """What the command line did not understand, in her language."""
    name = getattr(error, "option_name", None) or getattr(getattr(error, "param", None), "name", None)
    hint = _("See “mobility-app --help”.")
    match type(error).__name__:
        case "MissingParameter":
            return _("Missing: {name}.").format(name=name) + " " + hint
        case "NoSuchOption":
            return _("There is no option {name}.").format(name=name) + " " + hint
        case "BadParameter":
            return _("This value is not understood: {name}.").format(name=name) + " " + hint
    return _("This command is not understood.") + " " + hint


# ---- shared by the commands ------------------------------------------------------------------------------------------


def day(value: str | None) -> dt.date:
    """A day as 04/05/2027 or 2027-05-04; today (or MOBILITY_TODAY) when none is given."""
    value = value or os.environ.get("MOBILITY_TODAY")
    if not value:
        return dt.datetime.now().astimezone().date()
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(value, pattern).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise UserError(_("“{value}” is not a date.").format(value=value), _("Write 04/05/2027 or 2027-05-04."))


def optional_day(value: str | None) -> dt.date | None:
    return day(value) if value else None


@contextmanager
def opened(target: str, passphrase_file: Path | None = None, *, write: bool = False) -> Iterator[Database]:
    """The dossier, closed at the end. For reading it opens beside whoever holds it."""
    passphrase = _passphrase(passphrase_file)
    if passphrase is None and not is_server(target) and opener.examine(Path(target)) is opener.Kind.ENCRYPTED:
        passphrase = _ask_passphrase()
    db = open_database(target if is_server(target) else Path(target), passphrase=passphrase, read_only=not write)
    try:
        yield db
    finally:
        db.close()


def _passphrase(file: Path | None) -> str | None:
    if file is None:
        return os.environ.get("MOBILITY_PASSPHRASE")
    try:
        return file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(_("The passphrase file “{name}” cannot be read.").format(name=file.name)) from error


def _ask_passphrase() -> str | None:
    if not sys.stdin.isatty():
        return None
    return str(typer.prompt(_("Passphrase"), hide_input=True))


def say(line: str = "") -> None:
    typer.echo(line)


def answer(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], bool] | None]:
    """A bar on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def step(done: int, total: int) -> bool:
            bar.update(task, completed=done, total=total)
            return True

        yield step


# ---- commands --------------------------------------------------------------------------------------------------------


@app.command(help=_("Make a new tracking file, with its first project if you give one."))
def new(
    dossier: Dossier,
    project: ProjectOption = None,
    call: Annotated[int | None, typer.Option(help=_("Call year."))] = None,
    action: Annotated[str | None, typer.Option(help="KA121-VET, KA122-VET")] = None,
    start: Annotated[str | None, typer.Option(help=_("First day of the project."))] = None,
    end: Annotated[str | None, typer.Option(help=_("Last day of the project."))] = None,
    agency: Annotated[str | None, typer.Option(help=_("Code of the agency, such as FR01."))] = None,
    title: Annotated[str, typer.Option(help=_("Title of the project."))] = "",
    encrypt: Annotated[bool, typer.Option("--encrypt", help=_("Encrypt the file with a passphrase."))] = False,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import dossiers

    passphrase = None
    if encrypt:
        passphrase = _passphrase(passphrase_file) or _ask_passphrase()
        if not passphrase:
            raise UserError(_("Encrypting needs a passphrase."), _("Give --passphrase-file or MOBILITY_PASSPHRASE."))
    first, last = optional_day(start), optional_day(end)
    if first and last and last < first:
        raise UserError(_("The project would end before it starts."), _("Correct one of the two dates."))
    if project:
        dossiers.check_reference(project, call)
    with create_database(dossier if is_server(dossier) else Path(dossier), passphrase=passphrase) as db:
        if project:
            dossiers.new_project(
                db, project, call_year=call, action=action, title=title, start=first, end=last, agency=agency
            )
    say(_("Made: {name}").format(name=dossier))


@app.command(help=_("What the file holds, in figures."))
def info(
    dossier: Dossier,
    project: ProjectOption = None,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import dossiers

    with opened(dossier, passphrase_file) as db:
        found = dossiers.info(db, project, today=day(today))
    if as_json:
        answer(found)
        return
    from mobility_app.jobs.words import info_lines

    for line in info_lines(found):
        say(line)


@app.command("import", help=_("Bring a sheet in: .xlsx .xls .xlsb .ods .csv; a second time changes nothing."))
def import_(
    dossier: Dossier,
    file: Annotated[Path, typer.Argument(help=_("The sheet."))],
    project: ProjectOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would be done; write nothing."))] = False,
    sheet: Annotated[str | None, typer.Option(help=_("Name of the sheet in the workbook."))] = None,
    header_row: Annotated[int | None, typer.Option(help=_("Number of the row that holds the headers."))] = None,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> int:
    from mobility_app.jobs import importing

    with opened(dossier, passphrase_file, write=not dry_run) as db:
        table = importing.understand(db, file, sheet=sheet, header_row=header_row)
        chosen = importing.preview(db, table, project, today=day(today))
        if not dry_run:
            importing.write(db, chosen)
    found = importing.summary(chosen.plan)
    if as_json:
        answer(found)
    else:
        from mobility_app.jobs.words import import_lines

        for line in import_lines(chosen.plan, dry_run=dry_run):
            say(line)
    return 1 if found["refused"] else 0


@app.command("list", help=_("The mobilities, filtered as you like: pays:ES départ>=01/03/2027"))
def list_(
    dossier: Dossier,
    project: ProjectOption = None,
    filter_: Annotated[str, typer.Option("--filter", help=_("Words and conditions."))] = "",
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import overview

    with opened(dossier, passphrase_file) as db:
        ids = overview.mobility_ids(db, project, filter_, today=day(today))
        rows = overview.listing(db, ids, today=day(today))
    if as_json:
        answer(rows)
        return
    from mobility_app.jobs.words import list_lines

    for line in list_lines(rows):
        say(line)


@app.command(help=_("The file's integrity, and everything that deserves a look."))
def check(
    dossier: Dossier,
    project: ProjectOption = None,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> int:
    from mobility_app.jobs import overview

    with opened(dossier, passphrase_file) as db:
        found = overview.check(db, project, today=day(today))
    if as_json:
        answer(found)
    else:
        for finding in found["findings"]:
            say(f"{finding['record']} : {finding['text']} {finding['remedy']}")
        count = len(found["findings"])
        say(ngettext("{count} finding", "{count} findings", count).format(count=count))
    return 1 if found["findings"] or found["integrity"] != "ok" else 0


@app.command(help=_("The report for the Erasmus+ agency, as an Excel workbook."))
def report(
    dossier: Dossier,
    out: Annotated[Path, typer.Option(help=_("The workbook to write."))],
    project: ProjectOption = None,
    language: Annotated[str | None, typer.Option(help=_("Language of the report: fr or en."))] = None,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import dossiers, reports

    with opened(dossier, passphrase_file) as db, progress(_("Report")) as step:
        with db.read() as s:
            chosen = dossiers.chosen_project(s, project)
        reports.agency_report(db, chosen, out, today=day(today), language=_one_language(language), progress=step)
    say(_("Written: {name}").format(name=out))


def _one_language(language: str | None) -> str:
    from mobility_app.i18n import LANGUAGES

    language = language or current()
    if language not in LANGUAGES:
        raise UserError(_("The language “{name}” is not known.").format(name=language), _("Languages: fr, en."))
    return language


@app.command(help=_("Certificates: one merged file, one file a person, or both."))
def certificates(
    dossier: Dossier,
    project: ProjectOption = None,
    ids: Ids = None,
    print_as: Annotated[str, typer.Option("--print", help="auto, draft, to-sign, final")] = "auto",
    language: Annotated[str, typer.Option(help=_("Languages of the paper: fr,en · fr · en"))] = "fr,en",
    out: Annotated[Path | None, typer.Option(help=_("Folder for one file a person."))] = None,
    merged: Annotated[Path | None, typer.Option(help=_("The merged file."))] = None,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> int:
    from mobility_app.jobs import certificates as job
    from mobility_app.jobs import dossiers, overview

    if out is None and merged is None:
        raise UserError(_("Nothing to write."), _("Give --out FOLDER, --merged FILE.pdf, or both."))
    languages = tuple(_one_language(part.strip()) for part in language.split(",") if part.strip())
    now = day(today)
    with opened(dossier, passphrase_file, write=print_as != "draft") as db, progress(_("Certificates")) as step:
        with db.read() as s:
            chosen = dossiers.chosen_project(s, project)
        wanted = overview.mobility_ids(db, chosen.reference, "", today=now, wanted=ids)
        done = job.print_certificates(
            db,
            chosen,
            wanted,
            today=now,
            print_as=print_as,
            languages=languages,
            out=out,
            merged=merged,
            progress=step,
        )
    for left_out in done.left_out:
        typer.echo(f"{left_out.name} : {render(left_out.reason)}", err=True)
    say(ngettext("{count} certificate", "{count} certificates", done.count).format(count=done.count))
    for path in done.files[:3]:
        say(str(path))
    return 1 if done.left_out else 0


@app.command(help=_("A grant at the published rates of a call, each line explained."))
def grant(
    call: Annotated[int, typer.Option(help=_("Call year."))],
    activity: Annotated[str, typer.Option(help=_("Activity type, as VET_SHORT_TERM or LM-SHORT-VET."))],
    country: Annotated[str, typer.Option(help=_("Country of destination, two letters."))],
    start: Annotated[str, typer.Option(help=_("First day of the activity."))],
    end: Annotated[str, typer.Option(help=_("Last day of the activity."))],
    rates: Annotated[str, typer.Option(help=_("Country of the agency whose rates apply, two letters."))] = "FR",
    travel_days: Annotated[int, typer.Option(help=_("Funded travel days."))] = 0,
    distance: Annotated[int | None, typer.Option(help=_("One way, in kilometres."))] = None,
    green: Annotated[bool, typer.Option("--green", help=_("Green travel."))] = False,
    accompanying: Annotated[bool, typer.Option("--accompanying", help=_("An accompanying person."))] = False,
    as_json: Json = False,
) -> None:
    from mobility_app.jobs import overview

    stay = overview.stay(
        activity, country, day(start), day(end), travel_days, distance, green=green, accompanying=accompanying
    )
    found, project_lines = overview.published_grant(call, rates.upper(), stay)
    findings = overview.stay_findings(call, rates.upper(), stay)
    if as_json:
        answer(overview.grant_json(found, project_lines, findings))
        return
    from mobility_app.jobs.words import grant_lines

    for line in grant_lines(found, project_lines, findings):
        say(line)


@app.command(help=_("Take the last step back."))
def undo(dossier: Dossier, passphrase_file: Passphrase = None) -> None:
    _step(dossier, passphrase_file, "undo")


@app.command(help=_("Do again the step that was taken back."))
def redo(dossier: Dossier, passphrase_file: Passphrase = None) -> None:
    _step(dossier, passphrase_file, "redo")


def _step(dossier: str, passphrase_file: Path | None, kind: str) -> None:
    from mobility_app.store.story import label_text

    with opened(dossier, passphrase_file, write=True) as db:
        label = db.undo_label() if kind == "undo" else db.redo_label()
        if label is None:
            raise UserError(_("There is nothing to undo.") if kind == "undo" else _("There is nothing to redo."))
        with db.read() as s:
            name = render(label_text(s, label))
        _done = db.undo() if kind == "undo" else db.redo()
    say((_("Undone: {name}") if kind == "undo" else _("Redone: {name}")).format(name=name))


@app.command(help=_("The example: a dossier, its report and its certificates, all invented."))
def demo(
    out: Annotated[Path, typer.Option(help=_("Folder to write into."))] = Path("demo"),
    today: Today = None,
) -> None:
    from mobility_app.jobs import demo as job

    begun = time.perf_counter()
    with progress(_("Example")) as step:
        for made in job.make(out, today=optional_day(today) or job.TODAY, progress=step):
            seconds = f"{made.seconds:.1f}".replace(".", "," if current() == "fr" else ".")
            say(f"{made.title:<44} {made.path}  ({seconds} s)")
    say(_("All in {seconds} s.").format(seconds=round(time.perf_counter() - begun)))
