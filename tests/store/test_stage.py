"""The stage in SQL is the stage of the rules, for any facts, on both engines."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, select, update

from mobility_app.core import checks
from mobility_app.fields import BY_KEY
from mobility_app.store import queries
from mobility_app.store.columns import new_id
from mobility_app.store.engines import JOURNALED_SQL
from mobility_app.store.journal import bulk_insert
from mobility_app.store.schema import Mobility
from tests.store import world
from tests.store.world import LABEL, TODAY

near = st.none() | st.integers(-3, 3).map(lambda days: TODAY + dt.timedelta(days))
facts = st.fixed_dictionaries(
    {
        "forced_stage": st.none() | st.sampled_from(["returned", "closed"]),
        "decision": st.sampled_from(
            ["selected"] * 4 + ["candidate", "waiting", "not_selected", "withdrawn", "cancelled", "interrupted"]
        ),
        "start": near,
        "end": near,
        "actual_start": near,
        "actual_end": near,
        "departure_ready": st.booleans(),
        "evidence_complete": st.booleans(),
        "settled": st.booleans(),
    }
)
DERIVED = ("departure_ready", "evidence_complete", "settled")


class Done(Exception):
    """Ends a write that must leave nothing."""


@pytest.fixture
def db(dossier):
    with world.opened(dossier) as db:
        world.found(db, people=1)
        yield db


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(every=st.lists(facts, min_size=40, max_size=60))
def test_sql_and_rules_agree(db, every):
    with pytest.raises(Done):
        compare(db, every)


def compare(db, every):
    with db.write(LABEL) as s:
        first = s.scalars(select(Mobility)).one()
        common = {"project_id": first.project_id, "participant_id": first.participant_id, "role": "participant"}
        rows = [{**common, **case, "id": new_id(), "number": n + 2} for n, case in enumerate(every)]
        bulk_insert(s, Mobility, rows)
        flags = update(Mobility.__table__).where(Mobility.__table__.c.id == bindparam("_id"))
        values = [{"_id": row["id"], **{name: row[name] for name in DERIVED}} for row in rows]
        s.connection().execute(flags, values, execution_options=JOURNALED_SQL)
        found = queries.mobilities(s, [row["id"] for row in rows], today=TODAY)
        assert [row.stage for row in found] == [checks.stage(row, TODAY) for row in found]
        for stage in {row.stage for row in found}:  # and the filter of the list says the same
            ids = queries.mobility_ids(s, filters=[("stage", "=", stage)], today=TODAY)
            assert set(ids) >= {row.id for row in found if row.stage == stage}
            assert {row.stage for row in found if row.id in ids} == {stage}
        raise Done


def test_every_stage_of_the_rules_has_a_word():
    choices = {choice.code for choice in BY_KEY["stage"].choices}
    assert {"selected", "preparation", "ready", "abroad", "returned", "complete", "closed"} <= choices
