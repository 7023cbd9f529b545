"""What the store's machine may do in one write. The list is what makes the test worth anything: keep it rich."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mobility_app.store.columns import now
from mobility_app.store.schema import (
    FindingAnswer,
    GrantLine,
    Guardian,
    Mobility,
    Organisation,
    Paper,
    Participant,
    Payment,
    Project,
    Rate,
    Setting,
)
from tests.store import world

T = TypeVar("T")


class NothingThere(Exception):
    """There is no row to act on: the write is given up."""


class Pick:
    """Chooses as something else tells (hypothesis, or a seed), so that a failure is found again."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self.below = below  # a number from 0 up to, not including, what it is given

    @classmethod
    def drawn(cls, data: st.DataObject) -> Pick:
        return cls(lambda count: data.draw(st.integers(0, count - 1)))

    def one(self, values: Sequence[T]) -> T:
        if not values:
            raise NothingThere
        return values[self.below(len(values))]

    def order(self, values: Sequence[T]) -> list[T]:
        left = list(values)
        return [left.pop(self.below(len(left))) for _value in values]


def _all(s: Session, model: type[T]) -> list[T]:
    """Living rows; ids are random, so they come in the order of their numbers or of their birth."""
    order = getattr(model, "number", model.created)
    return list(s.scalars(select(model).where(model.deleted.is_(None)).order_by(order, model.id)))


def _next(s: Session, model: Any) -> int:
    return (s.scalar(select(func.max(model.number))) or 0) + 1


def add(s: Session, pick: Pick) -> None:
    """A person, a stay and what hangs on it, in one flush and any order."""
    project = pick.one(_all(s, Project))
    pupil = world.person(_next(s, Participant), status=pick.one(("pupil", "staff", None)))
    trip = world.stay(_next(s, Mobility), project.id, pupil.id, country=pick.one(("ES", "IE", "ZZ")))
    payment = Payment(mobility_id=trip.id, kind="advance", cents=1000, date=world.TODAY)
    line = GrantLine(mobility_id=trip.id, key="top_up", cents=500, reason="essai")
    s.add_all(pick.order([pupil, trip, payment, line, Guardian(participant_id=pupil.id, last_name="MARTIN")]))


def edit(s: Session, pick: Pick) -> None:
    """Several flushes over the same rows."""
    trips = _all(s, Mobility)
    for trip in (pick.one(trips), pick.one(trips)):
        trip.town = pick.one(("Cádiz", "Jerez", None))
        s.flush()
        trip.start = world.TODAY + dt.timedelta(pick.below(30))
        trip.town = pick.one(("Rota", trip.town))
        s.flush()
        trip.end = pick.one((None, trip.start + dt.timedelta(pick.below(60))))
        person = s.get(Participant, trip.participant_id)
        person.last_name = pick.one(("MARTIN", "Éa Łucja", "İpek"))


def swap(s: Session, pick: Pick) -> None:
    """Two stays exchange their unique numbers, by way of none."""
    trips = _all(s, Mobility)
    first, second = pick.one(trips), pick.one(trips)
    if first is not second:
        mine, theirs = first.bm_id, second.bm_id
        first.bm_id = None
        s.flush()
        second.bm_id = mine
        s.flush()
        first.bm_id = theirs


def hand_over(s: Session, pick: Pick) -> None:
    """A new row takes the unique number that an old one gives up in the same flush."""
    old = pick.one(_all(s, Mobility))
    new = world.stay(_next(s, Mobility), old.project_id, old.participant_id, bm_id=old.bm_id)
    old.bm_id = None
    s.add(new)
    keys = _all(s, Setting)
    if keys:
        keys[0].key, freed = f"{keys[0].key}'", keys[0].key
        s.add(Setting(key=freed, value={}))
    else:
        s.add(Setting(key="k", value={"n": pick.below(9)}))


def reparent(s: Session, pick: Pick) -> None:
    """A stay goes to another person, sender and host change places."""
    trip = pick.one(_all(s, Mobility))
    trip.participant_id = pick.one(_all(s, Participant)).id
    trip.sending_id, trip.host_id = trip.host_id, trip.sending_id


def merge(s: Session, pick: Pick) -> None:
    """One person twice: the stays move, the double goes for good, the other is completed."""
    people = _all(s, Participant)
    double, kept = pick.one(people), pick.one(people)
    if double is kept:
        return
    for row in s.scalars(select(Mobility).where(Mobility.participant_id == double.id)):
        row.participant_id = kept.id
    for row in s.scalars(select(Guardian).where(Guardian.participant_id == double.id)):
        row.participant_id = kept.id
    s.flush()
    s.delete(double)
    s.flush()
    kept.phone = f"06 00 00 00 {pick.below(90) + 10}"


