"""How much room a text takes on a sheet, in widths of a digit, so that columns and rows are large enough for it.

Arial's own widths, rounded upwards: rather a little air than a cut word.
"""

from __future__ import annotations

import unicodedata
from typing import Final

BOLD: Final = 1.08
WIDEST: Final = 2.0
_CLASSES: Final = {
    0.45: "ijl|'’‘",
    0.55: "ftI.,:;!/\\ ·[]\u00a0\u202f",
    0.67: 'r()-{}`"*',
    0.97: "cksvxyzJ",
    1.18: "FTZ",
    1.28: "ABEKPSVXY&",
    1.38: "CDHNRUw",
    1.5: "GOQ█",
    1.6: "mM%",
    1.85: "W@—",
}
_OTHER: Final = 1.07  # a digit is a little wider than the unit of a column, which counts whole pixels


class _Letters(dict[str, float]):
    """The width of each letter met so far; accents add nothing."""

    def __missing__(self, letter: str) -> float:
        plain = unicodedata.normalize("NFD", letter)[0]
        if plain != letter and plain in self:
            width = self[plain]
        elif unicodedata.combining(letter):
            width = 0.0
        elif unicodedata.east_asian_width(plain) in "WF":
            width = WIDEST
        else:
            width = _OTHER if plain.isascii() or plain in "œæøłß€«»“”" else 1.4
        self[letter] = width
        return width


_LETTERS: Final = _Letters({letter: width for width, letters in _CLASSES.items() for letter in letters})


def width(text: str, bold: bool = False) -> float:
    """Of the longest line."""
    if "\n" in text:
        return max(width(line, bold) for line in text.split("\n"))
    return sum(map(_LETTERS.__getitem__, text)) * (BOLD if bold else 1)


def lines(text: str, room: float, bold: bool = False) -> int:
    """How many lines a text takes when it wraps at `room`; a word that is longer than a line is broken."""
    if len(text) * WIDEST <= room and "\n" not in text:
        return 1
    room /= BOLD if bold else 1
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    if width(line) <= room:
        return 1
    count, used = 1, 0.0
    for word in line.split(" "):
        length = width(word)
        if used and used + 0.5 + length > room:
            count, used = count + 1, 0.0
        if length > room:
            count, length = count + int(length // room), length % room
        used += length + (0.5 if used else 0)
    return count
