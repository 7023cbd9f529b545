"""The lines of real costs by departure, member or project, and the invoices that fall on each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from mobility_app.core import real_costs
from mobility_app.core.facts import MobilityRow
from mobility_app.core.real_costs import Invoice, Leftover
from mobility_app.core.sums import known_sum
from mobility_app.core.text import sort_key
from mobility_app.i18n import N_, _, number
from mobility_app.jobs.costs import Costs

GROUPS = (("flow_id", N_("By departure")), ("sending_id", N_("By member")), ("project_id", N_("Whole project")))
_NONE = {"flow_id": N_("Without a departure"), "sending_id": N_("Without a sending organisation")}


@dataclass(frozen=True)
class CostLine:
    """One departure, member or project; `unshared` counts the stays whose family's share is unknown."""

    id: str
    key: str  # of the group; "" for the stays that have none
    name: str
    rows: tuple[MobilityRow, ...]  # planned
    left: Leftover
    family: int
    unshared: int

    @property
    def costed(self) -> bool:
        return self.left.costed > 0

    @property
    def stays(self) -> str:
        """All of them, or how many of them the figures are about."""
        if not self.costed or not self.left.uncosted:
            return number(len(self.rows))
        return _("{n} of {total}").format(n=number(self.left.costed), total=number(len(self.rows)))


@dataclass(frozen=True)
class Part:
    """One invoice, and what of it falls on a line; None where nobody leaves."""

    invoice: Invoice
    whose: str
    cents: int | None

    @property
    def id(self) -> str:
        return self.invoice.id

    @property
    def whole(self) -> bool:
        return self.cents in (None, self.invoice.cents)


def lines(costs: Costs, by: str) -> tuple[CostLine, ...]:
    """In the order of departure or of the alphabet; departures without anybody too, stays without one last."""
    found = {one.key: one for one in real_costs.leftovers(costs.rows, costs.money, costs.invoices, by)}
    rows: dict[str, list[MobilityRow]] = defaultdict(list)
    families: dict[str, list[int | None]] = defaultdict(list)
    for share in costs.shares:
        key = getattr(share.row, by) or ""
        rows[key].append(share.row)
        families[key].append(share.family)
    return tuple(
        CostLine(
            key or "none",
            key,
            name,
            tuple(rows[key]),
            found.get(key) or Leftover(key, 0, 0, 0, 0, 0, 0),
            *known_sum(families[key]),
        )
        for key, name in _names(costs, by).items()
        if key in found or (by == "flow_id" and key)
    )


def _names(costs: Costs, by: str) -> dict[str, str]:
    if by == "project_id":
        return {costs.project.id: costs.project.reference}
    none = {"": _(_NONE[by])}
    if by == "flow_id":
        return {**costs.flows, **none}
    schools = {row.sending_id: row.sending_organisation or "" for row in costs.rows if row.sending_id}
    return dict(sorted(schools.items(), key=lambda item: sort_key(item[1]))) | none


def parts(costs: Costs, line: CostLine, by: str) -> tuple[Part, ...]:
    """The invoices that fall on a line or on a part of it; those of who does not leave stand where they belong."""
    together = real_costs.travelling(costs.rows)
    stays = {row.id: row for row in costs.rows}
    mine = {row.id for row in line.rows}
    found = []
    for invoice in costs.invoices:
        fallen = [cents for id_, cents in real_costs.parts(invoice, together) if id_ in mine]
        stay = stays.get(invoice.mobility_id or "")
        if fallen or _belongs(invoice, stay, line, by):
            flow = "" if by == "flow_id" else costs.flows.get(invoice.flow_id or "", "")
            whose = stay.full_name if stay else flow
            found.append(Part(invoice, whose, sum(fallen) if fallen else None))
    return tuple(found)


def _belongs(invoice: Invoice, stay: MobilityRow | None, line: CostLine, by: str) -> bool:
    if stay is not None:
        return (getattr(stay, by) or "") == line.key
    return by == "project_id" or (by == "flow_id" and (invoice.flow_id or "") == line.key)
