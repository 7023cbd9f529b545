from dataclasses import replace

import pytest

from mobility_app.core import rate_sheet
from mobility_app.i18n import render
from mobility_app.store import reference


@pytest.mark.parametrize("year", reference.CALL_YEARS)
def test_every_rate_of_a_call_has_its_place_once(year):
    rows = reference.rate_rows(year)
    placed = [rate for block in rate_sheet.blocks(rows) for rate in block.rates]
    assert sorted(map(str, placed)) == sorted(map(str, rows))


def test_blocks_stand_in_the_order_of_the_annex():
    keys = [block.key for block in rate_sheet.blocks(reference.rate_rows(2026))]
    assert keys == [
        "organisational_support",
        "travel",
        "individual_support_learner",
        "individual_support_staff",
        "other",
        "country_group",
        "rules",
    ]


def test_lines_read_as_the_annex_does():
    found = {block.key: block for block in rate_sheet.blocks(reference.rate_rows(2021))}
    tiers = [render(line.title, "fr") for line in found["organisational_support"].lines]
    assert "Courte durée, participants 1 à 100" in tiers
    assert "Courte durée, à partir du 101e" in tiers
    bands = [render(line.title, "en") for line in found["travel"].lines]
    assert (bands[0], bands[-1]) == ("10 to 99 km", "8,000 km and more")
    assert len(found["travel"].lines[0].cells) == 2


def test_the_second_rate_is_proposed_only_while_it_is_unknown_and_the_first_is_sure():
    rows = list(reference.rate_rows(2026))

    def learner(first, later=None, state="typed"):
        changed = []
        for row in rows:
            if (row.line, row.subject, row.key) == ("individual_support", "learner", "1"):
                cents = first if row.variant == "d1_14" else later
                row = replace(row, cents=cents, state=state if cents else "unknown")
            changed.append(row)
        found = {block.key: block for block in rate_sheet.blocks(changed)}
        return [cents for _rate, cents in found["individual_support_learner"].proposals]

    assert learner(5700) == [4000]
    assert learner(5700, 3900) == []
    assert learner(5700, state="unverified") == []
    assert learner(None) == []


def test_a_block_knows_how_many_of_its_rates_are_sure():
    found = {block.key: block for block in rate_sheet.blocks(reference.rate_rows(2026))}
    assert (found["organisational_support"].known, found["organisational_support"].state) == (0, "unknown")
    assert found["travel"].state == "unverified"
