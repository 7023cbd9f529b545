"""What lies in the bin: the people, mobilities and organisations thrown away, the latest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.store.schema import Mobility, Organisation, Participant

Kind = Literal["mobility", "participant", "organisation"]


@dataclass(frozen=True)
class Binned:
    """A record that was thrown away. `start` and `town` say which stay or which place it was."""

    id: str
    kind: Kind
    name: str
    deleted: dt.datetime  # UTC
    start: dt.date | None = None
    town: str | None = None


def bin_rows(s: Session) -> list[Binned]:
    """Stays that went with their person are not listed: they come back with them."""
    person = (Participant.last_name, Participant.first_name)
    stays = select(Mobility.id, *person, Mobility.deleted, Mobility.start, Mobility.town)
    stays = stays.join(Participant, Participant.id == Mobility.participant_id)
    stays = stays.where(Mobility.deleted.is_not(None), Mobility.deleted.is_distinct_from(Participant.deleted))
    people = select(Participant.id, *person, Participant.deleted).where(Participant.deleted.is_not(None))
    places = select(Organisation.id, Organisation.name, Organisation.deleted, Organisation.town)
    places = places.where(Organisation.deleted.is_not(None))
    found: list[Binned] = []
    for id_, last, first, deleted, start, town in s.execute(stays):
        found.append(Binned(id_, "mobility", f"{last} {first}".strip(), _known(deleted), start, town))
    for id_, last, first, deleted in s.execute(people):
        found.append(Binned(id_, "participant", f"{last} {first}".strip(), _known(deleted)))
    for id_, name, deleted, town in s.execute(places):
        found.append(Binned(id_, "organisation", name, _known(deleted), None, town))
    return sorted(found, key=lambda row: (row.deleted, row.name, row.id), reverse=True)


def _known(deleted: dt.datetime | None) -> dt.datetime:
    assert deleted is not None  # what is in the bin has the time at which it went there
    return deleted
