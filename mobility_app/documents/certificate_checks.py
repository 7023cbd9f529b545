"""Who can have a certificate, of which print, and why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Literal, TypeAlias

from mobility_app.core.facts import NOT_PLANNED, CertificateRow, LeftOut, MobilityRow
from mobility_app.documents.letters import clean, missing
from mobility_app.fields import DECISIONS
from mobility_app.i18n import N_, Term, Text, text

Print: TypeAlias = Literal["draft", "to-sign", "final"]
LAST_WEEK = dt.timedelta(days=7)
_DECISION_TITLES = {choice.code: choice.title for choice in DECISIONS}


def choose_print(row: MobilityRow, today: dt.date, end_confirmed: bool) -> Print:
    """Draft until the last week, then to be signed by the host, final once the end is past and confirmed."""
    last = row.last_day
    if last is None or today < last - LAST_WEEK:
        return "draft"
    return "final" if end_confirmed and today >= last else "to-sign"


def check(rows: Iterable[CertificateRow]) -> tuple[list[CertificateRow], list[LeftOut]]:
    """The rows that can be printed, in their order, and the others with the reason."""
    printable, left_out = [], []
    for row in rows:
        why = reason(row)
        if why is None:
            printable.append(row)
        else:
            left_out.append(LeftOut(row.mobility.id, clean(row.mobility.full_name), why))
    return printable, left_out


def reason(row: CertificateRow) -> Text | None:
    """Why this row cannot be printed, or None."""
    mobility = row.mobility
    if mobility.decision in NOT_PLANNED:
        decision = Term(_DECISION_TITLES[mobility.decision])
        return text(N_("This mobility is marked “{decision}”."), decision=decision)
    lacking = list(_lacking(mobility))
    if lacking:
        listed = reduce(lambda some, one: text("{some}, {one}", some=some, one=one), lacking)
        return text(N_("Missing: {facts}."), facts=listed)
    first, last = mobility.first_day, mobility.last_day
    if first and last and last < first:
        return text(N_("The activity ends on {end}, before it starts ({start})."), end=last, start=first)
    if row.print == "final" and last and (row.issued_on is None or row.issued_on < last):
        return text(N_("A final certificate cannot be printed before the last day of the activity ({end})."), end=last)
    return _unprintable(row)


def _lacking(mobility: MobilityRow) -> Iterator[Text]:
    """The prescribed facts that nobody has given yet."""
    facts = (
        (clean(mobility.last_name), N_("the last name")),
        (clean(mobility.first_name), N_("the first name")),
        (mobility.first_day, N_("the start date")),
        (mobility.last_day, N_("the end date")),
        (clean(mobility.host), N_("the host organisation")),
        (clean(mobility.host_town or mobility.town or mobility.host_address), N_("the town of the host organisation")),
        (mobility.host_country or mobility.country, N_("the country of the host organisation")),
        (mobility.accompanying or mobility.activity or clean(mobility.purpose), N_("the activity or its purpose")),
    )
    return (text(name) for value, name in facts if not value)


def _unprintable(row: CertificateRow) -> Text | None:
    """A letter that no font of ours draws: printed wrong it would be somebody else's name."""
    mobility, project = row.mobility, row.project
    values = (
        (f"{mobility.last_name} {mobility.first_name}", N_("Name")),
        (mobility.host, N_("Host organisation")),
        (mobility.host_address, N_("Host organisation")),
        (mobility.host_town or mobility.town, N_("Host organisation")),
        (mobility.sending_organisation, N_("Sending organisation")),
        (mobility.sending_town, N_("Sending organisation")),
        (mobility.purpose, N_("Purpose")),
        (mobility.course_title, N_("Course")),
        (project.coordinator, N_("Coordinating organisation")),
        (project.coordinator_town, N_("Coordinating organisation")),
        (project.reference, N_("Erasmus+ project")),
        (mobility.bm_id, N_("Mobility")),
    )
    for value, label in values:
        letters = missing(value or "")
        if letters:
            return text(
                N_("{person}, “{field}”: “{letter}” ({code}) cannot be printed; write it in Latin letters."),
                person=clean(mobility.full_name),
                field=Term(label),
                letter=letters[0],
                code=f"U+{ord(letters[0]):04X}",
            )
    return None
