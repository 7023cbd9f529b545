"""Outcomes of the Beneficiary Module's bridge as lines of text, for a person who reads a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from mobility_app.core.beneficiary.columns import BY_MODULE_KEY
from mobility_app.fields import BY_KEY, choice_title
from mobility_app.i18n import _, country_name, date, money, ngettext, number, render
from mobility_app.jobs.beneficiary_module import Compared, Prepared
from mobility_app.jobs.beneficiary_summary import name_of, summary


def prepared_lines(prepared: Prepared) -> Iterator[str]:
    found = summary(prepared)
    yield ngettext("{count} mobility in the file", "{count} mobilities in the file", found["rows"]).format(
        count=found["rows"]
    )
    for header, key in found["mapped"].items():
        yield f"  {header} → {_(BY_MODULE_KEY[key].title)}"
    for title, headers in (
        (_("Columns left untouched: {names}"), found["unmapped"]),
        (_("New columns since the last file: {names}"), prepared.appeared),
        (_("Columns gone since the last file: {names}"), prepared.vanished),
    ):
        if headers:
            yield title.format(names=", ".join(headers))
    for problem in prepared.problems:
        where = " · ".join(filter(None, (problem.cell, problem.our.record if problem.our else "")))
        yield f"{where} : {render(problem.text)} {render(problem.remedy)}".removeprefix(" : ")
    count = len(prepared.problems)
    yield ngettext("{count} point to look at", "{count} points to look at", count).format(count=count)


def compared_lines(compared: Compared) -> Iterator[str]:
    found = compared.comparison
    same = len(found.same)
    yield ngettext("{count} mobility is the same", "{count} mobilities are the same", same).format(count=same)
    for difference in found.different:
        title = _(BY_MODULE_KEY[difference.key].title)
        ours = shown(difference.key, difference.ours)
        theirs = shown(difference.key, difference.theirs) if difference.theirs is not None else difference.written
        yield f"{name_of(difference.our)} · {difference.our.row.full_name} · {title} : " + _(
            "here {ours}, there {theirs}"
        ).format(ours=ours or "–", theirs=theirs or "–")
    for title, names in (
        (_("Only here: {names}"), [name_of(stay) for stay in found.only_here]),
        (_("Only in the module: {names}"), [row.name for row in found.only_there]),
        (_("Not taking place any more, and still in the module: {names}"), [pair.their.name for pair in found.left]),
        (_("Fell back to draft: {names}"), [pair.our.record for pair in found.fell_back]),
    ):
        if names:
            yield title.format(names=", ".join(names))
    for pair, status in found.reports:
        yield _("Participant report of {name}: {status}").format(name=pair.our.row.full_name, status=status)


def shown(key: str, value: Any) -> str:
    """A value of a module's column as she reads it."""
    kind = BY_MODULE_KEY[key].kind
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind == "money":
        return money(value)
    if kind == "date" and isinstance(value, dt.date):
        return date(value)
    if kind == "integer":
        return number(value)
    if kind == "country":
        return country_name(value)
    if kind == "choice":
        return _(choice_title(BY_KEY[key].choices, value))
    return str(value)
