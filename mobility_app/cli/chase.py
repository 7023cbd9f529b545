"""The command on participant reports that are not in: a draft of a message to each school and to its people."""

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
    opened_project,
    say,
)
from mobility_app.i18n import _, ngettext
from mobility_app.store.journal import counted


@app.command("reports-chase", help=_("Who owes the participant report, and messages that ask for it."))
def reports_chase(
    dossier: Dossier,
    project: ProjectOption = None,
    out: Annotated[Path | None, typer.Option(help=_("Folder for the messages (.eml)."))] = None,
    note: Annotated[bool, typer.Option("--note", help=_("Note that they are reminded today."))] = False,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.actions import chasing
    from mobility_app.jobs import chasing as job

    with opened_project(dossier, project, passphrase_file, write=note) as (db, chosen):
        with db.read() as s:
            chase = job.read(s, chosen, today=day(today))
        written = job.write_drafts(chase, chase.schools, ("school", "people"), out) if out else []
        if note and chase.owing:
            step = counted("reminder of one report", "reminder of {count} reports", len(chase.owing))
            with db.write(step) as s:
                chasing.note(s, [one.id for one in chase.owing], day(today))
    if as_json:
        answer(job.summary(chase, written))
        return
    for school in chase.schools:
        say(_("{name}: {value}").format(name=job.school_name(school), value=", ".join(school.to) or "–"))
        for one in school.owing:
            say(f"  {job.line_of(one)}")
    count = len(chase.owing)
    say(ngettext("{n} participant report is not in", "{n} participant reports are not in", count).format(n=count))
    for path in written:
        say(_("Written: {name}").format(name=path))
