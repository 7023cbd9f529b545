"""A project's rates as its annex prints them: blocks in order, a line each, the amounts of a line side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mobility_app.core.activities import WHO, short_title
from mobility_app.core.facts import RateRow, RateState
from mobility_app.core.rates import INTERNATIONAL, propose_d15, span, weakest
from mobility_app.i18n import N_, Country, Term, Text, text


@dataclass(frozen=True)
class SheetLine:
    """One line: `cells` under the block's columns, None where the annex has no such amount."""

    title: Text
    cells: tuple[RateRow | None, ...]

    @property
    def rates(self) -> tuple[RateRow, ...]:
        return tuple(cell for cell in self.cells if cell is not None)

    @property
    def state(self) -> RateState:
        return weakest(rate.state for rate in self.rates)

    def proposal(self, place: int) -> int | None:
        """The rate from day 15 that the first one suggests, in cents, while none is known."""
        if place != 1 or len(self.rates) != 2 or self.rates[1].variant != "d15":
            return None
        first, later = self.rates
        return propose_d15(first.cents) if first.usable and first.cents and later.cents is None else None


@dataclass(frozen=True)
class Block:
    """What is confirmed together. `keyed`: the value of a line is its rate's key (a group, a span of days)."""

    key: str
    title: str
    columns: tuple[str, ...]
    lines: tuple[SheetLine, ...]
    keyed: bool = False

    @property
    def rates(self) -> tuple[RateRow, ...]:
        return tuple(rate for line in self.lines for rate in line.rates)

    @property
    def known(self) -> int:
        """How many of its rates can be relied on."""
        return sum(rate.usable for rate in self.rates)

    @property
    def state(self) -> RateState:
        return weakest(rate.state for rate in self.rates)

    @property
    def proposals(self) -> tuple[tuple[RateRow, int], ...]:
        """The rates from day 15 that can be proposed, with their cents."""
        found = ((line.cells[1], line.proposal(1)) for line in self.lines if len(line.cells) == 2)
        return tuple((rate, cents) for rate, cents in found if rate is not None and cents is not None)


def blocks(rows: Iterable[RateRow]) -> tuple[Block, ...]:
    """In the order of the annex; a block without any rate is left out."""
    by_line: dict[str, list[RateRow]] = {}
    for row in rows:
        by_line.setdefault(row.line, []).append(row)
    made = (
        Block(
            "organisational_support",
            N_("Organisational support"),
            (N_("A participant"),),
            tuple(_tiers(by_line.get("organisational_support", ()))),
        ),
        Block(
            "travel",
            N_("Travel support"),
            (N_("Standard travel"), N_("Green travel")),
            tuple(_bands(by_line.get("travel", ()))),
        ),
        *(_daily(by_line.get("individual_support", ()), who, title) for who, title in _WHOSE),
        Block("other", N_("Courses, visits, languages"), (N_("Amount"),), tuple(_others(by_line))),
        Block(
            "country_group",
            N_("Country groups"),
            (N_("Group"),),
            tuple(_countries(by_line.get("country_group", ()))),
            keyed=True,
        ),
        Block("rules", N_("Durations and limits"), (N_("Value"),), tuple(_rules(by_line)), keyed=True),
    )
    return tuple(block for block in made if block.lines)


_WHOSE = (
    ("learner", N_("Individual support, learners")),
    ("staff", N_("Individual support, staff")),
)
_OTHERS = (
    ("course_fees", "", "day", N_("Course fees, a day")),
    ("course_fees", "", "cap", N_("Course fees, most for one person")),
    ("inclusion_organisation", "", "", N_("Inclusion support for organisations, a participant")),
    ("preparatory_visit", "", "person", N_("Preparatory visit, a person")),
    ("linguistic_support", "", "", N_("Linguistic support, a participant")),
    ("linguistic_support", "VET_LONG_TERM_ERASMUSPRO", "", N_("Linguistic support, a participant in ErasmusPro")),
)
_RULES = {
    "expensive_travel": N_("Expensive travel, share of the cost in %"),
    "expensive_travel_least": N_("Expensive travel, when the travel unit covers less than, in %"),
    "visa": N_("Visas, share of the cost in %"),
    "guarantee": N_("Financial guarantee, share of the cost in %"),
    "visit_persons": N_("Preparatory visit, most persons"),
    "linguistic_staff_days": N_("Linguistic support of staff, from how many days"),
}


def _activity(code: str) -> Term:
    return Term(N_("International activities")) if code == INTERNATIONAL else Term(short_title(code))


def _place(code: str) -> tuple[int, str]:
    """The order of activity types; the international ones come last."""
    return (tuple(WHO).index(code) if code in WHO else len(WHO), code)


def _tiers(rows: Iterable[RateRow]) -> Iterator[SheetLine]:
    for row in sorted(rows, key=lambda row: (_place(row.subject), span(row.key)[0])):
        first, last = span(row.key)
        activity = _activity(row.subject)
        if last is not None:
            title = text(N_("{activity}, participants {first} to {last}"), activity=activity, first=first, last=last)
        elif first > 1:
            title = text(N_("{activity}, from participant {first}"), activity=activity, first=first)
        else:
            title = text("{activity}", activity=activity)
        yield SheetLine(title, (row,))


def _bands(rows: Iterable[RateRow]) -> Iterator[SheetLine]:
    found = {(row.key, row.variant): row for row in rows}
    for key in sorted({key for key, _variant in found}, key=lambda key: span(key)[0]):
        first, last = span(key)
        if last is None:
            title = text(N_("{first} km and more"), first=first)
        else:
            title = text(N_("{first} to {last} km"), first=first, last=last)
        yield SheetLine(title, (found.get((key, "standard")), found.get((key, "green"))))


def _daily(rows: Iterable[RateRow], who: str, title: str) -> Block:
    found = {(row.key, row.variant): row for row in rows if row.subject == who}
    lines = [
        SheetLine(
            text(N_("Country group {group}"), group=group), tuple(found.get((group, v)) for v in ("d1_14", "d15"))
        )
        for group in sorted({group for group, _variant in found})
    ]
    return Block(f"individual_support_{who}", title, (N_("A day, 1 to 14"), N_("A day, from 15")), tuple(lines))


def _others(by_line: dict[str, list[RateRow]]) -> Iterator[SheetLine]:
    for line, subject, key, title in _OTHERS:
        for row in by_line.get(line, ()):
            if (row.subject, row.key) == (subject, key):
                yield SheetLine(text(title), (row,))


def _countries(rows: Iterable[RateRow]) -> Iterator[SheetLine]:
    """Countries of the programme first, by group; an unknown group last."""
    for row in sorted(rows, key=lambda row: (row.variant == "partner", not row.key, row.key, row.subject)):
        yield SheetLine(text("{country}", country=Country(row.subject)), (row,))


def _rules(by_line: dict[str, list[RateRow]]) -> Iterator[SheetLine]:
    for row in sorted(by_line.get("duration", ()), key=lambda row: _place(row.subject)):
        yield SheetLine(text(N_("{activity}, days"), activity=_activity(row.subject)), (row,))
    for row in sorted(by_line.get("travel_days", ()), key=lambda row: row.variant, reverse=True):
        title = N_("Travel days, green travel") if row.variant == "green" else N_("Travel days, standard travel")
        yield SheetLine(text(title), (row,))
    for row in (*by_line.get("percent", ()), *by_line.get("limit", ())):
        yield SheetLine(text("{rule}", rule=Term(_RULES.get(row.subject, row.subject))), (row,))
