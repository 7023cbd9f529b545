"""The rules alone on 100,000 stays, timed against the naive second reckoning of the tests in the same run."""

import gc
import random
import statistics
import time
from collections.abc import Callable

import pytest

from mobility_app.core import grant
from mobility_app.core.facts import Stay
from tests.core.test_budget import DAY, START, make, row
from tests.core.test_grant_properties import TABLES, naive_total, random_stay, raw_rows

pytestmark = pytest.mark.bench
RATIO = 3.0
LINEAR = 1.6  # how much dearer one stay may be among 100,000 than among 1,000


def stays(number: int) -> list[Stay]:
    chance = random.Random(7)
    return [random_stay(chance, "2021") for _ in range(number)]


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def rules(people: list[Stay]) -> int:
    table = TABLES["2021", True]
    return sum(grant.compute(one, table).known_total for one in people) + len(grant.project_lines(people, table))


def test_the_rules_keep_pace_with_the_naive_reckoning() -> None:
    people, rows = stays(100_000), raw_rows("2021")
    sample = people[::10]  # the naive one is slow: a tenth of it, ten times as long
    rules(people[:2_000])
    ours, naive = [], []
    for _ in range(3):
        ours.append(seconds(lambda: rules(people)))
        naive.append(10 * seconds(lambda: [naive_total(one, rows, True) for one in sample]))
    ratio = statistics.median(ours) / statistics.median(naive)
    print(
        f"\n100,000 stays: rules {statistics.median(ours):.2f} s, naive {statistics.median(naive):.2f} s, {ratio:.2f}x"
    )
    assert ratio <= RATIO


def test_the_time_grows_with_the_number_and_no_faster() -> None:
    people = stays(100_000)
    each = {}
    for number in (1_000, 10_000, 100_000):
        part = people[:number]
        rules(part)
        each[number] = min(seconds(lambda part=part: rules(part)) for _ in range(3)) / number
    print("".join(f"\n{number:>7} stays: {cost * 1e6:.1f} µs each" for number, cost in each.items()))
    assert each[100_000] <= LINEAR * each[1_000]


def test_the_report_grows_with_the_number_and_no_faster() -> None:
    rows = [row(n, start=START + n % 400 * DAY, end=START + (n % 400 + n % 60) * DAY, paid=n) for n in range(10_000)]
    each = {}
    gc.disable()  # the collector looks at the whole test process, however large it is by now
    for number in (1_000, 10_000):
        part = rows[:number]
        make(part)
        each[number] = min(seconds(lambda part=part: make(part)) for _ in range(3)) / number
    gc.enable()
    print("".join(f"\n{number:>7} stays: {cost * 1e6:.1f} µs each in the report" for number, cost in each.items()))
    assert each[10_000] <= LINEAR * each[1_000]


def test_a_changed_rate_recomputes_a_project_of_500(tmp_path) -> None:
    from mobility_app.actions import projects
    from mobility_app.store import queries
    from mobility_app.store.database import open_database
    from mobility_app.store.journal import Label
    from tests.store import world

    with open_database(tmp_path / "d.mobility", create=True) as db:
        project_id = world.found(db, 500)
        with db.read() as s:
            rate = next(r for r in queries.rate_rows(s, project_id) if r.line == "travel" and r.cents)

        def change(cents: int) -> None:
            with db.write(Label("rate")) as s:
                projects.set_rate(s, rate.id, cents, source="annexe")

        times = []
        for n in range(5):
            begun = time.perf_counter()
            change(30_000 + n)
            with db.read() as s:
                rows = queries.mobilities(s, project_id=project_id, today=world.TODAY)
            times.append(time.perf_counter() - begun)
        assert len(rows) == 500
    print(f"\na rate changed and 500 rows read again: {statistics.median(times) * 1000:.0f} ms")
    assert statistics.median(times) < 0.6
