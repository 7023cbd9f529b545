"""What is due when: papers before a departure, evidence after a return, the project's own dates.

The delays are customs of the trade, hardly one a published rule, so each is a setting; `Delays` says what is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mobility_app.core.evidence import report_due
from mobility_app.core.facts import Actor, Finding, MobilityRow, ProjectRow, Severity
from mobility_app.core.sentences import together
from mobility_app.core.stage import departure_papers
from mobility_app.i18n import N_, Term, Text, text

PAPERS = {
    "CONTRAT": Term(N_("the financial agreement")),
    "LA": Term(N_("the learning agreement")),
    "PROG": Term(N_("the learning programme")),
    "CONV": Term(N_("the placement agreement")),
    "AST": Term(N_("the exit authorisation")),
    "AUTPAR": Term(N_("the parental consent")),
    "ID": Term(N_("the identity document")),
    "CEAM": Term(N_("the health insurance card")),
    "ASSUR": Term(N_("the insurance certificate")),
    "OM": Term(N_("the mission order")),
    "GREEN": Term(N_("the green travel declaration")),
}


@dataclass(frozen=True)
class Delays:
    """Days before the start, after the end, or before and after the end of the project.

    `amendment` and `final_report`: a German VET agency; the others: custom, no source for VET.
    """

    details: int = 60
    agreements: int = 30
    minors: int = 21
    contract: int = 15
    beneficiary_module: int = 7
    certificate: int = 1
    certificate_late: int = 7
    europass: int = 15
    report: int = 30
    balance: int = 75  # 45 days after the report
    amendment: int = 30
    final_report: int = 60


DELAYS = Delays()


def due(
    row: MobilityRow,
    today: dt.date,
    done: Collection[str] = (),
    delays: Delays = DELAYS,
    horizon: int | None = 14,
    since: dt.date | None = None,
) -> tuple[Finding, ...]:
    """What is late for one mobility, or due within `horizon` days (None: ever), in the order of the dates.

    `done`: codes of the papers that are in. `since`: the papers of stays begun earlier were followed elsewhere.
    """
    first, last = row.first_day, row.last_day
    if row.decision not in ("selected", "interrupted") or first is None or last is None or last < first:
        return ()
    if since is not None and first < since:
        return ()
    steps = _before(row, first, done, delays) if today <= last else _contract(row, first, done, delays)
    found = [*steps, *_after(row, last, done, delays, today)]
    return _sorted(found, today, horizon)


def _sorted(found: list[Finding], today: dt.date, horizon: int | None) -> tuple[Finding, ...]:
    soon = [f for f in found if f.due and (horizon is None or (f.due - today).days <= horizon)]
    return tuple(sorted(soon, key=lambda f: (f.due or today, f.code)))


def _step(
    row: MobilityRow, code: str, field: str, who: Actor, day: dt.date, message: Text, remedy: str, severity: Severity
) -> Finding:
    record = f"{row.number} · {row.full_name}"
    return Finding(code, field, severity, who, message, Text(remedy), record, row.id, due=day)


def _papers(
    row: MobilityRow, code: str, who: Actor, day: dt.date, missing: list[str], remedy: str
) -> Iterator[Finding]:
    if missing:
        message = text(N_("To have before departure: {papers}."), papers=together([PAPERS[paper] for paper in missing]))
        yield _step(row, code, "papers", who, day, message, remedy, "blocking")


def _before(row: MobilityRow, first: dt.date, done: Collection[str], delays: Delays) -> Iterator[Finding]:
    def before(days: int) -> dt.date:
        return first - dt.timedelta(days)

    if not (row.host and row.country and (row.activity or row.accompanying)):
        message = text(N_("The stay is not wholly described: activity, country, host."))
        remedy = N_("Ask the school for its mobility sheet.")
        yield _step(row, "details_due", "host", "school", before(delays.details), message, remedy, "warning")
    missing = [] if row.departure_ready else [code for code in departure_papers(row) if code not in done]
    signed = [code for code in missing if code in ("LA", "PROG", "CONV")]
    remedy = N_("Have them signed by the host, the school and the participant.")
    yield from _papers(row, "agreements_due", "school", before(delays.agreements), signed, remedy)
    personal = [code for code in missing if code in ("AST", "AUTPAR", "ID", "CEAM", "ASSUR")]
    remedy = N_("Ask the school: the family gives them.")
    yield from _papers(row, "personal_papers_due", "school", before(delays.minors), personal, remedy)
    yield from _contract(row, first, done, delays)
    orders = [code for code in missing if code in ("OM", "GREEN")]
    remedy = N_("Print it and have it signed.")
    yield from _papers(row, "orders_due", "me", before(delays.contract), orders, remedy)
    if row.bm_state != "complete":
        message = text(N_("Not complete in the Beneficiary Module."))
        remedy = N_("Prepare the file for the Beneficiary Module: a draft sends no report invitation.")
        day = before(delays.beneficiary_module)
        yield _step(row, "bm_due", "bm_state", "me", day, message, remedy, "warning")


def _contract(row: MobilityRow, first: dt.date, done: Collection[str], delays: Delays) -> Iterator[Finding]:
    """The agreement is owed even after the departure: no money may be paid without it."""
    if not (row.contract_signed or "CONTRAT" in done):
        day = first - dt.timedelta(delays.contract)
        remedy = N_("Have it signed by the participant and the head; then the advance can be paid.")
        yield from _papers(row, "contract_due", "me", day, ["CONTRAT"], remedy)


def _after(row: MobilityRow, last: dt.date, done: Collection[str], delays: Delays, today: dt.date) -> Iterator[Finding]:
    def after(days: int) -> dt.date:
        return last + dt.timedelta(days)

    if not (row.evidence_complete or "ATT" in done):
        late = today > after(delays.certificate_late)
        message = text(N_("The certificate signed by the host is missing."))
        remedy = N_("Ask the host for it: all the money of this stay rests on it.")
        severity: Severity = "blocking" if late else "warning"
        yield _step(row, "certificate_due", "papers", "host", after(delays.certificate), message, remedy, severity)
    if not row.accompanying and "EUROPASS" not in done:
        message = text(N_("The Europass Mobility is not made."))
        remedy = N_("Have it filled in by the host, or mark it as not applicable.")
        yield _step(row, "europass_due", "papers", "me", after(delays.europass), message, remedy, "notice")
    if report_due(row) and not (row.evidence_complete or "RAPP" in done):
        message = text(N_("The participant report is missing."))
        remedy = N_("Remind the participant: the invitation comes from the Beneficiary Module.")
        yield _step(row, "report_due", "papers", "school", after(delays.report), message, remedy, "warning")
    if not row.settled:
        message = text(N_("The balance is not settled."))
        remedy = N_("Pay the balance, or ask for the overpayment back.")
        yield _step(row, "balance_due", "paid", "accountant", after(delays.balance), message, remedy, "warning")


def project_due(
    project: ProjectRow, today: dt.date, delays: Delays = DELAYS, horizon: int | None = 60
) -> tuple[Finding, ...]:
    """The dates of the project itself: the last day for an amendment, the final report."""
    if project.end is None or project.state == "closed":
        return ()

    def step(code: str, day: dt.date, message: Text, remedy: str) -> Finding:
        return Finding(code, "end", "warning", "me", message, Text(remedy), project.reference, project.id, due=day)

    last_day, report_day = (
        project.end - dt.timedelta(delays.amendment),
        project.end + dt.timedelta(delays.final_report),
    )
    found = []
    if today <= project.end:
        message = text(N_("Last day to ask the agency for an amendment: {day}."), day=last_day)
        found.append(
            step("amendment_due", last_day, message, N_("Look at budget and dates while they can be changed."))
        )
    message = text(N_("The final report is due on {day}."), day=report_day)
    remedy = N_("Bring every mobility to complete in the Beneficiary Module, then write the report.")
    found.append(step("final_report_due", report_day, message, remedy))
    return _sorted(found, today, horizon)
