"""Who pays a stay: its real cost less the grant, the Region, the OPCO and other funders is the family's share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core.facts import Grant, MobilityRow
from mobility_app.fields import Choice
from mobility_app.i18n import N_

FAMILY = "family"
FUNDERS = (
    Choice("region", N_("Region")),
    Choice("opco", N_("OPCO")),
    Choice(FAMILY, N_("Family")),
    Choice("school", N_("Establishment")),
    Choice("other", N_("Other funder")),
)


@dataclass(frozen=True)
class CoFunded:
    """What one funder pays for one mobility; `source` is one of FUNDERS, or her own word."""

    id: str
    version: int
    mobility_id: str
    source: str
    cents: int
    note: str | None = None


@dataclass(frozen=True)
class Share:
    """The sums of one mobility; None is unknown. What the family gives pays its share and does not lessen it."""

    row: MobilityRow
    cost: int | None
    grant: int | None
    region: int = 0
    opco: int = 0
    others: int = 0  # the establishment and other funders
    given: int = 0  # by the family

    @classmethod
    def of(cls, row: MobilityRow, grant: Grant, cost: int | None, funded: Iterable[CoFunded]) -> Share:
        """`funded` are the funders of this mobility."""
        paid: Counter[str] = Counter()
        for one in funded:
            paid[one.source if one.source in ("region", "opco", FAMILY) else "others"] += one.cents
        return cls(row, cost, grant.total, paid["region"], paid["opco"], paid["others"], paid[FAMILY])

    @property
    def rest(self) -> int | None:
        """What nobody else pays; negative: the others pay more than the stay costs."""
        if self.cost is None or self.grant is None:
            return None
        return self.cost - self.grant - self.region - self.opco - self.others

    @property
    def family(self) -> int | None:
        return None if self.rest is None else max(0, self.rest)

    @property
    def open(self) -> int | None:
        """What is still to be found once the family has given; negative: too much is given."""
        return None if self.rest is None else self.rest - self.given

    @property
    def excess(self) -> int | None:
        return None if self.rest is None else max(0, -self.rest)


def shares(
    rows: Sequence[MobilityRow],
    money: Mapping[str, Grant],
    costs: Mapping[str, int | None],
    funded: Iterable[CoFunded],
) -> tuple[Share, ...]:
    """The share of each planned mobility, in the order of the rows."""
    mine: dict[str, list[CoFunded]] = defaultdict(list)
    for one in funded:
        mine[one.mobility_id].append(one)
    return tuple(Share.of(row, money[row.id], costs[row.id], mine[row.id]) for row in rows if row.planned)
