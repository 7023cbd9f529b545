"""What she types in the Beneficiary Module by hand: read from the dossier with its ticks, and said in her words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from mobility_app.actions import retyped
from mobility_app.core.beneficiary import retyping
from mobility_app.core.beneficiary.local_ids import proposed
from mobility_app.core.beneficiary.retyping import Entry, Kind, Record, Tick, Value
from mobility_app.core.facts import ProjectRow
from mobility_app.i18n import _, country_name, date, money, number
from mobility_app.jobs import beneficiary_memory as memory
from mobility_app.jobs.dossiers import decimal
from mobility_app.store import accounts, project_rows, queries
from mobility_app.store.database import Session


@dataclass(frozen=True)
class Retyped:
    """The records in the order of the module's screens, and what she said of them."""

    records: tuple[Record, ...]
    ticks: Mapping[str, Tick]


def read(s: Session, project: ProjectRow, *, today: dt.date) -> Retyped:
    rows = queries.mobilities(s, project_id=project.id, today=today)
    organisations = {row.id: row for row in queries.organisations(s)}
    known = memory.organisations(s, project.id)
    found = retyping.records(
        project,
        rows,
        organisations.values(),
        {member.organisation_id for member in accounts.members(s, project.id)},
        {**known, **proposed((row for row in rows if row.planned), organisations, known)},
        queries.indicative(s, project.id),
        project_rows.visits(s, project.id),
        queries.rate_table(s, project),
    )
    return Retyped(found, retyped.ticks(s, project.id))


def shown(kind: Kind, value: Value) -> str:
    """A value as she reads it; "" when it is unknown."""
    match value:
        case None | "":
            return ""
        case dt.date():
            return date(value)
        case int():
            return money(value) if kind == "money" else number(value)
    return country_name(value) if kind == "country" else _(value) if kind == "term" else value


def copied(entry: Entry) -> str:
    """A value as it is pasted into a form: digits alone, a point before the cents."""
    if isinstance(entry.value, int):
        return (decimal(entry.value) or "") if entry.kind == "money" else str(entry.value)
    return shown(entry.kind, entry.value)


def row_copied(record: Record) -> str:
    """The whole record as tab-separated cells."""
    return "\t".join(map(copied, record.entries))


def change_said(entry: Entry, before: Value) -> str:
    """ "modifié depuis la saisie : 3 → 4"."""
    unknown = _("unknown")
    return _("changed since it was entered: {before} → {after}").format(
        before=shown(entry.kind, before) or unknown, after=shown(entry.kind, entry.value) or unknown
    )
