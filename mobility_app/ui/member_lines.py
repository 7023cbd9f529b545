"""The members of a consortium as their table shows them: places, euros and what was transferred, and all together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mobility_app.core import members
from mobility_app.core.members import Allotted, Statement
from mobility_app.i18n import N_, _, date, money, ngettext, number
from mobility_app.ui.figures import Figure

Value = Callable[[Statement], int | None]


@dataclass(frozen=True)
class MemberRow:
    """One line: a member, or all of them; `to_return` is no sum of the line's own figures when it is all of them."""

    statement: Statement
    to_return: int | None
    total: bool = False

    @property
    def member(self) -> Allotted:
        return self.statement.member


def member_rows(found: Sequence[Statement]) -> tuple[MemberRow, ...]:
    """A line a member, and the total."""
    rows = [MemberRow(one, one.to_return) for one in found]
    return (*rows, MemberRow(members.total(found), members.to_return(found), total=True))


def shown(cents: int | None) -> str:
    """An amount that is reckoned: one that is not known says so."""
    return _("unknown") if cents is None else money(cents)


def _plain(value: Value) -> Callable[[MemberRow], str]:
    return lambda row: "" if (n := value(row.statement)) is None else number(n)


def _allotted(value: Value, text: Callable[[int], str]) -> Callable[[MemberRow], str]:
    """What is typed: nothing while it is not, and a dash in a total of nothing."""
    return lambda row: ("–" if row.total else "") if (n := value(row.statement)) is None else text(n)


def _typed(value: Value, text: Callable[[int], str]) -> Callable[[MemberRow], str | None]:
    """What the editor begins with."""

    def begin(row: MemberRow) -> str | None:
        if row.total:
            return None
        n = value(row.statement)
        return "" if n is None else text(n).replace("€", "").strip()

    return begin


def _money(key: str, title: str, value: Value, width: int = 94) -> Figure:
    return Figure(
        key,
        title,
        lambda row: shown(value(row.statement)),
        width,
        ink=lambda row: "muted" if value(row.statement) is None else "",
        tip=lambda row: why_unknown(row.statement) if value(row.statement) is None else "",
    )


def why_unknown(one: Statement) -> str:
    """Why an amount is unknown."""
    if not one.incomplete:
        return _("The rate of organisational support is not known yet: enter it under “Rates”.")
    text = ngettext(
        "{n} mobility whose amount is not known yet: complete it first.",
        "{n} mobilities whose amounts are not known yet: complete them first.",
        one.incomplete,
    )
    return text.format(n=number(one.incomplete))


def _left(key: str, title: str, value: Value, text: Callable[[int], str], width: int) -> Figure:
    """What is left of something allotted; red below zero."""
    return Figure(
        key,
        title,
        lambda row: "" if (n := value(row.statement)) is None else text(n),
        width,
        ink=lambda row: "danger" if (value(row.statement) or 0) < 0 else "",
    )


def _signed(key: str, title: str, day: Callable[[Allotted], dt.date | None], width: int) -> Figure:
    """The day on which a paper was signed, typed; until then it is to be signed."""

    def text(row: MemberRow) -> str:
        found = day(row.member)
        if row.total or not row.member.joined:
            return ""
        return date(found) if found else _("to be signed")

    return Figure(
        key,
        title,
        text,
        width,
        numeric=False,
        edit=lambda row: None if row.total else date(day(row.member)),
        ink=lambda row: "" if day(row.member) else "warning",
    )


def _to_return(row: MemberRow) -> str:
    return "" if not row.total and not row.member.joined else shown(row.to_return)


FIGURES: tuple[Figure, ...] = (
    Figure(
        "name",
        N_("School"),
        lambda row: _("Total") if row.total else row.member.name,
        190,
        numeric=False,
        grow=True,
        note=lambda row: "" if row.total or row.member.joined else _("not a member"),
        tip=lambda row: row.member.name,
    ),
    Figure(
        "places",
        N_("Places allotted"),
        _allotted(lambda one: one.member.places, number),
        118,
        edit=_typed(lambda one: one.member.places, number),
    ),
    Figure("used_places", N_("Used"), _plain(lambda one: one.used_places), 72),
    _left("places_left", N_("Left"), lambda one: one.places_left, number, 60),
    _signed("mandate_signed", N_("Mandate signed on"), lambda member: member.mandate_signed, 124),
    _signed("convention_signed", N_("Agreement signed on"), lambda member: member.convention_signed, 146),
    Figure(
        "cents",
        N_("Euros allotted"),
        _allotted(lambda one: one.member.cents, money),
        110,
        edit=_typed(lambda one: one.member.cents, money),
    ),
    _money("used", N_("Planned"), lambda one: one.used),
    _money("support", N_("of which OS"), lambda one: one.support),
    _money("engaged", N_("Engaged"), lambda one: one.engaged),
    _money("done", N_("Implemented"), lambda one: one.done),
    _left("euros_left", N_("Left"), lambda one: one.euros_left, money, 94),
    _money("transferred", N_("Sent"), lambda one: one.member.transferred, 110),
    _money("certified", N_("Certified"), lambda one: one.member.certified, 110),
    _money("recovered", N_("Sent back"), lambda one: one.member.recovered, 110),
    Figure(
        "to_return",
        N_("To return"),
        _to_return,
        116,
        ink=lambda row: "muted" if row.to_return is None else "danger" if row.to_return else "",
        tip=lambda row: _("What was sent, less what is planned and what came back already."),
    ),
)
# What stands beside the name: (code, title, keys of the columns).
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "places",
        N_("Places and papers"),
        ("places", "used_places", "places_left", "mandate_signed", "convention_signed"),
    ),
    ("euros", N_("Euros"), ("cents", "used", "support", "engaged", "done", "euros_left")),
    ("transfers", N_("Transfers"), ("used", "transferred", "certified", "recovered", "to_return")),
    ("all", N_("Everything"), tuple(figure.key for figure in FIGURES[1:])),
)
