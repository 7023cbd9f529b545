"""Notifications of places: read from a project, written as one file or as one PDF a school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from mobility_app.core.account_papers import Sums
from mobility_app.core.facts import ProjectRow
from mobility_app.core.place_notices import notice
from mobility_app.core.statements import AccountPaper
from mobility_app.errors import UserError
from mobility_app.files import safe_name
from mobility_app.i18n import _
from mobility_app.jobs import applying, papers
from mobility_app.store.database import Database


def notices(db: Database, project: ProjectRow, *, today: dt.date) -> tuple[AccountPaper, ...]:
    """One paper for each school that asks for places or got some."""
    with db.read() as s:
        found = applying.read(s, project)
    about = Sums(project, today, found.example)
    made = []
    for school in found.figures.schools:
        own = [need for need, _cents in found.needs if need.organisation_id == school.organisation_id]
        if own or school.places is not None:
            made.append(notice(about, school, own, found.rates_of.reference))
    if not made:
        raise UserError(_("No school asks for places, and none was allotted any."), _("Type the needs first."))
    return tuple(made)


def write_each(
    folder: Path, made: Sequence[AccountPaper], language: str, progress: papers.Progress | None
) -> list[Path]:
    """One PDF a school in a folder; those already written stay when she cancels."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for done, paper in enumerate(made, 1):
        path = folder / safe_name(paper.subject, ".pdf")
        if path in written:  # two schools may share a name
            path = folder / safe_name(f"{paper.subject} {done}", ".pdf")
        papers.write(path, [paper], language)
        written.append(path)
        if progress and not progress(done, len(made)):
            break
    return written
