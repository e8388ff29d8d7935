"""The line of twelve months beside a figure, as points in a box of 132 × 40 (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH_STEP, LEFT = 11, 6
TOP, BOTTOM = 4, 36
Point = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """`segments` are texts for <polyline points>, broken where a month has no figure; `target` is a height."""

    segments: Sequence[str]
    dots: Sequence[Point]
    last: Point | None
    target: int | None


def line(values: Sequence[Decimal | None], target: Decimal | None) -> Line:
    """Scaled between the least and the greatest of the values and the target."""
    known = [value for value in (*values, target) if value is not None]
    low, high = (min(known), max(known)) if known else (Decimal(0), Decimal(0))

    def height(value: Decimal) -> int:
        return BOTTOM - int((value - low) / ((high - low) or 1) * (BOTTOM - TOP))

    points = [None if value is None else (LEFT + WIDTH_STEP * i, height(value)) for i, value in enumerate(values)]
    dots = [point for point in points if point]
    return Line(
        segments=[" ".join(f"{x},{y}" for x, y in run) for run in _runs(points) if len(run) > 1],
        dots=dots,
        last=points[-1] if points else None,
        target=None if target is None else height(target),
    )


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    runs: list[list[Point]] = [[]]
    for point in points:
        if point:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return runs
