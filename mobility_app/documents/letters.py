"""The letters of the papers: our own embedded fonts, styles, measuring, wrapping, and what no font can draw."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from mobility_app.core.text import clean as clean_text
from mobility_app.paths import RESOURCES

# Few fonts: each one more that a paper uses makes it larger and slower to check.
REGULAR, SEMIBOLD = "Inter-Regular", "Inter-SemiBold"
STATEMENT = "Ubuntu-Regular"  # for the funding statement beside the emblem, and nothing else
_WIDE = {REGULAR: "NotoSans-Regular", SEMIBOLD: "NotoSans-Bold"}
_FILES = {
    REGULAR: "inter/Inter_400Regular.ttf",
    SEMIBOLD: "inter/Inter_600SemiBold.ttf",
    "NotoSans-Regular": "noto-sans/NotoSans_400Regular.ttf",
    "NotoSans-Bold": "noto-sans/NotoSans_700Bold.ttf",
    STATEMENT: "ubuntu/Ubuntu_400Regular.ttf",
}
# Hebrew to Ethiopic and Mongolian: scripts written from the right or joined, which come out wrong without a shaper.
_SHAPED_SCRIPTS = range(0x0590, 0x1AB0)
_ABOVE = 230  # Unicode's class of accents that stand above their letter
_X_HEIGHT = 540.0  # for which the wide font draws its accents
MM = 72 / 25.4


@dataclass(frozen=True)
class Style:
    """Size and leading in points; colour as red, green, blue from 0 to 1; tracking in points between two letters."""

    font: str
    size: float
    leading: float
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)
    tracking: float = 0.0

    def scaled(self, factor: float) -> Style:
        return replace(self, size=self.size * factor, leading=self.leading * factor, tracking=self.tracking * factor)


@cache
def font(name: str) -> Any:
    """The font, read once; registered before anything of reportlab that would fall back on an unembedded Helvetica."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    # Only the letters that a paper uses are embedded, not all of ASCII: smaller and quicker to check.
    made = TTFont(name, str(RESOURCES / "fonts" / _FILES[name]), asciiReadable=0)
    registerFont(made)
    return made


@cache
def _letters(name: str) -> frozenset[int]:
    return frozenset(code for code in font(name).face.charToGlyph if code not in _SHAPED_SCRIPTS)


@cache
def _widths(name: str) -> dict[int, float]:
    """Advance of each character in thousandths of the size; reportlab draws a no-break space as a space."""
    widths: dict[int, float] = dict(font(name).face.charWidths)
    widths[0xA0] = widths[0x20]
    return widths


def clean(value: str | None) -> str:
    """A value as it is printed: NFC, one line, without invisible signs (direction marks, zero-width spaces)."""
    visible = (c for c in clean_text(value or "") if unicodedata.category(c) != "Cf")
    return " ".join("".join(visible).split())


def missing(value: str) -> str:
    """The characters of a value that neither the text font nor the wide font can draw, each once."""
    narrow, wide = (_letters(name) for name in (REGULAR, _WIDE[REGULAR]))
    codes = [ord(c) for c in clean(value)]
    loose = any(unicodedata.combining(chr(c)) for c in codes)
    if not loose and all(c in narrow for c in codes):
        return ""
    return "".join(dict.fromkeys(chr(c) for c in codes if c not in wide))


@lru_cache(4096)
def _font_for(text: str, name: str) -> str:
    """The font itself, or the wide one when the text holds a letter or a loose accent that needs it."""
    if name not in _WIDE or text.isascii():
        return name
    loose = any(unicodedata.combining(c) for c in text)
    return name if not loose and all(ord(c) in _letters(name) for c in text) else _WIDE[name]


def suited(text: str, style: Style) -> Style:
    """The style, with the wide font when the text needs it."""
    name = _font_for(text, style.font)
    return style if name == style.font else replace(style, font=name)


@lru_cache(4096)
def _advance(text: str, name: str) -> float:
    """Length of a text at size 1."""
    widths = _widths(name)
    return sum(widths.get(ord(c), 0.0) for c in text) / 1000


