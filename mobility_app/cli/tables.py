"""Commands that read a sheet or write files: import, the agency's report, certificates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mobility_app.cli.shared import (
    Dossier,
    Ids,
    Json,
    Passphrase,
    ProjectOption,
    Today,
    answer,
    app,
    content_named,
    day,
    one_language,
    opened,
    opened_project,
    optional_day,
    policy_named,
    progress,
    say,
)
from mobility_app.errors import UserError
from mobility_app.i18n import _, current, ngettext, render


@app.command("import", help=_("Bring a sheet in: .xlsx .xls .xlsb .ods .csv; a second time changes nothing."))
def import_(
    dossier: Dossier,
    file: Annotated[Path, typer.Argument(help=_("The sheet."))],
    project: ProjectOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would be done; write nothing."))] = False,
    sheet: Annotated[str | None, typer.Option(help=_("Name of the sheet in the workbook."))] = None,
    header_row: Annotated[int | None, typer.Option(help=_("Number of the row that holds the headers."))] = None,
    content: Annotated[
        str | None, typer.Option(help=_("What the rows are: mobilities, participants, organisations, payments."))
    ] = None,
    policy: Annotated[str, typer.Option(help="add-and-update, add, update")] = "add-and-update",
    cut_off: Annotated[
        str | None, typer.Option(help=_("Papers of stays before this day are taken as followed elsewhere."))
    ] = None,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> int:
    from mobility_app.jobs import importing

    with opened(dossier, passphrase_file, write=not dry_run) as db:
        table = importing.understand(db, file, sheet=sheet, header_row=header_row, kind=content_named(content))
        chosen = importing.preview(
            db, table, project, today=day(today), policy=policy_named(policy), cut_off=optional_day(cut_off)
        )
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


@app.command(help=_("The report for the Erasmus+ agency, as an Excel workbook."))
def report(
    dossier: Dossier,
    out: Annotated[Path | None, typer.Option(help=_("The workbook to write."))] = None,
    pdf: Annotated[Path | None, typer.Option(help=_("A summary of two pages to write."))] = None,
    member: Annotated[str, typer.Option(help=_("Only the mobilities of this school."))] = "",
    project: ProjectOption = None,
    view: Annotated[list[str] | None, typer.Option(help=_("A saved view to add as a sheet; may be repeated."))] = None,
    language: Annotated[str | None, typer.Option(help=_("Language of the report: fr or en."))] = None,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import reports, views

    if out is None and pdf is None:
        raise UserError(_("Nothing to write."), _("Give --out FILE.xlsx, --pdf FILE.pdf, or both."))
    with opened_project(dossier, project, passphrase_file) as (db, chosen), progress(_("Report")) as step:
        with db.read() as s:
            kept = views.named(s, view or ())
        now, told = day(today), one_language(language)
        if out is not None:
            reports.agency_report(db, chosen, out, today=now, language=told, member=member, kept=kept, progress=step)
        if pdf is not None:
            reports.summary(db, chosen, pdf, today=now, language=told, member=member)
    for path in filter(None, (out, pdf)):
        say(_("Written: {name}").format(name=path))


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
    from mobility_app.jobs import overview

    if out is None and merged is None:
        raise UserError(_("Nothing to write."), _("Give --out FOLDER, --merged FILE.pdf, or both."))
    languages = tuple(one_language(part.strip()) for part in language.split(",") if part.strip())
    now = day(today)
    with (
        opened_project(dossier, project, passphrase_file, write=print_as != "draft") as (db, chosen),
        progress(_("Certificates")) as step,
    ):
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


@app.command(help=_("Everything in an open file: JSON, CSV and a data dictionary in a zip."))
def export(
    dossier: Dossier,
    out: Annotated[Path, typer.Option(help=_("The zip to write."))],
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import reports

    with opened(dossier, passphrase_file) as db:
        reports.open_export(db, out, today=day(today), language=current())
    say(_("Written: {name}").format(name=out))


@app.command(help=_("The deadlines as a calendar file (.ics)."))
def calendar(
    dossier: Dossier,
    out: Annotated[Path, typer.Option(help=_("The calendar file to write."))],
    project: ProjectOption = None,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import calendar as job

    with opened_project(dossier, project, passphrase_file) as (db, chosen):
        count = job.write(db, chosen, out, today=day(today))
    say(ngettext("{count} deadline", "{count} deadlines", count).format(count=count))
    say(_("Written: {name}").format(name=out))
