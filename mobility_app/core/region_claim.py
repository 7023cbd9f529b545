"""The statement for the Region: real costs, who pays them, and what is left to the families, with every invoice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mobility_app.core.account_papers import SIGNATURES, Sums
from mobility_app.core.cost_shares import Share
from mobility_app.core.real_costs import KINDS, Invoice
from mobility_app.core.statements import AccountPaper, Cell, PaperColumn, PaperTable
from mobility_app.core.sums import whole_sum
from mobility_app.core.text import sort_key
from mobility_app.fields import choice_title
from mobility_app.i18n import N_, Euros, Term, text

NO_DEPARTURE = N_("Without a departure")
_REMARKS = (
    N_("Family’s share: real cost less the grant, the Region, the OPCO and the other funders."),
    N_("Covered beyond: what the grant and the funders pay above the real cost, participant by participant."),
    N_("An invoice of a departure is shared evenly among those who leave, to the cent."),
    N_("The sum settled is that of the expenses."),
)


def claim(about: Sums, shares: Sequence[Share], flows: Mapping[str, str], invoices: Sequence[Invoice]) -> AccountPaper:
    """What a Region that pays on real expenses asks for; `flows` are the names of the departures in their order.

    Only mobilities that an invoice or another funder is about; invoices of nobody who leaves are not claimed.
    """
    mine = [one for one in shares if one.cost is not None or one.region or one.opco or one.others]
    people = {one.row.id: one for one in mine}
    leaving = {one.row.flow_id for one in mine if one.row.flow_id}
    claimed = [one for one in invoices if one.mobility_id in people or one.flow_id in leaving]
    incomplete = sum(one.rest is None for one in mine)
    remarks = [text(sentence) for sentence in _REMARKS]
    if others := sum(one.cents for one in invoices) - sum(one.cents for one in claimed):
        remarks.append(
            text(N_("{amount} of expenses are about nobody who leaves: not on this list."), amount=Euros(others))
        )
    return AccountPaper(
        N_("Statement for the Region"),
        about.project,
        about.today,
        (
            PaperTable(N_("By departure"), _DEPARTURES, tuple(_departures(mine, flows))),
            PaperTable(N_("By participant"), _PEOPLE, tuple(_people(mine))),
            PaperTable(N_("Expenses"), _EXPENSES, tuple(_expense(one, people, flows) for one in claimed)),
        ),
        SIGNATURES,
        None if incomplete else sum(one.cents for one in claimed),
        remarks=tuple(remarks),
        incomplete=incomplete,
        example=about.example,
        landscape=True,
    )


_MONEY = tuple(
    PaperColumn(title, "money", total=True, unknown=True)
    for title in (
        N_("Real costs"),
        N_("Erasmus+ grant"),
        N_("Region"),
        N_("OPCO"),
        N_("Other funders"),
        N_("Family’s share"),
        N_("Covered beyond"),
    )
)
_DEPARTURES = (PaperColumn(N_("Departure")), PaperColumn(N_("Mobilities"), "integer", total=True), *_MONEY)
_PEOPLE = (
    PaperColumn(N_("Participant")),
    PaperColumn(N_("Sending organisation")),
    PaperColumn(N_("From"), "date"),
    PaperColumn(N_("To"), "date"),
    *_MONEY,
)
_EXPENSES = (
    PaperColumn(N_("Departure or participant")),
    PaperColumn(N_("Supplier")),
    PaperColumn(N_("Date"), "date"),
    PaperColumn(N_("Category")),
    PaperColumn(N_("Order no."), "code"),
    PaperColumn(N_("Invoice no."), "code"),
    PaperColumn(N_("Amount"), "money", total=True),
)


def _amounts(one: Share) -> tuple[int | None, ...]:
    return one.cost, one.grant, one.region, one.opco, one.others, one.family, one.excess


def _departures(mine: Sequence[Share], flows: Mapping[str, str]) -> Iterable[tuple[Cell, ...]]:
    groups: dict[str, list[Share]] = defaultdict(list)
    for one in mine:
        groups[one.row.flow_id or ""].append(one)
    names: dict[str, Cell] = {**flows, "": Term(NO_DEPARTURE)}
    for key, name in names.items():
        if group := groups.get(key):
            yield name, len(group), *map(whole_sum, zip(*map(_amounts, group), strict=True))


def _people(mine: Sequence[Share]) -> Iterable[tuple[Cell, ...]]:
    for one in sorted(mine, key=lambda one: sort_key(one.row.last_name, one.row.first_name)):
        row = one.row
        yield row.full_name, row.sending_organisation, row.first_day, row.last_day, *_amounts(one)


def _expense(one: Invoice, people: Mapping[str, Share], flows: Mapping[str, str]) -> tuple[Cell, ...]:
    stay = people.get(one.mobility_id or "")
    whose = stay.row.full_name if stay else flows.get(one.flow_id or "", "")
    kind = Term(choice_title(KINDS, one.kind))
    return whose, one.supplier, one.date, kind, one.order_number, one.invoice_number, one.cents
