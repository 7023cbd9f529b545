"""Numbers that are given once and never freed; outside the journal, so that undo cannot give one out again."""

from __future__ import annotations

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from mobility_app.store.schema import Counter

_OPTIONS = {"journaled_sql": True}


def take(s: Session, key: str, count: int = 1) -> range:
    """The next `count` numbers of a counter, starting at 1."""
    value = s.scalar(select(Counter.value).where(Counter.key == key))
    if value is None:
        value = 0
        s.connection().execute(insert(Counter).values(key=key, value=count), execution_options=_OPTIONS)
    else:
        statement = update(Counter).where(Counter.key == key).values(value=value + count)
        s.connection().execute(statement, execution_options=_OPTIONS)
    s.info["counted"] = True  # a write that changes nothing else lasts all the same
    return range(value + 1, value + count + 1)
