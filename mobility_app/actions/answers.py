"""Her answers to findings: not applicable, postponed, accepted with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import records
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.schema import FindingAnswer


def answer(
    s: Session,
    findings: Iterable[tuple[str, str]],
    answer: str,
    *,
    reason: str = "",
    until: dt.date | None = None,
) -> None:
    """Answers findings given as (record id, code); the answer "" takes one back."""
    if answer == "accepted" and not reason.strip():
        raise UserError(_("Accepting needs a reason."), _("Type the reason."))
    if answer == "postponed" and until is None:
        raise UserError(_("Postponing needs a date."), _("Choose the date."))
    for record_id, code in findings:
        known = select(FindingAnswer).where(
            FindingAnswer.record_id == record_id, FindingAnswer.code == code, FindingAnswer.deleted.is_(None)
        )
        row = s.scalar(known)
        if not answer:
            records.to_bin([row] if row else [])
            continue
        if row is None:
            row = FindingAnswer(record_id=record_id, code=code, answer=answer)
            s.add(row)
        row.answer, row.reason, row.until = answer, reason.strip() or None, until
