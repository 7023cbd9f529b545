"""Commands on money: a grant, the budget of a project, its rates, what another mix would cost."""

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
    progress,
    say,
)
from mobility_app.errors import UserError
from mobility_app.i18n import _, current, render


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


@app.command(help=_("The budget of a project: awarded, planned, engaged, done, paid, left."))
def budget(
    dossier: Dossier,
    project: ProjectOption = None,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import money, reports

    with opened_project(dossier, project, passphrase_file) as (db, chosen):
        found = reports.figures(db, chosen, today=day(today))
    if as_json:
        answer(money.budget_json(found))
        return
    from mobility_app.jobs.money_words import budget_lines

    for line in budget_lines(found):
        say(line)


@app.command(help=_("The rates of a project: shown, or typed in a sheet that is exported and imported."))
def rates(
    dossier: Dossier,
    project: ProjectOption = None,
    import_file: Annotated[Path | None, typer.Option("--import", help=_("The rate sheet to bring in."))] = None,
    export_file: Annotated[Path | None, typer.Option("--export", help=_("The rate sheet to write."))] = None,
    as_json: Json = False,
    passphrase_file: Passphrase = None,
) -> int:
    from mobility_app.jobs import money
    from mobility_app.jobs.money_words import finding_lines, rate_lines

    if import_file and export_file:
        raise UserError(_("Import and export are two commands."), _("Give --import or --export."))
    with opened_project(dossier, project, passphrase_file, write=import_file is not None) as (db, chosen):
        if import_file:
            done = money.import_rates(db, chosen, import_file)
            say(render(money.rates_changed(done.count)))
            for line in finding_lines(done.findings):
                say(line)
            return 0
        if export_file:
            money.export_rates(db, chosen, export_file, current())
            say(_("Written: {name}").format(name=export_file))
            return 0
        found = money.rates_json(db, chosen)
    if as_json:
        answer(found)
    else:
        for line in rate_lines(found):
            say(line)
    return 0


@app.command(help=_("What one more stay would cost, and how many the money left still pays; nothing is written."))
def whatif(
    dossier: Dossier,
    activity: Annotated[str, typer.Option(help=_("Activity type, as VET_SHORT_TERM or LM-SHORT-VET."))],
    country: Annotated[str, typer.Option(help=_("Country of destination, two letters."))],
    days: Annotated[int, typer.Option(help=_("Days of activity."))],
    project: ProjectOption = None,
    distance: Annotated[int | None, typer.Option(help=_("One way, in kilometres."))] = None,
    travel_days: Annotated[int, typer.Option(help=_("Funded travel days."))] = 0,
    green: Annotated[bool, typer.Option("--green", help=_("Green travel."))] = False,
    count: Annotated[int, typer.Option(help=_("How many of them."), min=1)] = 1,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import money

    asked = money.imagined(activity, country, days, distance, travel_days, green=green)
    with opened_project(dossier, project, passphrase_file) as (db, chosen):
        found = money.places(db, chosen, asked, today=day(today))
    if as_json:
        answer(money.places_json(found, count))
        return
    from mobility_app.jobs.money_words import places_lines

    for line in places_lines(found, count):
        say(line)


@app.command(
    "accounts", help=_("A paper for the accountant: flat sums by name, payments, leftovers, members, the Region.")
)
def accounts_(
    dossier: Dossier,
    paper: Annotated[str, typer.Option(help="nominative, payments, leftovers, members, region")],
    out: Annotated[Path, typer.Option(help=_("The file to write, .xlsx or .pdf."))],
    project: ProjectOption = None,
    batch: Annotated[str, typer.Option(help="advance, balance")] = "advance",
    member: Annotated[str | None, typer.Option(help=_("One member, by its name or a part of it."))] = None,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import papers

    with opened_project(dossier, project, passphrase_file) as (db, chosen):
        made = papers.make(db, chosen, paper, today=day(today), batch=batch, member=member)
    with progress(_("Papers for the accountant")) as step:
        papers.write(out, made.papers, current(), step)
    say(_("Written: {name}").format(name=out))
    for reason in made.waiting:
        say("  " + _("Not on this list: {name}").format(name=render(reason)))
