"""What the lists of the window need beside their rows: saved views, her own columns, choices of filters, papers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.core.evidence import DONE
from mobility_app.core.payment_plan import CONTRACT
from mobility_app.store.names import SENDING
from mobility_app.store.parts import parts
from mobility_app.store.schema import Mobility, OwnField, Paper, SavedView


@dataclass(frozen=True)
class KeptView:
    """A saved view of a page: what she called it, and the wishes that bring it back."""

    id: str
    page: str
    title: str
    definition: dict[str, Any]


@dataclass(frozen=True)
class PaperRow:
    """One paper of a mobility; `day` is that of its present state."""

    kind: str
    state: str
    day: dt.date | None
    serial: str | None = None
    reason: str | None = None

    @property
    def done(self) -> bool:
        return self.state in DONE


def saved_views(s: Session, page: str = "") -> list[KeptView]:
    """Her saved views in their order; of one page, or of all."""
    query = select(SavedView.id, SavedView.page, SavedView.title, SavedView.definition)
    query = query.where(SavedView.deleted.is_(None)).order_by(SavedView.position, SavedView.title)
    if page:
        query = query.where(SavedView.page == page)
    return [KeptView(*row) for row in s.execute(query)]


def own_titles(s: Session) -> list[str]:
    """The titles of her own columns, in the order in which they were met."""
    query = select(OwnField.title).where(OwnField.deleted.is_(None)).order_by(OwnField.position)
    return list(s.scalars(query))


def senders(s: Session, project_id: str | None) -> list[tuple[str, str]]:
    """The sending organisations of a project's mobilities as (id, name), by name."""
    query = select(SENDING.id, SENDING.name).join(Mobility, Mobility.sending_id == SENDING.id)
    query = query.where(Mobility.deleted.is_(None)).distinct().order_by(SENDING.sort, SENDING.name, SENDING.id)
    if project_id:
        query = query.where(Mobility.project_id == project_id)
    sorted_rows = s.execute(query.add_columns(SENDING.sort)).all()
    return [(id_, name) for id_, name, _sort in sorted_rows]


def papers(s: Session, mobility_id: str) -> list[PaperRow]:
    """The valid papers of a mobility, the newest last."""
    query = select(Paper).where(Paper.mobility_id == mobility_id, Paper.deleted.is_(None), Paper.void.is_(False))
    return [
        PaperRow(paper.kind, paper.state, getattr(paper, paper.state, None), paper.serial, paper.reason)
        for paper in s.scalars(query.order_by(Paper.created, Paper.id))
    ]


def papers_done(s: Session, project_id: str) -> dict[str, frozenset[str]]:
    """The kinds of papers that are in, by mobility."""
    query = select(Paper.mobility_id, Paper.kind).join(Mobility, Mobility.id == Paper.mobility_id)
    query = query.where(Mobility.project_id == project_id, Mobility.deleted.is_(None))
    query = query.where(Paper.deleted.is_(None), Paper.void.is_(False), Paper.state.in_(DONE))
    found: dict[str, set[str]] = defaultdict(set)
    for mobility_id, kind in s.execute(query):
        found[mobility_id or ""].add(kind)
    return {mobility_id: frozenset(kinds) for mobility_id, kinds in found.items()}


def contracts_out(s: Session, ids: Sequence[str]) -> set[str]:
    """Those of these mobilities whose financial agreement was printed, sent or signed."""
    query = select(Paper.mobility_id).where(Paper.kind == CONTRACT, Paper.deleted.is_(None), Paper.void.is_(False))
    query = query.where(Paper.state.not_in(("to_do", "not_applicable")))
    return {id_ for part in parts(ids) for id_ in s.scalars(query.where(Paper.mobility_id.in_(part))) if id_}


def stays_of(
    s: Session, *, participant_id: str = "", organisation_id: str = "", project_id: str | None = None
) -> list[str]:
    """The ids of the stays of a person, or those that an organisation sends or hosts, the latest first."""
    query = select(Mobility.id).where(Mobility.deleted.is_(None))
    if participant_id:
        query = query.where(Mobility.participant_id == participant_id)
    if organisation_id:
        query = query.where((Mobility.sending_id == organisation_id) | (Mobility.host_id == organisation_id))
    if project_id:
        query = query.where(Mobility.project_id == project_id)
    return list(s.scalars(query.order_by(Mobility.start.desc(), Mobility.number)))
