"""What the commands share: the program itself, its options, the dossier opened, how it speaks."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from mobility_app.core.facts import ProjectRow
from mobility_app.core.incoming import Policy
from mobility_app.errors import UserError
from mobility_app.fields import SHEETS, SheetKind
from mobility_app.i18n import _, current
from mobility_app.store import opener
from mobility_app.store.database import Database, open_database
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
    passphrase = passphrase_of(passphrase_file)
    if passphrase is None and not is_server(target) and opener.examine(Path(target)) is opener.Kind.ENCRYPTED:
        passphrase = ask_passphrase()
    db = open_database(target if is_server(target) else Path(target), passphrase=passphrase, read_only=not write)
    try:
        yield db
    finally:
        db.close()


@contextmanager
def opened_project(
    target: str, wanted: str | None, passphrase_file: Path | None = None, *, write: bool = False
) -> Iterator[tuple[Database, ProjectRow]]:
    """The dossier and one of its projects: that of the reference, or the only one."""
    from mobility_app.jobs import dossiers

    with opened(target, passphrase_file, write=write) as db:
        with db.read() as s:
            chosen = dossiers.chosen_project(s, wanted)
        yield db, chosen


def passphrase_of(file: Path | None) -> str | None:
    if file is None:
        return os.environ.get("MOBILITY_PASSPHRASE")
    try:
        return file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(_("The passphrase file “{name}” cannot be read.").format(name=file.name)) from error


def ask_passphrase() -> str | None:
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


def policy_named(value: str) -> Policy:
    """What an import may do, as the command line calls it: add-and-update, add, update."""
    policies: tuple[Policy, ...] = get_args(Policy)
    found = next((policy for policy in policies if policy.replace("_", "-") == value.casefold()), None)
    if found is None:
        raise UserError(
            _("This value is not understood: {name}.").format(name="--policy"), "add-and-update, add, update"
        )
    return found


def content_named(value: str | None) -> SheetKind | None:
    """What the rows of a sheet are; None lets its titles tell."""
    if value is not None and value not in SHEETS:
        raise UserError(_("This value is not understood: {name}.").format(name="--content"), ", ".join(SHEETS))
    return next((kind for kind in SHEETS if kind == value), None)


def one_language(language: str | None) -> str:
    from mobility_app.i18n import LANGUAGES

    language = language or current()
    if language not in LANGUAGES:
        raise UserError(_("The language “{name}” is not known.").format(name=language), _("Languages: fr, en."))
    return language
