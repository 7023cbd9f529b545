"""Papers for the accountant as PDF: emblem, tables over as many pages as they need, the sum in words, signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mobility_app import i18n
from mobility_app.core.statements import AccountPaper, PaperTable, settled_words, warnings
from mobility_app.documents import emblem, paper_table, pdfa
from mobility_app.documents.facts_table import GREY, HAIR, INK
from mobility_app.documents.letters import MM, REGULAR, SEMIBOLD, Style, clean, fit, wrap
from mobility_app.documents.page import Colour, Paper
from mobility_app.i18n import catalogue, render

Progress = Callable[[int, int], bool]

MARGIN, TOP, FOOT = 15.0, 12.0, 14.0  # mm
EMBLEM = 12.0
BOX = 30.0  # height of a signature box
_LAST_ROWS = 3  # of a table, at least, stand on the page of the signatures
AMBER: Colour = (0.48, 0.29, 0.0)
AMBER_WASH: Colour = (1.0, 0.953, 0.839)
TITLE = Style(SEMIBOLD, 17, 21, paper_table.NAVY, -0.2)
SUBJECT = Style(SEMIBOLD, 12, 15, INK)
SAID = Style(REGULAR, 9, 12, GREY)
PLAIN = Style(REGULAR, 9, 12, INK)
STRONG = Style(SEMIBOLD, 9.5, 12.5, INK)
SECTION = Style(SEMIBOLD, 10, 13, paper_table.NAVY)
SMALL = Style(REGULAR, 7.5, 9.5, GREY)
WARNING = Style(SEMIBOLD, 8.6, 11, AMBER)


def write(
    path: str | Path, papers: Sequence[AccountPaper], language: str = "fr", progress: Progress | None = None
) -> bool:
    """One file of one or several papers, each on pages of its own; False when she cancelled, and nothing is written."""
    drawn = Paper(landscape=papers[0].landscape)
    for done, account in enumerate(papers, 1):
        counted = _draw(Paper(landscape=drawn.width > drawn.height), account, language, 0)
        with drawn.group("Sect"):
            _draw(drawn, account, language, counted)
        if progress and not progress(done, len(papers)):
            return False
    first = papers[0]
    title = f"{catalogue(language).gettext(first.title)} – {first.project.reference}"
    author = clean(first.project.coordinator) or clean(first.project.reference)
    pdfa.write(drawn, path, pdfa.About(title, (language,), author, f"ACCOUNTS|{first.project.reference}", first.today))
    return True


def _draw(paper: Paper, account: AccountPaper, language: str, pages: int) -> int:
    """Draws one paper; returns its number of pages, which is known only then (and 0 the first time)."""
    sheet = _Sheet(paper, account, language, pages)
    sheet.heading()
    for table in account.tables:
        sheet.table(table, sheet.ending_height() if table is account.tables[-1] else 0)
    sheet.ending()
    sheet.close()
    return sheet.page


class _Sheet:
    """Where the next thing goes on the pages of one paper, in mm."""

    def __init__(self, paper: Paper, account: AccountPaper, language: str, pages: int) -> None:
        self.paper, self.account, self.language, self.pages = paper, account, language, pages
        self.left, self.right = MARGIN, paper.width - MARGIN
        self.bottom = paper.height - FOOT - 5
        self.page, self.y, self.top = 1, TOP, TOP + 8
        self._ = catalogue(language).gettext

    @property
    def room(self) -> float:
        return (self.right - self.left) * MM

    # pages

    def close(self) -> None:
        """The foot of a page: what it belongs to, and “page 1/3”."""
        y = self.paper.height - FOOT + 4
        about = f"{clean(self.account.project.reference)} · {self._(self.account.title)}"
        day = self._("data of {day}").format(day=i18n.date(self.account.today, self.language))
        number = self._("page {page}/{pages}").format(page=self.page, pages=self.pages or "?")
        with self.paper.decoration():
            self.paper.rule(self.left, y - 4, self.right, y - 4, 0.12, HAIR)
            self.paper.letters(self.left, y, f"{about} · {day}", SMALL)
            self.paper.letters(self.right, y, number, SMALL, "right")
        self.paper.end_page()

    def turn(self) -> None:
        """The next page, under a short reminder of the paper."""
        self.close()
        self.page += 1
        self.y = self.top
        said = " · ".join(filter(None, (self._(self.account.title), clean(self.account.subject))))
        with self.paper.decoration():
            self.paper.letters(self.left, TOP + 3, said, STRONG)

    def keep(self, height: float) -> None:
        """Turns the page when so much would not fit on it."""
        if self.y + height > self.bottom:
            self.turn()

    def say(self, text: str, style: Style, tag: str = "P", after: float = 1.5) -> None:
        """A text over the whole width."""
        lines = wrap(text, style, self.room)
        self.keep(len(lines) * style.leading / MM)
        self.paper.text(self.left, self.y + style.leading * 0.78 / MM, lines, style, tag, language=self.language)
        self.y += len(lines) * style.leading / MM + after

    # parts

    def heading(self) -> None:
        self._logos()
        self.y = TOP + EMBLEM + 8
        self.say(self._(self.account.title), TITLE, "H1", 0.8)
        if self.account.subject:
            self.say(clean(self.account.subject), SUBJECT, "H2", 0.8)
        project = " · ".join(filter(None, map(clean, (self.account.project.reference, self.account.project.title))))
        day = self._("data of {day}").format(day=i18n.date(self.account.today, self.language))
        self.say(f"{project} · {day}", SAID, after=3)
        for warning in warnings(self.account):
            self._warn(render(warning, self.language))

    def _logos(self) -> None:
        kind, project = self.account.project.statement, self.account.project
        left = self.right - emblem.breadth(kind, (self.language,), EMBLEM)
        logo = emblem.logo(project.logo) if project.logo else None
        if logo is not None:
            box = emblem.logo_box(logo, self.left, TOP, EMBLEM, left - self.left - 10)
            with self.paper.element("Figure", alt=clean(project.coordinator) or "Logo", box=box):
                self.paper.form(("logo", logo), lambda: self.paper.image(logo.jpeg, box))
        elif project.coordinator:
            lines, style = fit(clean(project.coordinator), STRONG, (left - self.left - 8) * MM, 2, 6.5)
            self.paper.text(self.left, TOP + EMBLEM / 2 + 1.2 - (len(lines) - 1) * 2.2, lines, style)
        box = (left, TOP, self.right, TOP + EMBLEM)
        with self.paper.element("Figure", alt=emblem.statement(kind, self.language), box=box):
            self.paper.form(
                ("emblem", kind, self.language),
                lambda: emblem.draw_with_statement(self.paper, self.right, TOP, EMBLEM, kind, (self.language,)),
            )

    def _warn(self, said: str) -> None:
        lines = wrap(said, WARNING, self.room - 6 * MM)
        height = len(lines) * WARNING.leading / MM + 2.4
        with self.paper.decoration():
            self.paper.bars([(self.left, self.y, self.right, self.y + height)], AMBER_WASH)
        self.paper.text(self.left + 3, self.y + 1.2 + WARNING.leading * 0.76 / MM, lines, WARNING)
        self.y += height + 3.5

    def table(self, table: PaperTable, after: float = 0) -> None:
        """A table; `after` is the height of what its last rows go together with: nobody signs an empty page."""
        made = paper_table.compose(table, self.right - self.left, self.language)
        total = made.total.height if made.total else 0.0  # a sum never stands alone on a page
        first = made.rows[0].height if made.rows else 0.0
        if made.rows and len(made.rows) <= _LAST_ROWS:  # all of them go with what follows, and their head with them
            first = sum(row.height for row in made.rows) + total + 6 + after
        if table.title:
            self.keep(12 + made.head.height + first)
            self.say(self._(table.title), SECTION, "H2", 1.2)
        if not made.rows:
            self.say(self._("Nothing yet."), SAID, after=5)
            return
        self.keep(made.head.height + first)
        with self.paper.group("Table"):
            self._head(made, again=False)
            for n, line in enumerate(made.rows):
                left = len(made.rows) - n
                needed = line.height + (total if left == 1 else 0.0)
                if left == min(_LAST_ROWS, len(made.rows)):
                    needed = max(needed, sum(row.height for row in made.rows[n:]) + total + 6 + after)
                if self.y + needed > self.bottom and self.y > self.top + made.head.height + 1:
                    self.turn()
                    self._head(made, again=True)
                paper_table.draw_row(self.paper, made, line, self.left, self.y)
                self.y += line.height
            if made.total:
                paper_table.draw_row(self.paper, made, made.total, self.left, self.y, total=True)
                self.y += made.total.height
        self.y += 6

    def _head(self, made: paper_table.Set, *, again: bool) -> None:
        paper_table.draw_head(self.paper, made, self.left, self.y, again=again)
        self.y += made.head.height

    def ending_height(self) -> float:
        said = [(settled_words(self.account, self.language), STRONG)]
        said += [(render(remark, self.language), SAID) for remark in self.account.remarks]
        lines = sum(len(wrap(text, style, self.room)) * style.leading / MM + 2.5 for text, style in said if text)
        return lines + 8 * len(self.account.blanks) + BOX + 15

    def ending(self) -> None:
        """What the accountant states, what is to be known, and who signs: together on one page."""
        account = self.account
        said = settled_words(account, self.language)
        self.keep(self.ending_height())
        if said:
            self.say(said, STRONG, after=2.5)
        for remark in account.remarks:
            self.say(render(remark, self.language), SAID, after=1)
        self.y += 3
        for blank in account.blanks:
            self._blank(self._(blank))
        self._signatures()

    def _blank(self, label: str) -> None:
        self.paper.text(self.left, self.y + 3, label, PLAIN)
        start = self.left + 52
        with self.paper.decoration():
            self.paper.rule(start, self.y + 3.6, start + 70, self.y + 3.6, 0.15, GREY)
        self.y += 8

    def _signatures(self) -> None:
        count = len(self.account.signatures)
        wide = (self.right - self.left - 8 * (count - 1)) / count
        for n, who in enumerate(self.account.signatures):
            left = self.left + n * (wide + 8)
            self.paper.text(left, self.y + 3.5, self._(who), STRONG)
            self.paper.text(left, self.y + 8, self._("Place, date, signature and stamp"), SMALL)
            with self.paper.decoration():
                self.paper.frame((left, self.y + 10.5, left + wide, self.y + BOX + 10.5), 0.2, HAIR)
        self.y += BOX + 12
