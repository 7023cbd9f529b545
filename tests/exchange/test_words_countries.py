"""Countries as people write them, in many languages and ways; an unknown one refuses, an empty one does not."""

from __future__ import annotations

import json

import pytest
from babel import Locale

from mobility_app.exchange.country_words import country, nationality, nearest
from mobility_app.exchange.words import Reading, read_value
from mobility_app.fields import BY_KEY
from mobility_app.i18n import render
from mobility_app.paths import REFERENCE

WRITTEN = {
    "AT": "Autriche|AUTRICHE|Österreich|Austria|aut",
    "BE": "Belgique|BELGIQUE|België|Belgien",
    "CZ": "Tchéquie|République tchèque|Republique Tcheque|Rép. tchèque|Tchéquie/Rép. tchèque|Česko|Czech Republic",
    "DE": "Allemagne|ALLEMAGNE|Deutschland|Germany|DE|de|DEU|DE-Berlin|RFA|ALL",
    "ES": "Espagne|ESPAGNE|España|Espana|Spain|ES - Espagne|Espagne (Séville)|Espagne, Canaries|Canaries",
    "FI": "Finlande|Suomi|Finland",
    "GB": "Royaume-Uni|ROYAUME UNI|UK|GB|Angleterre|Écosse|Grande-Bretagne|United Kingdom|Irlande du Nord",
    "GR": "Grèce|GRECE|Grece|EL|GR|Ελλάδα|Greece",
    "HR": "Croatie|Hrvatska",
    "HU": "Hongrie|Magyarország",
    "IE": "Irlande|République d'Irlande|Éire|Ireland",
    "IS": "Islande|Ísland",
    "IT": "Italie|Italia|ITA",
    "LU": "Luxembourg|Lëtzebuerg",
    "MK": "Macédoine du Nord|Macédoine|North Macedonia",
    "MT": "Malte|Malta",
    "NL": "Pays-Bas|PAYS BAS|pays–bas|Hollande|Nederland|The Netherlands",
    "PL": "Pologne|Polska|POLOGNE\u00a0",
    "PT": "Portugal|PORTUGAL (Setúbal)",
    "RE": "La Réunion|Réunion|Reunion",
    "SE": "Suède|Sverige|Suede",
    "SK": "Slovaquie|République slovaque|Slovensko",
    "TR": "Türkiye|Turquie|TURQUIE|Turkey",
    "US": "États-Unis|Etats-Unis|USA|États-Unis d'Amérique",
    "XK": "Kosovo|XK",
}


@pytest.mark.parametrize(
    ("code", "written"), [(code, one) for code, many in WRITTEN.items() for one in many.split("|")]
)
def test_countries(code: str, written: str) -> None:
    assert country(written) == code


def test_every_country_of_the_programme_in_both_languages_and_its_own_codes() -> None:
    listed = json.loads((REFERENCE / "countries.json").read_text("utf-8"))["countries"]
    codes = [entry["code"] for entry in listed] if isinstance(listed, list) else list(listed)
    assert len(codes) > 30
    for language in ("fr", "en", "de", "es", "it"):
        names = Locale(language).territories
        for code in codes:
            assert country(names[code]) == code
            assert country(names[code].upper()) == code
            assert country(code) == code


@pytest.mark.parametrize(
    "written", ["Atlantide", "Espange", "France-Espagne", "Espagne, Portugal", "Europe", "EU", "ZZ", "Bordurie", "12"]
)
def test_unknown_countries(written: str) -> None:
    assert country(written) is None


def test_a_misspelt_country_is_asked_for_never_taken() -> None:
    assert nearest("Espange") == "ES"
    assert nearest("Alemagne") == "DE"
    assert nearest("Atlantide") is None
    said = read_value(BY_KEY["country"], "Espange")
    assert said.value is None
    assert said.refuses
    assert render(said.trouble, "fr") == "Pays inconnu\u00a0: «\u00a0Espange\u00a0». S’agit-il de\u00a0: Espagne\u202f?"


def test_unknown_refuses_and_empty_does_not() -> None:
    said = read_value(BY_KEY["country"], "Atlantide")
    assert said.refuses
    assert "Pays inconnu\u00a0: «\u00a0Atlantide\u00a0»" in render(said.trouble, "fr")
    assert read_value(BY_KEY["country"], None) == Reading()
    assert read_value(BY_KEY["country"], "  ") == Reading()


def test_nationalities() -> None:
    assert [nationality(one) for one in ("Française", "FRANÇAIS", "marocaine", "Belge", "FR", "Italie")] == [
        "FR", "FR", "MA", "BE", "FR", "IT",
    ]  # fmt: skip
    said = read_value(BY_KEY["nationality"], "martienne")
    assert (said.value, said.refuses) == (None, False)
