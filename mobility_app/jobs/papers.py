"""The accountant's papers of a project, as a sheet or as a PDF: the same frozen value makes both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from mobility_app.core import account_papers, members, real_costs, region_claim
from mobility_app.core.account_papers import Batch, Due, Sums
from mobility_app.core.facts import ProjectRow
from mobility_app.core.statements import AccountPaper, Cell
from mobility_app.core.text import fold
from mobility_app.errors import UserError
from mobility_app.i18n import N_, Term, Text, _
from mobility_app.jobs import accounts as figures
from mobility_app.jobs import costs
from mobility_app.store import accounts, derived, queries
from mobility_app.store.database import Database, Session

Progress = Callable[[int, int], bool]
PAPERS = ("nominative", "payments", "leftovers", "members", "region")


@dataclass(frozen=True)
class Listed:
    """One payment of a payment list, as it can be entered once it is made; `payee` is "" for the participant."""

    mobility_id: str
    kind: Batch
    cents: int
    payee: str
    account: bool  # whether the payee's account is known


@dataclass(frozen=True)
class Made:
    """The papers of one file; of payment lists also what is on them, and who is not and why."""

    papers: tuple[AccountPaper, ...]
    waiting: tuple[Text, ...] = ()
    listed: tuple[Listed, ...] = ()


def write(path: Path, papers: Sequence[AccountPaper], language: str = "fr", progress: Progress | None = None) -> bool:
    """A workbook or a PDF, as the name of the file says; False when she cancelled, and then nothing is written."""
    match path.suffix.lower():
        case ".xlsx":
            from mobility_app.exchange import account_sheets

            return account_sheets.write(path, papers, language, progress)
        case ".pdf":
            from mobility_app.documents import account_papers as documents

            return documents.write(path, papers, language, progress)
    raise UserError(
        _("“{name}” is neither a sheet nor a PDF.").format(name=path.name), _("End its name with .xlsx or .pdf.")
    )


def make(
    db: Database,
    project: ProjectRow,
    paper: str,
    *,
    today: dt.date,
    batch: str = "advance",
    member: str | None = None,
) -> Made:
    """One of `PAPERS` from what the dossier holds now; `batch` is for payments, `member` chooses among members."""
    with db.read() as s:
        match paper:
            case "nominative":
                return Made((_nominative(s, project, today),))
            case "payments":
                return _payments(s, project, (_batch(batch),), today)
            case "leftovers":
                return Made((_leftovers(s, project, today),))
            case "members":
                return Made(_members(s, project, member, today))
            case "region":
                return Made((_region(s, project, today),))
    raise UserError(_("“{name}” is no paper for the accountant.").format(name=paper), ", ".join(PAPERS))


_BATCHES: tuple[Batch, ...] = get_args(Batch)


def _batch(name: str) -> Batch:
    found = next((batch for batch in _BATCHES if batch == name), None)
    if found is None:
        raise UserError(_("“{name}” is no batch of payments.").format(name=name), _("advance or balance."))
    return found


def _about(s: Session, project: ProjectRow, today: dt.date) -> Sums:
    example = any(row.state == "example" for row in queries.rate_rows(s, project.id))
    return Sums(project, today, example)


def _nominative(s: Session, project: ProjectRow, today: dt.date) -> AccountPaper:
    rows = queries.mobilities(s, project_id=project.id, today=today)
    context = derived.Context(s, rows)
    return account_papers.nominative(_about(s, project, today), rows, {row.id: context.grant(row) for row in rows})


def payment_lists(
    db: Database, project: ProjectRow, *, today: dt.date, chosen: Collection[tuple[str, str]] | None = None
) -> Made:
    """One list a batch of the payments `chosen` (mobility, kind), or of all; an empty batch has none."""
    with db.read() as s:
        return _payments(s, project, _BATCHES, today, chosen)


def _payments(
    s: Session,
    project: ProjectRow,
    batches: Sequence[Batch],
    today: dt.date,
    chosen: Collection[tuple[str, str]] | None = None,
) -> Made:
    owed = figures.owed_in(s, project, today=today)
    known = accounts.bank_accounts(s, [one.row.participant_id for one in owed])
    due = [Due(one.row, step, known[one.row.participant_id]) for one in owed for step in one.steps]
    if chosen is not None:
        due = [one for one in due if (one.row.id, one.step.kind) in chosen]
    about, papers = _about(s, project, today), []
    waiting = [account_papers.waits_for(one) for one in due if one.step.kind == "repayment"] if chosen else []
    listed: list[Listed] = []
    for batch in batches:
        ready, others = account_papers.payable(due, batch)
        waiting += [account_papers.waits_for(one) for one in others]
        listed += [_listed(one, batch) for one in ready]
        if ready or len(batches) == 1:
            papers.append(account_papers.payment_list(about, due, batch))
    return Made(tuple(papers), tuple(waiting), tuple(listed))


def _listed(one: Due, batch: Batch) -> Listed:
    return Listed(one.row.id, batch, one.step.amount or 0, one.account.account_holder, bool(one.account.iban))


_GROUPS = (
    ("flow_id", N_("By departure"), N_("Departure")),
    ("sending_id", N_("By member"), N_("Member")),
    ("project_id", N_("Whole project"), N_("Project")),
)
_NONE = {"flow_id": N_("Without a departure"), "sending_id": N_("Without a sending organisation")}


def _leftovers(s: Session, project: ProjectRow, today: dt.date) -> AccountPaper:
    rows = queries.mobilities(s, project_id=project.id, today=today)
    context = derived.Context(s, rows)
    money = {row.id: context.grant(row) for row in rows}
    spent = accounts.expenses(s, project.id)
    schools = {row.sending_id: row.sending_organisation or "" for row in rows if row.sending_id}
    names: dict[str, dict[str, str]] = {
        "flow_id": accounts.flow_names(s, project.id),
        "sending_id": dict(sorted(schools.items(), key=lambda item: fold(item[1]))),
        "project_id": {project.id: project.reference},
    }
    groups = []
    for by, title, of in _GROUPS:
        found = {one.key: one for one in real_costs.leftovers(rows, money, spent, by)}
        ordered: list[tuple[Cell, real_costs.Leftover]] = [
            (name, found[key]) for key, name in names[by].items() if key in found
        ]
        if "" in found:
            ordered.append((Term(_NONE[by]), found[""]))
        groups.append(account_papers.Left(title, of, ordered))
    placed = sum(one.real for _name, one in groups[-1].rows)
    unplaced = sum(one.cents for one in spent) - placed
    return account_papers.leftovers(_about(s, project, today), groups, unplaced)


def _region(s: Session, project: ProjectRow, today: dt.date) -> AccountPaper:
    found = costs.of_project(s, project, today=today)
    return region_claim.claim(_about(s, project, today), found.shares, found.flows, found.invoices)


def _members(s: Session, project: ProjectRow, wanted: str | None, today: dt.date) -> tuple[AccountPaper, ...]:
    known = figures.consortium_in(s, project, today=today)
    chosen = known.statements if wanted is None else _called(known.statements, wanted)
    if not chosen:
        names = ", ".join(one.member.name for one in known.statements) or _("none")
        raise UserError(
            _("There is no such member: {name}.").format(name=wanted or ""), _("Members: {names}.").format(names=names)
        )
    about = _about(s, project, today)
    return tuple(
        account_papers.member(about, one, known.transfers.get(one.member.organisation_id, ()), known.rows, known.money)
        for one in chosen
    )


def _called(found: Sequence[members.Statement], wanted: str) -> tuple[members.Statement, ...]:
    """The member with this id, else those with this name, else those whose name has these letters."""
    name = fold(wanted.strip())
    for fits in (
        lambda member: member.organisation_id == wanted,
        lambda member: fold(member.name) == name,
        lambda member: name in fold(member.name),
    ):
        if chosen := tuple(one for one in found if fits(one.member)):
            return chosen
    return ()
