"""The distance of a journey as the programme measures it, with its proof; a typed one is kept unless she says else.

Source of the rule: the Programme Guide's distance calculator measures one way in a straight line, from the sending
organisation's town to the venue's; the legs of an itinerant activity add up before the band is taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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
class Stop:
    """A place on the way, and what it is called in the proof."""

    at: travel.Place
    name: str


@dataclass(frozen=True)
class Proposal:
    """Whole kilometres of a journey, and how they were found; `stored`: the mobility has them now."""

    km: int
    source: str
    stored: bool
    before: int | None


@dataclass(frozen=True)
class Filled:
    """What became of the distances that were missing: how many are there now, and why the others are not."""

    stored: int
    left: tuple[tuple[str, str], ...]  # (id of the mobility, sentence)


def propose_distance(s: Session, mobility_id: str, *, today: dt.date, replace: bool = False) -> Proposal:
    """From the sender's town to the host's.

    Stored with its proof (places, kilometres, day) when there is no distance yet, or when `replace` says so. Raises
    UserError when a town is missing, unknown or one of several.
    """
    row = records.get(s, Mobility, mobility_id)
    return _store(row, (_sender(s, row), _venue(s, row)), today, replace=replace)


def measure(s: Session, mobility_id: str, towns: Sequence[str], *, today: dt.date) -> Proposal:
    """From town to town as she named them, the first a town of ours, the last in the country of the stay: stored.

    A town is a name, or a name with its region and country as `called` writes it. Raises UserError.
    """
    row = records.get(s, Mobility, mobility_id)
    named = [town for town in towns if town.strip()]
    if len(named) < 2:
        raise UserError(_("A journey goes from one town to another."), _("Type where it starts and where it ends."))
    first, *between_, last = named
    stops = (_stop(None, first, HOME), *(_stop(None, town, None) for town in between_), _stop(None, last, row.country))
    return _store(row, stops, today, replace=True)


def fill_missing(s: Session, mobility_ids: Sequence[str], *, today: dt.date) -> Filled:
    """The distance of each of these mobilities that has none."""
    left: list[tuple[str, str]] = []
    stored = 0
    for id_ in mobility_ids:
        if records.get(s, Mobility, id_).distance_km is not None:
            continue
        try:
            propose_distance(s, id_, today=today)
            stored += 1
        except UserError as error:
            left.append((id_, str(error)))
    return Filled(stored, tuple(left))


def ends(s: Session, mobility_id: str) -> tuple[str, str]:
    """The towns between which the journey is, as far as they are known."""
    row = records.get(s, Mobility, mobility_id)
    school = s.get(Organisation, row.sending_id) if row.sending_id else None
    host = s.get(Organisation, row.host_id) if row.host_id else None
    return (school.town if school else None) or "", row.town or (host.town if host else None) or ""


def between(origin: str, venue: str, country: str | None) -> int:
    """Whole kilometres from a town of ours to one of that country; raises UserError as `propose_distance` does."""
    return travel.kilometres(_stop(None, origin, HOME).at, _stop(None, venue, country).at)


def called(place: places.Place) -> str:
    """A town told apart from its namesakes: its name, its region and its country."""
    return f"{place.name} ({place.region}, {place.country})"


def _store(row: Mobility, stops: Sequence[Stop], today: dt.date, *, replace: bool) -> Proposal:
    km = travel.kilometres(*(stop.at for stop in stops))
    source = render(proof(" – ".join(stop.name for stop in stops), km, today))
    store, before = row.distance_km is None or replace, row.distance_km
    if store:
        records.assign(row, {"distance_km": km, "distance_source": source[:300]})
    return Proposal(km, source, store, before)


def proof(way: str, km: int, day: dt.date) -> Text:
    """What is kept beside the kilometres."""
    return text(
        N_("{way}: {km} km in a straight line (WGS-84, towns of GeoNames), reckoned on {day}."), way=way, km=km, day=day
    )


def _sender(s: Session, row: Mobility) -> Stop:
    school = s.get(Organisation, row.sending_id) if row.sending_id else None
    if school is None:
        raise UserError(_("The sending organisation is missing."), _("Choose it, then ask again."))
    return _stop(school, school.town, school.country or HOME)


def _venue(s: Session, row: Mobility) -> Stop:
    host = s.get(Organisation, row.host_id) if row.host_id else None
    return _stop(host, row.town or (host.town if host else None), row.country or (host.country if host else None))


def _stop(organisation: Organisation | None, town: str | None, country: str | None) -> Stop:
    if organisation is not None and organisation.latitude is not None and organisation.longitude is not None:
        name = f"{town or organisation.name} ({country or '?'})"
        return Stop((organisation.latitude, organisation.longitude), name)
    if not town:
        whose = organisation.name if organisation else _("the host")
        raise UserError(_("The town of {name} is missing.").format(name=whose), _("Type it, then ask again."))
    name, _bracket, rest = town.partition(" (")
    known = places.find(name.strip(), None if rest else country)
    found = [place for place in known if called(place) == town.strip()] if rest else known
    if not found:
        where = country_name(country) or render(text("{country}", country=Country(country or "")))
        raise UserError(
            _("{town} ({country}) is not among the towns that are known here.").format(town=town, country=where),
            _("Look the distance up in the Commission's calculator and type it."),
        )
    if len(found) > 1 and found[0].population < _FAR_LARGER * found[1].population:
        names = ", ".join(map(called, found[:4]))
        raise UserError(
            _("{town} may be: {names}.").format(town=town, names=names),
            _("Choose the one that is meant while you type its name, or type the distance itself."),
        )
    return Stop(found[0].at, called(found[0]) if rest else f"{town} ({country or found[0].country})")
