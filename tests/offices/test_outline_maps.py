"""Outlines on a drawing: north is up, a square on the ground stays one, holes stay holes."""

import pytest
from shapely import box as rectangle
from shapely.geometry.base import BaseGeometry

from offices.outline_maps import box, svg_path

GROUND = rectangle(113.0, -0.5, 114.0, 0.5)
NORTH_HALF = rectangle(113.0, 0.0, 114.0, 0.5)


@pytest.mark.parametrize(("tallest", "size"), [(1000.0, 108.0), (58.0, 58.0)])
def test_the_drawing_fits_its_box(tallest: float, size: float) -> None:
    drawn = box([GROUND], 108.0, tallest)
    assert (drawn.width, drawn.height) == (size, size)
    assert drawn.flat(GROUND).bounds == pytest.approx((4, 4, size - 4, size - 4))


def test_north_is_up() -> None:
    assert box([GROUND], 108.0).flat(NORTH_HALF).bounds == pytest.approx((4, 4, 104, 54))


@pytest.mark.parametrize(
    ("area", "with_holes", "lines"),
    [
        (rectangle(0, 0, 9, 9), True, 1),
        (rectangle(0, 0, 9, 9) - rectangle(3, 3, 6, 6), True, 2),
        (rectangle(0, 0, 9, 9) - rectangle(3, 3, 6, 6), False, 1),
        (rectangle(0, 0, 1, 1) | rectangle(3, 3, 6, 6), True, 2),
    ],
    ids=["whole", "hole", "outer", "pieces"],
)
def test_each_line_of_an_area_is_closed(area: BaseGeometry, with_holes: bool, lines: int) -> None:
    path = svg_path(area, with_holes=with_holes)
    assert (path.count("M"), path.count("Z"), path.count("L")) == (lines, lines, 3 * lines)
