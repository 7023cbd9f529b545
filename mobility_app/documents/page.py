"""Tagged A4 pages: everything drawn is either a structure element that a screen reader meets in order, or decoration.

Lengths are millimetres from the top left corner of the page; letters are measured in points. `pdfa.py` ends the file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from mobility_app.documents.letters import MM, REGULAR, Style, font, pieces, suited, width

WIDTH, HEIGHT = 210.0, 297.0
EDGE = 0.12  # millimetres, of the line between two filled shapes
Colour = tuple[float, float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
Align = Literal["left", "centre", "right"]


@dataclass
class Element:
    """A node of the structure tree: what is drawn on a page under these marks, or the nodes inside it."""

    tag: str
    page: int = 0
    language: str = ""
    alt: str = ""
    box: Box | None = None
    marks: list[int] = field(default_factory=list)
    inside: list[Element] = field(default_factory=list)


class Paper:
    """A document while it is drawn; `landscape` turns all of its pages."""

    def __init__(self, *, landscape: bool = False) -> None:
        font(REGULAR)  # registered first: reportlab would else declare a Helvetica that is not embedded
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0
        self.width, self.height = (HEIGHT, WIDTH) if landscape else (WIDTH, HEIGHT)
        self._bytes = io.BytesIO()
        self._canvas: Any = Canvas(
            self._bytes, (self.width * MM, self.height * MM), pageCompression=1, invariant=1, initialFontName=REGULAR
        )
        self.root = Element("Document")
        self.pages = 0
        self._open = [self.root]
        self._marks = 0
        self._forms: dict[Hashable, str] = {}

    def finished(self) -> bytes:
        """The plain PDF; its structure is in `root`."""
        self._canvas.save()
        return self._bytes.getvalue()

    def end_page(self) -> None:
        self._canvas.showPage()
        self.pages += 1
        self._marks = 0

    # Structure

    @contextmanager
    def group(self, tag: str, language: str = "") -> Iterator[None]:
        """Elements drawn inside belong to one element of this tag."""
        element = Element(tag, self.pages, language)
        self._open[-1].inside.append(element)
        self._open.append(element)
        try:
            yield
        finally:
            self._open.pop()

    @contextmanager
    def element(self, tag: str, language: str = "", alt: str = "", box: Box | None = None) -> Iterator[None]:
        """What is drawn inside is the content of one element."""
        self._open[-1].inside.append(Element(tag, self.pages, language, alt, box, [self._marks]))
        self._draw(f"/{tag} <</MCID {self._marks}>> BDC")
        self._marks += 1
        try:
            yield
        finally:
            self._draw("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is drawn inside says nothing: screen readers pass over it."""
        self._draw("/Artifact BMC")
        try:
            yield
        finally:
            self._draw("EMC")

    # Drawing

    def text(
        self,
        x: float,
        y: float,
        lines: str | Sequence[str],
        style: Style,
        tag: str = "P",
        *,
        language: str = "",
        align: Align = "left",
    ) -> None:
        """Lines of one element; `y` is the first baseline."""
        with self.element(tag, language):
            self.letters(x, y, lines, style, align)

    def letters(self, x: float, y: float, lines: str | Sequence[str], style: Style, align: Align = "left") -> None:
        """Lines without an element of their own, for use inside one, in a decoration or in a form."""
        broken = [lines] if isinstance(lines, str) else lines
        for number, line in enumerate(broken):
            shown = suited(line, style)
            shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * width(line, shown)
            # A space at the end of a broken line keeps words apart for whoever listens to the page.
            last = number == len(broken) - 1 or line.endswith("-")
            self._line(x * MM - shift, self._up(y) - number * style.leading, line if last else line + " ", shown)

    def _line(self, left: float, up: float, text: str, style: Style) -> None:
        document, face = self._canvas._doc, font(style.font)
        code = ["BT", _fill(style.colour), f"1 0 0 1 {left:.2f} {up:.2f} Tm"]
        if style.tracking:
            code.append(f"{style.tracking:.3f} Tc")
        placed = pieces(text, style.font)
        for piece, right, rise in placed:
            for subset, letters in face.splitString(piece, document):
                name = face.getSubsetInternalName(subset, document)
                show = f"<{letters.hex()}> Tj"
                if right or rise:
                    raised = rise * style.size / 1000
                    show = f"{raised:.2f} Ts [{-right:.0f} <{letters.hex()}> {right:.0f}] TJ 0 Ts"
                code.append(f"{name} {style.size:.2f} Tf {show}")
        if style.tracking:
            code.append("0 Tc")
        code.append("ET")
        if len(placed) > 1:  # accents moved by hand: say what the letters are together
            actual = f"\ufeff{text}".encode("utf-16-be").hex()
            code = [f"/Span <</ActualText <{actual}>>> BDC", *code, "EMC"]
        self._draw(*code)

    def rule(self, x: float, y: float, x2: float, y2: float, thickness: float, colour: Colour) -> None:
        """A straight line, as a filled bar: its edges stay sharp at any size."""
        half = thickness / 2
        if y == y2:
            self.fill([(x, y - half), (x2, y - half), (x2, y + half), (x, y + half)], colour)
        else:
            self.fill([(x - half, y), (x + half, y), (x + half, y2), (x - half, y2)], colour)

    def fill(self, corners: Sequence[tuple[float, float]], colour: Colour) -> None:
        self.path([corners], colour)

    def path(self, shapes: Sequence[Sequence[tuple[float, float]]], colour: Colour, edge: Colour | None = None) -> None:
        """Filled shapes of one colour, drawn at once, with a thin `edge` if one is given."""
        code = [_fill(colour)]
        if edge is not None:
            red, green, blue = edge
            code.append(f"{red:g} {green:g} {blue:g} RG {EDGE * MM:.2f} w 1 j")
        for shape in shapes:
            (x, y), *others = shape
            code.append(f"{x * MM:.2f} {self._up(y):.2f} m")
            code += [f"{a * MM:.2f} {self._up(b):.2f} l" for a, b in others]
            code.append("h")
        self._draw(*code, "f" if edge is None else "B")

    def bars(self, boxes: Sequence[Box], colour: Colour) -> None:
        """Filled upright rectangles of one colour, drawn at once."""
        parts = [
            f"{left * MM:.2f} {self._up(bottom):.2f} {(right - left) * MM:.2f} {(bottom - top) * MM:.2f} re"
            for left, top, right, bottom in boxes
        ]
        self._draw(_fill(colour), *parts, "f")

    def frame(self, box: Box, thickness: float, colour: Colour) -> None:
        left, top, right, bottom = box
        red, green, blue = colour
        self._draw(
            f"{red:g} {green:g} {blue:g} RG {thickness * MM:.2f} w",
            f"{left * MM:.2f} {self._up(bottom):.2f} {(right - left) * MM:.2f} {(bottom - top) * MM:.2f} re S",
        )

    def image(self, jpeg: bytes, box: Box) -> None:
        """A checked picture of our own store."""
        from reportlab.lib.utils import ImageReader

        left, top, right, bottom = box
        self._canvas.drawImage(
            ImageReader(io.BytesIO(jpeg)),
            left * MM,
            self._up(bottom),
            (right - left) * MM,
            (bottom - top) * MM,
            mask=None,
        )

    def raw(self, *code: str) -> None:
        """Drawing operators in points from the lower left corner, for turned text and curves."""
        self._draw(*code)

    def form(self, key: Hashable, draw: Callable[[], None]) -> None:
        """Art that pages share: drawn once, stored once, shown on every page that asks for it."""
        name = self._forms.setdefault(key, f"Art{len(self._forms)}")
        if not self._canvas.hasForm(name):
            self._canvas.beginForm(name)
            draw()
            self._canvas.endForm()
        self._canvas.doForm(name)

    def _up(self, y: float) -> float:
        return (self.height - y) * MM

    def _draw(self, *code: str) -> None:
        self._canvas._code.extend(code)


def _fill(colour: Colour) -> str:
    red, green, blue = colour
    return f"{red:g} {green:g} {blue:g} rg"
