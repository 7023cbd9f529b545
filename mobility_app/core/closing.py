"""What is still open before a project is closed, in the order in which it is settled; shown, never enforced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from mobility_app.core.evidence import CERTIFICATE, REPORT, report_due
from mobility_app.core.facts import MobilityRow, Report
from mobility_app.core.instalments import Received
from mobility_app.i18n import N_, Euros, Text, plural_text, text


@dataclass(frozen=True)
class Open:
    """One kind of thing that is not finished; `ids` are the mobilities concerned, none when it is the project's own."""

    text: Text
    ids: tuple[str, ...] = ()


def still_open(
    report: Report,
    papers: Mapping[str, Collection[str]],
    unpaid: Collection[str],
    money: Received,
    to_return: int,
    today: dt.date,
) -> tuple[Open, ...]:
    """`papers`: the kinds that are in, by mobility; `unpaid`: mobilities with a payment still to make.

    `to_return`: cents that members have not sent back yet.
    """
    return (*_stays(report, papers, unpaid, today), *_money(report, money, to_return))


def _stays(
    report: Report, papers: Mapping[str, Collection[str]], unpaid: Collection[str], today: dt.date
) -> Iterator[Open]:
    planned = [row for row in report.mobilities if row.planned]
    back = [row for row in planned if row.last_day is not None and row.last_day < today]
    undecided = [row for row in report.mobilities if row.decision in ("candidate", "waiting")]
    away = [row for row in planned if row not in back]
    yield from _of(
        undecided,
        plural_text("{n} candidate without a decision", "{n} candidates without a decision", "n", n=len(undecided)),
    )
    yield from _of(
        away,
        plural_text("{n} stay not over, or without dates", "{n} stays not over, or without dates", "n", n=len(away)),
    )
    unsure = [row for row in back if row.actual_start is None or row.actual_end is None]
    yield from _of(
        unsure,
        plural_text(
            "{n} stay whose real dates are not confirmed",
            "{n} stays whose real dates are not confirmed",
            "n",
            n=len(unsure),
        ),
    )
    lacking = [row for row in back if CERTIFICATE not in papers.get(row.id, ())]
    yield from _of(
        lacking, plural_text("{n} signed certificate missing", "{n} signed certificates missing", "n", n=len(lacking))
    )
    silent = [row for row in back if report_due(row) and REPORT not in papers.get(row.id, ())]
    yield from _of(
        silent, plural_text("{n} participant report missing", "{n} participant reports missing", "n", n=len(silent))
    )
    unknown = [row for row in planned if row.total is None]
    yield from _of(
        unknown,
        plural_text("{n} grant with an unknown amount", "{n} grants with an unknown amount", "n", n=len(unknown)),
    )
    absent = [row for row in planned if not row.bm_id]
    yield from _of(
        absent,
        plural_text(
            "{n} stay not in the Beneficiary Module", "{n} stays not in the Beneficiary Module", "n", n=len(absent)
        ),
    )
    owing = [row for row in planned if row.id in unpaid]
    yield from _of(
        owing, plural_text("{n} stay with a payment to make", "{n} stays with a payment to make", "n", n=len(owing))
    )


def _of(rows: list[MobilityRow], said: Text) -> Iterator[Open]:
    if rows:
        yield Open(said, tuple(row.id for row in rows))


def _money(report: Report, money: Received, to_return: int) -> Iterator[Open]:
    if money.awarded is None:
        yield Open(text(N_("What the agency awarded is not entered.")))
    if money.expected:
        yield Open(text(N_("{amount} still expected from the agency"), amount=Euros(money.expected)))
    if money.to_enter:
        yield Open(text(N_("{amount} awarded that no instalment announces"), amount=Euros(money.to_enter)))
    if to_return:
        yield Open(text(N_("{amount} to come back from the members"), amount=Euros(to_return)))
    blocking = [finding for finding in report.findings if finding.severity == "blocking" and not finding.answer]
    if blocking:
        said = plural_text(
            "{n} blocking point without an answer", "{n} blocking points without an answer", "n", n=len(blocking)
        )
        stays, concerned = {row.id for row in report.mobilities}, dict.fromkeys(finding.id for finding in blocking)
        yield Open(said, tuple(id_ for id_ in concerned if id_ in stays))
