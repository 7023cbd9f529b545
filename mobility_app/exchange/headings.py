"""What the title block and the footer of a sheet say: the project, the day of the data, how sure the amounts are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from mobility_app import i18n
from mobility_app.core.facts import ProjectRow
from mobility_app.i18n import N_

RATES: Final = {
    "verified": N_("rates verified"),
    "confirmed": N_("rates confirmed"),
    "typed": N_("rates typed from the agreement"),
    "unverified": N_("rates to be confirmed"),
    "unknown": N_("rates to be typed"),
    "example": N_("example rates"),
}


@dataclass(frozen=True)
class Heading:
    """`subtitle` says where the data come from; each warning (example amounts, provisional totals) is one band."""

    title: str
    subtitle: str = ""
    footer: str = ""
    warnings: tuple[str, ...] = ()

    def titled(self, title: str) -> Heading:
        """The same for another sheet."""
        return replace(self, title=title)


def heading(
    title: str,
    project: ProjectRow | None,
    today: dt.date,
    *,
    language: str,
    rates_state: str = "",
    filter_text: str = "",
    incomplete: int = 0,
    findings: int | None = None,
) -> Heading:
    """`incomplete` counts the mobilities whose amount is not known; `findings` is left unsaid when None."""
    ngettext = i18n.catalogue(language).ngettext
    _ = i18n.catalogue(language).gettext
    parts = [f"{project.reference} · {project.title}".strip(" ·")] if project else []
    as_of = _("data of {day}").format(day=i18n.date(today, language))
    parts.append(as_of)
    if filter_text:
        parts.append(_("filter: {filter}").format(filter=filter_text))
    if rates_state in RATES:
        parts.append(_(RATES[rates_state]))
    if findings is not None:
        parts.append(ngettext("{n} finding", "{n} findings", findings).format(n=i18n.number(findings, language)))
    footer = f"{project.reference} · {as_of}".strip(" ·") if project else as_of
    return Heading(title, " · ".join(parts), footer, tuple(_warnings(language, rates_state, incomplete)))


def _warnings(language: str, rates_state: str, incomplete: int) -> Iterator[str]:
    _, ngettext = i18n.catalogue(language).gettext, i18n.catalogue(language).ngettext
    if rates_state == "example":
        yield _("Example amounts: the rates are invented, none of these amounts may be used.")
    if incomplete:
        yield ngettext(
            "Provisional totals: {n} incomplete mobility, its unknown amounts are not counted.",
            "Provisional totals: {n} incomplete mobilities, their unknown amounts are not counted.",
            incomplete,
        ).format(n=i18n.number(incomplete, language))
