"""Slips of the finger while rates are typed."""

import pytest

from mobility_app.core.rate_checks import pair_findings, rate_findings
from mobility_app.i18n import LANGUAGES, render
from mobility_app.store import reference
from tests.core.samples import rate


def found(first: int | None = 57, second: int | None = 40, state: str = "typed", group: str = "2") -> list[str]:
    rows = [
        rate("individual_support", "learner", group, "d1_14", first, state=state),
        rate("individual_support", "learner", group, "d15", second, state=state),
    ]
    findings = rate_findings(rows, reference.expected_daily(2026))
    assert all(
        render(one.text, language) and render(one.remedy, language) for one in findings for language in LANGUAGES
    )
    return [f"{one.code} {one.severity}" for one in findings]


@pytest.mark.parametrize("year", [2020, *reference.CALL_YEARS, 2030])
def test_published_and_invented_rates_pass(year: int) -> None:
    rows = (*reference.rate_rows(2021, "ES"), *reference.example_rows(2026))
    assert rate_findings(rows, reference.expected_daily(year)) == ()


def test_a_rate_far_from_the_expected_one() -> None:
    assert found(570, 399) == ["rate_unexpected warning"]
    assert found(5, 4) == ["rate_unexpected notice"]
    assert found(31, 22) == found(110, 77) == []
    assert found(30, 21) == ["rate_unexpected notice"]
    assert found(111, 78) == ["rate_unexpected warning"]
    assert found(570, 399, group="9") == []


def test_a_second_rate_out_of_step() -> None:
    assert found(57, 41) == ["second_rate_differs notice"]
    assert found(57, 75) == ["second_rate_differs warning"]
    assert found(57, None) == []


def test_one_rate_of_a_pair_alone() -> None:
    first, second = (
        rate("individual_support", "staff", "1", variant, 113, state="typed") for variant in ("d1_14", "d15")
    )
    assert pair_findings([first, second]) == ()
    assert "79" in render(pair_findings([first])[0].text, "fr")
    assert [one.code for one in pair_findings([second])] == ["rate_pair_incomplete"]


def test_rates_that_nobody_entered_are_not_judged() -> None:
    assert found(None, 40) == []
    assert found(570, 1, state="unverified") == []


def test_green_below_standard() -> None:
    rows = [rate("travel", "", "10-99", "standard", 28), rate("travel", "", "10-99", "green", 27)]
    assert [one.code for one in rate_findings(rows, {})] == ["green_below_standard"]
    rows[1] = rate("travel", "", "10-99", "green", 28)
    assert rate_findings(rows, {}) == ()
    assert rate_findings(rows[1:], {}) == ()
