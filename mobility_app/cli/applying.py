"""Commands on a project that is applied for: the needs of its schools, and what each is told it got."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mobility_app.cli.projects import project_app
from mobility_app.cli.shared import (
    Dossier,
    Json,
    Passphrase,
    ProjectOption,
    Today,
    answer,
    day,
    opened_project,
    progress,
    say,
)
from mobility_app.errors import UserError
from mobility_app.i18n import _, current


@project_app.command("needs", help=_("What the schools ask for, what it would cost, what was awarded and allotted."))
def needs(
    dossier: Dossier,
    project: ProjectOption = None,
    add: Annotated[str | None, typer.Option("--add", help=_("A school, by its name or a part of it."))] = None,
    activity: Annotated[str, typer.Option(help=_("Activity type, as VET_SHORT_TERM or LM-SHORT-VET."))] = "",
    country: Annotated[str, typer.Option(help=_("Country of destination, two letters."))] = "",
    days: Annotated[int | None, typer.Option(help=_("Days of activity, each."))] = None,
    places: Annotated[int | None, typer.Option(help=_("How many participants."))] = None,
    adults: Annotated[int | None, typer.Option(help=_("How many accompanying persons."))] = None,
    inclusion: Annotated[
        int | None, typer.Option(help=_("Of the participants, those with fewer opportunities."))
    ] = None,
    green: Annotated[int | None, typer.Option(help=_("How many travel green, adults included."))] = None,
    travel_days: Annotated[int | None, typer.Option(help=_("Funded travel days."))] = None,
    distance: Annotated[int | None, typer.Option(help=_("One way, in kilometres."))] = None,
    remove: Annotated[int | None, typer.Option("--remove", help=_("Take away the need of this number."))] = None,
    as_json: Json = False,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import applying

    if add and remove:
        raise UserError(_("Adding and taking away are two commands."), _("Give --add or --remove."))
    if add and not (activity and days and places):
        raise UserError(_("A need lacks a fact."), _("Give --activity, --days and --places."))
    with opened_project(dossier, project, passphrase_file, write=bool(add or remove)) as (db, chosen):
        if add:
            facts = {"number": places, "days": days, "adults": adults, "inclusion": inclusion, "green": green}
            facts |= {"travel_days": travel_days, "distance_km": distance}
            applying.add(db, chosen, add, activity, country, **facts)
        if remove is not None:
            applying.remove(db, chosen, remove)
        with db.read() as s:
            found = applying.read(s, chosen)
    if as_json:
        answer(applying.as_json(found))
        return
    for line in applying.lines(found):
        say(line)


@project_app.command("places", help=_("Notification of places: one paper a school, as PDF or as a sheet."))
def notices(
    dossier: Dossier,
    out: Annotated[Path, typer.Option(help=_("The file to write, .xlsx or .pdf; or a folder: one PDF a school."))],
    project: ProjectOption = None,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import papers, place_notices

    with opened_project(dossier, project, passphrase_file) as (db, chosen):
        made = place_notices.notices(db, chosen, today=day(today))
    with progress(_("Notification of places")) as step:
        if out.suffix:
            papers.write(out, made, current(), step)
            written = [out]
        else:
            written = place_notices.write_each(out, made, current(), step)
    for path in written:
        say(_("Written: {name}").format(name=path))
