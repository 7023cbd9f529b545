"""Texts in her language, without Qt: gettext catalogues, and sentences that are rendered only when they are shown.

Texts are English in the code. `_` and `ngettext` speak the language of the program (`use`); documents ask for
`catalogue(language)` themselves. Rules return a `Text` (template and values) and know no language at all.
"""

from __future__ import annotations

import datetime as dt
import gettext as _gettext
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeAlias

from mobility_app.paths import RESOURCES

LANGUAGES = ("fr", "en")
_OF = re.compile(r"\b(?P<d>[Dd])e \{(?P<name>\w+)\}")
_VOWELS = "aeiouœæ"
# Two letters of the locale data that are no country: unions, reserved and unknown codes.
NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
LOCALES = {"fr": "fr_FR", "en": "en_IE"}  # Ireland: English with euros and day-first dates


@dataclass(frozen=True)
class Euros:
    """An amount of money in cents; None is an amount that nobody knows."""

    cents: int | None


@dataclass(frozen=True)
class Country:
    """An ISO 3166-1 alpha-2 code, shown by its name."""

    code: str


@dataclass(frozen=True)
class Term:
    """An English text of the catalogue, shown translated inside another sentence."""

    text: str


@dataclass(frozen=True)
class Text:
    """A sentence that is not yet in any language: an English template, its values, and for counts a plural template.

    `count` names the value that decides between `template` and `plural`.
    """

    template: str
    values: tuple[tuple[str, Value], ...] = ()
    plural: str = ""
    count: str = ""

    def value(self, name: str) -> Value:
        return dict(self.values)[name]


Value: TypeAlias = "str | int | Decimal | dt.date | Euros | Country | Term | Text"


def text(template: str, /, **values: Value) -> Text:
    """Shorthand for a Text; mark the literal with N_() so that it is extracted."""
    return Text(template, tuple(values.items()))


def plural_text(singular: str, plural: str, count: str, /, **values: Value) -> Text:
    return Text(singular, tuple(values.items()), plural, count)


def N_(message: str) -> str:
    """Marks a text for extraction without translating it."""
    return message


@cache
def catalogue(language: str) -> _gettext.NullTranslations:
    """The catalogue of a language; English is the text of the code itself.

    A wheel ships compiled catalogues. In a checkout the source is read when it is newer, so no step can be forgotten.
    """
    folder = RESOURCES / "locale" / language / "LC_MESSAGES"
    compiled, source = folder / "mobility_app.mo", folder / "mobility_app.po"
    if compiled.exists() and not (source.exists() and source.stat().st_mtime > compiled.stat().st_mtime):
        with compiled.open("rb") as file:
            return _gettext.GNUTranslations(file)
    if source.exists():
        return _gettext.GNUTranslations(io.BytesIO(compile_catalogue(source)))
    return _gettext.NullTranslations()


def compile_catalogue(source: Path) -> bytes:
    """The .po file as the bytes of a .mo file."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        messages = read_po(file)
    buffer = io.BytesIO()
    write_mo(buffer, messages)
    return buffer.getvalue()


_current = "fr"  # the language of this process, as gettext itself keeps it


def use(language: str) -> None:
    """Sets the language of the program's own texts; French unless told otherwise."""
    global _current
    _current = language if language in LANGUAGES else "fr"


def current() -> str:
    return _current


def _(message: str) -> str:
    return catalogue(_current).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    return catalogue(_current).ngettext(singular, plural, n)


def render(message: Text | str, language: str | None = None) -> str:
    """The sentence in a language (the program's own by default), its values in that language's formats."""
    language = language or _current
    if isinstance(message, str):
        return catalogue(language).gettext(message) if message else ""
    values = dict(message.values)
    if message.plural:
        number = values[message.count]
        assert isinstance(number, int)
        template = catalogue(language).ngettext(message.template, message.plural, number)
    else:
        template = catalogue(language).gettext(message.template)
    shown = {name: show(value, language) for name, value in values.items()}
    return (_elided(template, shown) if language == "fr" else template).format(**shown)


def _elided(template: str, shown: Mapping[str, str]) -> str:
    """ "dates de {name}" as it is said before a vowel: "dates d’Andréa"."""

    def before(found: re.Match[str]) -> str:
        begins = unicodedata.normalize("NFD", shown[found["name"]].casefold())[:1]
        return f"{found['d']}’{{{found['name']}}}" if begins and begins in _VOWELS else found[0]

    return _OF.sub(before, template)


def show(value: Value, language: str | None = None) -> str:
    """One value in the formats of a language."""
    language = language or _current
    match value:
        case str():
            return value
        case Text():
            return render(value, language)
        case Term(text=message):
            return catalogue(language).gettext(message)
        case Euros(cents=cents):
            return money(cents, language)
        case Country(code=code):
            return country_name(code, language)
        case dt.date():
            return date(value, language)
        case _:
            from babel.numbers import format_decimal

            return format_decimal(value, locale=LOCALES[language])


def date(value: dt.date | None, language: str | None = None) -> str:
    """04/05/2026 in both languages; empty when unknown."""
    return value.strftime("%d/%m/%Y") if value else ""


def date_words(value: dt.date, language: str) -> str:
    """4 mai 2026; 4 May 2026 (any language that Babel knows)."""
    from babel.dates import format_date

    return format_date(value, "d MMMM y", locale=LOCALES.get(language, language))


def money(cents: int | None, language: str | None = None) -> str:
    """1 482,50 € with the spaces of French typography; 1 438 € without idle cents; unknown in words."""
    language = language or _current
    if cents is None:
        return catalogue(language).gettext("unknown")
    from babel.numbers import format_currency

    whole = cents % 100 == 0
    pattern = {"fr": "#,##0\u00a0¤" if whole else "#,##0.00\u00a0¤", "en": "¤#,##0" if whole else "¤#,##0.00"}[language]
    return format_currency(Decimal(cents) / 100, "EUR", pattern, locale=LOCALES[language], currency_digits=False)


def number(value: int | Decimal, language: str | None = None) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=LOCALES[language or _current])


@cache
def country_names(language: str) -> Mapping[str, str]:
    """The names of all countries and territories in a language, by their two letters."""
    from babel import Locale

    names = Locale.parse(LOCALES.get(language, language)).territories
    return {code: name for code, name in names.items() if len(code) == 2 and code not in NO_COUNTRY}


def country_name(code: str | None, language: str | None = None) -> str:
    """France for FR; the code itself when nobody knows it; empty for none."""
    return country_names(language or _current).get(code, code) if code else ""
