"""The map of a regency: the outlines of each office's desa in pixels, drawn once and kept until one changes."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import shapely
from flask import current_app
from shapely.geometry.base import BaseGeometry

from offices.models import Office
from offices.outline_maps import box, svg_path

WIDTH = 720.0  # pixels
TALLEST = 560.0
LARGEST_LABEL, SMALLEST_LABEL = 15.0, 6.0
KEPT = "regency maps"
MOST = 8  # maps that are kept; then it begins anew
Outlines = Callable[[], Sequence[tuple[int, str]]]


@dataclass(frozen=True)
class Area:
    """An office: the lines of its desa, the line around them all (both as SVG paths), and where its number stands."""

    office_id: int
    villages: str
    border: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Drawing:
    """A map of this size; `areas` of the offices whose outlines are known."""

    width: float
    height: float
    areas: Sequence[Area]


def drawing(offices: Sequence[Office], read: Outlines) -> Drawing | None:
    """The map of these offices; None where no outline is known. `read` is asked only when one has changed."""
    store: dict[object, Drawing] = current_app.extensions.setdefault(KEPT, {})
    key = tuple((office.id, office.revision) for office in offices)
    if key not in store:
        if len(store) >= MOST:
            store.clear()
        store[key] = _drawn(read())
    return store[key] if store[key].areas else None


def _drawn(outlines: Sequence[tuple[int, str]]) -> Drawing:
    pieces: defaultdict[int, list[BaseGeometry]] = defaultdict(list)
    for office, geometry in outlines:
        pieces[office].append(shapely.from_geojson(geometry))
    if not pieces:
        return Drawing(0, 0, ())
    drawn = box([area for areas in pieces.values() for area in areas], WIDTH, TALLEST)
    areas = [_area(office, [drawn.flat(each) for each in found]) for office, found in pieces.items()]
    return Drawing(drawn.width, drawn.height, areas)


def _area(office_id: int, villages: Sequence[BaseGeometry]) -> Area:
    whole = shapely.union_all([shapely.make_valid(each) for each in villages])
    place = shapely.point_on_surface(whole)
    size = min(LARGEST_LABEL, max(SMALLEST_LABEL, sqrt(whole.area) / 3))
    lines = "".join(svg_path(each, with_holes=False) for each in villages)
    return Area(
        office_id,
        lines,
        svg_path(whole, with_holes=False),
        round(place.x, 1),
        round(place.y + size / 3, 1),
        round(size, 1),
    )


def unknown(offices: Sequence[Office], drawn: Drawing | None) -> Mapping[str, str]:
    """Code → name of the offices that the map can't show."""
    known = {area.office_id for area in drawn.areas} if drawn else set()
    return {office.code: office.name for office in offices if office.id not in known}
