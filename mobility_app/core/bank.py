"""Bank details: checked when they are typed, masked wherever money does not go out."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    """Where a participant's money goes; `holder` is "" when it is the participant."""

    iban: str = ""
    bic: str = ""
    holder: str = ""

    @property
    def shown(self) -> str:
        """In groups of four, as banks print it."""
        return " ".join(self.iban[n : n + 4] for n in range(0, len(self.iban), 4))


def compact(value: str) -> str:
    """How an IBAN or a BIC is stored: capitals, without spaces, dots or dashes."""
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
