"""More planned than awarded is told where it is: by line, for lines awarded as a whole, for the international block."""

from dataclasses import replace
from typing import Any

import pytest

from mobility_app.core import commitment, grant
from mobility_app.core.facts import BudgetLine
from mobility_app.i18n import LANGUAGES, render
from tests.core.samples import mobility, project, rates_2021

SHORT = "VET_SHORT_TERM"


def line(key: str, activity: str, awarded: int | None, planned: int) -> BudgetLine:
    return BudgetLine(key, activity, awarded, planned, 0, 0, 0)


def codes(budget: Any = (), rows: Any = (), ceiling: int | None = None, visits: Any = (), **changes: Any) -> set[str]:
    money = {row.id: grant.compute(row.stay, rates_2021()) for row in rows}
    found = commitment.findings(project(**changes), budget, rows, money, rates_2021(), ceiling, visits)
    for one in found:
        assert all(render(one.text, language) and render(one.remedy, language) for language in LANGUAGES)
        assert len(one.code) <= 60
    return {one.code for one in found}


@pytest.mark.parametrize(("awarded", "planned", "told"), [
    (100, 100, False), (100, 101, True), (None, 10**9, False), (100, 0, False),
])  # fmt: skip
def test_a_line_beyond_what_was_awarded(awarded: int | None, planned: int, told: bool) -> None:
    assert bool(codes([line("travel_support", SHORT, awarded, planned)])) is told


def test_a_line_awarded_as_a_whole_counts_what_has_no_award_of_its_own() -> None:
    whole = line("travel_support", "", 100, 0)
    parts = [line("travel_support", SHORT, None, 60), line("travel_support", "JOB_SHADOWING", 50, 50)]
    assert codes([whole, *parts]) == set()
    assert codes([whole, *parts, line("travel_support", "COURSES_TRAINING", None, 41)]) == {"over:travel_support:"}
    longest = line("organisational_support", "TEACHING_TRAINING_ASSIGNMENT", 1, 2)
    assert codes([longest]) == {"over:organisational_support:TEACHING_TRAINING_ASSIGNMENT"}


def test_the_international_block_has_its_ceiling() -> None:
    abroad, here = mobility(country="US"), replace(mobility(), id="m2")
    rows = [abroad, here]
    money = {row.id: grant.compute(row.stay, rates_2021()) for row in rows}
    used = commitment.international(rows, money, rates_2021())
    assert used == money["m1"].known_total + 50_000
    assert codes(rows=rows, ceiling=used) == set()
    assert codes(rows=rows, ceiling=used - 1) == {"international_ceiling"}
    assert codes(rows=rows, ceiling=None) == set()
    assert codes(rows=rows, action="KA122-VET") == {"international_not_in_action"}
    assert codes(rows=[here], action="KA122-VET") == set()


def test_a_visit_of_more_than_three() -> None:
    assert codes(visits=[3, 1]) == set()
    assert codes(visits=[3, 4]) == {"visit_too_large"}
