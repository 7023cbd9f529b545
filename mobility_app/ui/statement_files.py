"""The statement of a member, or of all of them, as a sheet or as a PDF to sign."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mobility_app.core.facts import ProjectRow
from mobility_app.core.members import Allotted
from mobility_app.files import safe_name
from mobility_app.i18n import _, date
from mobility_app.jobs.papers import Made
from mobility_app.ui import places, printing, tasks
from mobility_app.ui.account_files import KINDS, write_made
from mobility_app.ui.desk import Desk


def ask(parent: QWidget, desk: Desk, ending: str, member: Allotted | None = None) -> None:
    """`ending` is a key of KINDS; without a member the file holds them all. Asks where to."""
    day = date(desk.today).replace("/", "-")
    name = safe_name(_("statement {name} {day}").format(name=_who(member), day=day), ending)
    path = places.ask_save(parent, _("Save the statement"), name, KINDS[ending], "accounts")
    if path is not None:
        write(parent, desk, path, member)


def write(parent: QWidget, desk: Desk, path: Path, member: Allotted | None = None) -> tasks.Task:
    """The same figures as in the window, in the language of the window."""

    def make(project: ProjectRow) -> Made:
        from mobility_app.jobs import papers

        wanted = member.organisation_id if member else None
        return papers.make(desk.db, project, "members", today=desk.today, member=wanted)

    said = _("Statement written: {name}").format(name=_who(member))
    return write_made(parent, desk, path, make, lambda _made, _path: printing.tell(parent, said, [path]))


def _who(member: Allotted | None) -> str:
    return member.name if member else _("all members")
