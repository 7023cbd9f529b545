"""Outcomes as lines of text, for a person who reads a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from mobility_app.core.facts import Finding, Grant, GrantLine
from mobility_app.core.incoming import Plan, PlannedRow
from mobility_app.fields import SheetKind, title_of
from mobility_app.i18n import N_, _, country_name, current, date, money, ngettext, number, render
from mobility_app.jobs.importing import reasons


def info_lines(found: Mapping[str, Any]) -> Iterator[str]:
    facts = [
        (_("Mobilities"), number(found["mobilities"])),
        (_("Persons"), number(found["persons"])),
        (_("Sending organisations"), number(found["senders"])),
        (_("Hosts"), number(found["hosts"])),
        (_("Days in all"), number(found["total_days"])),
        (_("Green travel"), number(found["green"])),
        (_("Fewer opportunities"), number(found["inclusion"])),
        (_("Grants known so far"), money(int(Decimal(found["known_total"]) * 100))),
        (_("Grants incomplete"), number(found["incomplete"])),
        (_("Findings"), number(found["findings"])),
        (_("Last verified backup (UTC)"), found["last_backup"] or _("none")),
    ]
    width = max(len(title) for title, _value in facts)
    yield from (f"{title:<{width}}  {value}" for title, value in facts)
    by_number = sorted(found["countries"].items(), key=lambda item: (-item[1], item[0]))
    yield " · ".join(f"{country_name(code) or _('unknown')} {count}" for code, count in by_number)


_OWN_COLUMNS: Mapping[SheetKind, str] = {
    "mobilities": N_("Kept as your own columns: {names}"),
    "participants": N_("Not kept, a person has no such field: {names}"),
    "organisations": N_("Added to the notes: {names}"),
    "payments": N_("Not kept, a payment has no such field: {names}"),
}


def import_lines(plan: Plan, *, dry_run: bool) -> Iterator[str]:
    counted = (
        ngettext("{count} added", "{count} added", plan.count("add")).format(count=plan.count("add")),
        ngettext("{count} changed", "{count} changed", plan.count("change")).format(count=plan.count("change")),
        ngettext("{count} unchanged", "{count} unchanged", plan.count("unchanged")).format(
            count=plan.count("unchanged")
        ),
        ngettext("{count} duplicate", "{count} duplicates", plan.count("duplicate")).format(
            count=plan.count("duplicate")
        ),
        ngettext("{count} refused", "{count} refused", plan.count("refused")).format(count=plan.count("refused")),
    )
    yield " · ".join(counted)
    for row in plan.rows:
        if row.decision in ("refused", "duplicate"):
            for column, sentence in reasons(row):
                yield f"{_place(row, column)} : {sentence}"
            continue
        for column, sentence in reasons(row) if row.kept or row.near else ():
            yield f"{_place(row, column)} : {sentence}"
    yield from _read_together(plan)
    if plan.table.own_columns:
        yield _(_OWN_COLUMNS[plan.table.kind]).format(names=", ".join(plan.table.own_columns))
    if dry_run:
        yield _("Nothing was written.")


def _place(row: PlannedRow, column: str) -> str:
    place = _("Row {row}, {column}") if column else _("Row {row}")
    found = place.format(row=row.row.number, column=column)
    return f"{row.row.sheet} · {found}" if row.row.sheet else found


def _read_together(plan: Plan) -> Iterator[str]:
    """The sheets that make one table, and what colours were taken for."""
    if plan.table.sheets:
        yield _("Sheets read together: {names}").format(names=", ".join(plan.table.sheets))
    for colour in plan.table.colours:
        meaning = _(title_of("decision", colour.decision)) if colour.decision else ""
        if colour.stage:
            meaning = _("told by the dates and papers here")
        elif not meaning:
            meaning = _("added to the notes") if colour.said else _("no legend explains it: nothing is taken from it")
        said = f"“{colour.said}”" if colour.said and current() != "fr" else f"« {colour.said} »" if colour.said else ""
        rows = ngettext("{n} row", "{n} rows", colour.rows).format(n=number(colour.rows))
        yield " ".join(filter(None, (_("Colour {rgb}").format(rgb=colour.rgb), said, f"({rows}) :", meaning)))


def list_lines(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        days = "" if row["days"] is None else _("{days} d").format(days=row["days"])
        total = money(int(Decimal(row["total"]) * 100)) if row["total"] else _("unknown")
        person = f"{row['number']:>5}  {row['last_name']} {row['first_name']}"
        dates = f"{_day(row['start']):<10}  {_day(row['end']):<10}  {days:>6}"
        stage = _(title_of("stage", row["stage"]))
        yield f"{person:<40.40}  {country_name(row['country']):<14.14}  {dates}  {total:>12}  {stage}"
    yield ngettext("{count} mobility", "{count} mobilities", len(rows)).format(count=len(rows))


def _day(value: str | None) -> str:
    return date(dt.date.fromisoformat(value)) if value else ""


def grant_lines(found: Grant, project_lines: Iterable[GrantLine], findings: Iterable[Finding]) -> Iterator[str]:
    for line in found.lines:
        yield f"{render(line.title)} : {render(line.sentence)}"
    if found.total is None:
        yield _("Known so far: {amount}; the total is not known.").format(amount=money(found.known_total))
    else:
        yield _("Total: {amount}").format(amount=money(found.total))
    for line in project_lines:
        yield _("For the project: {line}").format(line=f"{render(line.title)} : {render(line.sentence)}")
    for finding in findings:
        yield f"! {render(finding.text)} {render(finding.remedy)}"


WHO = {"me": N_("me"), "school": N_("the school"), "host": N_("the host"), "accountant": N_("the accountant")}


def todo_lines(found: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Each thing to do with its day, whose turn it is, and what to do."""
    for one in found:
        day = _day(one["due"]) + (f" {_('(late)')}" if one["late"] else "")
        yield " · ".join(filter(None, (day, one["record"], _(WHO[one["who"]]), f"{one['text']} {one['remedy']}")))
    yield ngettext("{count} thing to do", "{count} things to do", len(found)).format(count=len(found))
