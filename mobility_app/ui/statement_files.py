"""The statement of a member, or of all of them, as a sheet or as a PDF to sign."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mobility_app.core.members import Allotted
from mobility_app.files import safe_name
from mobility_app.i18n import _, current, date
from mobility_app.ui import places, printing, tasks
from mobility_app.ui.desk import Desk

KINDS = {kind[0]: kind for kind in (printing.PDF, printing.EXCEL)}


def ask(parent: QWidget, desk: Desk, kind: str, member: Allotted | None = None) -> None:
    """`kind` is a key of KINDS; without a member the file holds them all. Asks where to."""
    _title, endings = KINDS[kind]
    day = date(desk.today).replace("/", "-")
    who = member.name if member else _("all members")
    name = safe_name(_("statement {name} {day}").format(name=who, day=day), endings[0])
    path = places.ask_save(parent, _("Save the statement"), name, KINDS[kind], "statements")
    if path is not None:
        write(parent, desk, path, member)


def write(parent: QWidget, desk: Desk, path: Path, member: Allotted | None = None) -> tasks.Task:
    """The same figures as in the window, in the language of the window."""
    from mobility_app.jobs import papers

    project, db, today, language = desk.project, desk.db, desk.today, current()
    assert project is not None
    wanted = member.organisation_id if member else None

    def work(progress: tasks.Progress) -> bool:
        made = papers.make(db, project, "members", today=today, member=wanted)
        return papers.write(path, made.papers, language, progress)

    def done(written: bool) -> None:
        if written:
            who = member.name if member else _("all members")
            printing.tell(parent, _("Statement written: {name}").format(name=who), [path])

    return tasks.run(parent, work, done, title=_("Writing the statement"), lane="files")
