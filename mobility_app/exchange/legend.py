"""What the colours of a sheet mean where a legend explains them: a coloured cell with its words in it or beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mobility_app.core.incoming import Colour
from mobility_app.core.text import words
from mobility_app.exchange.book import Book, Sheet, SheetRow
from mobility_app.exchange.words import displayed, read_value
from mobility_app.fields import BY_KEY

_LONGEST = 60  # characters of an explanation
_NEAR = 12  # rows that a legend may take
_CALLED = re.compile(r"\b(legende|legend|couleurs?|colou?rs?)\b")
_SHEETS = frozenset({"legende", "legend", "couleurs", "code couleur", "codes couleur", "code couleurs"})
# Where a stay stands is derived from its dates and papers here, so these words bring nothing in.
_STAGES = frozenset(
    {"parti", "partie", "partis", "sur place", "en mobilite", "a l etranger", "rentre", "rentree", "rentres", "revenu"}
    | {"revenue", "retour", "de retour", "termine", "terminee", "complet", "dossier complet", "pret", "prete", "solde"}
    | {"abroad", "returned", "complete", "ready", "closed", "en preparation", "a venir", "confirme", "confirmee", "ok"}
)


def legend(book: Book, sheet: Sheet, outside: Iterable[SheetRow]) -> dict[str, str]:
    """Colour → its words, from the rows of the sheet that hold no people, and from a sheet called "légende".

    Words that say nothing here (a title on a coloured band) count only below the word "légende".
    """
    found: dict[str, str] = {}
    for other in book.sheets:
        if words(other.name) in _SHEETS:
            for _row, colour, said in _explained(other.rows, other.colours):
                found.setdefault(colour, said)
    called = -_NEAR
    for row, colour, said in _explained(outside, sheet.colours):
        if any(_CALLED.search(words(displayed(cell))) for cell in row.cells):
            called = row.number
        if row.number < called + _NEAR or _read(colour, said, 0).understood:
            found.setdefault(colour, said)
    found.pop("", None)
    return found


def _explained(rows: Iterable[SheetRow], colours: Mapping[tuple[int, int], str]) -> Iterator[tuple[SheetRow, str, str]]:
    """Row, colour ("" for none), and the words in the coloured cell, or beside it."""
    for row in rows:
        yield row, "", ""
        for index in range(len(row.cells) + 1):
            colour = colours.get((row.number, index))
            said = displayed(row.cell(index)) or displayed(row.cell(index + 1))
            if colour and said and len(said) <= _LONGEST:
                yield row, colour, said.strip(" =:–-")


def meanings(legend: Mapping[str, str], colour_of_rows: Mapping[int, str]) -> tuple[Colour, ...]:
    """Every colour that fills the names of people, the most frequent first, with what it means if a legend says so."""
    counted = Counter(colour_of_rows.values())
    return tuple(_read(rgb, legend.get(rgb, ""), count) for rgb, count in counted.most_common())


def added_up(colours: Iterable[Colour]) -> tuple[Colour, ...]:
    """The same colours of several sheets as one."""
    found: dict[tuple[str, str], Colour] = {}
    for colour in colours:
        before = found.get((colour.rgb, colour.said))
        found[colour.rgb, colour.said] = replace(colour, rows=colour.rows + before.rows) if before else colour
    return tuple(found.values())


def _read(rgb: str, said: str, count: int) -> Colour:
    if not said or words(said) in _STAGES:
        return Colour(rgb, said, count, stage=bool(said))
    reading = read_value(BY_KEY["decision"], said)
    return Colour(rgb, said, count, decision=str(reading.value) if reading.value and not reading.trouble else "")
