"""A project that is applied for: the needs of its schools, what they would cost, what was awarded and allotted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mobility_app.actions import application as verbs
from mobility_app.core import application as rules
from mobility_app.core.activities import short_title
from mobility_app.core.facts import ProjectRow
from mobility_app.core.text import fold
from mobility_app.errors import UserError
from mobility_app.fields import ACTIVITIES
from mobility_app.i18n import N_, _, country_name, money
from mobility_app.jobs.dossiers import decimal
from mobility_app.store import accounts, queries
from mobility_app.store.database import Database, Session
from mobility_app.store.journal import Label

NEED = N_("need of a school")


@dataclass(frozen=True)
class Applying:
    """Needs in their order, each with its cost (None: unknown); `rates_of`: the project whose rates were used."""

    needs: tuple[tuple[rules.Need, int | None], ...]
    figures: rules.Application
    rates_of: ProjectRow
    example: bool  # those rates are invented


def read(s: Session, project: ProjectRow) -> Applying:
    """Requested, awarded and allotted; the estimate is at the rates of the last call that was granted."""
    source = _rates_from(s, project)
    rates, asked = queries.rate_table(s, source), accounts.needs(s, project.id)
    awarded = queries.awarded(s, project.id)
    figures = rules.application(
        asked, accounts.members(s, project.id), rates, sum(awarded.values()) if awarded else None
    )
    example = any(row.state == "example" for row in queries.rate_rows(s, source.id))
    return Applying(tuple((need, rules.grants((need,), rates)) for need in asked), figures, source, example)


def _rates_from(s: Session, project: ProjectRow) -> ProjectRow:
    """The project itself once it is granted; before, the newest other one that was."""
    if project.state != "application":
        return project
    granted = (row for row in queries.projects(s) if row.state != "application" and row.agency == project.agency)
    return next(granted, project)


# ---- needs in words --------------------------------------------------------------------------------------------------


def add(db: Database, project: ProjectRow, school: str, activity: str, country: str | None, **facts: int | None) -> str:
    """A need of the school of that name (or a part of it); `activity` also by its code in the Beneficiary Module."""
    code = next((choice.code for choice in ACTIVITIES if activity in (choice.code, *choice.aliases)), activity)
    given = {name: value for name, value in facts.items() if value is not None}
    with db.write(Label(NEED)) as s:
        organisation = _school(s, school)
        more = {"country": country.upper()} if country else {}
        return verbs.ask(s, project.id, organisation, activity=code, **given, **more)  # type: ignore[arg-type]


def _school(s: Session, wanted: str) -> str:
    known = queries.organisations(s, queries.organisation_ids(s, "sender"))
    found = [row for row in known if fold(row.name) == fold(wanted.strip())]
    found = found or [row for row in known if fold(wanted.strip()) in fold(row.name)]
    if len(found) == 1:
        return found[0].id
    names = ", ".join(row.name for row in found or known) or _("none")
    if found:
        raise UserError(_("Several schools match “{name}”.").format(name=wanted), names)
    raise UserError(
        _("There is no school “{name}” here.").format(name=wanted), _("Schools: {names}.").format(names=names)
    )


def remove(db: Database, project: ProjectRow, number: int) -> None:
    """Takes the need of that number (its place in the list) away."""
    with db.read() as s:
        asked = accounts.needs(s, project.id)
    if not 1 <= number <= len(asked):
        raise UserError(
            _("There is no need number {n}.").format(n=number),
            _("Needs are numbered from 1 to {n}.").format(n=len(asked)),
        )
    with db.write(Label(NEED)) as s:
        verbs.remove(s, asked[number - 1].id)


def as_json(found: Applying) -> dict[str, Any]:
    return {
        "needs": [
            {
                "number": number,
                "id": need.id,
                "school": need.organisation,
                "activity": need.activity,
                "country": need.country,
                "places": need.number,
                "days": need.days,
                "travel_days": need.travel_days,
                "adults": need.adults,
                "inclusion": need.inclusion,
                "green": need.green,
                "distance": need.distance_km,
                "requested": decimal(cents),
            }
            for number, (need, cents) in enumerate(found.needs, 1)
        ],
        "schools": [
            {
                "name": school.name,
                "requested_places": school.requested,
                "requested_adults": school.adults,
                "requested": decimal(school.grants),
                "allotted_places": school.places,
                "allotted": decimal(school.cents),
            }
            for school in found.figures.schools
        ],
        "rates_of": found.rates_of.reference,
        "requested": decimal(found.figures.requested),
        "awarded": decimal(found.figures.awarded),
        "allotted": decimal(found.figures.allotted),
    }


def lines(found: Applying) -> Iterator[str]:
    """The same for a person who reads a terminal: needs by number, then schools, then the whole."""
    for number, (need, cents) in enumerate(found.needs, 1):
        where = country_name(need.country) if need.country else _("country unknown")
        what = f"{need.organisation} · {_(short_title(need.activity))} · {where}"
        yield f"{number}. {what} · " + _("{places} × {days} days, {amount}").format(
            places=need.number, days=need.days, amount=money(cents)
        )
    for school in found.figures.schools:
        values = {"name": school.name, "places": school.requested, "amount": money(school.grants)}
        yield _("{name}: {places} places requested, {amount}").format(**values)
    yield _("Estimate at the rates of {reference}.").format(reference=found.rates_of.reference)
    yield _("Requested: {amount}").format(amount=money(found.figures.requested))
    yield _("Awarded: {amount}").format(amount=money(found.figures.awarded))
    yield _("Allotted: {amount}").format(amount=money(found.figures.allotted))
