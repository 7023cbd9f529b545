"""Distances as the programme measures them: one way, in a straight line, in whole kilometres."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

Place = tuple[float, float]  # latitude and longitude in degrees


def metres(origin: Place, venue: Place) -> float:
    """The length of the geodesic between two places on the WGS-84 ellipsoid."""
    from geographiclib.geodesic import Geodesic

    line: dict[str, Any] = Geodesic.WGS84.Inverse(*origin, *venue, Geodesic.DISTANCE)
    return float(line["s12"])


def whole_km(distance: float) -> int:
    """Metres as whole kilometres, the started one left out.

    Bands are published as 100-499 and 500-1999: a band begins when its first kilometre is reached, so 499.9 km is
    still in the first. The one place where a distance is rounded.
    """
    return math.floor(distance / 1000)


def kilometres(*places: Place) -> int:
    """Whole kilometres of the way from the first place to the last; the legs of an itinerant activity add up first."""
    return whole_km(sum(metres(a, b) for a, b in pairwise(places)))
