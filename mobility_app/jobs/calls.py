"""From one call to the next: a new call from an old one, stays that change projects, what each would then earn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mobility_app.actions import mobilities, projects
from mobility_app.core.facts import MobilityRow, ProjectRow
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _
from mobility_app.jobs.dossiers import NEW_PROJECT, check_reference
from mobility_app.store import derived, lists, queries, reference
from mobility_app.store.database import Database, Session
from mobility_app.store.journal import Label, counted


def new_call(
    db: Database,
    project: ProjectRow,
    reference_: str,
    *,
    call_year: int | None = None,
    title: str = "",
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> str:
    """A project applied for with the members and the conventions of this one, and the published rates of its call."""
    from mobility_app.core.identifiers import project_code

    code = project_code(reference_)
    check_reference(reference_, call_year)
    year = call_year or (code.call_year if code else 0)
    rates = reference.rate_rows(year, project.agency[:2])
    with db.write(Label(NEW_PROJECT)) as s:
        return projects.new_call(
            s, project.id, reference=reference_, call_year=year, rates=rates, title=title, start=start, end=end
        )


@dataclass(frozen=True)
class Moving:
    """One stay before it changes projects: its grant (None: unknown) here and there, and what must be done again."""

    row: MobilityRow
    after: int | None
    contract: bool  # printed or signed: to be made again
    paid: bool  # money went out already, on the account of the project that it leaves

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def difference(self) -> int | None:
        return None if self.after is None or self.row.total is None else self.after - self.row.total


def moving(s: Session, ids: Sequence[str], target: ProjectRow, today: dt.date) -> tuple[Moving, ...]:
    """What moving these stays would change; nothing is written. Those that are there already are left out."""
    rows = [row for row in queries.mobilities(s, ids, today=today) if row.project_id != target.id]
    there = [replace(row, project_id=target.id) for row in rows]
    context, contracts = derived.Context(s, there), lists.contracts_out(s, [row.id for row in rows])
    return tuple(
        Moving(row, context.grant(moved).total, row.id in contracts, bool(context.payments.get(row.id)))
        for row, moved in zip(rows, there, strict=True)
    )


def move(db: Database, ids: Sequence[str], target: ProjectRow) -> mobilities.Moved:
    """Stays to another project, in one step that can be undone."""
    if not ids:
        raise UserError(_("No mobility is chosen."), _("Add --ids."))
    label = counted("one mobility moved to another project", "{count} mobilities moved to another project", len(ids))
    with db.write(label) as s:
        return mobilities.move_to_project(s, ids, target.id)


def set_state(db: Database, project: ProjectRow, state: str) -> None:
    with db.write(Label(N_("state of the project"))) as s:
        projects.set_state(s, project.id, state)
