"""Reading a workbook of 10,000 rows and 40 columns, against openpyxl read-only in the same run."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from mobility_app.errors import UserError
from mobility_app.exchange.reading import read
from tests.exchange.test_reading_bad_files import BAD

ROWS, COLUMNS, ROUNDS = 10_000, 40, 3


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Suivi")
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    for row in range(ROWS):
        for column in range(COLUMNS):
            if column % 7 == 0:
                sheet.write_datetime(row, column, dt.date(2027, 1, 1) + dt.timedelta(row % 300), date)
            elif column % 7 < 3:
                sheet.write_number(row, column, row * 1.5 + column)
            else:
                sheet.write_string(row, column, f"texte {row % 997} {column}")
    book.close()
    return path


@pytest.mark.bench
def test_reading_against_openpyxl(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(tmp_path / "a.xlsx")

    def engine() -> int:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return len(book.get_sheet_by_index(0).to_python(skip_empty_area=False))

    def whole() -> int:
        return len(read(path, timeout=60).sheets[0].rows)

    def peer() -> int:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
        book.close()
        return rows

    times: dict[Callable[[], int], list[float]] = {engine: [], whole: [], peer: []}
    for _ in range(ROUNDS):
        for job, taken in times.items():
            start = time.perf_counter()
            assert job() == ROWS
            taken.append(time.perf_counter() - start)
    fastest, ours, theirs = (statistics.median(taken) for taken in times.values())
    with capsys.disabled():
        print(
            f"\n{ROWS} x {COLUMNS}: engine {fastest:.2f} s, openpyxl {theirs / fastest:.1f} times that;"
            f" guarded child process and all {ours:.2f} s, openpyxl {theirs / ours:.1f} times that"
        )
    assert theirs / fastest >= 8
    assert theirs / ours >= 1.5


@pytest.mark.bench
def test_no_bad_file_keeps_anyone_waiting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    times = {}
    for make, name, _reason in BAD:
        path = tmp_path / name
        make(path)
        start = time.perf_counter()
        with pytest.raises(UserError):
            read(path)
        times[make.__name__] = time.perf_counter() - start
        path.unlink()
    slowest = max(times, key=times.__getitem__)
    with capsys.disabled():
        print(f"\n{len(times)} bad files refused: {times[slowest]:.1f} s for the slowest ({slowest})")
    assert times[slowest] < 5
