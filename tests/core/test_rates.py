"""Finding a rate: bands and tiers to their edges, what is not confirmed, what is not published."""

import pytest

from mobility_app.core.facts import RateRow
from mobility_app.core.rates import RateTable, propose_d15, span, weakest
from mobility_app.store import reference
from tests.core.samples import example_rates, rate, rates_2021

YEARS = [2021, 2022, 2023, 2024, 2025, 2026, 2027]


@pytest.mark.parametrize("year", YEARS)
def test_each_band_begins_and_ends_at_a_whole_kilometre(year: int) -> None:
    table = RateTable(reference.rate_rows(year))
    edges = {9: None, 10: "10-99", 99: "10-99", 100: "100-499", 499: "100-499", 500: "500-1999", 1999: "500-1999",
             2000: "2000-2999", 2999: "2000-2999", 3000: "3000-3999", 3999: "3000-3999", 4000: "4000-7999",
             7999: "4000-7999", 8000: "8000-", 20000: "8000-"}  # fmt: skip
    assert {km: table.band(km) for km in edges} == edges


def test_under_ten_kilometres_only_the_projects_own_band_decides() -> None:
    assert rates_2021().band(0) is None
    assert (
        RateTable([*reference.rate_rows(2021), rate("travel", "", "0-99", "standard", 23, state="typed")]).band(0)
        == "0-99"
    )


def test_green_falls_back_to_standard_where_none_is_published() -> None:
    row = rates_2021().travel(5000, True)
    assert row is not None
    assert (row.variant, row.cents) == ("standard", 82_000)


def test_green_is_its_own_amount_where_published() -> None:
    row = rates_2021().travel(500, True)
    assert row is not None
    assert (row.variant, row.cents) == ("green", 32_000)


def test_a_green_amount_that_nobody_entered_stays_unknown() -> None:
    table = RateTable(
        [rate("travel", "", "10-99", "standard", 30), rate("travel", "", "10-99", "green", state="unknown")]
    )
    row = table.travel(50, True)
    assert row is not None
    assert (row.variant, row.cents) == ("green", None)


@pytest.mark.parametrize(("state", "usable"), [
    ("verified", True), ("typed", True), ("confirmed", True), ("example", True),
    ("unverified", False), ("unknown", False),
])  # fmt: skip
def test_only_a_sure_group_is_used(state: str, usable: bool) -> None:
    table = RateTable([rate("country_group", "DE", "2", state=state)])
    assert (table.group("DE") == "2") is usable
    assert table.group_row("DE") is not None


def test_a_confirmed_row_prevails_over_an_unconfirmed_one() -> None:
    rows = [rate("country_group", "DE", "1", state="confirmed"), rate("country_group", "DE", "2", state="unverified")]
    assert RateTable(rows).group("DE") == RateTable(reversed(rows)).group("DE") == "1"


@pytest.mark.parametrize(
    ("euros", "proposal"), [(35, 25), (45, 32), (65, 46), (66, 46), (57, 40), (48, 34), (1, 1), (0, 0)]
)
def test_the_proposed_second_rate_is_rounded_half_up(euros: int, proposal: int) -> None:
    assert propose_d15(euros * 100) == proposal * 100


def test_the_proposal_takes_cents_into_account() -> None:
    assert propose_d15(3571) == 2500  # 24.997
    assert propose_d15(3499) == 2400  # 24.493


def test_durations_and_travel_days() -> None:
    table = rates_2021()
    assert table.duration("VET_SHORT_TERM") == (10, 89)
    assert table.duration("nothing") is None
    assert (table.travel_day_limit(False), table.travel_day_limit(True)) == (2, 6)
    assert RateTable([rate("duration", "X", "1-2", state="unverified")]).duration("X") is None
    assert RateTable([rate("travel_days", "", "2", "standard", state="unverified")]).travel_day_limit(False) is None


def test_group_mobility_is_offered_from_call_2024() -> None:
    assert not RateTable(reference.rate_rows(2023)).offers("VET_GROUP_MOBILITY")
    assert RateTable(reference.rate_rows(2024)).offers("VET_GROUP_MOBILITY")
    assert RateTable([]).offers("VET_GROUP_MOBILITY")


def test_countries_outside_the_programme() -> None:
    assert rates_2021().international("US")
    assert not rates_2021().international("DE")
    assert not rates_2021().international(None)
    assert not RateTable([]).international("US")


def test_the_weakest_state() -> None:
    assert weakest([]) == "unknown"
    assert weakest(["verified", "example", "confirmed"]) == "example"
    assert example_rates().weakest_state == "example"
    assert rates_2021().weakest_state == "verified"
    assert RateTable(reference.rate_rows(2026)).weakest_state == "unknown"


def test_open_keys() -> None:
    assert span("8000-") == (8000, None)
    assert span("100-499") == (100, 499)


def test_tiers_are_in_order() -> None:
    rows: list[RateRow] = [
        rate("organisational_support", "A", "101-", "", 2),
        rate("organisational_support", "A", "1-100", "", 3),
    ]
    assert [(t.first, t.last) for t in RateTable(rows).tiers("A")] == [(1, 100), (101, None)]
