"""Amounts in words: the spellings that people get wrong, and numbers that read back as themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app.core.number_words import euros, number_english, number_french

FRENCH = {
    0: "zéro",
    16: "seize",
    17: "dix-sept",
    21: "vingt et un",
    22: "vingt-deux",
    60: "soixante",
    70: "soixante-dix",
    71: "soixante et onze",
    77: "soixante-dix-sept",
    80: "quatre-vingts",
    81: "quatre-vingt-un",
    91: "quatre-vingt-onze",
    99: "quatre-vingt-dix-neuf",
    100: "cent",
    101: "cent un",
    180: "cent quatre-vingts",
    200: "deux cents",
    201: "deux cent un",
    1000: "mille",
    1080: "mille quatre-vingts",
    1438: "mille quatre cent trente-huit",
    80_000: "quatre-vingt mille",
    200_000: "deux cent mille",
    380_200: "trois cent quatre-vingt mille deux cents",
    1_000_000: "un million",
    80_000_000: "quatre-vingts millions",
    200_000_300: "deux cents millions trois cents",
}


@pytest.mark.parametrize(("number", "words"), FRENCH.items())
def test_french_spelling(number: int, words: str) -> None:
    assert number_french(number) == words


@pytest.mark.parametrize(("cents", "french", "english"), [
    (143_850, "mille quatre cent trente-huit euros et cinquante centimes",
     "one thousand four hundred and thirty-eight euros and fifty cents"),
    (100, "un euro", "one euro"),
    (101, "un euro et un centime", "one euro and one cent"),
    (0, "zéro euro", "zero euros"),
    (5, "cinq centimes", "five cents"),
    (100_000_000, "un million d’euros", "one million euros"),
    (100_000_100, "un million un euros", "one million and one euros"),
])  # fmt: skip
def test_amounts(cents: int, french: str, english: str) -> None:
    assert (euros(cents, "fr"), euros(cents, "en")) == (french, english)


@pytest.mark.parametrize("cents", [-1, 10**11])
def test_what_no_school_pays(cents: int) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the value is its message
        euros(cents, "fr")


_UNITS = {number_french(n): n for n in range(100)} | {"quatre-vingt": 80}


def read(words: str) -> int:
    """The number that French words say, read from the left by someone who knows nothing of how they were made."""
    total = group = 0
    rest = words
    while rest:
        head = next((h for h in ("millions", "million", "mille", "cents", "cent") if rest.split(" ")[0] == h), "")
        if head.startswith("million"):
            total, group, rest = total + (group or 1) * 1_000_000, 0, rest[len(head) :].strip()
        elif head == "mille":
            total, group, rest = total + (group or 1) * 1000, 0, rest[len(head) :].strip()
        elif head:
            group, rest = (group or 1) * 100, rest[len(head) :].strip()
        else:
            longest = max((w for w in _UNITS if rest == w or rest.startswith(f"{w} ")), key=len)
            group, rest = group + _UNITS[longest], rest[len(longest) :].strip()
    return total + group


@given(st.integers(0, 999_999_999))
def test_french_words_read_back(number: int) -> None:
    assert read(number_french(number)) == number


@given(st.integers(0, 999_999_999), st.integers(0, 999_999_999))
def test_two_numbers_are_never_the_same_words(one: int, other: int) -> None:
    for word in (number_french, number_english):
        assert (word(one) == word(other)) == (one == other)
