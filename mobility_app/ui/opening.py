"""From a file to the window on it: passphrase, a file that someone else holds, a sheet that begins a new file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from mobility_app.errors import UserError
from mobility_app.files import safe_name
from mobility_app.i18n import _
from mobility_app.jobs import dossiers
from mobility_app.paths import user_data
from mobility_app.store import lock, opener
from mobility_app.store.database import Database, create_database, open_database
from mobility_app.ui import tasks
from mobility_app.ui.dialogs import ask_secret
from mobility_app.ui.notices import ask
from mobility_app.ui.remembered import recall, remember

if TYPE_CHECKING:
    from mobility_app.ui.main_window import MainWindow
    from mobility_app.ui.start import StartPage

PROGRAM = "mobility-app window"
RECENT = 8


def open_file(
    start: StartPage,
    path: Path,
    *,
    read_only: bool = False,
    sheet: Path | None = None,
    today: dt.date | None = None,
) -> None:
    """Opens a tracking file in the worker; what stands in the way is said on the start page or asked about."""
    passphrase = _passphrase(start, path)
    if passphrase is None:
        return

    def work(_progress: tasks.Progress) -> Database:
        return open_database(path, passphrase=passphrase or None, read_only=read_only, program=PROGRAM)

    tasks.run(
        start,
        work,
        lambda db: show(start, db, sheet, today),
        lambda error: _refused(start, path, error),
        title=_("Opening"),
    )


def _passphrase(start: StartPage, path: Path) -> str | None:
    """What she typed for an encrypted file, "" for a plain one, None when she gave up or the file is none of ours."""
    try:
        if opener.examine(path) is opener.Kind.OURS:
            return ""
    except UserError as error:
        start.say(str(error))
        return None
    except OSError:
        start.say(_("“{name}” cannot be read.").format(name=path.name))
        return None
    note = _("“{name}” is encrypted (or damaged).").format(name=path.name)
    return ask_secret(start, _("Passphrase"), _("Passphrase"), accept=_("Open"), note=note) or None


def _refused(start: StartPage, path: Path, error: BaseException) -> None:
    if not isinstance(error, UserError):
        raise error
    holder = lock.holder(path)
    if (
        holder is not None
        and not holder.dead
        and ask(start, _("Open elsewhere"), str(error), _("Open for reading only"))
    ):
        open_file(start, path, read_only=True)
        return
    start.say(str(error))


def show(start: StartPage, db: Database, sheet: Path | None = None, today: dt.date | None = None) -> None:
    """The window on an open file; a sheet that was chosen goes to the import page at once."""
    from mobility_app.ui.main_window import MainWindow

    if db.path is not None:
        path = str(db.path)
        remember("recent", [path, *(known for known in recall("recent", []) if known != path)][:RECENT])
    window = MainWindow(db, today=today or dossiers.example_day(db))
    window.closed.connect(start.come_back)
    window.desk.language_chosen.connect(lambda language: _in_another_language(start, window, language, today))
    start.enter(window)
    if sheet is not None:
        window.bring_in(sheet)


def _in_another_language(start: StartPage, window: MainWindow, language: str, today: dt.date | None) -> None:
    """The same file in a new window that speaks the language; nothing is closed in between."""
    start.speak(language)
    window.leave()
    show(start, window.desk.db, today=today)


def from_sheet(start: StartPage, sheet: Path) -> None:
    """A new tracking file beside her sheet (or in her own folder), named after it; then the import."""
    try:
        path = _free(sheet)
        create_database(path).close()
    except UserError as error:
        start.say(str(error))
        return
    open_file(start, path, sheet=sheet)


def _free(sheet: Path) -> Path:
    """A name that nothing has yet."""
    import os

    folder = sheet.parent if os.access(sheet.parent, os.W_OK) else user_data()
    stem = safe_name(sheet.stem)
    path, n = folder / f"{stem}.mobility", 2
    while path.exists():
        path, n = folder / f"{stem} {n}.mobility", n + 1
    return path


def example(start: StartPage) -> None:
    """The example, made anew when it is not there yet."""
    from mobility_app.jobs import demo

    folder = user_data() / "exemple"
    path = folder / "exemple.mobility"
    if path.exists():
        open_file(start, path, today=demo.TODAY)
        return

    def work(progress: tasks.Progress) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        with create_database(path) as db:
            demo.fill(db, demo.TODAY)
        return path

    tasks.run(start, work, lambda made: open_file(start, made, today=demo.TODAY), title=_("Making the example"))
