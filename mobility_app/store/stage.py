"""The stage of a mobility as one SQL expression over stored facts and today; the same rule as `core.checks.stage`."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, case, func, literal

from mobility_app.store.schema import Mobility

first_day = func.coalesce(Mobility.actual_start, Mobility.start)
last_day = func.coalesce(Mobility.actual_end, Mobility.end)


def stage(today: dt.date) -> ColumnElement[str]:
    return case(
        (Mobility.forced_stage.is_not(None), Mobility.forced_stage),
        (Mobility.decision != "selected", Mobility.decision),
        (first_day.is_(None) | last_day.is_(None), literal("selected")),
        (first_day > today, case((Mobility.departure_ready, literal("ready")), else_=literal("preparation"))),
        (last_day >= today, literal("abroad")),
        (Mobility.evidence_complete.is_(False), literal("returned")),
        (Mobility.settled, literal("closed")),
        else_=literal("complete"),
    )
