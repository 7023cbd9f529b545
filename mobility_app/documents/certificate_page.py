"""How a certificate looks: one A4 page; its facts go on to a second one only when they are too long for any size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mobility_app.documents import emblem, facts_table, qr
from mobility_app.documents.certificate_words import Fact, Phrase, Words
from mobility_app.documents.emblem import Logo
from mobility_app.documents.facts_table import GREY, HAIR, INK, LABEL, LABEL_OTHER, TIGHT, Columns, Row
from mobility_app.documents.letters import MM, REGULAR, SEMIBOLD, Style, fit, width
from mobility_app.documents.page import HEIGHT, WIDTH, Colour, Paper
from mobility_app.i18n import N_, catalogue

PALE: Colour = (0.955, 0.965, 0.985)
MARK: Colour = (0.91, 0.925, 0.95)
BLUE = emblem.BLUE

LEFT, RIGHT, MIDDLE = 25.0, WIDTH - 25.0, WIDTH / 2
ROOM = (RIGHT - LEFT) * MM
COLUMNS = Columns(LEFT, LEFT + 52, RIGHT)
EMBLEM, HEADER = 13.0, 19.0  # height and top of the emblem
SIGNATURES = 214.0  # top of the signature blocks
BOX = 36.0  # from there to the foot of the boxes
FOOT, CODE = 259.5, 23.0  # top and side of the QR code, its quiet zone included

TITLE = Style(SEMIBOLD, 23, 27, BLUE, -0.25)
TITLE_OTHER = Style(REGULAR, 12, 15, GREY)
SAID = Style(REGULAR, 10, 13, INK)
SAID_OTHER = Style(REGULAR, 8.5, 11.5, GREY)
NAME = Style(SEMIBOLD, 31, 37, INK, -0.45)
NAME_TWICE = Style(SEMIBOLD, 25, 30, INK, -0.3)
SENDER = Style(SEMIBOLD, 10.5, 13.5, INK)
DATE = Style(SEMIBOLD, 13.5, 16, BLUE, -0.1)
SMALL = Style(REGULAR, 7, 9, GREY)
SMALL_STRONG = Style(SEMIBOLD, 8, 10.5, INK)


def draw(paper: Paper, words: Words, layout: Layout, logo: Logo | None = None) -> None:
    with paper.group("Sect"):
        _ground(paper, words)
        _header(paper, words, logo)
        _upper(paper, words, layout)
        facts_table.draw(paper, layout.here, COLUMNS, layout.table, layout.gap)
        if not layout.over:
            _signatures(paper, words)
        _foot(paper, words, (1, 2) if layout.over else None)
        paper.end_page()
        if layout.over:
            _second_page(paper, words, layout.over, logo)


def _second_page(paper: Paper, words: Words, over: Sequence[Row], logo: Logo | None) -> None:
    _ground(paper, words)
    _header(paper, words, logo)
    lines, style = fit(words.name, SENDER, ROOM, 1, 7)
    paper.text(LEFT, 50, lines, style)
    y = 53 + (len(lines) - 1) * style.leading / MM
    with paper.decoration():
        paper.rule(LEFT, y, RIGHT, y, 0.35, BLUE)
    facts_table.draw(paper, over, COLUMNS, y + 2.5, facts_table.AIRY / 2)
    _signatures(paper, words)
    _foot(paper, words, (2, 2))
    paper.end_page()


# Sharing out the height


@dataclass(frozen=True)
class _Text:
    """Lines in the middle of the page, their first baseline in mm."""

    y: float
    lines: Sequence[str]
    style: Style
    tag: str
    language: str = ""


@dataclass(frozen=True)
class Layout:
    """Where everything goes on the first page, and what is left for a second one."""

    texts: list[_Text]
    bar: float  # the short rule under the title
    band: float  # top of the dates
    table: float  # top of the facts
    here: list[Row]
    over: list[Row]
    gap: float

    @property
    def pages(self) -> int:
        return 2 if self.over else 1


def lay_out(words: Words) -> Layout:
    """The most generous page that holds everything: full letters with less air before smaller letters."""
    for factor in (1.0, 0.95, 0.9, 0.85, 0.8, 0.75):
        rows = facts_table.rows(words.facts, COLUMNS, factor)
        for air in (1.4, 1.3, 1.2, 1.1, 1.0, 0.9, 0.8, 0.7):
            texts, bar, band = _texts(words, air)
            table = band + _band_height(words) + 2.5
            gap = facts_table.gap(rows, SIGNATURES - 5 - table)
            if gap >= TIGHT + max(air - 0.8, 0) * 3:
                return Layout(texts, bar, band, table, rows, [], min(gap, facts_table.AIRY))
    here: list[Row] = []
    rows = facts_table.rows(words.facts, COLUMNS, 0.95)
    texts, bar, band = _texts(words, 1.0)
    table = band + _band_height(words) + 2.5
    while len(rows) > 1 and facts_table.gap([*here, rows[0]], FOOT - 6 - table) >= TIGHT:
        here.append(rows.pop(0))
    return Layout(texts, bar, band, table, here, rows, TIGHT)


def _texts(words: Words, air: float) -> tuple[list[_Text], float, float]:
    """Title to deed, and where the bar and the dates come; `air` stretches the space between them."""
    title = _phrase(words.title, TITLE, TITLE_OTHER, 49 + 4.5 * air, words.languages, 6.6, "H1")
    bar = title[-1].y + 5 * air + 1
    opening = _phrase(words.opening, SAID, SAID_OTHER, bar + 9.5 * air, words.languages, 4.4, "P")
    name, style = _name(words.name)
    first = opening[-1].y + 6.5 * air + 0.727 * style.size / MM
    y = first + (len(name) - 1) * style.leading / MM
    birth = [_Text(y + 4.5 * air + 3, ["  ·  ".join(words.birth)], SAID_OTHER, "P")] if words.birth else []
    y = (birth[-1].y if birth else y) + 6.5 * air + 2.5
    deed = _phrase(words.deed, SAID, SAID_OTHER, y, words.languages, 4.4, "P")
    return [*title, *opening, _Text(first, name, style, "H2"), *birth, *deed], bar, deed[-1].y + 6.5 * air


def _phrase(
    phrase: Phrase, first: Style, other: Style, y: float, languages: Sequence[str], step: float, tag: str
) -> list[_Text]:
    """A phrase in each language, one under the other."""
    texts = []
    for n, (said, language) in enumerate(zip(phrase, languages, strict=True)):
        lines, style = fit(said, other if n else first, ROOM, 1, 6)
        texts.append(_Text(y + n * step, lines, style, tag if n == 0 else "P", language))
    return texts


def _name(name: str) -> tuple[list[str], Style]:
    """On one line while it stays large, else on two in smaller letters."""
    lines, style = fit(name, NAME, ROOM, 1, 23)
    return (lines, style) if len(lines) == 1 else fit(name, NAME_TWICE, ROOM, 2, 13)


def _band_height(words: Words) -> float:
    return 17.5 + 4.8 * (len(words.languages) - 1)


# The parts, from top to bottom


def _ground(paper: Paper, words: Words) -> None:
    with paper.decoration():
        paper.form(("ground", words.print == "draft", words.languages), lambda: _draw_ground(paper, words))


def _draw_ground(paper: Paper, words: Words) -> None:
    paper.frame((9, 9, WIDTH - 9, HEIGHT - 9), 0.18, HAIR)
    paper.frame((10.2, 10.2, WIDTH - 10.2, HEIGHT - 10.2), 0.4, BLUE)
    if words.print == "draft":
        _watermark(paper, catalogue(words.languages[0]).gettext(N_("DRAFT")))


def _watermark(paper: Paper, text: str) -> None:
    """Across the page, under everything else."""
    style = Style(SEMIBOLD, 118, 118, MARK, 4)
    turn = math.atan2(HEIGHT, WIDTH)
    cos, sin = math.cos(turn), math.sin(turn)
    paper.raw("q", f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {MIDDLE * MM:.2f} {HEIGHT / 2 * MM:.2f} cm")
    paper.letters(0, HEIGHT + style.size * 0.36 / MM, text, style, "centre")
    paper.raw("Q")


def _header(paper: Paper, words: Words, logo: Logo | None) -> None:
    left = RIGHT - emblem.breadth(words.statement, words.languages, EMBLEM)
    if logo is not None:
        box = emblem.logo_box(logo, LEFT, HEADER, EMBLEM, left - LEFT - 10)
        with paper.element("Figure", alt=words.coordinator or "Logo", box=box):
            paper.form(("logo", logo), lambda: paper.image(logo.jpeg, box))
    elif words.coordinator:
        lines, style = fit(words.coordinator, SENDER, (left - LEFT - 8) * MM, 2, 6.5)
        capital = 0.727 * style.size
        block = (len(lines) - 1) * style.leading + capital
        paper.text(LEFT, HEADER + EMBLEM / 2 + (capital - block / 2) / MM, lines, style)
    said = ". ".join(emblem.statement(words.statement, language) for language in words.languages)
    with paper.element("Figure", alt=said, box=(left, HEADER, RIGHT, HEADER + EMBLEM)):
        paper.form(
            ("emblem", words.statement, words.languages),
            lambda: emblem.draw_with_statement(paper, RIGHT, HEADER, EMBLEM, words.statement, words.languages),
        )


def _upper(paper: Paper, words: Words, layout: Layout) -> None:
    for text in layout.texts:
        paper.text(MIDDLE, text.y, text.lines, text.style, text.tag, language=text.language, align="centre")
    high, column = _band_height(words), (RIGHT - LEFT) / len(words.dates)
    with paper.decoration():
        paper.rule(MIDDLE - 9, layout.bar, MIDDLE + 9, layout.bar, 0.8, BLUE)
        if words.print != "draft":  # the watermark goes on beneath
            paper.bars([(LEFT, layout.band, RIGHT, layout.band + high)], PALE)
        paper.rule(LEFT, layout.band, RIGHT, layout.band, 0.35, BLUE)
        for n in range(1, len(words.dates)):
            x = LEFT + n * column
            paper.rule(x, layout.band + 4.5, x, layout.band + high - 4.5, 0.18, HAIR)
    with paper.group("L"):
        for n, fact in enumerate(words.dates):
            _date(paper, words, fact, LEFT + (n + 0.5) * column, layout.band, column - 6)


def _date(paper: Paper, words: Words, fact: Fact, x: float, y: float, room: float) -> None:
    with paper.group("LI"):
        lines, style = fit(" · ".join(fact.label), LABEL_OTHER, room * MM, 1, 5.5)
        paper.text(x, y + 6, lines, style, "Lbl", align="centre")
        with paper.group("LBody"):
            for n, (said, language) in enumerate(zip(fact.strong, words.languages, strict=True)):
                lines, style = fit(said, SAID_OTHER if n else DATE, room * MM, 1, 7)
                paper.text(x, y + 13 + 4.9 * n, lines, style, "Span", language=language, align="centre")


def _signatures(paper: Paper, words: Words) -> None:
    """Both blocks are always printed: some versions of the rules ask for the participant's signature too."""
    y, host, person = SIGNATURES, (LEFT, LEFT + 100.0), (LEFT + 108.0, RIGHT)
    box = host[0] + 52
    with paper.decoration():
        for left, right in (host, person):
            paper.rule(left, y, right, y, 0.35, BLUE)
        for left, right in ((box, host[1]), person):
            paper.frame((left, y + 8, right, y + BOX), 0.15, HAIR)
    _label(paper, words, N_("For the host organisation"), host, y + 5, LABEL)
    _label(paper, words, N_("The participant"), person, y + 5, LABEL)
    for message, left in ((N_("Signature and stamp"), box), (N_("Signature"), person[0])):
        paper.text(left + 2, y + 11.4, _said(words, message), SMALL)
    blanks = ((N_("Name"), ""), (N_("Function"), ""), (N_("Place and date"), words.place_and_date))
    for n, (message, value) in enumerate(blanks):
        _blank(paper, words, message, value, (host[0], box - 6), y + 13.4 + n * 9.7)


