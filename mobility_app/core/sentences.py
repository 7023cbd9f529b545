"""Turns of phrase that the rules share; each is a template and its values, in no language yet."""

from __future__ import annotations

from collections.abc import Sequence

from mobility_app.core.facts import RateRow
from mobility_app.i18n import N_, Euros, Text, Value, plural_text, text


def days(n: int) -> Text:
    return plural_text("{n} day", "{n} days", "n", n=n)


def together(parts: Sequence[Value]) -> Text:
    """Several values one after the other, with commas."""
    names = [f"part{i}" for i in range(len(parts))]
    return Text(", ".join(f"{{{name}}}" for name in names), tuple(zip(names, parts, strict=True)))


def setting_unknown(row: RateRow | None, what: Text) -> Text:
    """Why a percentage or a limit of the call cannot be used."""
    if row is None or not row.key:
        return text(N_("Not entered: {what}."), what=what)
    return text(N_("Not confirmed: {what}, {value}."), what=what, value=row.key)


def rate_unknown(row: RateRow | None, what: Text) -> Text:
    """Why a rate cannot be used: nobody entered it, or what was found is not confirmed."""
    if row is None or row.cents is None:
        return text(N_("Rate not entered: {what}."), what=what)
    if not row.source:
        return text(N_("Rate not confirmed: {what}, {amount}."), what=what, amount=Euros(row.cents))
    return text(
        N_("Rate not confirmed: {what}, {amount} according to {source}."),
        what=what,
        amount=Euros(row.cents),
        source=Text(row.source),
    )
