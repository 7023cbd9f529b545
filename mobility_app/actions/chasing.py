"""Verbs on reminders: people were reminded on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import closed
from mobility_app.store.chased import REPORT_REMINDER
from mobility_app.store.schema import Contacted


def note(s: Session, mobility_ids: Sequence[str], on: dt.date) -> int:
    """These were reminded of their participant report on that day; returns how many it was not known of before."""
    known = set(
        s.scalars(
            select(Contacted.mobility_id).where(
                Contacted.kind == REPORT_REMINDER, Contacted.at == on, Contacted.deleted.is_(None)
            )
        )
    )
    new = [id_ for id_ in dict.fromkeys(mobility_ids) if id_ not in known]
    for id_ in new:
        closed.refuse_stay(s, id_)
        s.add(Contacted(mobility_id=id_, at=on, kind=REPORT_REMINDER, alert=False))
    return len(new)
