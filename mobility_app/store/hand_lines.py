"""Lines of a grant that somebody set by hand: how much, why, who and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.store.schema import ChangeSet, GrantLine


@dataclass(frozen=True)
class HandLine:
    """`cents` and the reason for them; who set it last, and when (naive UTC)."""

    cents: int
    reason: str
    who: str
    at: dt.datetime


def hand_lines(s: Session, mobility_id: str) -> dict[str, HandLine]:
    """The lines of a mobility that were set by hand, by their key."""
    query = select(GrantLine.key, GrantLine.cents, GrantLine.reason, ChangeSet.os_user, ChangeSet.at)
    query = query.join(ChangeSet, ChangeSet.id == GrantLine.version)
    query = query.where(GrantLine.mobility_id == mobility_id, GrantLine.deleted.is_(None))
    return {key: HandLine(cents, reason, who, at) for key, cents, reason, who, at in s.execute(query)}
