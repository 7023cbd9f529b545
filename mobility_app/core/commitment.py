"""More planned than awarded: told by budget line, for the international block and for visits; never refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mobility_app.core.activities import short_title
from mobility_app.core.facts import BudgetLine, Finding, Grant, MobilityRow, ProjectRow, Severity
from mobility_app.core.lines import TITLES, setting
from mobility_app.core.project_lines import project_lines
from mobility_app.core.rates import RateTable
from mobility_app.i18n import N_, Euros, Term, Text, text

INTERNATIONAL = ("international", "")  # awarded: the most that may go to countries outside the programme
_WHOLE = {
    "individual_support": text(N_("Individual support")),
    "exceptional_costs": text(N_("Exceptional costs")),
}


def findings(
    project: ProjectRow,
    budget: Iterable[BudgetLine],
    rows: Sequence[MobilityRow],
    money: Mapping[str, Grant],
    rates: RateTable,
    ceiling: int | None,
    visits: Sequence[int],
) -> tuple[Finding, ...]:
    """What goes beyond the agreement; a line that was awarded as a whole counts all of its activity types."""
    return (
        *_lines(project, tuple(budget)),
        *_international(project, rows, money, rates, ceiling),
        *_visits(project, rates, visits),
    )


def international(rows: Sequence[MobilityRow], money: Mapping[str, Grant], rates: RateTable) -> int:
    """Known cents of the planned stays outside the programme's countries, organisational support included."""
    abroad = [row for row in rows if row.planned and rates.international(row.country)]
    own = sum(money[row.id].known_total for row in abroad)
    return own + sum(line.amount or 0 for line in project_lines((row.stay for row in abroad), rates))


def _lines(project: ProjectRow, budget: Sequence[BudgetLine]) -> Iterator[Finding]:
    apart = {(line.key, line.activity) for line in budget if line.awarded is not None}
    for line in budget:
        if line.awarded is None:
            continue
        planned = line.planned
        if not line.activity:
            same = (other for other in budget if other.key == line.key)
            planned = sum(o.planned for o in same if o is line or (o.key, o.activity) not in apart)
        if planned > line.awarded:
            title = _WHOLE.get(line.key) or TITLES.get(line.key) or Text(line.key)
            if line.activity:
                title = text("{title}, {activity}", title=title, activity=Term(short_title(line.activity)))
            message = text(
                N_("{line}: {planned} planned for {awarded} awarded."),
                line=title,
                planned=Euros(planned),
                awarded=Euros(line.awarded),
            )
            remedy = N_("Plan fewer stays, or ask the agency whether money may move between the lines.")
            yield _found(project, f"over:{line.key}:{line.activity}", "warning", message, remedy)


def _international(
    project: ProjectRow,
    rows: Sequence[MobilityRow],
    money: Mapping[str, Grant],
    rates: RateTable,
    ceiling: int | None,
) -> Iterator[Finding]:
    planned = international(rows, money, rates)
    if ceiling is not None and planned > ceiling:
        message = text(
            N_("International mobility: {planned} planned, {ceiling} at most."),
            planned=Euros(planned),
            ceiling=Euros(ceiling),
        )
        remedy = N_("The Beneficiary Module caps this block: plan fewer stays outside the programme's countries.")
        yield _found(project, "international_ceiling", "warning", message, remedy)
    if project.action.startswith("KA122") and any(row.planned and rates.international(row.country) for row in rows):
        message = text(N_("Stays outside the programme's countries in a KA122 project."))
        remedy = N_("In call 2021 these belonged to KA121 alone: check with your agency.")
        yield _found(project, "international_not_in_action", "warning", message, remedy)


def _visits(project: ProjectRow, rates: RateTable, visits: Sequence[int]) -> Iterator[Finding]:
    _row, most = setting(rates, "limit", "visit_persons")
    if most is not None and any(persons > most for persons in visits):
        message = text(N_("A preparatory visit of more than {most} persons: {most} are paid."), most=most)
        remedy = N_("Nothing to do if the others are paid elsewhere.")
        yield _found(project, "visit_too_large", "notice", message, remedy)


def _found(project: ProjectRow, code: str, severity: Severity, message: Text, remedy: str) -> Finding:
    return Finding(code, "budget", severity, "me", message, Text(remedy), project.reference, project.id)
