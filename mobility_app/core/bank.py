"""Bank details: checked when they are typed, masked wherever money does not go out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mobility_app.i18n import N_


@dataclass(frozen=True)
class Account:
    """Where a participant's money goes; `account_holder` is "" when it is the participant."""

    iban: str = ""
    bic: str = ""
    account_holder: str = ""

    @property
    def shown(self) -> str:
        return grouped(self.iban)


def grouped(iban: str) -> str:
    """In groups of four, as banks print it."""
    return " ".join(iban[n : n + 4] for n in range(0, len(iban), 4))


def compact(value: str) -> str:
    """How an IBAN or a BIC is stored: capitals, without spaces, dots or dashes, nor its name before it."""
    value = re.sub(r"^\s*(?:IBAN|BIC)\b[\s:]*", "", value, flags=re.IGNORECASE)
    return re.sub(r"[\s.\u2010-\u2015-]", "", value).upper()


def iban_ok(value: str) -> bool:
    """Length of its country and check digits (ISO 13616)."""
    from stdnum import iban

    return value.isascii() and bool(iban.is_valid(value))


def bic_ok(value: str) -> bool:
    """Eight or eleven signs (ISO 9362)."""
    from stdnum import bic

    return value.isascii() and bool(bic.is_valid(value))


def masked(value: str | None) -> str:
    """Country and last four signs: enough to recognise an account, too little to use it."""
    return f"{value[:2]}…{value[-4:]}" if value else ""


def hidden(written: str) -> str:
    """What was written for an account: by its ends alone when it may be its number, else as it is."""
    return masked(compact(written)) if len(re.findall(r"\d", written)) > 7 else written


OK: Mapping[str, Callable[[str], bool]] = {"iban": iban_ok, "bic": bic_ok}
WRONG: Mapping[str, tuple[str, str]] = {  # what is wrong, and what to do
    "iban": (
        N_("This IBAN is not right: its length or its check digits do not fit."),
        N_("Copy it again from the bank's statement (RIB)."),
    ),
    "bic": (N_("This BIC is not right: it has 8 or 11 signs."), N_("Copy it again, or leave it empty.")),
}
