"""The agency's report against openpyxl writing the cells and styles of one of its sheets, timed in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from mobility_app.core.facts import Report
from mobility_app.exchange import agency_report, report_sheets, styles
from tests.exchange import invented

pytestmark = pytest.mark.bench


def median(times: list[tuple[float, float]]) -> tuple[float, float]:
    """Processor and wall seconds."""
    processor, wall = zip(*times, strict=True)
    return statistics.median(processor), statistics.median(wall)


def timed(job: Callable[[], object]) -> tuple[float, float]:
    processor, wall = time.process_time(), time.perf_counter()
    job()
    return time.process_time() - processor, time.perf_counter() - wall


def with_openpyxl(path: Path, report: Report) -> None:
    """The sheet of mobilities alone, without the seven others and the charts: the peer has less to do."""
    book = openpyxl.Workbook()
    sheet = book.active
    line = Side(style="thin", color=styles.RULE[1:])
    font, border = Font(name=styles.FONT, size=styles.SIZE, color=styles.INK[1:]), Border(bottom=line)
    columns = report_sheets.mobility_columns("fr")
    kinds = [styles.KINDS[column.kind] for column in columns]
    aligned = [Alignment(horizontal=kind.get("align"), wrap_text=kind.get("text_wrap")) for kind in kinds]
    sheet.append([column.title for column in columns])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=styles.TINT[1:])
    for number, row in enumerate(report.mobilities, 2):
        for index, column in enumerate(columns):
            value = column.value(row)
            if value is None:
                value = column.unknown
            elif column.kind == "money":
                value = value / 100
            cell = sheet.cell(number, index + 1, value)
            cell.font, cell.border = font, border
            cell.alignment = aligned[index]
            cell.number_format = kinds[index].get("num_format", "General")
            if isinstance(value, str):
                cell.data_type = "s"
    for index in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(index)].width = 16
    sheet.freeze_panes, sheet.auto_filter.ref = "D2", sheet.dimensions
    book.save(path)


@pytest.mark.parametrize(("count", "rounds"), [(1_000, 5), (10_000, 1)])
def test_report_against_openpyxl(count: int, rounds: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = invented.report(count)
    ours, theirs = [], []
    for place in range(rounds + 1):
        mine = timed(lambda: agency_report.write(tmp_path / "ours.xlsx", report))
        peer = timed(lambda: with_openpyxl(tmp_path / "theirs.xlsx", report))
        if place:  # the first round warms up
            ours.append(mine)
            theirs.append(peer)
    (processor, wall), (peer_processor, peer_wall) = median(ours), median(theirs)
    with capsys.disabled():
        print(
            f"\nreport of {count} mobilities: {processor:.2f} s of processor ({wall:.2f} s), openpyxl"
            f" {peer_processor:.2f} s ({peer_wall:.2f} s), {peer_processor / processor:.1f}x"
        )
    assert peer_processor / processor >= 2
