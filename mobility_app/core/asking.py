"""Typed filters such as `pays:ES départ>=01/03/2027 lefevre`: each piece is a condition on a field or a search word."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mobility_app.core.text import words
from mobility_app.fields import MOBILITY, Field
from mobility_app.i18n import LANGUAGES, N_, Text, catalogue, country_names, text

_PIECE = re.compile(r'([^\s:<>=!"]+)\s*(>=|<=|!=|[:=<>])\s*("[^"]*"|\S+)|"([^"]*)"|(\S+)')
_YES = {"oui", "o", "x", "yes", "y", "vrai", "true", "1"}
_NO = {"non", "n", "no", "faux", "false", "0"}


@dataclass(frozen=True)
class Question:
    """`search`: words to find anywhere; `filters`: (field key, operator, value); `problems`: pieces not understood."""

    search: str
    filters: tuple[tuple[str, str, Any], ...]
    problems: tuple[Text, ...] = ()


def ask(question: str) -> Question:
    """Reads what she typed. A name that is no field is searched as it stands, so that no text is ever an error."""
    found: list[str] = []
    filters: list[tuple[str, str, Any]] = []
    problems: list[Text] = []
    for name, operator, value, quoted, word in _PIECE.findall(question):
        field = field_named(name) if name else None
        if field is None:
            found.append(quoted or word or f"{name}{operator}{value}")
            continue
        try:
            filters.append(_condition(field, operator, value.strip('"')))
        except ValueError:
            problems.append(text(N_("“{piece}” is not understood."), piece=f"{name}{operator}{value}"))
    return Question(" ".join(found), tuple(filters), tuple(problems))


@cache
def _names() -> Mapping[str, Field]:
    known: dict[str, Field] = {}
    for field in MOBILITY:
        titles = [catalogue(language).gettext(field.title) for language in LANGUAGES]
        for name in (field.key, field.title, *titles, *field.aliases):
            known.setdefault(words(name).replace(" ", ""), field)
    return known


def field_named(name: str) -> Field | None:
    """The field that people call so, in either language."""
    return _names().get(words(name).replace(" ", ""))


def _condition(field: Field, operator: str, value: str) -> tuple[str, str, Any]:
    if operator in (":", "=") and "," in value and field.kind not in ("text", "long_text"):
        return field.key, "in", tuple(_value(field, part) for part in value.split(",") if part)
    found = _value(field, value)
    if operator == ":":
        operator = "contains" if isinstance(found, str) and field.kind in ("text", "long_text", "email") else "="
    return field.key, operator, found


def _value(field: Field, value: str) -> Any:
    """The typed value; raises ValueError when it is none of this field's."""
    folded = words(value)
    match field.kind:
        case "date":
            return _day(value)
        case "integer" | "kilometres":
            return int(re.sub(r"[^\d-]", "", value))
        case "money":
            return round(float(re.sub(r"[^\d,.-]", "", value).replace(",", ".")) * 100)
        case "boolean":
            if folded not in _YES | _NO:
                raise ValueError(value)
            return folded in _YES
        case "country":
            return _country(folded)
        case "choice":
            return _choice(field, folded)
    return value


def _day(value: str) -> dt.date:
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", value):
        day, month, year = map(int, match.groups())
        return dt.date(year, month, day)
    return dt.date.fromisoformat(value)


def _country(folded: str) -> str:
    for language in LANGUAGES:
        for code, name in country_names(language).items():
            if folded in (code.lower(), words(name)):
                return code
    raise ValueError(folded)


def _choice(field: Field, folded: str) -> str:
    for choice in field.choices:
        titles = [catalogue(language).gettext(choice.title) for language in LANGUAGES]
        if folded in {words(name) for name in (choice.code, choice.title, *titles, *choice.aliases)}:
            return choice.code
    raise ValueError(folded)
