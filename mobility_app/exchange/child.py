"""The child process that reads one table file and writes what it holds as lines of JSON on its standard output.

Started as `python -m mobility_app.exchange.child PATH MEGABYTES`, or by a frozen program with `SWITCH` before the two.
Whatever a hostile file does to the reader ends here: memory is limited, every exception is caught, a crash is only the
end of this process. Nothing heavier than the reader itself is imported.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import json
import math
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from mobility_app.exchange import guard
from mobility_app.exchange.book import Book, Cell, Sheet, SheetRow, to_plain

SWITCH = "--read-table-in-child"


def main(arguments: Sequence[str]) -> int:
    name, megabytes = arguments
    gc.disable()  # a short life: collecting would only slow it
    _limit(int(megabytes) * 1024 * 1024)
    try:
        answer = [_line(piece) for piece in to_plain(read_here(Path(name)))]
    except guard.Unreadable as trouble:
        answer = [_line({"reason": trouble.reason})]
    except MemoryError:
        answer = [_line({"reason": "too_large"})]
    except BaseException:  # a Rust panic is outside Exception; nothing about the content may reach a log
        answer = [_line({"reason": "damaged"})]
    for line in answer:
        _send(line)
    return 0


def _line(piece: object) -> bytes:
    """One line of JSON: the parent reads a large book line by line, so that its window has time in between."""
    made = json.dumps(piece, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return made.encode("utf-8", "replace") + b"\n"


def _limit(memory: int) -> None:
    """Where the system can, no more than this memory and no core file; elsewhere the guard alone protects."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS refuses or ignores a limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _send(answer: bytes) -> None:
    """By the descriptor itself: a windowed program has no sys.stdout."""
    view = memoryview(answer)
    while view:
        view = view[os.write(1, view) :]


def read_here(path: Path) -> Book:
    """Reads in this very process: for the child, and for measuring the reader alone."""
    content = guard.load(path)
    kind = guard.inspect(content)
    book = _text(path.name, content) if kind == "text" else _workbook(path.name, content, kind)
    if sum(cell is not None for sheet in book.sheets for row in sheet.rows for cell in row.cells) > guard.FILLED_CELLS:
        raise guard.Unreadable("too_large")
    return book


def _text(name: str, content: bytes) -> Book:
    from mobility_app.exchange.delimited import rows_of

    return Book(name, (Sheet(Path(name).stem, _rows(rows_of(content))),))


def _workbook(name: str, content: bytes, kind: guard.Kind) -> Book:
    import python_calamine as calamine

    from mobility_app.exchange import annotations, cell_errors

    errors = cell_errors.errors_by_sheet(content) if kind == "xlsx" else []
    remarks = annotations.by_sheet(content) if errors else []
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheets = tuple(
                Sheet(
                    about.name,
                    _sheet_rows(workbook.get_sheet_by_index(index)),
                    about.visible != calamine.SheetVisibleEnum.Visible,
                    errors[index] if index < len(errors) else {},
                    *(remarks[index] if index < len(remarks) else ()),
                )
                for index, about in enumerate(workbook.sheets_metadata)
                if about.typ == calamine.SheetTypeEnum.WorkSheet
            )
    except calamine.PasswordError:
        raise guard.Unreadable("password") from None
    return Book(name, sheets, kind == "xlsx" and cell_errors.counts_from_1904(content))


def _sheet_rows(sheet: Any) -> tuple[SheetRow, ...]:
    end = sheet.end
    if end is None:
        return ()
    if end[0] >= guard.ROWS or end[1] >= guard.COLUMNS:
        raise guard.Unreadable("too_large")
    return _rows(sheet.to_python(skip_empty_area=False))  # with it, leading empty rows would shift every number


def _rows(rows: Sequence[Sequence[object]]) -> tuple[SheetRow, ...]:
    """The rows that hold something, under the sheet's own numbers and without their empty end."""
    kept = []
    for number, raw in enumerate(rows, start=1):
        cells = [_CONVERSIONS[type(value)](value) for value in raw]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            kept.append(SheetRow(number, tuple(cells)))
    return tuple(kept)


def _string(value: str) -> Cell:
    if len(value) > guard.CELL_CHARACTERS:
        raise guard.Unreadable("too_large")
    return value if value and not value.isspace() else None


def _number(value: float) -> Cell:
    if value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value if math.isfinite(value) else None


def _hour(value: dt.time) -> Cell:
    """A day number below 1; Excel shows nought as 00/01/1900, the date of an empty cell that a formula refers to."""
    return value.strftime("%H:%M") if value > dt.time.min else None


_CONVERSIONS: dict[type, Callable[[Any], Cell]] = {
    str: _string,
    float: _number,
    int: int,
    bool: bool,
    dt.date: lambda value: value,
    dt.datetime: dt.datetime.date,
    dt.time: _hour,
    dt.timedelta: str,
}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
