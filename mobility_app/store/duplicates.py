"""Records that may stand for the same person or the same organisation, however their names were typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.core.text import compact
from mobility_app.store.schema import Distinct, Organisation, Participant


def participants(s: Session) -> dict[str, tuple[str, ...]]:
    """Of each person with a namesake, the others that she has not declared to be somebody else.

    Accents, case, hyphens and spaces do not matter; two different dates of birth are two persons.
    """
    query = select(Participant.id, Participant.last_name, Participant.first_name, Participant.birth_date)
    named: dict[Any, list[Any]] = defaultdict(list)
    for row in s.execute(query.where(Participant.deleted.is_(None)).order_by(Participant.number)):
        named[compact(row.last_name), compact(row.first_name)].append(row)
    known = select(Distinct.first_id, Distinct.second_id).where(Distinct.deleted.is_(None))
    distinct = {frozenset(pair) for pair in s.execute(known)}

    def alike(one: Any, other: Any) -> bool:
        born = {one.birth_date, other.birth_date} - {None}
        return len(born) < 2 and frozenset((one.id, other.id)) not in distinct

    return _pairs(named.values(), alike)


def organisations(s: Session) -> dict[str, tuple[str, ...]]:
    """Of each organisation with a namesake, the others; two different countries are two organisations."""
    query = select(Organisation.id, Organisation.name, Organisation.country)
    named: dict[Any, list[Any]] = defaultdict(list)
    for row in s.execute(query.where(Organisation.deleted.is_(None)).order_by(Organisation.number)):
        named[compact(row.name)].append(row)
    return _pairs(named.values(), lambda one, other: len({one.country, other.country} - {None}) < 2)


def _pairs(groups: Iterable[list[Any]], alike: Any) -> dict[str, tuple[str, ...]]:
    found = {
        one.id: tuple(other.id for other in group if other.id != one.id and alike(one, other))
        for group in groups
        if len(group) > 1
        for one in group
    }
    return {id_: others for id_, others in found.items() if others}
