"""The IDs by which a project of the Beneficiary Module knows organisations: learned from its files, else proposed.

The module numbers organisations itself, lets the number be overwritten and keeps it unique in a project; for one
without OID it is the only key (page 78709298).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mobility_app.core.beneficiary.matching import Pair
from mobility_app.core.beneficiary.values import OurStay
from mobility_app.core.facts import MobilityRow, OrganisationRow
from mobility_app.core.identifiers import oid_ok
from mobility_app.core.text import fold

ENDS = {"sending": "sending_organisation", "host": "host"}


def learned(pairs: Iterable[Pair]) -> dict[str, str]:
    """The ID of each organisation of ours as a file has it, by our id; a row that names another one teaches nothing."""
    found: dict[str, str] = {}
    for pair in pairs:
        for end in ENDS:
            id_, local = organisation_id(pair.our, end), pair.their.values.get(f"{end}_local_id")
            if id_ and local and _same(end, pair.our.values, pair.their.values):
                found.setdefault(id_, str(local))
    return found


def organisation_id(stay: OurStay, end: str) -> str | None:
    return stay.row.sending_id if end == "sending" else stay.row.host_id


def _same(end: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    oid, name = f"{end}_oid", ENDS[end]
    if ours.get(oid) and theirs.get(oid):
        return bool(ours[oid] == theirs[oid])
    return not theirs.get(name) or fold(ours.get(name) or "") == fold(theirs[name])


def proposed(
    rows: Iterable[MobilityRow], organisations: Mapping[str, OrganisationRow], known: Mapping[str, str]
) -> dict[str, str]:
    """An ID for each organisation of these stays that has no OID and is not known there; the same one every time."""
    ids = dict.fromkeys(id_ for row in rows for id_ in (row.sending_id, row.host_id) if id_)
    asking = [row for id_ in ids if id_ not in known and (row := organisations.get(id_)) is not None]
    found = {row.id: f"ORG-{row.number:05d}" for row in asking if not (row.oid and oid_ok(row.oid))}
    taken = set(known.values())
    return {id_: local for id_, local in found.items() if local not in taken}
