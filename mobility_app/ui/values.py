"""How the value of a field reads on the screen, and what she means by what she types there."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from mobility_app.core import bank
from mobility_app.core import text as texts
from mobility_app.errors import UserError
from mobility_app.fields import Field, choice_title
from mobility_app.i18n import _, country_name, current, date, money, number

_DATE = re.compile(r"(\d{1,2})[\s/.\-]?(\d{1,2})[\s/.\-]?(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")


def shown(field: Field, value: Any) -> str:
    """The value in her words and formats; empty when unknown."""
    if value is None or value == "":
        return ""
    match field.kind:
        case "date":
            return date(value)
        case "money":
            return money(value)
        case "kilometres":
            return _("{number} km").format(number=number(value))
        case "integer":
            return number(value)
        case "boolean":
            return _("yes") if value else _("no")
        case "choice":
            return _(choice_title(field.choices, value))
        case "country":
            return country_name(value)
        case "iban":
            return bank.masked(value)
        case _:
            return str(value)


def typed(field: Field, written: str) -> Any:
    """The value that she typed in a line; None for nothing. A UserError says how to write it."""
    written = texts.clean(written)
    if not written:
        return None
    match field.kind:
        case "date":
            return read_date(written)
        case "money":
            return read_cents(written)
        case "integer" | "kilometres":
            return read_whole(written)
        case "email":
            if not _EMAIL.fullmatch(written):
                raise UserError(_("This is not an e-mail address."), _("Write it like name@school.example."))
            return written
        case "iban" | "bic":
            code = bank.compact(written)
            if not bank.OK[field.kind](code):
                wrong, remedy = bank.WRONG[field.kind]
                raise UserError(_(wrong), _(remedy))
            return code
        case _:
            if len(written) > field.length:
                raise UserError(
                    _("This text is too long."), _("At most {n} characters.").format(n=number(field.length))
                )
            return written


def read_date(written: str) -> dt.date:
    """Day first, with any separator or none: 4/5/2026, 04.05.26, 040526; or 2026-05-04."""
    if match := _ISO.fullmatch(written):
        year, month, day = map(int, match.groups())
    elif match := _DATE.fullmatch(written):
        day, month, year = map(int, match.groups())
        if year < 100:
            year += 2000 if year < 60 else 1900
    else:
        raise UserError(_("This is not a date."), _("Write dd/mm/yyyy."))
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise UserError(_("This date does not exist."), _("Write dd/mm/yyyy.")) from None


def read_whole(written: str) -> int:
    """A whole number, with or without spaces and a unit."""
    match = re.fullmatch(r"(\d+)\s*\D{0,8}", _unspaced(written))
    if not match or len(match[1]) > 9:
        raise UserError(_("This is not a whole number."), _("Write digits only."))
    return int(match[1])


def read_cents(written: str) -> int:
    """Euros and cents, comma or point, spaces and € allowed: 1 482,50 € is 148250."""
    plain = _unspaced(written).replace("€", "").replace("EUR", "").replace(",", ".")
    try:
        euros = Decimal(plain)
        cents = euros * 100
    except InvalidOperation:
        raise UserError(_("This is not an amount."), _("Write it like 1482.50.")) from None
    if not cents.is_finite() or cents != cents.to_integral_value() or abs(cents) > 10**12:
        raise UserError(_("This is not an amount."), _("Write it like 1482.50."))
    return int(cents)


def _unspaced(written: str) -> str:
    """Without spaces; in English without the commas between thousands either, as numbers are shown there."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", written)
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain) if current() == "en" else plain
