"""Which row of a module's file is which mobility: by its ID, by the unique ID, by person and start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from mobility_app.core.beneficiary.values import OurStay
from mobility_app.core.identifiers import next_bm_id
from mobility_app.core.text import compact

How = Literal["bm_id", "bm_unique_id", "person"]


@dataclass(frozen=True)
class TheirRow:
    """One mobility of a file. `values` are typed, `written` is what the cells show, by the key of their column;
    `unreadable` names the keys whose cell could not be understood.
    """

    number: int
    values: Mapping[str, Any]
    written: Mapping[str, str]
    unreadable: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """How it is called where nothing of ours matches: its ID, else the person."""
        person = f"{self.values.get('last_name') or ''} {self.values.get('first_name') or ''}".strip()
        return str(self.values.get("bm_id") or person)


@dataclass(frozen=True)
class Pair:
    their: TheirRow
    our: OurStay
    how: How


@dataclass(frozen=True)
class Pairs:
    """`doubled` are rows whose ID another row of the file has as well: neither is a key any more."""

    pairs: tuple[Pair, ...]
    only_here: tuple[OurStay, ...]
    only_there: tuple[TheirRow, ...]
    doubled: tuple[TheirRow, ...] = ()
    by_stay: Mapping[str, Pair] = field(default_factory=dict)


def match(theirs: Sequence[TheirRow], ours: Sequence[OurStay]) -> Pairs:
    """The surest key first over the whole file, so that a name never takes what an ID claims."""
    doubled = _doubled(theirs)
    free = {row.number: row for row in theirs}
    open_ = {stay.id: stay for stay in ours}
    found: list[Pair] = []

    def take(pairs: Iterable[tuple[TheirRow, OurStay]], how: How) -> None:
        for their, our in pairs:
            if their.number in free and our.id in open_:
                found.append(Pair(free.pop(their.number), open_.pop(our.id), how))

    take(_by_value(free.values(), open_.values(), "bm_id"), "bm_id")
    take(_by_value(list(free.values()), list(open_.values()), "bm_unique_id"), "bm_unique_id")
    take(_by_person(list(free.values()), list(open_.values())), "person")
    found.sort(key=lambda pair: pair.their.number)
    return Pairs(
        tuple(found), tuple(open_.values()), tuple(free.values()), doubled, {pair.our.id: pair for pair in found}
    )


def _doubled(theirs: Sequence[TheirRow]) -> tuple[TheirRow, ...]:
    seen: set[str] = set()
    found = []
    for row in theirs:
        id_ = row.values.get("bm_id")
        if id_ and id_ in seen:
            found.append(row)
        seen.add(id_ or "")
    return tuple(found)


def _by_value(theirs: Iterable[TheirRow], ours: Iterable[OurStay], key: str) -> list[tuple[TheirRow, OurStay]]:
    known = {stay.values.get(key): stay for stay in ours if stay.values.get(key)}
    return [(row, known[value]) for row in theirs if (value := row.values.get(key)) in known]


def _by_person(theirs: Iterable[TheirRow], ours: Iterable[OurStay]) -> Iterator[tuple[TheirRow, OurStay]]:
    """The folded name, and the same start and birth date where both tell them; only when one stay answers."""
    known: dict[tuple[str, str], list[OurStay]] = defaultdict(list)
    for stay in ours:
        known[_person(stay.values)].append(stay)
    for row in theirs:
        person = _person(row.values)
        answering = [stay for stay in known[person] if all(person) and _agree(row.values, stay.values)]
        if len(answering) == 1:
            known[person].remove(answering[0])
            yield row, answering[0]


def _person(values: Mapping[str, Any]) -> tuple[str, str]:
    return compact(values.get("last_name") or ""), compact(values.get("first_name") or "")


def _agree(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> bool:
    if not (theirs.get("start") or theirs.get("birth_date")):
        return False  # a name alone is no key
    return all(theirs.get(key) == ours.get(key) for key in ("start", "birth_date") if theirs.get(key) and ours.get(key))


def proposed_ids(stays: Sequence[OurStay], taken: Iterable[str], reference: str) -> dict[str, str]:
    """A Mobility activity ID for each stay that has none, in their order: 212345-MOB-00017 and on."""
    first = next_bm_id(tuple(taken), reference)
    stem, _, count = first.rpartition("-")
    return {stay.id: f"{stem}-{int(count) + n:05d}" for n, stay in enumerate(stays)}
