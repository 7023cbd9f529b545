"""Who pays a stay: every cent once, unknown stays unknown, the Region's statement adds up."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mobility_app.core import region_claim
from mobility_app.core.account_papers import Sums
from mobility_app.core.cost_shares import CoFunded, Share, shares
from mobility_app.core.facts import Grant, GrantLine, MobilityRow
from mobility_app.core.real_costs import Invoice, by_mobility, parts, travelling
from mobility_app.i18n import Text, render
from tests.core.samples import START, mobility, project

SUMS = Sums(project(), START)


def row(number: int, **changes: Any) -> MobilityRow:
    return replace(mobility(), **{"id": f"m{number}", "number": number, "last_name": f"NOM{number}"} | changes)


def granted(cents: int | None) -> Grant:
    title = Text("line")
    return Grant((GrantLine("travel_support", 1, "trip", cents, cents, "annex", "verified", title, title),))


def funded(number: int, source: str, cents: int) -> CoFunded:
    return CoFunded(f"c{number}{source}", 1, f"m{number}", source, cents)


def test_the_family_pays_what_nobody_else_does() -> None:
    others = [
        funded(1, "region", 20_000), funded(1, "opco", 5_000), funded(1, "school", 1_000), funded(1, "other", 2_000),
        funded(1, "Rotary", 500), funded(1, "family", 9_999), funded(2, "region", 777),
    ]  # fmt: skip
    (found,) = shares([row(1)], {"m1": granted(90_000)}, {"m1": 130_000}, others)
    assert (found.region, found.opco, found.others) == (20_000, 5_000, 3_500)
    assert (found.rest, found.family, found.excess) == (11_500, 11_500, 0)
    assert (found.given, found.open) == (9_999, 1_501)


def test_covered_beyond_the_cost_is_nothing_for_the_family() -> None:
    (found,) = shares([row(1)], {"m1": granted(90_000)}, {"m1": 60_000}, [])
    assert (found.rest, found.family, found.excess) == (-30_000, 0, 30_000)


def test_unknown_stays_unknown() -> None:
    for grant, cost in ((None, 60_000), (90_000, None)):
        (found,) = shares([row(1)], {"m1": granted(grant)}, {"m1": cost}, [funded(1, "region", 1)])
        assert (found.rest, found.family, found.excess) == (None, None, None)
    assert by_mobility([row(1)], []) == {"m1": None}
    free = [Invoice(500, mobility_id="m1"), Invoice(-500, mobility_id="m1")]
    assert by_mobility([row(1)], free) == {"m1": 0}


def test_who_does_not_leave_has_no_share() -> None:
    rows = [row(1, flow_id="march"), row(2, flow_id="march", decision="withdrawn")]
    costs = by_mobility(rows, [Invoice(100, "march"), Invoice(7, mobility_id="m2")])
    assert costs == {"m1": 100, "m2": 7}
    assert [one.row.id for one in shares(rows, {"m1": granted(1)}, costs, [])] == ["m1"]


@given(st.integers(-100_000, 100_000).filter(bool), st.integers(1, 40))
def test_an_invoice_is_shared_to_the_cent(cents: int, people: int) -> None:
    together = travelling([row(n, flow_id="march") for n in range(people)])
    each = [part for _id, part in parts(Invoice(cents, "march"), together)]
    assert sum(each) == cents
    assert max(each) - min(each) <= 1


def stood(*found: Share, invoices: tuple[Invoice, ...] = ()) -> Any:
    return region_claim.claim(SUMS, found, {"march": "Mars Cadix", "may": "Mai"}, invoices)


def test_the_statement_for_the_region_adds_up() -> None:
    a, b = (row(n, flow_id="march") for n in (1, 2))
    invoices = (Invoice(100_001, "march", kind="travel", supplier="Cars"), Invoice(2_000, mobility_id="m2"))
    costs = by_mobility([a, b], invoices)
    money = {"m1": granted(30_000), "m2": granted(90_000)}
    mine = shares([a, b], money, costs, [funded(1, "region", 10_000), funded(2, "opco", 5)])
    paper = stood(*mine, invoices=invoices)
    departures, people, expenses = paper.tables
    assert departures.rows == (("Mars Cadix", 2, 102_001, 120_000, 10_000, 5, 0, 10_001, 38_005),)
    assert [people.total(n) for n in range(4, 11)] == list(departures.rows[0][2:])
    assert expenses.total(6) == paper.settled == 102_001
    for line in people.rows:
        cost, grant, region, opco, others, family, excess = line[4:]
        assert cost - grant - region - opco - others == family - excess
    assert not any("nobody" in render(remark, "en") for remark in paper.remarks)


def test_the_statement_leaves_out_whom_no_one_pays_for() -> None:
    alone, asked = Share(row(1), None, 10), Share(row(2, flow_id="may"), None, 10, region=5)
    other = Invoice(300, mobility_id="m9")
    paper = stood(alone, asked, invoices=(other,))
    assert [line[0] for line in paper.tables[1].rows] == [asked.row.full_name]
    assert paper.tables[0].rows[0][2:] == (None, 10, 5, 0, 0, None, None)
    assert (paper.incomplete, paper.settled, paper.tables[2].rows) == (1, None, ())
    assert any("€3 of expenses are about nobody" in render(remark, "en") for remark in paper.remarks)
