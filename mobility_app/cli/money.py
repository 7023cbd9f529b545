"""Commands on money: a grant, the budget of a project, its rates, what another mix would cost."""

from __future__ import annotations

from typing import Annotated

import typer

from mobility_app.cli.shared import Json, answer, app, day, say
from mobility_app.i18n import _


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
