"""Mobilities: added, changed field by field, decided on, staged by hand, put in the bin and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import closed, organisations, participants, records
from mobility_app.core.evidence import CERTIFICATE
from mobility_app.core.payment_plan import CONTRACT
from mobility_app.errors import UserError
from mobility_app.fields import BY_KEY
from mobility_app.i18n import _
from mobility_app.store.schema import Flow, GrantLine, Mobility, OwnField, Paper, Participant, Payment, Project

FIELDS = frozenset(column.name for column in Mobility.__table__.columns) - {"own"}


def add(s: Session, project_id: str, participant_id: str, **values: Any) -> str:
    """A stay of a known person. `values` are fields of `fields.MOBILITY`, or plain columns of a mobility."""
    row = Mobility(
        number=records.next_number(s, Mobility),
        project_id=project_id,
        participant_id=participant_id,
        role="participant",
        decision="selected",
        own={},
    )
    closed.refuse(s, project_id)
    s.add(row)
    _set(s, row, values)
    s.flush()
    return row.id


def change(s: Session, id_: str, *, seen: int | None = None, **values: Any) -> None:
    """Changes the fields given. Raises UserError when the form was opened on an older version."""
    _set(s, records.get(s, Mobility, id_, seen), values)


def change_many(s: Session, ids: Iterable[str], values: dict[str, Any]) -> int:
    """The same values for many stays; returns how many there were."""
    count = 0
    for id_ in ids:
        _set(s, records.get(s, Mobility, id_), values)
        count += 1
    return count


def _set(s: Session, row: Mobility, values: dict[str, Any]) -> None:
    mine: dict[str, Any] = {}
    persons: dict[str, Any] = {}
    for key, value in values.items():
        field = BY_KEY.get(key)
        owner = field.owner if field else "mobility"
        if owner == "mobility":
            mine[field.stored_as if field else key] = value
        elif owner == "participant" and field:
            persons[field.stored_as] = value
        elif key == "sending_organisation":
            mine["sending_id"] = organisations.find_or_add(s, "sender", value) if value else None
        elif key == "host":
            place = {"country": row.country, "town": row.town}
            mine["host_id"] = organisations.find_or_add(s, "host", value, **place) if value else None
        elif key == "flow":
            mine["flow_id"] = find_or_add_flow(s, row.project_id, value) if value else None
        elif key == "sending_uai" and row.sending_id:
            organisations.change(s, row.sending_id, uai=value)
        else:
            raise UserError(_("This field is computed and cannot be typed."), _("Change what it is computed from."))
    if unknown := set(mine) - FIELDS:
        raise AssertionError(f"no such field of a mobility: {unknown}")
    if any(name in closed.STAY and getattr(row, name) != value for name, value in mine.items()):
        closed.refuse(s, row.project_id)
    records.assign(row, mine)
    if row.start and row.end and row.end < row.start:
        raise UserError(_("The stay would end before it starts."), _("Correct one of the two dates."))
    if persons:
        participants.change(s, row.participant_id, **persons)


def find_or_add_flow(s: Session, project_id: str, name: str) -> str:
    known = select(Flow).where(Flow.project_id == project_id, Flow.name == name, Flow.deleted.is_(None))
    flow = s.scalar(known)
    if flow is None:
        flow = Flow(number=records.next_number(s, Flow), project_id=project_id)
        records.assign(flow, {"name": name})
        s.add(flow)
        s.flush()
    return flow.id


@dataclass(frozen=True)
class Moved:
    """What moving stays to another project leaves to do, as ids of stays (with the module's old id)."""

    count: int
    contracts: tuple[str, ...]  # printed or signed: to be made again
    module_ids: tuple[tuple[str, str], ...]  # known to the Beneficiary Module under the other project
    paid: tuple[str, ...]  # money went out already, on the other project's account


def move_to_project(s: Session, ids: Iterable[str], project_id: str) -> Moved:
    """“Basculer vers un autre projet”: the stays earn what the other project's rates give.

    Their contracts and certificates become void with the reason, which names the module's old id; the departure comes
    along by its name, its invoices stay with the departure of the old project. Either project closed: refused.
    """
    target = records.get(s, Project, project_id)
    closed.refuse(s, project_id)
    rows = [row for row in (records.get(s, Mobility, id_) for id_ in ids) if row.project_id != project_id]
    if not rows:
        raise UserError(
            _("These mobilities belong to “{reference}” already.").format(reference=target.reference),
            _("Choose another project."),
        )
    contracts, known, paid = [], [], []
    for row in rows:
        closed.refuse(s, row.project_id)
        source = records.get(s, Project, row.project_id)
        if row.bm_id:
            known.append((row.id, row.bm_id))
        if _void_papers(s, row, source.reference):
            contracts.append(row.id)
        if s.scalar(select(Payment.id).where(Payment.mobility_id == row.id, Payment.deleted.is_(None))):
            paid.append(row.id)
        flow = s.get(Flow, row.flow_id) if row.flow_id else None
        row.project_id = project_id
        row.bm_id = row.bm_unique_id = row.bm_state = None
        row.flow_id = _same_flow(s, project_id, flow) if flow else None
    return Moved(len(rows), tuple(contracts), tuple(known), tuple(paid))


def _void_papers(s: Session, row: Mobility, reference: str) -> bool:
    """Papers that name the project no longer hold; whether a contract was among them."""
    reason = _("Moved from {reference}").format(reference=reference)
    if row.bm_id:
        reason += _(", there {id} in the Beneficiary Module").format(id=row.bm_id)
    query = select(Paper).where(Paper.mobility_id == row.id, Paper.kind.in_((CONTRACT, CERTIFICATE)))
    contract = False
    for paper in s.scalars(query.where(Paper.deleted.is_(None))).all():
        paper.facts = None  # another project has numbers of its own
        if paper.void or paper.state in ("to_do", "not_applicable"):
            continue
        paper.void, paper.reason = True, reason[:300]
        if paper.kind == CONTRACT:
            contract = True
            s.add(Paper(mobility_id=row.id, kind=CONTRACT, state="to_do", void=False, reason=reason, signatures={}))
    return contract


def _same_flow(s: Session, project_id: str, flow: Flow) -> str:
    """The departure of that name in the other project, made with its dates when there is none."""
    id_ = find_or_add_flow(s, project_id, flow.name)
    other = records.get(s, Flow, id_)
    other.start, other.end = other.start or flow.start, other.end or flow.end
    return id_


def decide(s: Session, ids: Iterable[str], decision: str, reason: str = "") -> None:
    """Candidate, selected, withdrawn, cancelled …; leaving needs a reason."""
    if decision in ("withdrawn", "cancelled", "interrupted") and not reason.strip():
        raise UserError(_("A withdrawal, a cancellation and an early return need a reason."), _("Type the reason."))
    for id_ in ids:
        closed.refuse_stay(s, id_)
        records.assign(records.get(s, Mobility, id_), {"decision": decision, "decision_reason": reason})


def force_stage(s: Session, id_: str, stage: str | None, reason: str = "") -> None:
    """Shows another stage than the facts tell, with a reason; None lets the facts speak again."""
    if stage and not reason.strip():
        raise UserError(_("A forced stage needs a reason."), _("Type the reason."))
    row = records.get(s, Mobility, id_)
    records.assign(row, {"forced_stage": stage, "forced_reason": reason if stage else None})


def set_own(s: Session, id_: str, title: str, value: str) -> None:
    """The text of one of her own columns."""
    row = records.get(s, Mobility, id_)
    row.own = {key: text for key, text in {**row.own, title: value}.items() if text}
    keep_own_fields(s, [title])


def keep_own_fields(s: Session, titles: Iterable[str]) -> None:
    """Her own columns, in the order in which they were met."""
    known = {row.title: row.position for row in s.scalars(select(OwnField).where(OwnField.deleted.is_(None)))}
    for title in titles:
        if title not in known:
            known[title] = max(known.values(), default=-1) + 1
            s.add(OwnField(title=title, position=known[title]))


def set_grant_line(s: Session, id_: str, key: str, cents: int | None, reason: str) -> None:
    """A line set by hand beside the computed one, with its reason; None gives the computed one back."""
    closed.refuse_stay(s, id_)
    known = select(GrantLine).where(GrantLine.mobility_id == id_, GrantLine.key == key, GrantLine.deleted.is_(None))
    row = s.scalar(known)
    if cents is None:
        records.to_bin([row] if row else [])
        return
    if not reason.strip():
        raise UserError(_("An amount set by hand needs a reason."), _("Type the reason."))
    if row is None:
        s.add(GrantLine(mobility_id=id_, key=key, cents=cents, reason=reason.strip()))
    else:
        row.cents, row.reason = cents, reason.strip()


def remove(s: Session, ids: Iterable[str]) -> None:
    """To the bin."""
    rows = [records.get(s, Mobility, id_) for id_ in ids]
    for row in rows:
        closed.refuse(s, row.project_id)
    records.to_bin(rows)


def restore(s: Session, id_: str) -> None:
    """Out of the bin, with the person if they were there too."""
    row = s.get(Mobility, id_)
    if row is None:
        raise UserError(_("This record no longer exists."), _("Its creation was undone."))
    closed.refuse(s, row.project_id)
    row.deleted = None
    person = s.get(Participant, row.participant_id)
    if person is not None:
        person.deleted = None
