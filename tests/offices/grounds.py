"""Invented outlines: two square desa side by side, a kilometre or so wide, and a hole between nobody's ground."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from offices import boundaries, outlines
from tests import make

LENGKONG, TAMANSARI = "35.09.23.2001", "35.09.23.2003"
MIDDLE = (-8.25, 113.705)  # of Lengkong; latitude first, as people say it
EAST = (-8.25, 113.715)  # in Tamansari
NOWHERE = (-8.40, 113.70)


def square(west: float, south: float, size: float = 0.01) -> dict[str, Any]:
    east, north = west + size, south + size
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def feature(geometry: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features} | more).encode()


def two_desa() -> bytes:
    return collection(
        feature(square(113.70, -8.255), code=LENGKONG, name="Lengkong"),
        feature(square(113.71, -8.255), name="tamansari"),
    )


def file(folder: Path, content: bytes) -> Path:
    path = folder / "batas.geojson"
    path.write_bytes(content)
    return path


def degrees(value: float) -> Decimal:
    return Decimal(str(value))


def put() -> None:
    """The two desa, as the command puts them in."""
    boundaries.put(office_id=make.OFFICE, found=outlines.read(two_desa()), by="tests", now=make.START)
