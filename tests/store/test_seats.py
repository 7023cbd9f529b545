"""Two people on one server: each undoes their own steps, and is told whose change stands in the way."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from mobility_app.errors import UserError
from mobility_app.store.schema import ChangeSet, Mobility, Participant
from tests.store import world
from tests.store.world import LABEL, content_hash

pytestmark = pytest.mark.postgres


@pytest.fixture
def engine_name():
    return "postgres"


@pytest.fixture
def seats(dossier, eve_on):
    """Mine and Eve's."""
    with world.opened(dossier) as mine, world.opened(eve_on(dossier)) as eve:
        world.found(mine)
        yield mine, eve


def edit(db, number, **values):
    with db.write(LABEL) as s:
        row = s.scalars(select(Mobility).where(Mobility.number == number)).one()
        for name, value in values.items():
            setattr(row, name, value)


def test_each_seat_has_its_own_steps(seats):
    mine, eve = seats
    before = content_hash(mine)
    edit(mine, 1, town="Cádiz")
    assert eve.undo_label() is None
    assert eve.undo() is None
    edit(eve, 2, town="Jerez")
    mine.undo()
    edit(eve, 3, town="Rota")  # does not drop my redo
    assert mine.redo()
    mine.undo()
    eve.undo()
    eve.undo()
    assert content_hash(mine) == before


def test_the_refusal_names_who_stands_in_the_way(seats):
    mine, eve = seats
    edit(mine, 1, town="Cádiz")
    edit(eve, 1, town="Jerez")
    before = content_hash(mine)
    with pytest.raises(UserError, match="eve"):
        mine.undo()
    assert content_hash(mine) == before
    eve.undo()
    assert mine.undo()


def test_a_redo_is_refused_when_somebody_changed_the_row(seats):
    mine, eve = seats
    edit(mine, 1, town="Cádiz")
    mine.undo()
    edit(eve, 1, town="Jerez")
    with pytest.raises(UserError, match="eve"):
        mine.redo()
    mine.skip("redo")
    assert mine.redo() is None


def test_a_birth_on_which_somebody_hung_a_row_is_kept(seats):
    mine, eve = seats
    with mine.write(LABEL) as s:
        pupil = world.person(90)
        s.add(pupil)
        pupil_id = pupil.id
    with eve.write(LABEL) as s:
        s.add(world.stay(90, s.scalars(select(Mobility.project_id)).first(), pupil_id))
    with pytest.raises(UserError, match="eve"):
        mine.undo()
    eve.undo()
    assert mine.undo()


def test_an_undo_of_another_seat_can_stand_in_the_way_too(seats):
    mine, eve = seats
    edit(eve, 1, town="Jerez")
    edit(mine, 1, town="Cádiz")
    with pytest.raises(UserError):
        eve.undo()
    mine.undo()
    eve.undo()
    with pytest.raises(UserError, match="eve"):
        mine.redo()


def test_each_seat_can_ask_what_the_others_wrote(seats):
    mine, eve = seats
    told = []
    eve.listen(told.append)
    assert mine.catch_up() is None
    eve.catch_up()  # the founding, which was mine
    told.clear()
    edit(eve, 1, town="Rota")  # her own is no news
    told.clear()
    edit(mine, 1, town="Cádiz")
    edit(mine, 2, town="Jerez")
    mine.undo()
    news = eve.catch_up()
    with mine.read() as s:
        rows = set(s.scalars(select(Mobility.id).where(Mobility.number.in_((1, 2)))))
    assert (news.kind, news.ids) == ("news", {"mobility": rows})
    assert told == [news]
    assert eve.catch_up() is None
    assert len(mine.catch_up().ids["mobility"]) == 1


def test_steps_are_numbered_in_the_order_of_their_commits(seats):
    """Two seats that write at once wait for each other; nobody's step is lost."""
    mine, eve = seats
    failures = []

    def work(db, first):
        try:
            for n in range(15):
                with db.write(LABEL) as s:
                    s.add(world.person(first + n))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=pair) for pair in ((mine, 100), (eve, 200))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with mine.read() as s:
        sets = s.execute(select(ChangeSet.id, ChangeSet.seat).order_by(ChangeSet.id)).all()
        assert [id_ for id_, _seat in sets] == list(range(1, len(sets) + 1))
        assert len(s.scalars(select(Participant.id).where(Participant.number >= 100)).all()) == 30
    assert {seat for _id, seat in sets} == {"mobility", "eve"}
