"""The command on sheets for schools: out to each of them, and the filled ones back in."""

from __future__ import annotations

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
    day,
    opened,
    opened_project,
    say,
)
from mobility_app.errors import UserError
from mobility_app.i18n import _, current


@app.command("school-sheets", help=_("A sheet for each school to fill in, and the filled ones back."))
def school_sheets(
    dossier: Dossier,
    project: ProjectOption = None,
    out: Annotated[Path | None, typer.Option(help=_("Folder for the sheets and the messages."))] = None,
    collect: Annotated[Path | None, typer.Option(help=_("Folder of the filled sheets."))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would be done; write nothing."))] = False,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> int:
    if (out is None) == (collect is None):
        raise UserError(_("Nothing to write."), _("Give --out FOLDER, or --collect FOLDER."))
    if collect is not None:
        return _collect(dossier, collect, dry_run, as_json, today, passphrase_file)
    from mobility_app.jobs import school_sheets as job

    assert out is not None
    with opened_project(dossier, project, passphrase_file) as (db, chosen):
        paths = job.write(db, chosen, out, today=day(today), language=current())
    if as_json:
        answer({"files": [str(path) for path in paths]})
        return 0
    for path in paths:
        say(_("Written: {name}").format(name=path))
    return 0


def _collect(
    dossier: str, folder: Path, dry_run: bool, as_json: bool, today: str | None, passphrase_file: Path | None
) -> int:
    from mobility_app.jobs import school_sheets as job
    from mobility_app.jobs.words import import_lines

    with opened(dossier, passphrase_file, write=not dry_run) as db:
        returned = job.collect(db, folder, today=day(today))
        if not dry_run:
            job.take_in(db, returned)
    found = job.summary(returned)
    if as_json:
        answer(found)
    else:
        for each in returned:
            say(f"— {each.path.name} · {each.school}" if each.plan else f"— {each.path.name} : {each.trouble}")
            for line in import_lines(each.plan, dry_run=dry_run) if each.plan else ():
                say(line)
    return 1 if found["left_aside"] or any(each["refused"] for each in found["files"]) else 0
