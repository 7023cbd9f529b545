"""An .xlsx as a package of parts: which part a sheet is, what its styles are, and a copy with one part replaced."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mobility_app.exchange.book import Place, column_index
from mobility_app.exchange.guard import Unreadable

_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # built-in formats of days (ECMA-376 18.8.30)
_TEXT = 49  # the built-in format "@"
_PART = 60 * 1024 * 1024  # bytes of one part that we are willing to hold


@dataclass(frozen=True)
class CellStyle:
    """What a cell's style tells us: `fill` is the colour of a solid background, "" for none."""

    date: bool = False
    text: bool = False
    fill: str = ""


class Package:
    """Reads parts on demand; the bytes have passed the guard before."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def part(self, name: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            if name not in archive.namelist():
                return b""
            if archive.getinfo(name).file_size > _PART:
                raise Unreadable("too_large")
            return archive.read(name)

    @cached_property
    def sheets(self) -> dict[str, str]:
        """Sheet name → part."""
        targets = self._relations("xl/workbook.xml")
        found = {}
        for element in self._elements("xl/workbook.xml", "sheet"):
            relation = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
            found[element.get("name", "")] = targets.get(relation, ("", ""))[1]
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """Defined names → what they stand for."""
        elements = self._elements("xl/workbook.xml", "definedName")
        return {element.get("name", ""): element.text or "" for element in elements}

    @cached_property
    def styles(self) -> tuple[CellStyle, ...]:
        """By the number that a cell's `s` gives."""
        root = self._root("xl/styles.xml")
        if root is None:
            return (CellStyle(),)
        codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in _under(root, "numFmts", "numFmt")}
        fills = [_colour(fill) for fill in _under(root, "fills", "fill")]
        found = []
        for xf in _under(root, "cellXfs", "xf"):
            number = int(xf.get("numFmtId", "0"))
            code = codes.get(str(number), "")
            fill = int(xf.get("fillId", "0"))
            date = number in _DATES or (bool(code) and _is_date(code))
            found.append(CellStyle(date, number == _TEXT or code == "@", fills[fill] if fill < len(fills) else ""))
        return tuple(found) or (CellStyle(),)

    def style(self, number: int | None) -> CellStyle:
        return self.styles[number] if number is not None and number < len(self.styles) else CellStyle()

    def comments(self, sheet_part: str) -> dict[Place, str]:
        """The notes pinned to cells of a sheet."""
        found: dict[Place, str] = {}
        for kind, target in self._relations(sheet_part).values():
            if kind.endswith("/comments"):
                for comment in self._elements(target, "comment"):
                    if match := re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", comment.get("ref", "")):
                        text = "".join(e.text or "" for e in comment.iter() if _local(e) == "t")
                        found[int(match[2]), column_index(match[1])] = text.strip()
        return found

    def replaced(self, name: str, content: bytes) -> bytes:
        """The package with one part replaced; every other entry keeps its bytes, order, date and compression."""
        buffer = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self.content)) as old,
            zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            new.comment = old.comment
            for entry in old.infolist():
                new.writestr(entry, content if entry.filename == name else old.read(entry))
        return buffer.getvalue()

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (kind, part)."""
        folder, name = posixpath.split(part)
        found = {}
        for element in self._elements(f"{folder}/_rels/{name}.rels", "Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
            found[element.get("Id", "")] = (element.get("Type", ""), target)
        return found

    def _elements(self, part: str, name: str) -> Iterator[Any]:
        root = self._root(part)
        return iter(()) if root is None else (element for element in root.iter() if _local(element) == name)

    def _root(self, part: str) -> Any:
        from defusedxml import DefusedXmlException, ElementTree

        if not (content := self.part(part)):
            return None
        try:
            return ElementTree.fromstring(content)
        except (ElementTree.ParseError, DefusedXmlException, ValueError):
            raise Unreadable("damaged") from None


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _under(root: Any, group: str, name: str) -> list[Any]:
    return [e for child in root if _local(child) == group for e in child if _local(e) == name]


def _is_date(code: str) -> bool:
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code).lower()
    return "general" not in plain and bool(re.search(r"[dyj]|mmm|m[/.-]", plain))


def _colour(fill: Any) -> str:
    for pattern in fill:
        if _local(pattern) == "patternFill" and pattern.get("patternType") not in (None, "none", "gray125"):
            for colour in pattern:
                if _local(colour) == "fgColor":
                    return next((f"{name} {value}" for name, value in sorted(colour.attrib.items())), "")
    return ""
