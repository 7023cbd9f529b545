"""What the module's file does not carry, in the order of the module's own screens: she types it there by hand.

Counts only: nothing here is about one person, and no reason for fewer opportunities is known to the dossier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mobility_app.core.activities import short_title
from mobility_app.core.facts import MobilityRow, OrganisationRow, ProjectRow
from mobility_app.core.identifiers import oid_ok
from mobility_app.core.project_lines import financial_guarantee
from mobility_app.core.rates import RateTable
from mobility_app.core.report_titles import TARGETS
from mobility_app.core.text import sort_key
from mobility_app.core.visits import Visit
from mobility_app.i18n import N_, Term, Text, text

Screen = Literal["organisations", "targets", "visits", "opportunities", "budget"]
Kind = Literal["text", "count", "date", "money", "country", "term"]
Value = str | int | dt.date | None

SCREENS: Mapping[Screen, str] = {
    "organisations": N_("Participating organisations"),
    "targets": N_("Targets, indicative"),
    "visits": N_("Preparatory visits"),
    "opportunities": N_("Fewer opportunities"),
    "budget": N_("Budget"),
}
GUARANTEE = "guarantee"
_WITHOUT_OID = (
    ("address", "text", N_("Address")),
    ("postcode", "text", N_("Postcode")),
    ("town", "text", N_("Town")),
    ("country", "country", N_("Country")),
    ("email", "text", N_("E-mail")),
    ("phone", "text", N_("Telephone")),
)


@dataclass(frozen=True)
class Entry:
    """One field of a screen; a "term" is a text of the catalogue."""

    key: str
    title: str
    kind: Kind
    value: Value


@dataclass(frozen=True)
class Record:
    """One form of a screen. `key` is where its tick is kept."""

    key: str
    screen: Screen
    name: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Tick:
    """She typed it there on that day, with these values by the key of their field; dates in ISO form."""

    on: dt.date
    screen: Screen
    name: str
    values: Mapping[str, str | int | None]


State = Literal["to_do", "entered", "changed", "gone"]


def records(
    project: ProjectRow,
    rows: Sequence[MobilityRow],
    organisations: Iterable[OrganisationRow],
    members: Collection[str],
    local_ids: Mapping[str, str],
    indicative: Mapping[tuple[str, str, str], int],
    visits: Sequence[Visit],
    rates: RateTable,
) -> tuple[Record, ...]:
    """`members` are the ids of the consortium's, `local_ids` the IDs of organisations in the module's project."""
    planned = [row for row in rows if row.planned]
    return (
        *_organisations(planned, organisations, members, local_ids),
        *_targets(indicative),
        *map(_visit, visits),
        _opportunities(planned),
        *_guarantee(project, rates),
    )


def _organisations(
    planned: Sequence[MobilityRow],
    organisations: Iterable[OrganisationRow],
    members: Collection[str],
    local_ids: Mapping[str, str],
) -> Iterator[Record]:
    """The members and senders, then the hosts of stays that take place."""
    senders = {*members, *(row.sending_id for row in planned)}
    hosts = {row.host_id for row in planned} - senders
    for ids in (senders, hosts):
        for row in sorted((o for o in organisations if o.id in ids), key=lambda o: sort_key(o.name)):
            yield _organisation(row, local_ids.get(row.id))


def _organisation(row: OrganisationRow, local_id: str | None) -> Record:
    """The registration system knows the rest of one that has an OID."""
    known = bool(row.oid and oid_ok(row.oid))
    entries = [
        Entry("name", N_("Legal name"), "text", row.name),
        Entry("oid", N_("OID"), "text", row.oid),
        Entry("pic", N_("PIC"), "text", row.pic),
        Entry("local_id", N_("ID in the project"), "text", local_id),
    ]
    if not known:
        entries.append(Entry("national_id", N_("National ID (UAI, SIRET)"), "text", row.uai or row.siret))
        entries += [Entry(key, title, kind, getattr(row, key)) for key, kind, title in _WITHOUT_OID]  # type: ignore[arg-type]  # a literal of the table above
    return Record(f"organisation/{row.id}", "organisations", text("{name}", name=row.name), tuple(entries))


def _targets(indicative: Mapping[tuple[str, str, str], int]) -> Iterator[Record]:
    """The figures that she typed from the application, an activity type a form."""
    order = list(TARGETS)
    for activity in sorted({activity for _table, _key, activity in indicative}):
        mine = sorted((k for k in indicative if k[2] == activity and k[1] in TARGETS), key=lambda k: order.index(k[1]))
        entries = tuple(Entry(f"{k[0]}/{k[1]}", TARGETS[k[1]], "count", indicative[k]) for k in mine)
        name = text("{activity}", activity=Term(short_title(activity) if activity else N_("All activity types")))
        if entries:
            yield Record(f"target/{activity}", "targets", name, entries)


def _visit(visit: Visit) -> Record:
    """The module reckons its total itself."""
    entries = (
        Entry(
            "activity", N_("Activity type prepared"), "term", short_title(visit.activity) if visit.activity else None
        ),
        Entry("persons", N_("Persons"), "count", visit.persons),
        Entry("start", N_("Start date"), "date", visit.start),
        Entry("end", N_("End date"), "date", visit.end),
        Entry("host", N_("Receiving organisation"), "text", visit.host or None),
    )
    name = text("{name}", name=visit.host) if visit.host else text(N_("Visit without host"))
    if visit.start:
        name = text("{name} · {day}", name=name, day=visit.start)
    return Record(f"visit/{visit.id}", "visits", name, entries)


def _opportunities(planned: Sequence[MobilityRow]) -> Record:
    count = sum(row.fewer_opportunities and not row.accompanying for row in planned)
    entry = Entry("participants", N_("Participants with fewer opportunities"), "count", count)
    return Record("opportunities", "opportunities", text(N_("The project's participants")), (entry,))


def _guarantee(project: ProjectRow, rates: RateTable) -> Iterator[Record]:
    """The only cell of the module's budget that is typed (page 44166222)."""
    for line in financial_guarantee(project.guarantee_cents, rates):
        entries = (
            Entry("cost", N_("Real cost"), "money", project.guarantee_cents),
            Entry("amount", N_("Exceptional costs for financial guarantee"), "money", line.amount),
        )
        yield Record(GUARANTEE, "budget", text(N_("Financial guarantee")), entries)


# ---- ticks -----------------------------------------------------------------------------------------------------------


def plain(value: Value) -> str | int | None:
    """A value as it is kept with a tick."""
    return value.isoformat() if isinstance(value, dt.date) else value


def changes(record: Record, tick: Tick | None) -> dict[str, Value]:
    """What she typed there, by the key of each field that is another one here by now."""
    if tick is None:
        return {}
    return {
        entry.key: _typed(entry.kind, tick.values.get(entry.key))
        for entry in record.entries
        if plain(entry.value) != tick.values.get(entry.key)
    }


def _typed(kind: Kind, kept: str | int | None) -> Value:
    return dt.date.fromisoformat(kept) if kind == "date" and isinstance(kept, str) else kept


def state(record: Record, tick: Tick | None) -> State:
    if tick is None:
        return "to_do"
    return "changed" if changes(record, tick) else "entered"


def gone(found: Iterable[Record], ticks: Mapping[str, Tick]) -> dict[str, Tick]:
    """What she typed there and is no longer here: to be deleted there as well."""
    keys = {record.key for record in found}
    return {key: tick for key, tick in ticks.items() if key not in keys}
