"""Papers and payments that a tracking sheet ticks off: what a row brings, and how it is entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.core import grant
from mobility_app.core.facts import MobilityRow, ProjectRow
from mobility_app.core.incoming import ImportRow, PlannedRow, Problem
from mobility_app.core.rates import RateTable
from mobility_app.core.tracking import (
    ELSEWHERE,
    KINDS,
    PaperState,
    dates_and_amounts,
    followed_elsewhere,
    moves_on,
    share,
)
from mobility_app.fields import BY_KEY
from mobility_app.i18n import N_, _, render, text
from mobility_app.store import queries
from mobility_app.store.columns import new_id
from mobility_app.store.journal import bulk_insert
from mobility_app.store.parts import parts
from mobility_app.store.schema import Paper, Payment

_FACTS = frozenset(field.name for field in fields(MobilityRow))
_DATED = ("printed", "sent", "signed")


@dataclass(frozen=True)
class Money:
    """What reckons a payment of which the sheet tells only the day: the project's rates and percentage."""

    project: ProjectRow
    rates: RateTable

    def total(self, values: Mapping[str, Any]) -> int | None:
        return grant.compute(_as_row(values).stay, self.rates).total


def money_of(s: Session, project_id: str) -> Money | None:
    project = queries.project(s, project_id) if project_id else None
    return Money(project, queries.rate_table(s, project)) if project else None


def _as_row(values: Mapping[str, Any]) -> MobilityRow:
    """A stay as rules see it, of what a sheet and the dossier say of it; what neither says is as in a new one."""
    return MobilityRow(**{key: value for key, value in values.items() if key in _FACTS and value is not None})


def changes(
    row: ImportRow, stay: Mapping[str, Any], money: Money | None, cut_off: dt.date | None
) -> tuple[dict[str, tuple[Any, Any]], ImportRow]:
    """The papers and payments that the row brings to what is known of the stay, and the row with its remarks.

    Nothing known is ever taken back: a paper only moves on, a payment is entered once.
    """
    both = {**stay, **{key: value for key, value in row.values.items() if value is not None}}
    found: dict[str, tuple[Any, Any]] = {}
    for key, said in row.values.items():
        if isinstance(said, PaperState) and moves_on(stay.get(key), said):
            found[key] = (stay.get(key), said)
    for code in followed_elsewhere(_as_row(both), cut_off) if cut_off else ():
        if not stay.get(f"paper:{code}") and not row.values.get(f"paper:{code}"):
            found[f"paper:{code}"] = (None, PaperState("not_applicable", None, _(ELSEWHERE)))
    for kind, day, cents in dates_and_amounts(row.values):
        paid, row = _payment(row, kind, day, cents, stay, both, money)
        if paid:
            found |= {f"payment:{kind}": (None, day), f"payment:{kind}_cents": (None, paid)}
    return found, row


def _payment(
    row: ImportRow,
    kind: str,
    day: dt.date | None,
    cents: int | None,
    stay: Mapping[str, Any],
    both: Mapping[str, Any],
    money: Money | None,
) -> tuple[int | None, ImportRow]:
    """The sum that was paid, if it is to be entered."""
    key = f"payment:{kind}"
    if stay.get(f"{key}_cents"):
        known_day, known_cents = stay.get(key), stay[f"{key}_cents"]
        if (day or known_day, cents or known_cents) == (known_day, known_cents):
            return None, row
        template = N_("Another payment is entered already: nothing is changed.")
        said = Problem(render(BY_KEY[key].title), key, text(template), False)
        return None, replace(row, problems=(*row.problems, said))
    if day is None:
        return None, row  # an amount that nobody paid yet
    if not cents:
        total = money.total(both) if money else None
        advance = both.get("payment:advance_cents") or _usual_advance(total, both, money)
        cents = share(total, kind, money.project.advance_percent, advance) if total and money else None
    if cents:
        return cents, row
    remark = f"{_(BY_KEY[key].title)} {day:%d/%m/%Y} ({_('amount unknown')})"
    return None, replace(row, remarks=(*row.remarks, remark))


def _usual_advance(total: int | None, both: Mapping[str, Any], money: Money | None) -> int | None:
    """What the advance came to; nothing when none was paid."""
    if total is None or money is None:
        return None
    return share(total, "advance", money.project.advance_percent, None) if both.get("payment:advance") else 0


# ---- writing ---------------------------------------------------------------------------------------------------------


def enter(s: Session, rows: Iterable[PlannedRow]) -> None:
    """The papers and payments of rows that are being written: new ones at once, known papers moved on."""
    rows = list(rows)
    known = _known(s, [row.mobility_id for row in rows if any(was for key, was, _said in _papers(row) if key)])
    papers: list[dict[str, Any]] = []
    payments: list[dict[str, Any]] = []
    for row in rows:
        for code, _was, said in _papers(row):
            if paper := known.get((row.mobility_id, code)):
                paper.state, paper.reason = said.state, said.reason or None
                if said.state in _DATED:
                    setattr(paper, said.state, said.day)
            else:
                papers.append(_paper(row.mobility_id, code, said))
        payments += [_payment_row(row, kind) for kind in KINDS if f"payment:{kind}_cents" in row.changes]
    bulk_insert(s, Paper, papers)
    bulk_insert(s, Payment, payments)


def _papers(row: PlannedRow) -> Iterator[tuple[str, PaperState | None, PaperState]]:
    for key, (was, said) in row.changes.items():
        if isinstance(said, PaperState):
            yield key.removeprefix("paper:"), was, said


def _known(s: Session, ids: list[str]) -> dict[tuple[str, str], Paper]:
    query = select(Paper).where(Paper.deleted.is_(None), Paper.void.is_(False)).order_by(Paper.created, Paper.id)
    found = [paper for part in parts(ids) for paper in s.scalars(query.where(Paper.mobility_id.in_(part)))]
    return {(paper.mobility_id or "", paper.kind): paper for paper in found}


def _paper(mobility_id: str, code: str, said: PaperState) -> dict[str, Any]:
    row: dict[str, Any] = {"id": new_id(), "mobility_id": mobility_id, "kind": code, "state": said.state}
    row |= {"void": False, "signatures": {}, "reason": said.reason or None}
    return row | ({said.state: said.day} if said.state in _DATED else {})


def _payment_row(row: PlannedRow, kind: str) -> dict[str, Any]:
    """Said where the sum is ours: the sheet told the day alone."""
    key = f"payment:{kind}"
    found = {"id": new_id(), "mobility_id": row.mobility_id, "kind": kind}
    found |= {"cents": row.changes[f"{key}_cents"][1], "date": row.changes[key][1]}
    reckoned = not row.row.values.get(f"{key}_cents")
    return found | {"reference": _("taken over, amount reckoned") if reckoned else None}
