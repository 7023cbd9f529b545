"""The papers of French school accounting: flat sums for the governing board, payments, leftovers, members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mobility_app.core.activities import short_title
from mobility_app.core.bank import Account
from mobility_app.core.facts import Grant, GrantLine, MobilityRow, ProjectRow
from mobility_app.core.members import Statement
from mobility_app.core.payment_plan import Step
from mobility_app.core.real_costs import Leftover
from mobility_app.core.sentences import together
from mobility_app.core.statements import AccountPaper, Cell, PaperColumn, PaperTable
from mobility_app.core.sums import whole_sum
from mobility_app.core.text import sort_key
from mobility_app.i18n import N_, Country, Euros, Term, Text, plural_text, text

Batch = Literal["advance", "balance"]
SIGNATURES = (N_("The head of the establishment, authorising officer"), N_("The accountant"))
BATCHES: Mapping[str, str] = {"advance": N_("Payment list: advances"), "balance": N_("Payment list: balances")}
_REFERENCES = {"advance": N_("{project}-{number} ADVANCE"), "balance": N_("{project}-{number} BALANCE")}
TRANSFERS = {
    "instalment": N_("Sent to the member"),
    "statement": N_("Certified statement"),
    "recovery": N_("Sent back by the member"),
}


@dataclass(frozen=True)
class Sums:
    """What every paper of a project shares: the day, and whether its rates are invented."""

    project: ProjectRow
    today: dt.date
    example: bool = False


# ---- flat sums for the governing board -------------------------------------------------------------------------------


def nominative(about: Sums, rows: Sequence[MobilityRow], money: Mapping[str, Grant]) -> AccountPaper:
    """Every planned mobility by name: activity, dates, lines and total, for the board's vote."""
    planned = [row for row in rows if row.planned]
    planned.sort(key=lambda row: sort_key(row.sending_organisation or "", row.last_name, row.first_name))
    incomplete = sum(not money[row.id].complete for row in planned)
    return AccountPaper(
        N_("Nominative list of flat sums"),
        about.project,
        about.today,
        (PaperTable("", _FLAT_SUMS, tuple(_flat_sums(row, money[row.id]) for row in planned)),),
        SIGNATURES,
        None if incomplete else sum(money[row.id].known_total for row in planned),
        remarks=(text(N_("Organisational support goes to the organisations: it is not on this list.")),),
        blanks=(N_("Governing board of:"), N_("Act no.:")),
        incomplete=incomplete,
        example=about.example,
        landscape=True,
    )


_FLAT_SUMS = (
    PaperColumn(N_("No."), "integer"),
    PaperColumn(N_("Participant")),
    PaperColumn(N_("Sending organisation")),
    PaperColumn(N_("Activity")),
    PaperColumn(N_("Country")),
    PaperColumn(N_("From"), "date"),
    PaperColumn(N_("To"), "date"),
    PaperColumn(N_("Days"), "integer"),
    PaperColumn(N_("Individual support"), "money", total=True, unknown=True),
    PaperColumn(N_("Travel support"), "money", total=True, unknown=True),
    PaperColumn(N_("Other lines"), "money", total=True, unknown=True),
    PaperColumn(N_("Total"), "money", total=True, unknown=True),
)


def _flat_sums(row: MobilityRow, money: Grant) -> tuple[Cell, ...]:
    daily = _part(money, lambda line: line.key.startswith("individual_support"))
    travel = _part(money, lambda line: line.key == "travel_support")
    other = _part(money, lambda line: not line.key.startswith(("individual_support", "travel_support")))
    country = Country(row.country) if row.country else None
    dates = (row.first_day, row.last_day, row.days)
    who = (row.number, row.full_name, row.sending_organisation, _activity(row))
    return (*who, country, *dates, daily, travel, other, money.total)


def _part(money: Grant, wanted: Callable[[GrantLine], bool]) -> int | None:
    """The sum of some lines: 0 when there is none, None when one of them is unknown."""
    return whole_sum(line.amount for line in money.lines if wanted(line))


def _activity(row: MobilityRow) -> Text | Term | None:
    title = Term(short_title(row.activity)) if row.activity else None
    if not row.accompanying:
        return title
    return text(N_("{activity}, accompanying person"), activity=title) if title else Term(N_("Accompanying person"))


# ---- one batch of payments -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """One payment to make, and where the money goes."""

    row: MobilityRow
    step: Step
    account: Account

    @property
    def payable(self) -> bool:
        return self.step.open and bool(self.step.amount)


