"""Commands on the Beneficiary Module's file: filled, checked, compared, adopted, its feedback read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mobility_app.cli.shared import Dossier, Json, Passphrase, ProjectOption, Today, answer, app, day, opened, say
from mobility_app.errors import UserError
from mobility_app.i18n import _, ngettext

module = typer.Typer(
    name="bm", help=_("The Beneficiary Module: fill its file, compare its export."), no_args_is_help=True
)
app.add_typer(module)

File = Annotated[Path, typer.Argument(help=_("The file exported in the module: .xlsx or .csv."))]
Map = Annotated[
    list[str] | None, typer.Option("--map", metavar="HEADER=field", help=_("What a column means; repeat as needed."))
]


def _choices(written: list[str] | None) -> dict[str, str]:
    found = {}
    for pair in written or ():
        header, sign, field = pair.rpartition("=")
        if not sign:
            raise UserError(
                _("“{value}” does not say what a column means.").format(value=pair), _('Write --map "HEADER=field".')
            )
        found[header.strip()] = field.strip()
    return found


@module.command(help=_("Fill a copy of the module's file; your own file is never changed."))
def fill(
    dossier: Dossier,
    template: File,
    out: Annotated[Path, typer.Option(help=_("The copy to write."))],
    project: ProjectOption = None,
    map_: Map = None,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import beneficiary_module as job

    with opened(dossier, passphrase_file, write=True) as db:
        prepared = job.fill(db, template, project, out, today=day(today), choices=_choices(map_))
    _tell(prepared, as_json=as_json)
    if not as_json:
        say(_("Made: {name}").format(name=out))


@module.command(help=_("What filling would do, and everything that the module would refuse; writes nothing."))
def check(
    dossier: Dossier,
    template: File,
    project: ProjectOption = None,
    map_: Map = None,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> int:
    from mobility_app.jobs import beneficiary_module as job

    with opened(dossier, passphrase_file) as db:
        prepared = job.prepare(db, template, project, today=day(today), choices=_choices(map_))
    _tell(prepared, as_json=as_json)
    return 1 if prepared.problems else 0


def _tell(prepared: object, *, as_json: bool) -> None:
    from mobility_app.jobs import beneficiary_module as job
    from mobility_app.jobs.beneficiary_summary import summary
    from mobility_app.jobs.beneficiary_words import prepared_lines

    assert isinstance(prepared, job.Prepared)
    if as_json:
        answer(summary(prepared))
        return
    for line in prepared_lines(prepared):
        say(line)


@module.command(help=_("The module's export against the tracking file, field by field; writes nothing."))
def compare(
    dossier: Dossier,
    export: File,
    project: ProjectOption = None,
    map_: Map = None,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import beneficiary_module as job

    with opened(dossier, passphrase_file) as db:
        compared = job.compare(db, export, project, today=day(today), choices=_choices(map_))
    if as_json:
        from mobility_app.jobs.beneficiary_summary import comparison_summary

        answer(comparison_summary(compared))
        return
    from mobility_app.jobs.beneficiary_words import compared_lines

    for line in compared_lines(compared):
        say(line)


@module.command(help=_("Take values of the module's export into the tracking file, as one step."))
def adopt(
    dossier: Dossier,
    export: File,
    project: ProjectOption = None,
    field: Annotated[list[str] | None, typer.Option("--field", help=_("A field to take; repeat as needed."))] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("Take every field."))] = False,
    map_: Map = None,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> None:
    from mobility_app.jobs import beneficiary_module as job

    if not (field or all_):
        raise UserError(_("Nothing says what to take."), _("Add --all, or --field with the name of a field."))
    with opened(dossier, passphrase_file, write=True) as db:
        compared = job.compare(db, export, project, today=day(today), choices=_choices(map_))
        chosen = job.chosen(compared, field or (), everything=all_)
        count = job.adopt(db, compared, chosen, today=day(today))
    if as_json:
        left = len(compared.comparison.different) - count
        answer({"adopted": count, "mobilities": len({found.our.id for found in chosen}), "left": left})
        return
    say(ngettext("{count} field taken over", "{count} fields taken over", count).format(count=count))


@module.command(help=_("The marked cells of the file that the module gives back after an import."))
def feedback(
    dossier: Dossier,
    file: File,
    project: ProjectOption = None,
    as_json: Json = False,
    today: Today = None,
    passphrase_file: Passphrase = None,
) -> int:
    from mobility_app.core.beneficiary.matching import Pair
    from mobility_app.jobs import beneficiary_module as job
    from mobility_app.jobs.beneficiary_summary import name_of

    with opened(dossier, passphrase_file) as db:
        found = job.feedback(db, file, project, today=day(today))
    rows = [
        {
            "row": mark.row,
            "column": mark.header,
            "cell": mark.cell,
            "mobility": name_of(whose.our) if isinstance(whose, Pair) else whose.name,
            "message": mark.message,
        }
        for mark, whose in found
    ]
    if as_json:
        answer(rows)
    else:
        for row in rows:
            say(f"{row['cell']} · {row['mobility']} · {row['column']} : {row['message'] or _('marked')}")
    return 1 if rows else 0
