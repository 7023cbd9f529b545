"""Countries as people write them: in their language or in its own, as a code, in capitals, with lost accents.

Names come from CLDR through Babel, three-letter codes from its aliases; only what CLDR does not know stands here.
"""

from __future__ import annotations

import re
from functools import cache

from mobility_app.core.text import words

# The languages of the programme's countries, French and English first: the first to claim a name keeps it.
_LANGUAGES = (
    "fr en de es it pt nl pl ro el hu cs sk sl hr bg lt lv et fi sv da nb is mt tr ga lb ca eu gl mk sq sr bs uk"
)
_NO_COUNTRY = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
_PART_OF = {"IC": "ES", "EA": "ES"}  # CLDR's codes of its own for the Canaries, and Ceuta and Melilla
_ALSO = {
    "BA": "Bosnie, Bosnia",
    "BY": "Bélarus, Belarus",
    "CD": "RDC, RD Congo",
    "CI": "Ivory Coast",
    "CY": "République de Chypre",
    "CZ": "République tchèque, Rép. tchèque, Tchéquie, Czech Republic, Česká republika, Tschechische Republik",
    "DE": "RFA, République fédérale d'Allemagne, ALL",
    "ES": "Canaries, Îles Canaries, Baléares",
    "FR": "France métropolitaine",
    "GB": "UK, Grande-Bretagne, Great Britain, Angleterre, England, Écosse, Scotland, Galles, Wales, Irlande du Nord",
    "GR": "EL, République hellénique, Hellas",
    "IE": "République d'Irlande, Republic of Ireland, Eire",
    "KR": "Corée, South Korea",
    "MD": "République de Moldavie, Moldova",
    "MK": "Macédoine, ARYM, FYROM, Macedonia",
    "NL": "Hollande, Holland, The Netherlands",
    "PS": "Palestine",
    "PT": "POR",
    "RE": "Réunion, île de la Réunion",
    "RU": "Fédération de Russie",
    "SK": "République slovaque, Slovak Republic, Slovensko",
    "TR": "Türkiye, Turkiye, Turkey",
    "US": "USA, US, États-Unis d'Amérique, United States of America",
    "VA": "Vatican, Saint-Siège",
    "XK": "XKX, Kosovo",
}
# What people write for a nationality, masculine and feminine.
_NATIONALITIES = {
    "AF": "afghan, afghane",
    "AL": "albanais, albanaise",
    "AM": "arménien, arménienne",
    "AT": "autrichien, autrichienne",
    "BE": "belge",
    "BG": "bulgare",
    "BJ": "béninois, béninoise",
    "BR": "brésilien, brésilienne",
    "CD": "congolais, congolaise",
    "CH": "suisse, suissesse",
    "CI": "ivoirien, ivoirienne",
    "CM": "camerounais, camerounaise",
    "CN": "chinois, chinoise",
    "CZ": "tchèque",
    "DE": "allemand, allemande, german",
    "DK": "danois, danoise",
    "DZ": "algérien, algérienne",
    "ES": "espagnol, espagnole, spanish",
    "FI": "finlandais, finlandaise",
    "FR": "français, française, french, franç",
    "GB": "britannique, anglais, anglaise, british",
    "GE": "géorgien, géorgienne",
    "GN": "guinéen, guinéenne",
    "GR": "grec, grecque",
    "HR": "croate",
    "HT": "haïtien, haïtienne",
    "HU": "hongrois, hongroise",
    "IE": "irlandais, irlandaise, irish",
    "IT": "italien, italienne, italian",
    "KM": "comorien, comorienne",
    "LT": "lituanien, lituanienne",
    "LU": "luxembourgeois, luxembourgeoise",
    "MA": "marocain, marocaine",
    "MD": "moldave",
    "MG": "malgache",
    "ML": "malien, malienne",
    "NL": "néerlandais, néerlandaise",
    "PL": "polonais, polonaise, polish",
    "PT": "portugais, portugaise, portuguese",
    "RO": "roumain, roumaine",
    "RU": "russe",
    "SE": "suédois, suédoise",
    "SN": "sénégalais, sénégalaise",
    "SY": "syrien, syrienne",
    "TG": "togolais, togolaise",
    "TN": "tunisien, tunisienne",
    "TR": "turc, turque",
    "UA": "ukrainien, ukrainienne",
    "VN": "vietnamien, vietnamienne",
}
_SEPARATORS = re.compile(r"[/,;:|()\[\]]|\s[-–—]\s|(?<=^[A-Za-z]{2})[-–—]")


def country(value: str) -> str | None:
    """The ISO 3166-1 alpha-2 code, also of "ES - Espagne" and "Espagne (Séville)"; None for an unknown country."""
    if code := _names().get(words(value)):
        return code
    found = {code for part in _SEPARATORS.split(value) if (code := _names().get(words(part)))}
    return found.pop() if len(found) == 1 else None


def nationality(value: str) -> str | None:
    """A country's code from its name or from "française"."""
    return country(value) or _nationalities().get(words(value))


def nearest(value: str) -> str | None:
    """The country that was probably meant, for a question; never taken without asking."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(words(value), list(_names()), scorer=fuzz.ratio, score_cutoff=80)
    return _names()[best[0]] if best and len(best[0]) > 3 else None


@cache
def _names() -> dict[str, str]:
    from babel import Locale
    from babel.core import get_global

    territories = [dict(Locale.parse(language).territories.items()) for language in _LANGUAGES.split()]
    codes = [code for code in territories[0] if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY]
    names = {words(code): _PART_OF.get(code, code) for code in codes}
    for alias, targets in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and targets[0] in codes:
            names.setdefault(words(alias), targets[0])
    names |= _listed(_ALSO)
    for named in territories:
        for code in codes:
            names.setdefault(words(named.get(code, code)), _PART_OF.get(code, code))
    return names


@cache
def _nationalities() -> dict[str, str]:
    return _listed(_NATIONALITIES)


def _listed(table: dict[str, str]) -> dict[str, str]:
    return {words(name): code for code, names in table.items() for name in names.split(",")}
