"""Towns of the programme's countries and their neighbours, offline: found by any of their names, with coordinates.

Cut from GeoNames by packaging/places.py. The file stays as bytes sorted by key, so that opening it costs its unpacking
alone and a name is found by halving.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from mobility_app.core.text import words
from mobility_app.paths import RESOURCES

# Places overseas that have a country code of their own, and the country that people name for them.
OVERSEAS = {
    **dict.fromkeys(("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "WF", "YT"), "FR"),
    **dict.fromkeys(("AW", "BQ", "CW", "SX"), "NL"),
    **dict.fromkeys(("FO", "GL"), "DK"),
    **dict.fromkeys(("GG", "GI", "IM", "JE"), "GB"),
    "AX": "FI",
    "SJ": "NO",
}
_OTHER_NAME = 3  # columns of a line that gives another name
SURE = 15_000  # inhabitants from which a town is the one that its name calls to mind


@dataclass(frozen=True)
class Place:
    """A town. `region`: the largest town of its region, to tell namesakes apart."""

    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int

    @property
    def at(self) -> tuple[float, float]:
        return self.latitude, self.longitude


def find(name: str, country: str | None = None) -> tuple[Place, ...]:
    """The towns of that name (accents, case and hyphens do not matter), the largest first; none when unknown.

    A country finds its places overseas as well.
    """
    found = set(_named(_index().lines(words(name))))
    if country:
        found = {place for place in found if country in (place.country, OVERSEAS.get(place.country))}
    return tuple(sorted(found, key=lambda place: (-place.population, place.country, place.region, place.name)))


def starting(name: str, limit: int = 12) -> tuple[Place, ...]:
    """The largest towns whose name begins so, for a list that follows her typing; then those of another name."""
    key = words(name)
    found = set(_named(_index().lines(key, whole=False))) if len(key) > 1 else set()
    return tuple(
        sorted(found, key=lambda p: (not words(p.name).startswith(key), -p.population, p.country, p.name))[:limit]
    )


def covers(country: str | None) -> bool:
    """Whether the towns of this country are in the file."""
    return country in _covered()


@lru_cache(2_000)
def countries_of(town: str) -> frozenset[str]:
    """The countries in which a town of this name is known; none when its name calls no larger town to mind.

    A name that only small places bear says nothing: a hamlet of the same name may lie anywhere.
    """
    found = find(town)
    if not found or found[0].population < SURE:
        return frozenset()
    codes = {place.country for place in found}
    return frozenset(codes | {OVERSEAS[code] for code in codes if code in OVERSEAS})


@dataclass(frozen=True)
class _Index:
    """Lines of the file, sorted by key."""

    data: bytes

    def lines(self, key: str, *, whole: bool = True) -> list[str]:
        """The lines of a key, or of all keys that begin with it."""
        if not key:
            return []
        wanted = f"{key}\t".encode() if whole else key.encode()
        start = self._first(wanted)
        end = start
        while self.data.startswith(wanted, end):
            end = self.data.index(b"\n", end) + 1
        return self.data[start:end].decode().splitlines()

    def _first(self, wanted: bytes) -> int:
        """Where the first line stands that does not come before `wanted`."""
        low, high = 0, len(self.data)
        while low < high:
            middle = self.data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self.data.index(b"\n", middle) + 1
            if self.data[middle : middle + len(wanted)] < wanted:
                low = end
            else:
                high = middle
        return low


def _named(lines: Iterable[str]) -> Iterator[Place]:
    """The places of some lines; another name stands for the largest place of its country that bears the own name."""
    for line in lines:
        columns = line.split("\t")
        if len(columns) == _OTHER_NAME:
            _key, country, own = columns
            namesakes = (_place(same.split("\t")) for same in _index().lines(own) if same.count("\t") > _OTHER_NAME)
            yield max((place for place in namesakes if place.country == country), key=lambda place: place.population)
        else:
            yield _place(columns)


def _place(columns: Sequence[str]) -> Place:
    key, name, country, region, latitude, longitude, population = columns
    largest = _regions().get(f"{country}.{region}", "")
    return Place(name or key.title(), country, largest, float(latitude), float(longitude), int(population))


@cache
def _index() -> _Index:
    return _Index(gzip.decompress(Path(RESOURCES, "places", "places.tsv.gz").read_bytes()))


@cache
def _regions() -> dict[str, str]:
    lines = Path(RESOURCES, "places", "regions.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


@cache
def _covered() -> frozenset[str | None]:
    codes = {key.partition(".")[0] for key in _regions()}
    return frozenset(codes | {OVERSEAS[code] for code in codes if code in OVERSEAS})
