"""Table files for the tests of import: workbooks, texts, and files that are not what they say."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

DATA = Path(__file__).resolve().parent.parent / "data"
SAMPLE = DATA / "suivi-mobilites-2026.xlsx"
EXPECTED: dict[str, Any] = json.loads((DATA / "suivi-mobilites-2026.expected.json").read_text("utf-8"))

TITLES = ("Étab.", "Nom", "Prénom", "Né(e) le", "Pays", "Départ", "Retour")
PERSON = ("LP Jeanne-Barret", "ŁUKASZEWSKA", "Zoé", "15/02/2008", "Grèce", "01/03/2027", "14/03/2027")


def workbook(path: Path, rows: Iterable[Sequence[object]], *, title: str = "Suivi", since_1904: bool = False) -> Path:
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = title
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)
    book.save(path)
    return path


def text(path: Path, rows: Iterable[Sequence[str]], *, delimiter: str = ";", encoding: str = "utf-8-sig") -> Path:
    lines = (delimiter.join(row) for row in rows)
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def lycee(path: Path) -> Path:
    """Two empty rows and an empty column at the beginning, a hidden row, a hidden sheet, dates as dates and as text."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Départs"
    sheet["B3"] = "Mobilités du lycée – 2026-1-FR01-KA121-VET-000212345"
    start, end = dt.date(2027, 3, 1), dt.date(2027, 3, 14)
    rows = [
        [*TITLES, "Distance (km)", "Éco-resp. (O/N)", "Prix billet"],
        ["LP Jeanne-Barret", "ŁUKASZEWSKA", "Zoé", dt.date(2008, 2, 15), "Grèce", start, end, 1340, "O", 137.5],
        [
            None,
            "D'ALMEIDA",
            "Noël",
            dt.date(2007, 12, 31),
            "Türkiye",
            dt.datetime(2027, 3, 1, 8, 30),  # noqa: DTZ001  (a spreadsheet knows no time zone)
            end,
            2350,
            "N",
        ],
        [None, "Ηλιάδης", "Œuvrard", "15/02/2008", "ES", "01/03/27", "14.03.2027", "1 340 km", True, "1 234,50 €"],
    ]
    for number, row in enumerate(rows, start=5):
        for column, value in enumerate(row, start=2):
            sheet.cell(number, column, value)
    sheet.row_dimensions[7].hidden = True
    book.create_sheet("Caché")["A1"] = "Nom"
    book["Caché"].sheet_state = "hidden"
    book.save(path)
    return path


def repacked(path: Path, source: Path, changes: dict[str, bytes]) -> Path:
    """A copy of a zip file with some of its parts replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return path


def sheet_xml(cells: str) -> bytes:
    head = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    return f"{head}{cells}</sheetData></worksheet>".encode()


def lying_zip(path: Path, name: str, content: bytes, declared: int) -> Path:
    """A zip whose directory declares fewer bytes than come out, with the checksum of those few."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(name, content)
    raw = bytearray(buffer.getvalue())
    true = struct.pack("<I", len(content))
    checksum = struct.pack("<I", zlib.crc32(content[:declared]))
    for signature, size_at, crc_at in ((b"PK\x03\x04", 22, 14), (b"PK\x01\x02", 24, 16)):
        at = raw.rindex(signature)
        assert raw[at + size_at : at + size_at + 4] == true
        raw[at + size_at : at + size_at + 4] = struct.pack("<I", declared)
        raw[at + crc_at : at + crc_at + 4] = checksum
    path.write_bytes(raw)
    return path


def compound(path: Path, *names: str) -> Path:
    """The container of old Office files with empty streams of these names (a locked .xlsx has EncryptedPackage)."""
    magic, none = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0xFFFFFFFE
    header = struct.pack("<8s16xHHHHH6x", magic, 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<10I", 0, 1, 1, 0, 4096, none, 0, none, 0, 0) + b"\xff" * 432
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    entries = b""
    for number, name in enumerate(("Root Entry", *names)):
        coded = name.encode("utf-16-le")
        kind = 5 if number == 0 else 2
        entries += struct.pack("<64sHBB", coded, len(coded) + 2, kind, 1) + b"\xff" * 12 + b"\0" * 36
        entries += struct.pack("<IQ", 0xFFFFFFFE, 0)
    path.write_bytes(header + table + entries.ljust(512, b"\0"))
    return path


# ---- .xlsb: nobody but Excel writes it, so here is the least that one needs (MS-XLSB, BIFF12 records)


_RELS = "vnd.openxmlformats-package.relationships+xml"


def xlsb(path: Path, rows: Sequence[Sequence[object]], *, sheet: str = "Suivi", first_row: int = 1) -> Path:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{relations}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate([("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin")], 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    root = f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.bin"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="bin" ContentType="application/octet-stream"/>'
            f'<Default Extension="rels" ContentType="application/{_RELS}"/></Types>',
        )
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships">{root}</Relationships>')
        archive.writestr(
            "xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{package}/relationships">{links}</Relationships>'
        )
        bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet)
        archive.writestr("xl/workbook.bin", _records((131, b""), (143, b""), (156, bundle), (144, b""), (132, b"")))
        formats = [struct.pack("<HHHHHBBHH", 0xFFFF, code, 0, 0, 0, 0, 0, 0, 0) for code in (0, 14)]
        archive.writestr("xl/styles.bin", _records(
            (278, b""), (617, struct.pack("<I", 2)), (47, formats[0]), (47, formats[1]), (618, b""), (279, b"")
        ))  # fmt: skip
        width = max(map(len, rows))
        extent = struct.pack("<IIII", first_row - 1, first_row + len(rows) - 2, 0, width - 1)
        body = [(129, b""), (148, extent), (145, b"")]
        for number, row in enumerate(rows, start=first_row - 1):
            body.append((0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)))
            body += [_cell(column, value) for column, value in enumerate(row) if value is not None]
        archive.writestr("xl/worksheets/sheet1.bin", _records(*body, (146, b""), (130, b"")))
    return path


def _cell(column: int, value: object) -> tuple[int, bytes]:
    if isinstance(value, str):
        return 6, struct.pack("<II", column, 0) + _wide(value)
    if isinstance(value, dt.date):
        return 5, struct.pack("<IId", column, 1, (value - dt.date(1899, 12, 30)).days)
    assert isinstance(value, int | float)
    return 5, struct.pack("<IId", column, 0, value)


def _wide(written: str) -> bytes:
    return struct.pack("<I", len(written)) + written.encode("utf-16-le")


def _records(*records: tuple[int, bytes]) -> bytes:
    return b"".join(_number(kind) + _number(len(body)) + body for kind, body in records)


def _number(value: int) -> bytes:
    """Seven bits in each byte, the eighth says that more follow."""
    coded = b""
    while value >= 128:
        coded += bytes([value & 127 | 128])
        value >>= 7
    return coded + bytes([value])


def as_nobody() -> Sequence[str]:
    """The words before a command that take the right to read everything from root; empty for anybody else."""
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