def width(text: str, style: Style) -> float:
    """Length of a line in points."""
    return _advance(text, _font_for(text, style.font)) * style.size + style.tracking * max(len(text) - 1, 0)


def wrap(text: str, style: Style, room: float) -> list[str]:
    """Lines no longer than `room` points, broken at spaces; a word longer than a line is broken where it must be."""
    style = suited(text, style)
    lines: list[str] = []
    line, used = "", 0.0
    space = width(" ", style) + 2 * style.tracking
    for word in _breakable(text.split(" "), style, room):
        wide = width(word, style)
        if line and used + space + wide > room:
            lines.append(line)
            line, used = word, wide
        else:
            line, used = (f"{line} {word}", used + space + wide) if line else (word, wide)
    return [*lines, line] if line else lines


def _breakable(words: Iterable[str], style: Style, room: float) -> Iterator[str]:
    for word in words:
        rest = word
        while width(rest, style) > room and len(rest) > 1:
            cut = _longest(rest, style, room)
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _longest(word: str, style: Style, room: float) -> int:
    """How many letters of a word fit, at a hyphen when there is one."""
    fits = next((n for n in range(len(word), 1, -1) if width(word[:n], style) <= room), 1)
    hyphen = word.rfind("-", 1, fits)
    return hyphen + 1 if hyphen > 0 else fits


def pieces(text: str, name: str) -> list[tuple[str, float, float]]:
    """Parts of a line, each with its shift to the right and up in thousandths of the size.

    Only loose accents, those that Unicode does not hold together with their letter, are shifted: over the middle
    of the letter, and above its top.
    """
    if not any(unicodedata.combining(c) for c in text):
        return [(text, 0.0, 0.0)]
    widths, shapes = _widths(name), _shapes(name)
    parts: list[tuple[str, float, float]] = []
    advance = top = 0.0
    for letter in text:
        left, right, _, high = shapes(letter)
        if not unicodedata.combining(letter):
            parts.append((letter, 0.0, 0.0))
            advance, top = widths.get(ord(letter), 0.0), high
            continue
        above = unicodedata.combining(letter) == _ABOVE
        up = max(top - _X_HEIGHT, 0.0) if above else 0.0
        parts.append((letter, -advance / 2 - (left + right) / 2, up))
        top = high + up if above else top
    return parts


@cache
def _shapes(name: str) -> Callable[[str], tuple[float, float, float, float]]:
    """Left, right, bottom and top of each letter's drawing, read only when a loose accent needs them."""
    from fontTools.ttLib import TTFont

    drawn = TTFont(RESOURCES / "fonts" / _FILES[name])
    outlines, names, scale = drawn["glyf"], drawn.getBestCmap(), 1000 / drawn["head"].unitsPerEm

    def shape(letter: str) -> tuple[float, float, float, float]:
        outline = outlines[names[ord(letter)]]
        if not outline.numberOfContours:
            return (0.0, 0.0, 0.0, 0.0)
        return tuple(scale * edge for edge in (outline.xMin, outline.xMax, outline.yMin, outline.yMax))

    return shape


def fit(text: str, style: Style, room: float, lines: int, smallest: float) -> tuple[list[str], Style]:
    """The text in at most `lines` lines, in smaller letters when needed; at the smallest size it takes more lines."""
    style = suited(text, style)
    factor = 1.0
    while True:
        tried = style.scaled(factor)
        broken = wrap(text, tried, room)
        torn = any(width(word, tried) > room for word in text.split(" "))
        if (len(broken) <= lines and not torn) or tried.size <= smallest:
            return balanced(text, tried, room), tried
        factor = max(factor - 0.04, smallest / style.size)


def balanced(text: str, style: Style, room: float) -> list[str]:
    """Wrapped into as few lines as needed, of even length, so that no single word is left alone on the last one."""
    best = wrap(text, style, room)
    if len(best) < 2:
        return best
    widest = max(width(word, style) for word in text.split(" "))
    for part in range(39, 19, -1):
        narrow = room * part / 40
        tried = wrap(text, style, narrow)
        if widest > narrow or len(tried) > len(best):
            break
        best = tried
    return best
