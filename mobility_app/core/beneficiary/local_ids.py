"""The IDs by which a project of the Beneficiary Module knows organisations: learned from its files, else proposed.

The module numbers organisations itself, lets the number be overwritten and keeps it unique in a project; for one
without OID it is the only key (page 78709298).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mobility_app.core.beneficiary.matching import Pair
from mobility_app.core.beneficiary.values import OurStay
from mobility_app.core.facts import OrganisationRow
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
    stays: Iterable[OurStay], organisations: Mapping[str, OrganisationRow], known: Mapping[str, str]
) -> dict[str, str]:
    """An ID for each organisation of these stays that has no OID and is not known there; the same one every time."""
    taken = set(known.values())
    found = {}
    for row in _asking(stays, organisations, known):
        local = f"ORG-{row.number:05d}"
        if local not in taken:
            found[row.id] = local
    return found


def _asking(
    stays: Iterable[OurStay], organisations: Mapping[str, OrganisationRow], known: Mapping[str, str]
) -> Iterator[OrganisationRow]:
    for id_ in dict.fromkeys(organisation_id(stay, end) for stay in stays for end in ENDS):
        row = organisations.get(id_ or "")
        if row is not None and row.id not in known and not (row.oid and oid_ok(row.oid)):
            yield row