def payable(due: Iterable[Due], batch: Batch) -> tuple[list[Due], list[Due]]:
    """The payments of a batch that may go out, and those that wait for a paper or for an amount."""
    mine = [one for one in due if one.step.kind == batch]
    return [one for one in mine if one.payable], [one for one in mine if not one.payable]


def waits_for(one: Due) -> Text:
    """Why a payment is on no list yet, beginning with the person."""
    missing = [gate.title for gate in one.step.gates if not gate.met]
    if one.step.amount is None:
        missing.append(Term(N_("amount of the grant")))
    if one.step.kind == "repayment":
        missing.append(Term(N_("overpaid, the money comes back")))
    return text(N_("{name}: {what}"), name=one.row.full_name, what=together(missing))


def payment_list(about: Sums, due: Sequence[Due], batch: Batch) -> AccountPaper:
    """One batch: payee, full bank details, reference, budget code, amount; the total in figures and in words."""
    ready, waiting = payable(due, batch)
    ready.sort(key=lambda one: (sort_key(one.row.last_name, one.row.first_name), one.row.number))
    without = sum(not one.account.iban for one in ready)
    remarks = []
    if without:
        remarks.append(
            plural_text(
                "{n} payee without bank details: to be completed, or to be paid otherwise.",
                "{n} payees without bank details: to be completed, or to be paid otherwise.",
                "n",
                n=without,
            )
        )
    if waiting:
        remarks.append(
            plural_text(
                "{n} payment waits for a paper or an amount and is not on this list.",
                "{n} payments wait for a paper or an amount and are not on this list.",
                "n",
                n=len(waiting),
            )
        )
    return AccountPaper(
        BATCHES[batch],
        about.project,
        about.today,
        (PaperTable("", _PAYMENTS, tuple(_payment(about.project, one, batch) for one in ready)),),
        SIGNATURES,
        sum(one.step.amount or 0 for one in ready),
        remarks=tuple(remarks),
        example=about.example,
        landscape=True,
    )


_PAYMENTS = (
    PaperColumn(N_("No."), "integer"),
    PaperColumn(N_("Participant")),
    PaperColumn(N_("Payee")),
    PaperColumn(N_("IBAN"), "code"),
    PaperColumn(N_("BIC"), "code"),
    PaperColumn(N_("Reference"), "code"),
    PaperColumn(N_("Budget code"), "code"),
    PaperColumn(N_("Due"), "date"),
    PaperColumn(N_("Amount"), "money", total=True),
)


def _payment(project: ProjectRow, one: Due, batch: Batch) -> tuple[Cell, ...]:
    row, account = one.row, one.account
    number = project.reference.rpartition("-")[2]
    reference = text(_REFERENCES[batch], project=number, number=f"{row.number:04d}")
    where = (account.shown or None, account.bic or None, reference, project.budget_code or None)
    return (row.number, row.full_name, account.account_holder or row.full_name, *where, one.step.due, one.step.amount)


# ---- leftovers -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Left:
    """Leftovers by one thing: title of the table, what its rows are, and (name, figures) of each."""

    title: str
    of: str
    rows: Sequence[tuple[Cell, Leftover]]


def leftovers(about: Sums, groups: Sequence[Left], unplaced: int = 0) -> AccountPaper:
    """Flat rates less real costs by departure, member and project.

    `unplaced`: cents of invoices whose departure has no planned mobility.
    """
    remarks = [text(N_("Leftover: flat sums less real costs; negative when the stays cost more."))]
    if unplaced:
        remarks.append(
            text(N_("{amount} of invoices belong to departures without a planned mobility."), amount=Euros(unplaced))
        )
    if uncosted := max((sum(one.uncosted for _name, one in group.rows) for group in groups), default=0):
        remarks.append(
            plural_text(
                "{n} mobility has no invoice yet: it is not counted.",
                "{n} mobilities have no invoice yet: they are not counted.",
                "n",
                n=uncosted,
            )
        )
    return AccountPaper(
        N_("Statement of leftovers"),
        about.project,
        about.today,
        tuple(_left_table(group) for group in groups),
        SIGNATURES,
        remarks=tuple(remarks),
        incomplete=max((sum(one.incomplete for _name, one in group.rows) for group in groups), default=0),
        example=about.example,
    )


