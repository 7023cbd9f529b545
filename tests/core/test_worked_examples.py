"""Every worked example with a known answer (tests/data/worked-examples.json, each with its source)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mobility_app.core import grant
from mobility_app.core.rates import RateTable, propose_d15
from tests.core.samples import rate, rates_2021, stay

FILE = Path(__file__).parents[1] / "data" / "worked-examples.json"
EXAMPLES = {example["id"]: example for example in json.loads(FILE.read_text("utf-8"))["examples"]}
CODES = {
    "short-term learner": "VET_SHORT_TERM",
    "job shadowing": "JOB_SHADOWING",
    "ErasmusPro": "VET_LONG_TERM_ERASMUSPRO",
    "courses and training": "COURSES_TRAINING",
}


def test_every_example_is_checked_below() -> None:
    assert set(EXAMPLES) == {"R1", "R2", "R3", "R4", "R5", "R6", "OS1", "OS2", "CF1", "T1", "T3", "I2"}


@pytest.mark.parametrize("name", ["R1", "R2", "R3", "R4", "R5", "R6"])
def test_published_pairs_of_daily_rates(name: str) -> None:
    case, answer = EXAMPLES[name]["input"], EXAMPLES[name]["answer"]
    who = "learner" if case["who"] == "learner" else "staff"
    first, then = rates_2021().daily(who, str(case["group"]))
    assert first is not None
    assert then is not None
    assert (first.cents, then.cents) == (case["d1_14"] * 100, answer["d15"] * 100)
    assert propose_d15(case["d1_14"] * 100) == answer["d15"] * 100


def people(case: dict[str, Any]) -> Iterator[Any]:
    for name, code in CODES.items():
        yield from [stay(activity=code)] * case.get(name, 0)
    yield from [stay(role="accompanying")] * case.get("accompanying persons", 0)


@pytest.mark.parametrize("name", ["OS1", "OS2"])
def test_organisational_support_by_tier(name: str) -> None:
    case = dict(EXAMPLES[name]["input"])
    if "participants" in case:
        case[case["activity"]] = case["participants"]
    lines = grant.project_lines(people(case), rates_2021())
    assert sum(line.amount or 0 for line in lines) == EXAMPLES[name]["answer"] * 100
    assert all(line.amount == (line.quantity or 0) * (line.rate or 0) for line in lines)


def test_course_fees_stop_at_the_cap() -> None:
    case = EXAMPLES["CF1"]
    line = grant.course_fees(stay(activity="COURSES_TRAINING", course_days=case["input"]["course_days"]), rates_2021())
    assert line.amount == case["answer"] * 100
    assert line.rate == case["input"]["eur_per_day"] * 100


@pytest.mark.parametrize("name", ["T1", "T3"])
def test_travel_by_distance(name: str) -> None:
    case = EXAMPLES[name]
    line = grant.travel_support(
        stay(distance_km=case["input"]["km_one_way"], green=case["input"]["green"]), rates_2021()
    )
    assert line.amount == case["answer"] * 100


def test_a_long_stay_at_both_rates() -> None:
    """Call 2017, so its own two rates; days are days of activity, no travel days."""
    case = EXAMPLES["I2"]["input"]
    table = RateTable([
        rate("country_group", "FR", "1"),
        rate("individual_support", "learner", "1", "d1_14", case["d1_14"]),
        rate("individual_support", "learner", "1", "d15", case["d15"]),
    ])  # fmt: skip
    lines = grant.individual_support(stay(case["days"], country="FR"), table)
    assert sum(line.amount or 0 for line in lines) == EXAMPLES["I2"]["answer"] * 100
    assert propose_d15(case["d1_14"] * 100) == case["d15"] * 100  # 24.5: half up, where Python's round() says 24
