"""How far apart two places are, and the box around one: degrees (WGS 84) and metres."""

from dataclasses import dataclass
from math import asin, ceil, cos, radians, sin, sqrt

EARTH_M = 6_371_008.8  # the mean radius
METRES_A_DEGREE = radians(1) * EARTH_M  # of latitude; of longitude on the equator
NEVER_NARROWER = 0.01  # the cosine near the poles, where a box would have no end

Degrees = float
MILLIONTHS = 1_000_000


@dataclass(frozen=True)
class Box:
    """A box in whole millionths of a degree; it holds at least what it was made for."""

    south: int
    north: int
    west: int
    east: int


def metres_between(lat: Degrees, lng: Degrees, other_lat: Degrees, other_lng: Degrees) -> float:
    """The distance along the ground, as on a ball: right to half a percent."""
    up, across = radians(other_lat - lat), radians(other_lng - lng)
    chord = sin(up / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(across / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(chord)))


def metres_a_degree(lat: Degrees) -> tuple[float, float]:
    """Metres in a degree of longitude and in one of latitude, here."""
    return METRES_A_DEGREE * max(cos(radians(lat)), NEVER_NARROWER), METRES_A_DEGREE


def box_around(lat: Degrees, lng: Degrees, metres: float) -> Box:
    """A box that holds every place within so many metres. It does not reach across the date line."""
    across, up = (ceil(metres / each * MILLIONTHS) + 1 for each in metres_a_degree(lat))
    y, x = round(lat * MILLIONTHS), round(lng * MILLIONTHS)
    return Box(y - up, y + up, x - across, x + across)
