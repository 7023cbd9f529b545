"""Which cells of an .xlsx are empty only because their formula failed or was never computed; the reader is mute."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from mobility_app.exchange.book import Place, column_index

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_FAILED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\bt="e"[^>]*>(?:<f\b[^>]*(?:/>|>[^<]*</f>))?<v>([^<]{1,20})</v>'
)
# Without a type and without a value: Excel always stores one, other programs may leave it to Excel.
_NO_RESULT = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?![^>]*\bt=)[^>]*><f\b[^>]*(?:/>|>[^<]*</f>)(?:<v></v>|<v/>|<v />)?</c>'
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
_TARGET = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')


def errors_by_sheet(content: bytes) -> list[dict[Place, str]]:
    """For each sheet, in the workbook's order, the places that show an error ("#REF!") or hold no result ("=")."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not {_BOOK, _RELATIONS} <= set(archive.namelist()):
            return []  # parts under unusual names: the reader copes, only these notes are lost
        return [_errors(archive.read(part)) if part else {} for part in sheet_parts(archive)]


def counts_from_1904(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _BOOK in archive.namelist() and re.search(rb'\bdate1904="(1|true)"', archive.read(_BOOK)) is not None


def sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """The path of each sheet's part; empty for one that is not in the archive."""
    targets = {
        named.get(b"Id", b""): named.get(b"Target", b"").decode()
        for named in map(_attributes, _TARGET.finditer(archive.read(_RELATIONS)))
    }
    parts = []
    for named in map(_attributes, _SHEET.finditer(archive.read(_BOOK))):
        relation = next((value for name, value in named.items() if name.endswith(b":id")), b"")
        part = posixpath.normpath(posixpath.join("/xl", targets.get(relation, ""))).lstrip("/")
        parts.append(part if part in archive.namelist() else "")
    return parts


def _attributes(match: re.Match[bytes]) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(match[1]))


def _errors(xml: bytes) -> dict[Place, str]:
    found: dict[Place, str] = {}
    for match in _FAILED.finditer(xml):
        found[int(match[2]), column_index(match[1].decode())] = match[3].decode("ascii", "replace")
    if b"<f" in xml:
        for match in _NO_RESULT.finditer(xml):
            found[int(match[2]), column_index(match[1].decode())] = "="
    return found
