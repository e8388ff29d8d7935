"""A small map to print: the outlines of the desa in points of paper, and where the report is."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians
from typing import Any

from complaints.models import Complaint

WIDTH = 340.0  # points of paper
TALLEST = 300.0
MARGIN = 6.0
Ring = Sequence[Sequence[float]]
Outlines = Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Shape:
    """One piece of a desa."""

    points: list[tuple[float, float]]
    is_here: bool


@dataclass(frozen=True)
class Label:
    """A desa's name, in its middle."""

    x: float
    y: float
    name: str


@dataclass(frozen=True)
class SmallMap:
    """A map of this size; `pin` None: no position is known, only the desa. `alt` says the same in words."""

    width: float
    height: float
    shapes: list[Shape]
    labels: list[Label]
    pin: tuple[float, float] | None
    alt: str


class Paper:
    """Degrees to points: the whole sub-district fits, north is up."""

    def __init__(self, rings: Sequence[Ring]) -> None:
        xs, ys = [p[0] for ring in rings for p in ring], [p[1] for ring in rings for p in ring]
        self.west, self.north, self.squeeze = min(xs), max(ys), cos(radians(min(ys)))
        wide, high = (max(xs) - self.west) * self.squeeze, self.north - min(ys)
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / high)
        self.width, self.height = wide * self.scale + 2 * MARGIN, high * self.scale + 2 * MARGIN

    def at(self, lng: float, lat: float) -> tuple[float, float]:
        """Points from the left and from the top."""
        x = (lng - self.west) * self.squeeze * self.scale + MARGIN
        return round(x, 2), round((self.north - lat) * self.scale + MARGIN, 2)


def small_map(outlines: Outlines, report: Complaint, alt: str) -> SmallMap | None:
    """The map of a report; None without outlines, or when nothing says where it is."""
    pieces = [(code, name, list(_rings(json.loads(geometry)))) for code, name, geometry in outlines]
    known = report.village_code in {code for code, _name, _rings_of in pieces} or report.lat is not None
    if not pieces or not known:
        return None
    paper = Paper([ring for _code, _name, rings in pieces for ring in rings])
    shapes = [
        Shape([paper.at(p[0], p[1]) for p in ring], code == report.village_code)
        for code, _name, rings in pieces
        for ring in rings
    ]
    labels = [_label(name, max(rings, key=len), paper) for _code, name, rings in pieces]
    return SmallMap(paper.width, paper.height, shapes, labels, _pin(report.lat, report.lng, paper), alt)


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    """The outer line of each piece."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    yield from (polygon[0] for polygon in polygons)


def _label(name: str, ring: Ring, paper: Paper) -> Label:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    x, y = paper.at((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return Label(x, y, name)


def _pin(lat: Decimal | None, lng: Decimal | None, paper: Paper) -> tuple[float, float] | None:
    """None where it lies off the map too: it would be cut off."""
    if lat is None or lng is None:
        return None
    x, y = paper.at(float(lng), float(lat))
    return (x, y) if 0 <= x <= paper.width and 0 <= y <= paper.height else None
