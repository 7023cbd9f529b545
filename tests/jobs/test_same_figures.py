"""One euro, one day, everywhere: the lines of a grant, the list, the report, its sheet and the certificates agree."""

import random
import re

import openpyxl
import pytest

from mobility_app.jobs import certificates, demo, reports
from mobility_app.store import queries
from mobility_app.store import reports as figures
from mobility_app.store.database import create_database
from tests.documents.invented import text


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    with create_database(tmp_path_factory.mktemp("same") / "exemple.mobility") as db:
        demo.fill(db)
        yield db


@pytest.fixture(params=[0, 1], ids=["first project", "second project"])
def project(dossier, request):
    with dossier.read() as s:
        return queries.projects(s)[request.param]


def test_lines_list_report_and_sheet(dossier, project, tmp_path) -> None:
    with dossier.read() as s:
        report = figures.report(s, project.id, demo.TODAY)
        rows = queries.mobilities(s, project_id=project.id, today=demo.TODAY)
        grants = figures.grants(s, [row.id for row in rows], demo.TODAY)
        sums = queries.mobility_sums(s, project_id=project.id, today=demo.TODAY)
    for row in rows:
        lines = grants[row.id].lines
        assert row.known_total == sum(line.amount or 0 for line in lines)
        assert row.total == (None if any(line.amount is None for line in lines) else row.known_total)
    planned = [row for row in rows if row.planned]
    known = sum(row.known_total or 0 for row in planned)
    assert report.totals["known_total"] == known == sums.cents > 0
    assert report.totals["total_days"] == sum(row.days or 0 for row in planned) == sums.days
    assert sums.incomplete == report.totals["incomplete"]
    assert sum(tally.known_total for tally in report.by_country) == known
    path = tmp_path / "rapport.xlsx"
    reports.agency_report(dossier, project, path, today=demo.TODAY)
    sheet = openpyxl.load_workbook(path, data_only=True)["Mobilités"]
    table = list(sheet.iter_rows(values_only=True))
    head = next(row for row in table if row[0] == "N°")
    total = next(row for row in table if row[0] == "Total")
    assert total[head.index("Durée")] == sums.days
    assert round(total[head.index("Montant connu")] * 100) == known


def test_the_days_of_the_certificates(dossier, project, tmp_path) -> None:
    with dossier.read() as s:
        rows = queries.mobilities(s, project_id=project.id, today=demo.TODAY)
    chosen = random.Random(1).sample([row for row in rows if row.planned and not row.accompanying and row.days], 6)
    for row in chosen:
        path = tmp_path / f"{row.number}.pdf"
        made = certificates.print_certificates(
            dossier, project, [row.id], today=demo.TODAY, merged=path, languages=("fr",)
        )
        if made.left_out:
            continue
        assert re.search(rf"\b{row.days} jours?\b", text(path)), row.full_name
