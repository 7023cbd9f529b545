"""The door of every table file: what it is, and whether it is small and whole enough to be given to a reader.

Standard library only: it runs in the child process, before the reader sees a byte. It never believes a file's name,
its declared sizes or its declared dimensions.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

FILE_BYTES = 20 * 1024 * 1024
UNPACKED_BYTES = 100 * 1024 * 1024
ENTRIES = 1_000
ROWS = 20_000
COLUMNS = 200
CELL_CHARACTERS = 32_767
FILLED_CELLS = 1_000_000  # of a whole book: 20,000 rows of 50 columns

Kind = Literal["xlsx", "xlsb", "ods", "xls", "text"]
Reason = Literal[
    "missing", "folder", "rights", "empty", "damaged", "password", "format", "not_a_table", "too_large", "unreadable"
]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Magics of what people drop here by mistake. Those that a text may begin with ("BM" of a picture, and of a header)
# are left to the decoder, which refuses binary content.
_FOREIGN = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a",
    b"\x1f\x8b",
    b"SQLite format 3\x00",
    b"\x7fELF",
    b"{\\rtf",
)
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")  # Excel 2, 3 and 4
# The first record of an old workbook, perhaps "write-protected", then the one that announces encryption.
_LOCKED_XLS = re.compile(rb"\x09\x08(?:\x10\x00.{16}|\x08\x00.{8})(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|table|style|meta|head|div|!--)", re.IGNORECASE)
# A filled cell below the last allowed row or right of the last allowed column: a reader would allocate all between.
_FAR_CELL = re.compile(
    rb'<c r="(?:[A-Z]{1,3}(?:[2-9]\d{4}|\d{6,})|(?:[H-Z][A-Z]|[A-Z]{3})\d+)"(?:[^>]*[^/>])?>\s*<(?:v|f|is)\b'
)
_STEP = 1024 * 1024


class Unreadable(Exception):
    """This file cannot be read as a table; `reason` is the class that the message will name."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def load(path: Path) -> bytes:
    """The bytes of a file that exists, may be read and is not too large."""
    try:
        if path.is_dir():
            raise Unreadable("folder")
        if not path.is_file():
            raise Unreadable("unreadable" if path.exists() else "missing")  # a device or a pipe would never end
        with path.open("rb") as file:
            content = file.read(FILE_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable("missing") from None
    except PermissionError:
        raise Unreadable("rights") from None
    except OSError:
        raise Unreadable("unreadable") from None
    if not content:
        raise Unreadable("empty")
    if len(content) > FILE_BYTES:
        raise Unreadable("too_large")
    return content


def inspect(content: bytes) -> Kind:
    """What these bytes are, whatever the file is called; raises Unreadable for all that must not reach a reader."""
    if content.startswith(b"PK\x03\x04"):
        return _archive(content)
    if content.startswith(b"PK"):
        raise Unreadable("empty" if content.startswith(b"PK\x05\x06") else "damaged")
    if content.startswith(_OLE):
        return _compound(content)
    if content.startswith(_OLD_EXCEL):
        raise Unreadable("format")
    if content.startswith(_FOREIGN):
        raise Unreadable("not_a_table")
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    if _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise Unreadable("format")  # an HTML page or the XML of Excel 2003 under a spreadsheet's name
    return "text"


def _compound(content: bytes) -> Kind:
    """The container of Excel 97 to 2003, which also wraps password-protected workbooks of today, and Word's .doc."""
    if _utf16("EncryptedPackage") in content or _LOCKED_XLS.search(content):
        raise Unreadable("password")
    if _utf16("Workbook") in content or _utf16("Book") in content:
        return "xls"
    if any(_utf16(name) in content for name in ("WordDocument", "PowerPoint Document", "__properties_version1.0")):
        raise Unreadable("not_a_table")
    raise Unreadable("damaged")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _archive(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = _kind(archive)
            _measure(archive)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError):
        raise Unreadable("damaged") from None


def _kind(archive: zipfile.ZipFile) -> Kind:
    entries = archive.infolist()
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise Unreadable("too_large")
    if any(_escapes(entry.filename) for entry in entries):
        raise Unreadable("damaged")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("password")
    names = {entry.filename for entry in entries}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "spreadsheet" in _declared_type(archive, names):
        manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise Unreadable("password")
        return "ods"
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"  # a workbook part under an unusual name: the reader finds it or says that it is damaged
    raise Unreadable("not_a_table")


def _declared_type(archive: zipfile.ZipFile, names: set[str]) -> str:
    return archive.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in names else "spreadsheet"


def _escapes(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ":" in parts[0] or ".." in parts


def _measure(archive: zipfile.ZipFile) -> None:
    """Counts what really comes out: a lying directory must not lead the reader into gigabytes."""
    room = UNPACKED_BYTES
    for entry in archive.infolist():
        is_sheet = entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
        tail = b""
        for block in unpack(archive, entry, room):
            room -= len(block)
            if is_sheet:
                if _FAR_CELL.search(tail + block):
                    raise Unreadable("too_large")
                tail = block[-200:]


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> Iterator[bytes]:
    """The blocks of one entry, at most `room` bytes of them; the declared size is only compared afterwards."""
    # zipfile stops at the declared size, a reader may not; one step more, or it would check the sum before we count
    declared, entry.file_size = entry.file_size, room + 2 * _STEP
    unpacked = 0
    try:
        with archive.open(entry) as stream:
            while block := stream.read(_STEP):
                unpacked += len(block)
                if unpacked > room:
                    raise Unreadable("too_large")
                yield block
    finally:
        entry.file_size = declared
    if unpacked != declared:
        raise Unreadable("damaged")
