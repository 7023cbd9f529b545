"""What deserves a look while rates are typed from the annex: slips of the finger, never a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mobility_app.core.facts import Finding, RateRow, Severity
from mobility_app.core.rates import propose_d15
from mobility_app.i18n import N_, Euros, Term, Text, text

Expected = Mapping[tuple[str, str], tuple[int, int]]  # (learner or staff, group) -> least and most cents a day
_WHO = {"learner": Term(N_("learner rate")), "staff": Term(N_("staff rate"))}
_CHECK = N_("Compare with the annex of the grant agreement.")


def rate_findings(rows: Iterable[RateRow], expected: Expected) -> tuple[Finding, ...]:
    """Daily rates far from what is expected or out of step with each other; green amounts below the standard one."""
    known = {(r.line, r.subject, r.key, r.variant): r for r in rows if r.cents is not None and r.usable}
    found: list[Finding] = []
    for (line, subject, key, variant), row in known.items():
        if line == "individual_support" and variant == "d1_14":
            found += _daily(row, known.get((line, subject, key, "d15")), expected)
        if line == "travel" and variant == "green":
            found += _green(row, known.get((line, subject, key, "standard")))
    return tuple(found)


def _found(row: RateRow, code: str, severity: Severity, message: Text) -> Finding:
    return Finding(code, row.line, severity, "me", message, Text(_CHECK), id=row.id)


def _daily(row: RateRow, second: RateRow | None, expected: Expected) -> Iterator[Finding]:
    first = row.cents or 0
    least, most = expected.get((row.subject, row.key), (first, first))
    if not least <= first <= most:
        message = text(
            N_("Group {group}, {who}: {rate} a day, where {least} to {most} is expected."),
            group=row.key,
            who=_WHO[row.subject],
            rate=Euros(first),
            least=Euros(least),
            most=Euros(most),
        )
        yield _found(row, "rate_unexpected", "notice", message)
    if second is None or second.cents is None or second.cents == propose_d15(first):
        return
    message = text(
        N_("Group {group}, {who}: {second} from day 15, where 70 % of {first} is {proposal}."),
        group=row.key,
        who=_WHO[row.subject],
        second=Euros(second.cents),
        first=Euros(first),
        proposal=Euros(propose_d15(first)),
    )
    yield _found(second, "second_rate_differs", "warning" if second.cents > first else "notice", message)


def _green(row: RateRow, standard: RateRow | None) -> Iterator[Finding]:
    if standard is not None and (row.cents or 0) < (standard.cents or 0):
        message = text(
            N_("Band {band} km: {green} for green travel, less than {standard} for standard travel."),
            band=row.key,
            green=Euros(row.cents),
            standard=Euros(standard.cents),
        )
        yield _found(row, "green_below_standard", "warning", message)