def _said(words: Words, message: str) -> list[str]:
    """A label in each language, once when they agree."""
    return list(dict.fromkeys(catalogue(language).gettext(message) for language in words.languages))


def _label(paper: Paper, words: Words, message: str, span: tuple[float, float], y: float, style: Style) -> None:
    """A label in all languages on one line."""
    lines, set_in = fit(" · ".join(_said(words, message)), style, (span[1] - span[0]) * MM, 1, 5)
    paper.text(span[0], y, lines, set_in)


def _blank(paper: Paper, words: Words, message: str, value: str, span: tuple[float, float], y: float) -> None:
    """A line to fill in by hand, or filled in."""
    if value:
        lines, style = fit(value, SMALL_STRONG, (span[1] - span[0]) * MM, 1, 5)
        paper.text(span[0], y - (len(lines) - 1) * style.leading / MM, lines, style)
    with paper.decoration():
        paper.rule(span[0], y + 1.2, span[1], y + 1.2, 0.15, GREY)
    _label(paper, words, message, span, y + 4.1, SMALL)


def _breadth(label: str, value: str) -> float:
    """Room of a reference in full size, in mm."""
    return max(width(label, SMALL), width(value, SMALL_STRONG)) / MM + 9


def _share(columns: Sequence[tuple[str, str]], room: float) -> float:
    """How much smaller the references must be to stand side by side."""
    return min(1.0, room / (sum(_breadth(*column) for column in columns) - 9))


def _foot(paper: Paper, words: Words, page: tuple[int, int] | None) -> None:
    """Code, number and references."""
    x, y = LEFT, FOOT + 9.8
    if words.verification:
        quiet = LEFT - 2.2  # so that the dark part of the code stands on the margin
        with paper.element("Figure", alt=words.verification, box=(quiet, FOOT, quiet + CODE, FOOT + CODE)):
            paper.bars(qr.boxes(words.verification, quiet, FOOT, CODE), INK)
        x = LEFT + CODE + 1
    columns = [(" · ".join(dict.fromkeys(fact.label)), fact.strong[0]) for fact in words.references]
    factor = _share(columns, RIGHT - x)
    label_style, style = SMALL.scaled(factor), SMALL_STRONG.scaled(factor)
    for label, value in columns:
        with paper.group("P"):
            paper.text(x, y, label, label_style, "Span")
            paper.text(x, y + 4.4, value, style, "Span")
        x += factor * _breadth(label, value)
    if page:
        paper.text(RIGHT, FOOT + CODE - 2.5, "{} / {}".format(*page), SMALL, align="right")
