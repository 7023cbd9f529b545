"""The distance of a journey as the programme measures it, proposed with its proof; a typed one is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mobility_app.actions import records
from mobility_app.core import travel
from mobility_app.errors import UserError
from mobility_app.i18n import N_, Country, Text, _, country_name, render, text
from mobility_app.store import places
from mobility_app.store.schema import Mobility, Organisation

HOME = "FR"  # the country of a sender that names none
_FAR_LARGER = 10  # times: then the largest of several namesakes is meant


@dataclass(frozen=True)
class Proposal:
    """Whole kilometres between two towns, and how they were found; `stored`: the mobility has them now."""

    km: int
    source: str
    stored: bool
    before: int | None


def propose_distance(s: Session, mobility_id: str, *, today: dt.date, replace: bool = False) -> Proposal:
    """The great circle between the sender's town and the host's.

    Stored with its proof (places, kilometres, day) when there is no distance yet, or when `replace` says so. Raises
    UserError when a town is missing, unknown or one of several.
    """
    row = records.get(s, Mobility, mobility_id)
    origin, from_name = _sender(s, row)
    venue, to_name = _venue(s, row)
    km = travel.kilometres(origin, venue)
    source = render(proof(from_name, to_name, km, today))
    store = row.distance_km is None or replace
    before = row.distance_km
    if store:
        records.assign(row, {"distance_km": km, "distance_source": source[:300]})
    return Proposal(km, source, store, before)


def between(origin: str, venue: str, country: str | None) -> int:
    """Whole kilometres from a town of ours to one of that country; raises UserError as `propose_distance` does."""
    return travel.kilometres(_of(None, origin, HOME)[0], _of(None, venue, country)[0])


def proof(origin: str, venue: str, km: int, day: dt.date) -> Text:
    """What is kept beside the kilometres."""
    return text(
        N_("{origin} – {venue}: {km} km in a straight line (WGS-84, towns of GeoNames), reckoned on {day}."),
        origin=origin,
        venue=venue,
        km=km,
        day=day,
    )


def _sender(s: Session, row: Mobility) -> tuple[travel.Place, str]:
    school = s.get(Organisation, row.sending_id) if row.sending_id else None
    if school is None:
        raise UserError(_("The sending organisation is missing."), _("Choose it, then ask again."))
    return _of(school, school.town, school.country or HOME)


def _venue(s: Session, row: Mobility) -> tuple[travel.Place, str]:
    host = s.get(Organisation, row.host_id) if row.host_id else None
    return _of(host, row.town or (host.town if host else None), row.country or (host.country if host else None))


def _of(organisation: Organisation | None, town: str | None, country: str | None) -> tuple[travel.Place, str]:
    name = f"{town or (organisation.name if organisation else '')} ({country or '?'})"
    if organisation is not None and organisation.latitude is not None and organisation.longitude is not None:
        return (organisation.latitude, organisation.longitude), name
    if not town:
        whose = organisation.name if organisation else _("the host")
        raise UserError(_("The town of {name} is missing.").format(name=whose), _("Type it, then ask again."))
    found = places.find(town, country)
    if not found:
        where = country_name(country) or render(text("{country}", country=Country(country or "")))
        raise UserError(
            _("{town} ({country}) is not among the towns that are known here.").format(town=town, country=where),
            _("Look the distance up in the Commission's calculator and type it."),
        )
    if len(found) > 1 and found[0].population < _FAR_LARGER * found[1].population:
        names = ", ".join(f"{place.name} ({place.region}, {place.country})" for place in found[:4])
        raise UserError(
            _("{town} may be: {names}.").format(town=town, names=names),
            _("Type the coordinates of the organisation, or the distance itself."),
        )
    return found[0].at, name
