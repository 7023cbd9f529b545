"""The papers and the payments of a project's mobilities under the keys of `fields.TRACKING`."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.core.tracking import KINDS, PaperState
from mobility_app.store.schema import Mobility, Paper, Payment


def values(s: Session, project_id: str | None = None) -> dict[str, dict[str, Any]]:
    """By mobility: each paper's state, and day and sum of its advances and balances (the latest day)."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    papers = select(Paper).join(Mobility, Mobility.id == Paper.mobility_id)
    papers = papers.where(Paper.deleted.is_(None), Paper.void.is_(False)).order_by(Paper.created, Paper.id)
    paid = select(Payment).join(Mobility, Mobility.id == Payment.mobility_id)
    paid = paid.where(Payment.deleted.is_(None), Payment.kind.in_(KINDS)).order_by(Payment.date, Payment.id)
    if project_id:
        papers, paid = papers.where(Mobility.project_id == project_id), paid.where(Mobility.project_id == project_id)
    for paper in s.scalars(papers):
        day = getattr(paper, paper.state, None)
        found[paper.mobility_id or ""][f"paper:{paper.kind}"] = PaperState(paper.state, day, paper.reason or "")
    for payment in s.scalars(paid):
        mine, key = found[payment.mobility_id], f"payment:{payment.kind}"
        mine[key] = payment.date or mine.get(key)
        mine[f"{key}_cents"] = mine.get(f"{key}_cents", 0) + payment.cents
    return dict(found)
