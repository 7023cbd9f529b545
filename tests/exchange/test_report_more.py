"""The further sheets of the agency report: each figure as the rows give it, and nobody recognisable in the counts."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from mobility_app.core.yearly import Beside, Member, Payment, inclusion, lengths, travels
from mobility_app.exchange import agency_report
from tests.exchange import invented

REPORT = invented.report(80)
PLANNED = [row for row in REPORT.mobilities if row.planned]
PAYMENTS = (
    Payment(dt.date(2027, 1, 4), "advance", "Arnould Léo", "LP Zay", 80_000, "V12"),
    Payment(None, "repayment", "=Béchu", "LP Zay", -5_050),
)


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("r") / "r.xlsx"
    members = [Member(name, places=10, mandate=dt.date(2026, 5, 1)) for name in invented.SCHOOLS[:3]]
    before = replace(invented.report(50), project=replace(invented.PROJECT, call_year=invented.PROJECT.call_year - 1))
    assert agency_report.write(path, REPORT, beside=Beside(PAYMENTS, tuple(members), before))
    return openpyxl.load_workbook(path, data_only=True)


def table(book, name: str) -> list[tuple]:
    found = list(book[name].iter_rows(values_only=True))
    head = max(range(min(8, len(found))), key=lambda n: sum(cell is not None for cell in found[n]))
    return [row for row in found[head + 1 :] if row[0] is not None]


def test_the_sheets_stand_before_what_is_to_correct(book) -> None:
    more = ["Durées", "Écologie", "Moins d’opportunités", "Paiements", "Consortium", "Comparaison", "À corriger"]
    assert book.sheetnames[-7:] == more


def test_lengths_are_those_of_the_rows(book) -> None:
    *lines, total = table(book, "Durées")
    assert total[2] == len(PLANNED)
    assert total[7] == sum(row.days for row in PLANNED)
    for line, known in zip(lines, lengths(REPORT.mobilities), strict=True):
        days = [row.days for row in PLANNED if (row.activity, row.role) == (known.activity, known.role)]
        assert line[2:5] == (len(days), min(days), sorted(days)[(len(days) - 1) // 2])
        assert line[5] == pytest.approx(sum(days) / len(days))
        assert line[6:8] == (max(days), sum(days))


def test_travel_is_counted_by_means_and_unknown_distances_are_told(book) -> None:
    *lines, total = table(book, "Écologie")
    assert {line[0] for line in lines} == {"Avion", "Train"}
    assert total[1:3] == (len(PLANNED), sum(row.green for row in PLANNED))
    assert total[4] == sum(2 * row.distance_km for row in PLANNED if row.distance_km is not None)
    assert total[5] == sum(row.distance_km is None for row in PLANNED) > 0
    assert sum(one.mobilities for one in travels(PLANNED)) == len(PLANNED)


def test_fewer_opportunities_are_counts_alone(book) -> None:
    participants = [row for row in PLANNED if not row.accompanying]
    *_lines, total = table(book, "Moins d’opportunités")
    assert total[1:3] == (len(participants), sum(row.fewer_opportunities for row in participants))
    shown = {str(cell) for row in book["Moins d’opportunités"].iter_rows(values_only=True) for cell in row}
    assert not shown & {row.last_name for row in PLANNED}
    assert not shown & set(invented.SCHOOLS)
    assert sum(one.fewer for one in inclusion(PLANNED)) == total[2]


def test_payments_add_up(book) -> None:
    *lines, total = table(book, "Paiements")
    assert [(line[1], line[2], line[4]) for line in lines] == [
        ("Avance", "Arnould Léo", 800),
        ("Remboursement", "=Béchu", -50.5),
    ]
    assert total[4] == 749.5


def test_members_show_what_they_send(book) -> None:
    *lines, total = table(book, "Consortium")
    sent = Counter(row.sending_organisation for row in PLANNED)
    assert {line[0]: line[5] for line in lines} == {name: sent[name] for name in invented.SCHOOLS[:3]}
    assert total[4] == 30


def test_two_years_are_compared(book) -> None:
    lines = {line[0]: line[1:] for line in table(book, "Comparaison")}
    now, before, difference, change = lines["Mobilités"][:4]
    assert (now, before) == (REPORT.totals["mobilities"], invented.report(50).totals["mobilities"])
    assert difference == now - before
    assert change == pytest.approx(now / before - 1)


def test_without_payments_members_or_a_year_before_there_are_no_empty_sheets(tmp_path: Path) -> None:
    agency_report.write(tmp_path / "r.xlsx", invented.report(10))
    names = openpyxl.load_workbook(tmp_path / "r.xlsx", read_only=True).sheetnames
    assert not {"Paiements", "Consortium", "Comparaison"} & set(names)
