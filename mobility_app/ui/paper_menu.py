"""A button that writes one of the accountant's papers of the project, as Excel or as a PDF to sign."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from mobility_app.files import safe_name
from mobility_app.i18n import _, current, date
from mobility_app.ui import places, printing, tasks
from mobility_app.ui.buttons import menu_button
from mobility_app.ui.desk import Desk


def paper_button(parent: QWidget, desk: Desk, paper: str, title: str) -> QPushButton:
    """`paper` is one of `jobs.papers.PAPERS`; `title` names the button and the file."""
    ask = partial(_ask, parent, desk, paper, title)
    kinds = [(_("Excel"), partial(ask, printing.EXCEL)), (_("PDF, to sign"), partial(ask, printing.PDF))]
    return menu_button(title, kinds)


def _ask(parent: QWidget, desk: Desk, paper: str, title: str, kind: places.Kind) -> None:
    day = date(desk.today).replace("/", "-")
    reference = desk.project.reference if desk.project else ""
    path = places.ask_save(parent, title, safe_name(f"{title} {reference} {day}", kind[1][0]), kind, "statements")
    if path is not None:
        write(parent, desk, paper, title, path)


def write(parent: QWidget, desk: Desk, paper: str, title: str, path: Path) -> tasks.Task:
    """The same figures as in the window, in the language of the window."""
    from mobility_app.jobs import papers

    project, db, today, language = desk.project, desk.db, desk.today, current()
    assert project is not None

    def work(progress: tasks.Progress) -> bool:
        return papers.write(path, papers.make(db, project, paper, today=today).papers, language, progress)

    def done(written: bool) -> None:
        if written:
            printing.tell(parent, _("Statement written: {name}").format(name=title), [path])

    return tasks.run(parent, work, done, title=_("Writing the statement"), lane="files")
