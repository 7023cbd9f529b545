"""Deadlines as a calendar file, and the title block of an exported table."""

import datetime as dt
import re

import openpyxl
import pytest

from mobility_app.exchange.calendar import Event, write
from mobility_app.jobs import calendar, demo, dossiers, reports, todo
from mobility_app.store import queries
from mobility_app.store.database import open_database


@pytest.fixture
def db(_empty_file, tmp_path):
    import shutil

    shutil.copyfile(_empty_file, tmp_path / "d.mobility")
    with open_database(tmp_path / "d.mobility") as db:
        demo.fill(db)
        yield db


def test_every_deadline_of_the_project_is_in_the_calendar(db, tmp_path) -> None:
    with db.read() as s:
        project = dossiers.chosen_project(s, demo.REFERENCE)
    path = tmp_path / "a.ics"
    count = calendar.write(db, project, path, today=demo.TODAY)
    lines = todo.todo(db, project.id, today=demo.TODAY, horizon=None)[1]
    due = {(finding.due, finding.code) for line in lines for finding in line.findings if finding.due}
    text = path.read_bytes().decode()
    unfolded = text.replace("\r\n ", "")
    assert count == len(due) == unfolded.count("BEGIN:VEVENT") > 20
    assert {day for day, _code in due} == {
        dt.datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
        for day in re.findall(r"DTSTART;VALUE=DATE:(\d{8})", unfolded)
    }
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert len(set(re.findall("UID:(.*)", unfolded))) == count


def test_signs_of_the_format_are_text_in_it(tmp_path) -> None:
    write(
        tmp_path / "a.ics",
        "é" * 60,
        [Event("x", dt.date(2027, 3, 1), "a;b,c\\d\nEND:VEVENT\r", "")],
        today=dt.date(2027, 1, 1),
    )
    text = (tmp_path / "a.ics").read_bytes().decode()
    assert "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\r\n" in text
    assert text.count("\r\nEND:VEVENT\r\n") == 1
    assert "é" * 60 in text.replace("\r\n ", "")


def test_an_exported_table_says_where_it_comes_from(db, tmp_path) -> None:
    with db.read() as s:
        project = dossiers.chosen_project(s, demo.REFERENCE)
        ids = queries.mobility_ids(s, project_id=project.id, today=demo.TODAY)[:40]
        rows = queries.mobilities(s, ids, today=demo.TODAY)
    reports.export_table(db, tmp_path / "a.xlsx", ids, today=demo.TODAY, title="Mobilités", filter_text="pays:ES")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    above = " ".join(str(sheet.cell(row, 1).value or "") for row in range(1, 6))
    findings = sum(row.findings_count for row in rows)
    for said in (demo.REFERENCE, "pays:ES", "exemple", str(findings), demo.TODAY.strftime("%d/%m/%Y")):
        assert said in above
