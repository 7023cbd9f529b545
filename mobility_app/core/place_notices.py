"""Notification of places: what a school asked for in an application, and what it got."""

from __future__ import annotations

from collections.abc import Sequence

from mobility_app.core.account_papers import Sums
from mobility_app.core.activities import short_title
from mobility_app.core.application import Need, School
from mobility_app.core.statements import AccountPaper, Cell, PaperColumn, PaperTable
from mobility_app.i18n import N_, Country, Term, text

SIGNATURES = (N_("For the coordinating organisation"), N_("The head of the school, who accepts"))


def notice(about: Sums, school: School, needs: Sequence[Need], rates_of: str) -> AccountPaper:
    """The paper of one school; `needs` are its own, `rates_of` the project whose rates the estimate was made at."""
    remarks = [text(N_("Estimate of what was requested: at the rates of {reference}."), reference=rates_of)]
    if school.places is None:
        remarks.append(text(N_("The places are not allotted yet.")))
    return AccountPaper(
        N_("Notification of places"),
        about.project,
        about.today,
        (
            PaperTable(N_("Requested"), _REQUESTED, tuple(_request(need) for need in needs)),
            PaperTable(N_("Allotted"), _ALLOTTED, ((school.requested, school.grants, school.places, school.cents),)),
        ),
        SIGNATURES,
        subject=school.name,
        remarks=tuple(remarks),
        example=about.example,
    )


_REQUESTED = (
    PaperColumn(N_("Activity")),
    PaperColumn(N_("Country")),
    PaperColumn(N_("Participants"), "integer", total=True),
    PaperColumn(N_("Accompanying"), "integer", total=True),
    PaperColumn(N_("Days each"), "integer"),
)


def _request(need: Need) -> tuple[Cell, ...]:
    country = Country(need.country) if need.country else None
    return Term(short_title(need.activity)), country, need.number, need.adults, need.days


_ALLOTTED = (
    PaperColumn(N_("Places requested"), "integer"),
    PaperColumn(N_("Estimate"), "money", unknown=True),
    PaperColumn(N_("Places allotted"), "integer"),
    PaperColumn(N_("Euros allotted"), "money"),
)