def _left_table(group: Left) -> PaperTable:
    several = len(group.rows) > 1
    columns = (
        PaperColumn(group.of),
        *(PaperColumn(title, "money", several, unknown=True) for title in _LEFT),
    )
    return PaperTable(group.title, columns, tuple(_left(name, one) for name, one in group.rows))


_LEFT = (N_("Flat sums"), N_("Real costs"), N_("Leftover"))


def _left(name: Cell, one: Leftover) -> tuple[Cell, ...]:
    """Nothing can be told of those that no invoice is about."""
    return (name, one.flat, one.real, one.left) if one.costed else (name, None, None, None)


# ---- members ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Transferred:
    """Money that went to a member or came back, or its certified statement."""

    kind: str  # instalment | statement | recovery
    cents: int
    date: dt.date | None = None
    reference: str = ""
    id: str = ""


def member(
    about: Sums,
    statement: Statement,
    transfers: Sequence[Transferred],
    rows: Sequence[MobilityRow],
    money: Mapping[str, Grant],
) -> AccountPaper:
    """One member: places and euros allotted, used and left, transfers, and the mobilities behind the figures."""
    mine = [row for row in rows if row.planned and row.sending_id == statement.member.organisation_id]
    return AccountPaper(
        N_("Statement of a member"),
        about.project,
        about.today,
        (
            PaperTable(N_("Places and euros"), _PLACES, (_places(statement),)),
            PaperTable(N_("Transfers"), _TRANSFERS, tuple(_transfer(one) for one in transfers)),
            PaperTable(N_("Balance of the member"), _BALANCE, (_balance(statement),)),
            PaperTable(N_("Mobilities"), _STAYS, tuple(_stay(row, money[row.id]) for row in mine)),
        ),
        SIGNATURES,
        statement.used,
        statement.member.name,
        remarks=(
            _signed(N_("Mandate signed on {day}."), N_("Mandate not signed."), statement.member.mandate_signed),
            _signed(N_("Agreement signed on {day}."), N_("Agreement not signed."), statement.member.convention_signed),
        ),
        incomplete=statement.incomplete,
        example=about.example,
    )


def _signed(template: str, otherwise: str, day: dt.date | None) -> Text:
    return Text(template, (("day", day),)) if day else Text(otherwise)


_PLACES = (
    PaperColumn(N_("Places allotted"), "integer"),
    PaperColumn(N_("Places used"), "integer"),
    PaperColumn(N_("Places left"), "integer"),
    PaperColumn(N_("Euros allotted"), "money"),
    PaperColumn(N_("Euros used"), "money", unknown=True),
    PaperColumn(N_("Engaged"), "money", unknown=True),
    PaperColumn(N_("Implemented"), "money", unknown=True),
    PaperColumn(N_("Euros left"), "money"),
)


def _places(one: Statement) -> tuple[Cell, ...]:
    places = (one.member.places, one.used_places, one.places_left)
    return (*places, one.member.cents, one.used, one.engaged, one.done, one.euros_left)


_TRANSFERS = (
    PaperColumn(N_("Date"), "date"),
    PaperColumn(N_("Kind")),
    PaperColumn(N_("Reference")),
    PaperColumn(N_("Amount"), "money"),
)


def _transfer(one: Transferred) -> tuple[Cell, ...]:
    return one.date, Term(TRANSFERS.get(one.kind, one.kind)), one.reference or None, one.cents


_BALANCE = (
    PaperColumn(N_("Grants of the participants"), "money"),
    PaperColumn(N_("Organisational support"), "money", unknown=True),
    PaperColumn(N_("Sent"), "money"),
    PaperColumn(N_("Certified"), "money"),
    PaperColumn(N_("Sent back"), "money"),
    PaperColumn(N_("To return"), "money", unknown=True),
)


def _balance(one: Statement) -> tuple[Cell, ...]:
    sums = one.member.transferred, one.member.certified, one.member.recovered
    return (one.grants, one.support, *sums, one.to_return)


_STAYS = (
    PaperColumn(N_("No."), "integer"),
    PaperColumn(N_("Participant")),
    PaperColumn(N_("Country")),
    PaperColumn(N_("From"), "date"),
    PaperColumn(N_("To"), "date"),
    PaperColumn(N_("Grant"), "money", total=True, unknown=True),
)


def _stay(row: MobilityRow, money: Grant) -> tuple[Cell, ...]:
    country = Country(row.country) if row.country else None
    return row.number, row.full_name, country, row.first_day, row.last_day, money.total
