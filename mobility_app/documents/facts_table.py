"""A table of facts in two columns: labels in several languages at the left, what they say at the right."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from mobility_app.documents.certificate_words import Fact
from mobility_app.documents.letters import MM, REGULAR, SEMIBOLD, Style, balanced, suited, wrap
from mobility_app.documents.page import Colour, Paper

INK: Colour = (0.09, 0.11, 0.17)
GREY: Colour = (0.36, 0.40, 0.47)
HAIR: Colour = (0.79, 0.82, 0.88)
LABEL = Style(REGULAR, 8.4, 11, INK)
LABEL_OTHER = Style(REGULAR, 7.6, 10, GREY)
STRONG = Style(SEMIBOLD, 10, 13, INK)
PLAIN = Style(REGULAR, 8.8, 12, GREY)
TIGHT, AIRY = 2.6, 6.0  # mm between the letters of two rows


@dataclass(frozen=True)
class Columns:
    left: float
    values: float
    right: float


Line = tuple[str, Style, str]  # what it says, how, and its language when it is known


@dataclass(frozen=True)
class Row:
    """A fact set in letters."""

    label: list[Line] = field(default_factory=list)
    value: list[Line] = field(default_factory=list)

    @property
    def height(self) -> float:
        """In mm, without the air around it."""
        return max(sum(style.leading for _, style, _ in lines) for lines in (self.label, self.value)) / MM


def rows(facts: Sequence[Fact], columns: Columns, factor: float) -> list[Row]:
    """The facts in letters of a part of their full size."""
    return [_row(fact, columns, factor) for fact in facts]


def _row(fact: Fact, columns: Columns, factor: float) -> Row:
    spoken = iter(fact.languages)
    narrow, wide = (columns.values - columns.left - 4) * MM, (columns.right - columns.values) * MM
    row = Row()
    labels: dict[str, str] = {}
    for said, language in zip(fact.label, fact.languages, strict=True):
        labels.setdefault(said, language)  # once where two languages agree
    for n, (said, language) in enumerate(labels.items()):
        style = suited(said, LABEL_OTHER if n else LABEL).scaled(factor)
        row.label.extend((line, style, language) for line in wrap(said, style, narrow))
    for phrase, full in ((fact.strong, STRONG), (fact.plain, PLAIN)):
        for said in phrase:
            style = suited(said, full).scaled(factor)  # all lines of a text in one font
            language = next(spoken) if fact.translated else ""
            row.value.extend((line, style, language) for line in balanced(said, style, wide))
    return row


def gap(table: Sequence[Row], room: float) -> float:
    """Air that each row gets when the table fills a height."""
    return (room - sum(row.height for row in table)) / len(table)


def draw(paper: Paper, table: Sequence[Row], columns: Columns, y: float, air: float) -> None:
    with paper.group("L"):
        for n, row in enumerate(table):
            if n:
                with paper.decoration():
                    paper.rule(columns.left, y, columns.right, y, 0.15, HAIR)
            with paper.group("LI"):
                _column(paper, row.label, columns.left, y + air / 2, "Lbl")
                _column(paper, row.value, columns.values, y + air / 2, "LBody")
            y += row.height + air


def _column(paper: Paper, lines: Sequence[Line], x: float, y: float, tag: str) -> None:
    """One element, with a part for each language when there are several."""
    parts = [(language, list(part)) for language, part in groupby(lines, key=itemgetter(2))]
    y += (lines[0][1].size - lines[0][1].leading) / MM
    with paper.group(tag) if len(parts) > 1 else nullcontext():
        for language, part in parts:
            with paper.element("Span" if len(parts) > 1 else tag, language):
                for line, style, _ in part:
                    y += style.leading / MM
                    paper.letters(x, y, line + " ", style)
