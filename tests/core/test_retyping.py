"""What is typed in the module by hand: in the order of its screens, ticked, and told when it changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from mobility_app.core.beneficiary import retyping
from mobility_app.core.beneficiary.retyping import SCREENS, Record, Tick, changes, gone, plain, records, state
from mobility_app.core.facts import MobilityRow, OrganisationRow, ProjectRow, RateRow
from mobility_app.core.rates import RateTable
from mobility_app.core.visits import Visit
from mobility_app.i18n import render

DAY = dt.date(2027, 3, 12)
PROJECT = ProjectRow("p", 1, 1, "2026-1-FR01-KA121-VET-000212345", "T", 2026, "KA121-VET", guarantee_cents=100_01)
SCHOOL = OrganisationRow("s", 1, 1, "Lycée Z", is_sender=True, oid="E10000001", pic="123456789", address="1 rue A")
MEMBER = OrganisationRow("m", 1, 2, "CFA A", is_sender=True, uai="0750655E", town="Paris", country="FR")
HOST = OrganisationRow("h", 1, 3, "Bar B", is_host=True, country="ES")
OTHER = OrganisationRow("o", 1, 4, "Nobody's", is_host=True)
STAYS = (
    MobilityRow(id="1", sending_id="s", host_id="h", fewer_opportunities=True, last_name="Secret"),
    MobilityRow(id="2", sending_id="s", host_id="h", fewer_opportunities=True, role="accompanying"),
    MobilityRow(id="3", sending_id="s", host_id="h", fewer_opportunities=True, decision="candidate"),
    MobilityRow(id="4", sending_id="s", host_id="o", fewer_opportunities=True, decision="withdrawn"),
)
VISIT = Visit("v", 3, "VET_SHORT_TERM", "Taller", DAY, DAY)
RATES = RateTable([RateRow("percent", "guarantee", "80", "", None, "confirmed", "")])
INDICATIVE = {("T2", "green", "VET_SHORT_TERM"): 4, ("T1", "participants", "VET_SHORT_TERM"): 24}


def found(**changed) -> dict[str, Record]:
    facts = {"visits": [VISIT], "rows": STAYS, "rates": RATES, "local_ids": {"h": "ORG-00003"}, **changed}
    made = records(
        facts.get("project", PROJECT), facts["rows"], [OTHER, HOST, SCHOOL, MEMBER], {"m"}, facts["local_ids"],
        INDICATIVE, facts["visits"], facts["rates"],
    )  # fmt: skip
    return {record.key: record for record in made}


def values(record: Record) -> dict[str, object]:
    return {entry.key: entry.value for entry in record.entries}


def test_records_follow_the_screens_of_the_module() -> None:
    screens = [record.screen for record in found().values()]
    assert sorted(screens, key=list(SCREENS).index) == screens
    assert set(screens) == set(SCREENS)
    assert list(found())[:3] == ["organisation/m", "organisation/s", "organisation/h"]


def test_an_oid_stands_for_the_details() -> None:
    assert values(found()["organisation/s"]) == {
        "name": "Lycée Z", "oid": "E10000001", "pic": "123456789", "local_id": None,
    }  # fmt: skip
    host = values(found()["organisation/h"])
    assert (host["local_id"], host["country"], host["address"]) == ("ORG-00003", "ES", None)
    assert values(found()["organisation/m"])["national_id"] == "0750655E"


def test_figures_of_the_screens() -> None:
    assert [(e.title, e.value) for e in found()["target/VET_SHORT_TERM"].entries] == [
        ("Participants", 24), ("Persons travelling green", 4),
    ]  # fmt: skip
    assert values(found()["visit/v"])["persons"] == 3
    assert values(found()["guarantee"]) == {"cost": 100_01, "amount": 80_00}
    assert values(found(rates=RateTable([]))["guarantee"])["amount"] is None
    assert "guarantee" not in found(project=replace(PROJECT, guarantee_cents=None))


def test_counts_alone_and_nobody_is_named() -> None:
    """Planned participants; neither who they are nor why."""
    assert values(found()["opportunities"]) == {"participants": 1}
    told = " ".join(render(r.name) + repr(r.entries) for r in found().values())
    assert "Secret" not in told


def ticked(record: Record) -> Tick:
    return Tick(DAY, record.screen, render(record.name), {e.key: plain(e.value) for e in record.entries})


def test_a_tick_tells_what_changed_since() -> None:
    before = found()["visit/v"]
    tick = ticked(before)
    assert (state(before, None), state(before, tick)) == ("to_do", "entered")
    after = found(visits=[replace(VISIT, persons=4, end=dt.date(2027, 3, 14))])["visit/v"]
    assert state(after, tick) == "changed"
    assert changes(after, tick) == {"persons": 3, "end": DAY}
    assert changes(after, None) == {}


def test_a_field_that_came_later_counts_as_changed_only_when_it_says_something() -> None:
    record = found()["visit/v"]
    tick = ticked(record)
    earlier = replace(tick, values={k: v for k, v in tick.values.items() if k != "host"})
    assert changes(record, earlier) == {"host": None}
    nothing = found(visits=[replace(VISIT, host="")])["visit/v"]
    assert changes(nothing, earlier) == {}


def test_what_is_here_no_more_has_to_go_there_too() -> None:
    ticks = {"visit/v": ticked(found()["visit/v"]), "opportunities": ticked(found()["opportunities"])}
    assert gone(found().values(), ticks) == {}
    assert list(gone(found(visits=[]).values(), ticks)) == ["visit/v"]
    assert retyping.gone(found(visits=[]).values(), ticks)["visit/v"].on == DAY
