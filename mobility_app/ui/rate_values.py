"""How a rate reads on the sheet of rates, how sure it is, and what she means by what she types there."""

from __future__ import annotations

import re

from mobility_app.core.facts import RateRow
from mobility_app.core.rate_sheet import Block
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _, money
from mobility_app.ui.values import read_cents

# state -> (word, tone of its pill)
STATES = {
    "confirmed": (N_("confirmed"), "success"),
    "verified": (N_("checked at its source"), "success"),
    "typed": (N_("typed"), "info"),
    "example": (N_("example"), "neutral"),
    "unverified": (N_("to confirm"), "warning"),
    "unknown": (N_("to enter"), "warning"),
}
_SPAN = re.compile(r"(\d{1,4})\s*[-–à]\s*(\d{1,4})")


def rate_text(rate: RateRow | None, block: Block) -> str:
    """The value; an unverified one carries its mark, an unknown one is empty."""
    if rate is None:
        return "–"
    value = rate.key.replace("-", "–") if block.keyed else "" if rate.cents is None else money(rate.cents)
    return f"{value} ?" if value and not rate.usable else value


def edit_text(rate: RateRow | None, block: Block) -> str | None:
    """What the editor begins with; None where the annex has no such amount."""
    if rate is None:
        return None
    if block.keyed:
        return rate.key
    return "" if rate.cents is None else money(rate.cents).replace("€", "").strip()


def why(rate: RateRow | None) -> str:
    """Where a value comes from, and why it is not sure."""
    if rate is None:
        return ""
    word = _(STATES[rate.state][0])
    parts = (word[:1].upper() + word[1:], *(_(part) for part in (rate.source, rate.note) if part))
    return "\n".join(parts)


def read_key(rate: RateRow, written: str) -> str:
    """The group, the span or the number that she typed; a UserError says how to write it."""
    written = written.strip()
    if not written:
        return ""
    if rate.line == "duration":
        match = _SPAN.fullmatch(written)
        if match is None or int(match[1]) > int(match[2]):
            raise UserError(_("These are not two numbers of days."), _("Write the shortest and the longest: 10-89."))
        return f"{int(match[1])}-{int(match[2])}"
    if not written.isdecimal() or len(written) > 4:
        raise UserError(_("This is not a whole number."), _("Write digits only."))
    return str(int(written))


def read_amount(written: str) -> int | None:
    """Cents; None for an emptied cell."""
    written = written.strip()
    if not written:
        return None
    cents = read_cents(written)
    if cents < 0:
        raise UserError(_("A rate cannot be negative."), _("Correct the amount."))
    return cents
