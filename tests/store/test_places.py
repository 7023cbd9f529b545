"""Towns found offline: by any of their names, namesakes told apart, quick; findings only where a name is sure."""

import pytest

from mobility_app.store import places


@pytest.mark.parametrize(
    ("written", "name", "country"),
    [
        ("Köln", "Köln", "DE"), ("koln", "Köln", "DE"), ("Cologne", "Köln", "DE"), ("CRACOVIE", "Kraków", "PL"),
        ("Lisbonne", "Lisbon", "PT"), ("Ηράκλειο", "Irákleion", "GR"), ("Saint denis", "Saint-Denis", "FR"),
        ("İzmir", "İzmir", "TR"), ("Łódź", "Łódź", "PL"), ("Romorantin-Lanthenay", "Romorantin-Lanthenay", "FR"),
    ],
)  # fmt: skip
def test_a_town_is_found_by_the_names_that_people_write(written: str, name: str, country: str) -> None:
    assert name in {place.name for place in places.find(written, country)}


def test_namesakes_carry_country_and_region_the_largest_first() -> None:
    found = places.find("Saint-Denis")
    assert [(place.country, place.region) for place in found[:2]] == [("RE", "Saint-Denis"), ("FR", "Paris")]
    assert len({(place.country, place.region, place.at) for place in found}) == len(found) > 3
    assert found == tuple(sorted(found, key=lambda place: -place.population))


def test_overseas_places_belong_to_their_country_too() -> None:
    assert {place.country for place in places.find("Saint-Denis", "FR")} >= {"FR", "RE"}
    assert places.countries_of("Fort-de-France") == {"MQ", "FR"}


def test_only_a_name_that_calls_a_larger_town_to_mind_says_where_it_is() -> None:
    assert places.countries_of("Kraków") == {"PL"}
    assert places.countries_of("Cologne") == {"DE", "FR", "IT"}  # a village in France and one in Italy
    assert places.countries_of("Vannes-sur-Cosson") == set()  # small: a hamlet of that name may be anywhere
    assert places.countries_of("Atlantis") == set()
    assert places.countries_of("") == set()
    assert places.covers("FR")
    assert not places.covers("AU")
    assert not places.covers(None)


def test_every_line_is_found_by_halving() -> None:
    lines = places._index().data.decode().splitlines()
    keys = sorted({line.partition("\t")[0] for line in lines}, key=str.encode)
    assert len(keys) > 90_000
    for key in (*keys[:20], *keys[::997], *keys[-20:]):
        found = places._index().lines(key)
        assert found == [line for line in found if line.startswith(f"{key}\t")] != []
        assert all(place.country for place in places.find(key))
    assert places._index().lines("zzzzzz") == places._index().lines("\x01") == []


def test_typing_shows_the_largest_towns_first() -> None:
    assert next(place.name for place in places.starting("orlé")) == "Orléans"
    assert places.starting("o") == ()
