"""What a business attribute is: its title, its kind, the record that holds it and the words people write for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text",
    "long_text",
    "email",
    "date",
    "integer",
    "boolean",
    "choice",
    "country",
    "money",
    "kilometres",
    "paper",
    "iban",
    "bic",
]
Owner = Literal[
    "mobility",
    "participant",
    "sending",
    "host",
    "mentor",
    "flow",
    "project",
    "derived",
    "paper",
    "payment",
    "account",
    "organisation",
    "entry",
]


@dataclass(frozen=True)
class Choice:
    """One value of a closed list: what is stored, its English title, and the words that people write for it."""

    code: str
    title: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """`owner` is the record that holds the value, `column` its column there (the key itself when empty).

    `derived` fields are computed and never written. `sensitive` fields stay out of default exports.
    `length` is the longest text accepted; `width` the width of a sheet's column in characters.
    """

    key: str
    title: str
    kind: Kind
    owner: Owner
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    column: str = ""
    sensitive: bool = False
    length: int = 200
    width: int = 14

    @property
    def stored_as(self) -> str:
        return self.column or self.key


def choice_title(choices: tuple[Choice, ...], code: str | None) -> str:
    """The English title of a stored code (translate it with `_` or `i18n.Term`); the code itself when unknown."""
    return next((choice.title for choice in choices if choice.code == code), code or "")
