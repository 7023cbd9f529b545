"""Commands on the dossier itself: made, shown, listed, checked, a step taken back, the example."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from mobility_app.cli.shared import (
    Dossier,
    Json,
    Passphrase,
    ProjectOption,
    Today,
    answer,
    app,
    ask_passphrase,
    day,
    opened,
    optional_day,
    passphrase_of,
    progress,
    say,
)
from mobility_app.errors import UserError
from mobility_app.i18n import _, current, ngettext, render
from mobility_app.store.database import create_database
from mobility_app.store.opening import is_server


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
        passphrase = passphrase_of(passphrase_file) or ask_passphrase()
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


@app.command(help=_("What is late, due within 14 days or to correct, and who must act."))
def todo(
    dossier: Dossier,
    project: ProjectOption = None,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs.todo import todo_json
    from mobility_app.jobs.words import todo_lines

    with opened(dossier, passphrase_file) as db:
        found = todo_json(db, project, today=day(today))
    if as_json:
        answer(found)
        return
    for line in todo_lines(found):
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
