"""Reads of money that goes round a project: members and their transfers, invoices, co-funding, instalments."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from mobility_app.core.account_papers import Transferred
from mobility_app.core.application import Need as NeedFact
from mobility_app.core.bank import Account
from mobility_app.core.members import Allotted
from mobility_app.core.real_costs import Spent
from mobility_app.store.parts import parts
from mobility_app.store.schema import (
    CoFunding,
    Expense,
    Flow,
    Membership,
    Mobility,
    Need,
    Organisation,
    Paper,
    Participant,
    Transfer,
)


def members(s: Session, project_id: str) -> list[Allotted]:
    """The members of a project's consortium, by name, with what was sent, certified and sent back."""
    query = (
        select(Membership, Organisation.name)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.project_id == project_id, Membership.deleted.is_(None))
        .order_by(Organisation.sort, Organisation.name)
    )
    known = [(row, name) for row, name in s.execute(query)]
    sums: dict[tuple[str, str], int] = defaultdict(int)
    transfers = select(Transfer.membership_id, Transfer.kind, Transfer.cents).where(Transfer.deleted.is_(None))
    ids = [row.id for row, _name in known]
    for membership_id, kind, cents in s.execute(transfers.where(Transfer.membership_id.in_(ids))):
        sums[membership_id, kind] += cents
    return [
        Allotted(
            row.organisation_id,
            name,
            row.places,
            row.cents,
            row.mandate_signed,
            row.convention_signed,
            sums[row.id, "instalment"],
            sums[row.id, "statement"],
            sums[row.id, "recovery"],
        )
        for row, name in known
    ]


def transfers(s: Session, project_id: str) -> dict[str, list[Transferred]]:
    """What went to each member, came back or was certified, by organisation, the oldest first."""
    mine = Transfer.kind, Transfer.cents, Transfer.date, Transfer.reference, Transfer.id
    query = select(Membership.organisation_id, *mine)
    query = query.join(Membership, Membership.id == Transfer.membership_id).where(Transfer.deleted.is_(None))
    query = query.where(Membership.project_id == project_id, Membership.deleted.is_(None))
    found: dict[str, list[Transferred]] = defaultdict(list)
    for organisation_id, kind, cents, day, reference, id_ in s.execute(query.order_by(Transfer.created, Transfer.id)):
        found[organisation_id].append(Transferred(kind, cents, day, reference or "", id_))
    for each in found.values():
        each.sort(key=lambda one: one.date or dt.date.max)
    return dict(found)


def bank_accounts(s: Session, participant_ids: Sequence[str]) -> dict[str, Account]:
    """Full bank details of these people, to pay them or to correct them and for nothing else."""
    found: dict[str, Account] = {}
    for part in parts(participant_ids):
        found |= _accounts(s, _ACCOUNT.where(Participant.id.in_(part)))
    return found


def known_accounts(s: Session) -> dict[str, Account]:
    """Whoever has bank details, and which: what a sheet that brings some is compared with."""
    return _accounts(s, _ACCOUNT.where(or_(*(column.is_not(None) for column in _COLUMNS))))


_COLUMNS: tuple[Any, ...] = (Participant.iban, Participant.bic, Participant.account_holder)
_ACCOUNT: Select[Any] = select(Participant.id, *_COLUMNS)


def _accounts(s: Session, query: Select[Any]) -> dict[str, Account]:
    return {id_: Account(*(value or "" for value in values)) for id_, *values in s.execute(query)}


def flow_names(s: Session, project_id: str) -> dict[str, str]:
    query = select(Flow.id, Flow.name).where(Flow.project_id == project_id, Flow.deleted.is_(None))
    return {id_: name for id_, name in s.execute(query.order_by(Flow.start, Flow.name))}


def expenses(s: Session, project_id: str) -> list[Spent]:
    """The invoices of a project's departures and mobilities."""
    flows = select(Flow.id).where(Flow.project_id == project_id)
    stays = select(Mobility.id).where(Mobility.project_id == project_id)
    query = select(Expense.cents, Expense.flow_id, Expense.mobility_id).where(Expense.deleted.is_(None))
    query = query.where(Expense.flow_id.in_(flows) | Expense.mobility_id.in_(stays))
    return [Spent(*row) for row in s.execute(query.order_by(Expense.created, Expense.id))]


def co_funded(s: Session, ids: Sequence[str]) -> dict[str, int]:
    """What other funders pay for each of these mobilities."""
    found: dict[str, int] = defaultdict(int)
    query = select(CoFunding.mobility_id, CoFunding.cents).where(CoFunding.deleted.is_(None))
    for part in parts(ids):
        for mobility_id, cents in s.execute(query.where(CoFunding.mobility_id.in_(part))):
            found[mobility_id] += cents
    return dict(found)


def paper_days(s: Session, project_id: str) -> dict[tuple[str, str], dt.date]:
    """The day on which each paper that is in came back signed or was verified, by (mobility, kind)."""
    query = select(Paper.mobility_id, Paper.kind, Paper.signed, Paper.verified, Paper.filed)
    query = query.join(Mobility, Mobility.id == Paper.mobility_id).where(Mobility.project_id == project_id)
    query = query.where(Paper.deleted.is_(None), Paper.void.is_(False))
    found: dict[tuple[str, str], dt.date] = {}
    for mobility_id, kind, *days in s.execute(query):
        known = [day for day in days if day is not None]
        if mobility_id and known:
            found[mobility_id, kind] = min(known)
    return found


def needs(s: Session, project_id: str) -> list[NeedFact]:
    """What the schools ask for, school by school."""
    names = [name for name in NeedFact.__dataclass_fields__ if name != "organisation"]
    query = select(*(getattr(Need, name) for name in names), Organisation.name.label("organisation"))
    query = query.join(Organisation, Organisation.id == Need.organisation_id)
    query = query.where(Need.project_id == project_id, Need.deleted.is_(None))
    return [NeedFact(**row) for row in s.execute(query.order_by(Organisation.sort, Need.created, Need.id)).mappings()]
