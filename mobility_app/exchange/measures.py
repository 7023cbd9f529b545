"""How much room a text takes on a sheet, in widths of a digit, so that columns and rows are large enough for it.

Rounded upwards from Arial's own widths: rather a little air than a cut word.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

BOLD: Final = 1.08
_CLASSES: Final = {
    0.5: "ijlI|'’‘.,:;! ·\u00a0\u202f",
    0.65: 'frt()[]{}/\\-"*`',
    1.2: "ABEKPSVXYTFZL&",
    1.32: "CDHNRUw",
    1.45: "GOQ",
    1.55: "mM%",
    1.75: "W@—",
}
_WIDTHS: Final = {letter: width for width, letters in _CLASSES.items() for letter in letters}


@lru_cache(maxsize=512)
def _letter(letter: str) -> float:
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain in _WIDTHS:
        return _WIDTHS[plain]
    if unicodedata.combining(letter):
        return 0
    return (
        1.0
        if plain.isascii() or plain in "œæøłß€«»“”"
        else 1.4
        if unicodedata.east_asian_width(plain) not in "WF"
        else 2
    )


def width(text: str, bold: bool = False) -> float:
    """Of the longest line."""
    longest = max((sum(map(_letter, line)) for line in text.split("\n")), default=0.0)
    return longest * (BOLD if bold else 1)


def lines(text: str, room: float, bold: bool = False) -> int:
    """How many lines a text takes when it wraps at `room`; a word that is longer than a line is broken."""
    return sum(_wrapped(line, room / (BOLD if bold else 1)) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    count, used = 1, 0.0
    for word in line.split(" "):
        length = width(word)
        if used and used + 0.5 + length > room:
            count, used = count + 1, 0.0
        if length > room:
            count, length = count + int(length // room), length % room
        used += length + (0.5 if used else 0)
    return count
