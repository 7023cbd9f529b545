"""Commands on the life of a project: its state, its application, a new call from it, stays moved to another."""

from __future__ import annotations

from typing import Annotated

import typer

from mobility_app.cli.shared import (
    Dossier,
    Ids,
    Passphrase,
    ProjectOption,
    Today,
    app,
    day,
    opened,
    opened_project,
    optional_day,
    say,
)
from mobility_app.i18n import _, ngettext, render

project_app = typer.Typer(help=_("The life of a project: application, new call, stays moved to another project."))
app.add_typer(project_app, name="project")


@project_app.command("new-call", help=_("A new call from this project: same members, coordinator, hosts and delays."))
def new_call(
    dossier: Dossier,
    reference: Annotated[str, typer.Option(help=_("Reference of the new project."))],
    project: ProjectOption = None,
    call: Annotated[int | None, typer.Option(help=_("Call year."))] = None,
    title: Annotated[str, typer.Option(help=_("Title of the project."))] = "",
    start: Annotated[str | None, typer.Option(help=_("First day of the project."))] = None,
    end: Annotated[str | None, typer.Option(help=_("Last day of the project."))] = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import calls

    with opened_project(dossier, project, passphrase_file, write=True) as (db, chosen):
        first, last = optional_day(start), optional_day(end)
        calls.new_call(db, chosen, reference, call_year=call, title=title, start=first, end=last)
    say(_("Made: {name}").format(name=reference))


@project_app.command("move", help=_("Move mobilities to another project; tells which contracts are to be made again."))
def move(
    dossier: Dossier,
    to: Annotated[str, typer.Option(help=_("Reference of the project that takes them."))],
    ids: Ids = None,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import calls, dossiers, overview
    from mobility_app.store import queries

    with opened(dossier, passphrase_file, write=True) as db:
        chosen = overview.mobility_ids(db, None, "", today=day(today), wanted=ids) if ids else []
        with db.read() as s:
            target = dossiers.chosen_project(s, to)
        moved = calls.move(db, chosen, target)
        with db.read() as s:
            names = {
                row.id: f"{row.number} · {row.full_name}" for row in queries.mobilities(s, chosen, today=day(today))
            }
    say(ngettext("{n} mobility moved.", "{n} mobilities moved.", moved.count).format(n=moved.count))
    for id_ in moved.contracts:
        say("  " + _("Contract to be made again: {name}").format(name=names[id_]))
    for id_, old in moved.module_ids:
        say("  " + _("Beneficiary Module: {name} was {id}, to be entered again").format(name=names[id_], id=old))
    for id_ in moved.paid:
        say("  " + _("Paid already, on the other project's account: {name}").format(name=names[id_]))


@project_app.command("state", help=_("Where a project stands: application, agreement, closed."))
def state(
    dossier: Dossier,
    state: Annotated[str, typer.Argument(help="application, agreement, closed")],
    project: ProjectOption = None,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import calls, closing

    with opened_project(dossier, project, passphrase_file, write=True) as (db, chosen):
        calls.set_state(db, chosen, state)
        left = closing.open_points(db, chosen, today=day(today)) if state == "closed" else ()
    say(_("Done."))
    for point in left:
        say("  " + _("Still open: {what}").format(what=render(point.text)))
