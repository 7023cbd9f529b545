"""The register of documents: numbers reserved for good, papers issued, states of what comes back signed."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import records, settings
from mobility_app.core.evidence import CERTIFICATE
from mobility_app.core.facts import MobilityRow
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store import counters
from mobility_app.store.columns import new_id
from mobility_app.store.journal import bulk_insert
from mobility_app.store.parts import parts
from mobility_app.store.schema import Mobility, Paper

STATES = ("to_do", "printed", "sent", "signed", "verified", "filed", "not_applicable")
_DATED = ("printed", "sent", "signed", "verified", "filed")
# What a certificate states: when one of these changes, the paper needs a new number.
_CERTIFIED = (
    "last_name first_name birth_date sending_organisation activity role country town host host_address host_town "
    "host_country first_day last_day course_title purpose virtual_hours bm_id"
)


def certified_facts(row: MobilityRow) -> str:
    """SHA-256 of the facts on the certificate of this stay."""
    facts = {name: str(getattr(row, name)) for name in _CERTIFIED.split()}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def reserve_certificates(s: Session, project_id: str, rows: Sequence[MobilityRow]) -> dict[str, str]:
    """A certificate number for each stay: the same for the same facts, else a new one that names the old.

    Run in a write that cannot be undone: a number is never freed. The new papers stay void until they are issued.
    """
    known = _latest(s, [row.id for row in rows])
    numbers: dict[str, str] = {}
    fresh = []
    for row in rows:
        paper = known.get(row.id)
        if paper is not None and paper.facts == certified_facts(row):
            numbers[row.id] = paper.serial or ""
        else:
            fresh.append((row, paper))
    for (row, old), value in zip(fresh, counters.take(s, f"certificate:{project_id}", len(fresh)), strict=True):
        numbers[row.id] = f"{value:04d}"
        paper = Paper(mobility_id=row.id, kind=CERTIFICATE, state="to_do", void=True, signatures={})
        paper.serial, paper.facts = numbers[row.id], certified_facts(row)
        paper.supersedes = old.serial if old is not None else None
        s.add(paper)
    return numbers


def _latest(s: Session, ids: Sequence[str]) -> dict[str, Paper]:
    """The newest certificate of each stay."""
    query = select(Paper).where(Paper.kind == CERTIFICATE, Paper.deleted.is_(None), Paper.serial.is_not(None))
    found: dict[str, Paper] = {}
    for part in parts(ids):
        for paper in s.scalars(query.where(Paper.mobility_id.in_(part)).order_by(Paper.serial)):
            found[paper.mobility_id or ""] = paper
    return found


def issue_certificates(s: Session, prints: Mapping[str, str], *, today: dt.date, language: str) -> None:
    """Enters what was printed: `prints` says for each stay "to-sign" or "final". Older certificates become void."""
    for id_, paper in _latest(s, list(prints)).items():
        others = select(Paper).where(
            Paper.mobility_id == id_, Paper.kind == CERTIFICATE, Paper.id != paper.id, Paper.void.is_(False)
        )
        for old in s.scalars(others):
            old.void = True
        paper.void = False
        paper.print, paper.language = prints[id_], language
        if paper.state == "to_do":
            paper.state, paper.printed = "printed", today


def secret(s: Session) -> bytes:
    """The dossier's key for verification codes, made at its first use (in a write that cannot be undone)."""
    found = settings.get(s, "secret")
    if not found:
        found = {"key": secrets.token_hex(32)}
        settings.put(s, "secret", found)
    return bytes.fromhex(found["key"])


def verification(key: bytes, kind: str, reference: str, number: str) -> str:
    """The content of the QR code: no personal data, no address; "check a code" recomputes it."""
    message = f"{kind}|{reference}|{number}"
    return f"{message}|{hmac.new(key, message.encode(), hashlib.sha256).digest()[:8].hex().upper()}"


def set_state(s: Session, mobility_ids: Iterable[str], kind: str, state: str, day: dt.date, reason: str = "") -> None:
    """The state of one kind of paper for some stays; the paper is entered when it was not yet."""
    if state not in STATES:
        raise AssertionError(state)
    if state == "not_applicable" and not reason.strip():
        raise UserError(_("“Not applicable” needs a reason."), _("Type the reason."))
    for id_ in mobility_ids:
        records.get(s, Mobility, id_)
        paper = _current(s, id_, kind)
        paper.state, paper.reason = state, reason.strip() or None
        if state in _DATED:
            setattr(paper, state, day)


def enter(s: Session, papers: Iterable[tuple[str, str, str, dt.date]]) -> None:
    """Papers known from elsewhere, many at once: (stay, kind, state, day); none may be in the register yet."""
    rows: list[dict[str, Any]] = []
    for mobility_id, kind, state, day in papers:
        row: dict[str, Any] = {"id": new_id(), "mobility_id": mobility_id, "kind": kind, "state": state}
        rows.append(row | {"void": False, "signatures": {}} | ({state: day} if state in _DATED else {}))
    bulk_insert(s, Paper, rows)


def _current(s: Session, mobility_id: str, kind: str) -> Paper:
    query = select(Paper).where(
        Paper.mobility_id == mobility_id, Paper.kind == kind, Paper.deleted.is_(None), Paper.void.is_(False)
    )
    paper = s.scalar(query.order_by(Paper.serial.desc()))
    if paper is None:
        values: dict[str, Any] = {"mobility_id": mobility_id, "kind": kind, "state": "to_do", "signatures": {}}
        paper = Paper(**values, void=False)
        s.add(paper)
    return paper
