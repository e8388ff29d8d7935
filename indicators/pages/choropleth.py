"""The desa drawn with how much of their reports was settled; the same stands in a table beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shapely.geometry.base import BaseGeometry

from core.figures import printed
from indicators.months.breakdown_parts import Part
from offices import boundaries
from offices.kept import kept
from offices.models import Office
from offices.outline_maps import box, svg_path

WIDTH = 360
# The least percentage of each step but the first; the more was settled, the denser it is drawn.
STEPS = (50, 75, 90)


@dataclass(frozen=True)
class Shape:
    """A desa's outline as an SVG path, and where its name stands."""

    code: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Drawn:
    """All outlines of the office in a box of WIDTH × `height`."""

    shapes: tuple[Shape, ...]
    height: int


@dataclass(frozen=True)
class Area:
    """A desa on the map. `step` 0: nothing was received; 1 to 4 by the percentage settled."""

    shape: Shape
    name: str
    figure: str
    step: int


@dataclass(frozen=True)
class Map:
    """The areas and the height of their box."""

    areas: Sequence[Area]
    height: int
    width: int = WIDTH


def settled_map(office: Office, parts: Iterable[Part]) -> Map | None:
    """None where no outlines were put in."""
    drawn = kept(office, "settled_map", lambda: _drawn(office))
    known = {part.code: part for part in parts}
    areas = [_area(shape, known[shape.code]) for shape in drawn.shapes if shape.code in known]
    return Map(areas, drawn.height) if areas else None


def step(percent: Decimal | None) -> int:
    """How dense a desa is drawn."""
    return 0 if percent is None else 1 + sum(percent >= least for least in STEPS)


def _area(shape: Shape, part: Part) -> Area:
    counts = part.settlement
    figure = f"{printed(counts.settled)}/{printed(counts.received)}"
    return Area(shape, part.name, figure, step(counts.percent))


def _drawn(office: Office) -> Drawn:
    outlines = boundaries.of_office(office)
    if not outlines:
        return Drawn((), 0)
    drawing = box([each.area for each in outlines], WIDTH)
    areas = [(each.code, drawing.flat(each.area)) for each in outlines]
    return Drawn(tuple(_shape(code, area) for code, area in areas), round(drawing.height))


def _shape(code: str, area: BaseGeometry) -> Shape:
    middle = area.representative_point()
    return Shape(code, svg_path(area), round(middle.x), round(middle.y))
