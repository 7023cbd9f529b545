"""Identifiers of the programme and of French schools: cleaning, formats, check digits. A failed check is a warning.

Formats and their sources: db/reference/identifiers.json.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # no I, O, Q
_PROJECT = re.compile(r"(20\d{2})-([1-3])-([A-Z]{2}\d{2})-(KA\d{3})(?:-([A-Z]{3}))?-(\d{6,9})")
_BM_ID = re.compile(r"(\d{6})-MOB-(\d{5})")
_LA_POSTE = "356000000"


@dataclass(frozen=True)
class ProjectCode:
    """2024-1-FR01-KA121-VET-000212345, taken apart. `field` is "" in codes of calls before 2021."""

    call_year: int
    round: int
    agency: str
    action: str
    field: str
    number: str

    @property
    def title(self) -> str:
        """KA121-VET."""
        return f"{self.action}-{self.field}" if self.field else self.action


def clean(value: str) -> str:
    """Without spaces, dots or dashes of any kind, in capitals: how a UAI, OID, PIC or SIRET is stored."""
    return re.sub(r"[\s.\u2010-\u2015-]", "", value).upper()


def oid_ok(value: str) -> bool:
    """An organisation's OID: E and eight digits; no check digit is known."""
    return re.fullmatch(r"E\d{8}", value, re.ASCII) is not None


def pic_ok(value: str) -> bool:
    return re.fullmatch(r"\d{9}", value, re.ASCII) is not None


def uai_ok(value: str) -> bool:
    """A school's UAI: seven digits and the letter that they call for."""
    return re.fullmatch(r"\d{7}[A-Z]", value, re.ASCII) is not None and uai_letter(value[:7]) == value[7]


def uai_letter(digits: str) -> str:
    """The check letter of seven digits."""
    return _UAI_LETTERS[int(digits) % 23]


def siret_ok(value: str) -> bool:
    """Luhn over the 14 digits; for La Poste's 356000000 a sum of digits that is a multiple of 5 does as well."""
    from stdnum import luhn

    if re.fullmatch(r"\d{14}", value, re.ASCII) is None:
        return False
    return bool(luhn.is_valid(value)) or (value.startswith(_LA_POSTE) and sum(map(int, value)) % 5 == 0)


def project_code(value: str) -> ProjectCode | None:
    """The parts of a grant agreement's number; None when it is not one."""
    match = _PROJECT.fullmatch(value.strip().upper())
    if match is None:
        return None
    year, selection, agency, action, field, number = match.groups()
    return ProjectCode(int(year), int(selection), agency, action, field or "", number)


def next_bm_id(taken: list[str] | tuple[str, ...], reference: str) -> str:
    """The mobility ID that the Beneficiary Module would give next: 005041-MOB-00017.

    The first part is the last six digits of the project's number; IDs typed otherwise are left out of the count.
    """
    code = project_code(reference)
    prefix = (code.number if code else re.sub(r"\D", "", reference))[-6:].rjust(6, "0")
    used = [int(m[2]) for m in map(_BM_ID.fullmatch, taken) if m and m[1] == prefix]
    return f"{prefix}-MOB-{max(used, default=0) + 1:05d}"


def email_ok(value: str) -> bool:
    """Enough to notice a slip of the finger: one @, something before it, a dotted domain after it, no space."""
    return re.fullmatch(r"[^\s@,;<>]+@[^\s@.,;<>]+(\.[^\s@.,;<>]+)+", value) is not None
