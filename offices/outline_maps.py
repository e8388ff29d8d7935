"""Outlines drawn flat as SVG: degrees to pixels, and an area to a path."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, inf, radians

import shapely
from shapely.geometry.base import BaseGeometry

EDGE = 4.0  # pixels left free around
FINEST = 0.7  # pixels: corners nearer to a line than this are left out


@dataclass(frozen=True)
class Box:
    """A drawing of this size in pixels, of what lies east of `west` and south of `north`."""

    west: float
    north: float
    across: float  # pixels a degree of longitude
    down: float  # pixels a degree of latitude
    width: float
    height: float

    def flat(self, area: BaseGeometry) -> BaseGeometry:
        """The area in pixels: north is up, and down is more."""
        corner, scale = (self.west, self.north), (self.across, -self.down)
        moved = shapely.transform(area, lambda corners: (corners - corner) * scale + EDGE)
        return moved.simplify(FINEST)


def box(areas: Sequence[BaseGeometry], width: float, tallest: float = inf) -> Box:
    """As large as fits the areas, of which there is at least one."""
    west, south, east, north = shapely.total_bounds(areas)
    squeeze = cos(radians((south + north) / 2))  # a degree of longitude is shorter, away from the equator
    wide, tall = (east - west) * squeeze, north - south
    scale = min((width - 2 * EDGE) / wide, (tallest - 2 * EDGE) / tall)
    across, down = wide * scale + 2 * EDGE, tall * scale + 2 * EDGE
    return Box(west, north, squeeze * scale, scale, round(across, 1), round(down, 1))


def svg_path(area: BaseGeometry, *, with_holes: bool = True) -> str:
    """The lines around an area's pieces and, where asked, around what is cut out of them."""
    pieces = [each for each in shapely.get_parts(area) if each.geom_type == "Polygon"]
    return "".join(_ring(ring) for each in pieces for ring in (each.exterior, *(each.interiors if with_holes else ())))


def _ring(ring: BaseGeometry) -> str:
    corners: Iterable[Sequence[float]] = shapely.get_coordinates(ring).tolist()[:-1]
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in corners)}Z"