def bin_(s: Session, pick: Pick) -> None:
    pick.one(_all(s, Mobility)).deleted = now()
    if pick.below(2):
        pick.one(_all(s, Participant)).deleted = now()


def out_of_the_bin(s: Session, pick: Pick) -> None:
    """May meet a number that was taken meanwhile."""
    for model in (Mobility, Participant):
        binned = s.scalars(select(model).where(model.deleted.is_not(None)).order_by(model.number)).all()
        if binned:
            pick.one(binned).deleted = None


def remove(s: Session, pick: Pick) -> None:
    """For good, with everything that hangs on it, in one flush."""
    trip = pick.one(_all(s, Mobility))
    for model in (Payment, GrantLine, Paper):
        for row in s.scalars(select(model).where(model.mobility_id == trip.id)):
            s.delete(row)
    s.delete(trip)


def edit_then_remove(s: Session, pick: Pick) -> None:
    """The edit never reaches the database."""
    payments = _all(s, Payment)
    with s.no_autoflush:
        if payments:
            row = pick.one(payments)
            row.cents, row.reference = row.cents + 1, "never"
            s.delete(row)


def bulk(s: Session, pick: Pick) -> None:
    """Rows in bulk beside rows of the unit of work, before and after."""
    project = pick.one(_all(s, Project))
    edit(s, pick)
    world.import_sheet(s, project.id, 3 + pick.below(5), first=_next(s, Mobility))
    reparent(s, pick)


def make_and_drop(s: Session, pick: Pick) -> None:
    row = world.person(_next(s, Participant))
    s.add(row)
    s.flush()
    if pick.below(2):
        row.first_name = "Zoé"
        s.flush()
    s.delete(row)


def money(s: Session, pick: Pick) -> None:
    """Rates, payments, papers, lines by hand and answers: what the derived values stand on."""
    trip, rates = pick.one(_all(s, Mobility)), _all(s, Rate)
    pick.one(rates).cents = pick.one((None, 5000, 6100))
    pick.one(rates).state = pick.one(("confirmed", "unverified"))
    s.add(Payment(mobility_id=trip.id, kind=pick.one(("advance", "balance")), cents=90000, date=world.TODAY))
    s.add(Paper(mobility_id=trip.id, kind=pick.one(("CONTRAT", "ATT", "RAPP")), state=pick.one(("signed", "printed"))))
    lines = _all(s, GrantLine)
    if lines:
        pick.one(lines).mobility_id = trip.id
    known = s.scalar(select(FindingAnswer).where(FindingAnswer.record_id == trip.id))
    if known is None:
        s.add(FindingAnswer(record_id=trip.id, code="email_missing", answer="accepted"))
    else:
        s.delete(known)


def frame(s: Session, pick: Pick) -> None:
    """The project's period and its convention, a host abroad elsewhere."""
    project = pick.one(_all(s, Project))
    project.end = pick.one((None, dt.date(2026, 5, 10), dt.date(2027, 8, 31)))
    project.travel_days_in_count = not project.travel_days_in_count
    pick.one(_all(s, Organisation)).country = pick.one(("ES", "IE", "FR"))


def odd_values(s: Session, pick: Pick) -> None:
    """What is not quite the column's kind, and comes back from the database as another value."""
    trip = pick.one(_all(s, Mobility))
    trip.start = dt.datetime(2026, 6, 1 + pick.below(20), 8, 30)  # noqa: DTZ001  (as the store keeps times)
    trip.own = {pick.below(5): ("a", pick.below(5))}
    pick.one(_all(s, Organisation)).latitude = pick.below(90) / 7


def nothing(s: Session, pick: Pick) -> None:
    trip = pick.one(_all(s, Mobility))
    trip.town = trip.town
    s.flush()


VERBS: dict[str, Callable[[Session, Pick], None]] = {
    verb.__name__: verb
    for verb in (
        *(add, edit, swap, hand_over, reparent, merge, bin_, out_of_the_bin, remove, edit_then_remove),
        *(bulk, make_and_drop, money, frame, odd_values, nothing),
    )
}


def id_of_one(s: Session, pick: Pick) -> str:
    return pick.one(_all(s, Mobility)).id
