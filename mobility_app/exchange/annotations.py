"""What a reader of values leaves behind in an .xlsx: the comments of cells, and the colours that fill them."""

from __future__ import annotations

import colorsys
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from mobility_app.exchange.book import Place, column_index
from mobility_app.exchange.cell_errors import sheet_parts

_STYLES, _THEME = "xl/styles.xml", "xl/theme/theme1.xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_COMMENTS = re.compile(rb'Target="([^"]*comment[^"]*\.xml)"')
_THREADED = re.compile(r"^\[[^\]]+\].*?(?:Comment|Commentaire)\s*:\s*", re.DOTALL)
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MOST = 100_000  # coloured cells of a sheet
_LONGEST = 1_000  # characters of a comment
# The first places of the old palette, which some programs still write.
_INDEXED = ["000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF"] * 2
_THEME_ORDER = ["lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7))]


def by_sheet(content: bytes) -> list[tuple[dict[Place, str], dict[Place, str]]]:
    """For each sheet, in the workbook's order: its comments and its colours ("FF0000") by place."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            filled = _filled_styles(archive)
            return [
                (_comments(archive, part), _colours(archive.read(part), filled)) if part else ({}, {})
                for part in sheet_parts(archive)
            ]
        except (ValueError, LookupError, SyntaxError):  # odd styles or comments never cost her the values
            return []


def _comments(archive: zipfile.ZipFile, part: str) -> dict[Place, str]:
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    found: dict[Place, str] = {}
    if relations not in archive.namelist():
        return found
    for match in _COMMENTS.finditer(archive.read(relations)):
        target = posixpath.normpath(posixpath.join("/", folder, match[1].decode())).lstrip("/")
        if target in archive.namelist():
            found |= _comments_in(_tree(archive.read(target)))
    return found


def _comments_in(tree: Any) -> dict[Place, str]:
    authors = [(author.text or "").strip() for author in tree.iter(f"{_MAIN}author")]
    found = {}
    for comment in tree.iter(f"{_MAIN}comment"):
        place = _PLACE.fullmatch(comment.get("ref", ""))
        said = "".join(run.text or "" for run in comment.iter(f"{_MAIN}t"))
        author = authors[int(comment.get("authorId", 0))] if authors else ""
        said = _THREADED.sub("", said.removeprefix(f"{author}:") if author else said).strip()
        if place and said:
            found[int(place[2]), column_index(place[1])] = said[:_LONGEST]
    return found


def _filled_styles(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """The numbers of the cell styles that fill with a colour other than white."""
    if _STYLES not in archive.namelist():
        return {}
    tree = _tree(archive.read(_STYLES))
    theme = _theme(archive)
    fills = [_colour(fill, theme) for fill in tree.findall(f"{_MAIN}fills/{_MAIN}fill")]
    found = {}
    for number, style in enumerate(tree.findall(f"{_MAIN}cellXfs/{_MAIN}xf")):
        fill = int(style.get("fillId", 0))
        if fill < len(fills) and fills[fill] not in ("", "FFFFFF"):
            found[str(number).encode()] = fills[fill]
    return found


def _colour(fill: Any, theme: list[str]) -> str:
    pattern = fill.find(f"{_MAIN}patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    colour = pattern.find(f"{_MAIN}fgColor")
    if colour is None:
        return ""
    if rgb := colour.get("rgb"):
        return str(rgb)[-6:].upper()
    if (number := colour.get("theme")) is not None and int(number) < len(theme):
        return _tinted(theme[int(number)], float(colour.get("tint", 0)))
    number = int(colour.get("indexed", 64))
    return _INDEXED[number] if number < len(_INDEXED) else ""


def _theme(archive: zipfile.ZipFile) -> list[str]:
    if _THEME not in archive.namelist():
        return []
    scheme = next(_tree(archive.read(_THEME)).iter(f"{_DRAWING}clrScheme"), None)
    named = {} if scheme is None else {child.tag.removeprefix(_DRAWING): child for child in scheme}
    return [_theme_colour(named.get(name)) for name in _THEME_ORDER]


def _theme_colour(entry: Any) -> str:
    if entry is None or not len(entry):
        return ""
    return str(entry[0].get("lastClr") or entry[0].get("val") or "").upper()


def _tinted(rgb: str, tint: float) -> str:
    """As Excel does: lightness moved towards white (above 0) or black."""
    if len(rgb) != 6 or not tint:
        return rgb
    red, green, blue = (int(rgb[n : n + 2], 16) / 255 for n in (0, 2, 4))
    hue, light, colour = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    return "".join(f"{round(value * 255):02X}" for value in colorsys.hls_to_rgb(hue, light, colour))


def _colours(xml: bytes, filled: dict[bytes, str]) -> dict[Place, str]:
    if not filled:
        return {}
    styles = b"|".join(filled)
    cell = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})" s="(' + styles + rb')"')
    return dict(_places(cell, xml, filled))


def _places(cell: re.Pattern[bytes], xml: bytes, filled: dict[bytes, str]) -> Iterator[tuple[Place, str]]:
    for count, match in enumerate(cell.finditer(xml)):
        if count == _MOST:
            return
        yield (int(match[2]), column_index(match[1].decode())), filled[match[3]]


def _tree(xml: bytes) -> Any:
    from defusedxml import ElementTree

    return ElementTree.fromstring(xml)
