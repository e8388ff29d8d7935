"""Outlines of the desa: read from a file and checked, asked in which one a place lies, made simple for drawing."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from core.distance import metres_a_degree
from core.errors import Refused

LARGEST_FILE = 10 * 1024 * 1024
MOST_CORNERS = 200_000
AREAS = ("Polygon", "MultiPolygon")
# A phone is wrong by some ten metres, and so are drawn borders.
NEAR_METRES = 100
DRAWN_TO = 0.0001  # degrees, about 11 m: what nobody sees on a phone
DECIMALS = 5  # of a drawn degree, about 1 m
DEGREES_ONLY = ("CRS84", "EPSG::4326", "EPSG:4326")


@dataclass(frozen=True)
class Outline:
    """A desa and the ground it covers, in degrees (longitude, latitude)."""

    code: str
    name: str
    area: BaseGeometry


@dataclass(frozen=True)
class Named:
    """An outline as the file names it; blank: not said."""

    code: str
    name: str
    area: BaseGeometry

    @property
    def label(self) -> str:
        """What to call it when it is refused."""
        return self.name or self.code or "tanpa nama"


def read(content: bytes) -> list[Named]:
    """The outlines in a GeoJSON file; raises Refused with what is wrong and what to do."""
    if len(content) > LARGEST_FILE:
        raise Refused(f"Berkas terlalu besar; paling besar {LARGEST_FILE // 1024 // 1024} MB. Sederhanakan garisnya.")
    collection = _parsed(content)
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise Refused("Berkas ini bukan GeoJSON FeatureCollection.")
    _check_degrees(collection.get("crs"))
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        raise Refused("Berkas ini tidak berisi batas desa.")
    found = [_named(feature, number) for number, feature in enumerate(features, 1)]
    if sum(len(shapely.get_coordinates(each.area)) for each in found) > MOST_CORNERS:
        raise Refused(f"Terlalu banyak titik sudut; paling banyak {MOST_CORNERS}. Sederhanakan garisnya.")
    return found


def village_at(outlines: Sequence[Outline], lat: float, lng: float) -> Outline | None:
    """The desa in which a place lies; just outside all, the nearest within NEAR_METRES. None: outside."""
    here = shapely.Point(lng, lat)
    for each in outlines:
        if each.area.covers(here):
            return each
    away = [(_metres_to(each.area, lat, lng), each.code, each) for each in outlines]
    metres, _code, nearest = min(away, default=(float("inf"), "", None))
    return nearest if metres <= NEAR_METRES else None


def drawn(outlines: Iterable[Outline]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection to draw: with few corners, not to be measured."""
    return {"type": "FeatureCollection", "features": [_drawn(each) for each in outlines]}


def as_text(area: BaseGeometry) -> str:
    """As stored."""
    return str(shapely.to_geojson(area))


def from_text(geometry: str) -> BaseGeometry:
    """As `as_text` stored it, made ready to be asked often."""
    area = shapely.from_geojson(geometry)
    shapely.prepare(area)
    return area


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise Refused("Berkas ini bukan GeoJSON (JSON dalam UTF-8) yang dapat dibaca.") from fault


def _no_number(word: str) -> object:
    raise ValueError(word)


def _check_degrees(crs: object) -> None:
    """The format knows degrees alone; files from before that may say that they hold something else."""
    if crs is not None and not any(known in json.dumps(crs) for known in DEGREES_ONLY):
        raise Refused("Koordinatnya bukan derajat WGS 84. Simpan ulang berkasnya dengan EPSG:4326.")


def _named(feature: object, number: int) -> Named:
    given: Mapping[str, Any] = feature if isinstance(feature, dict) else {}
    properties = given.get("properties")
    geometry = given.get("geometry")
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        raise Refused(f"Batas ke-{number}: perlu properties (code, name) dan geometry.")
    code, name = (_word(properties.get(key)) for key in ("code", "name"))
    if not code and not name:
        raise Refused(f"Batas ke-{number}: properties code atau name belum ada.")
    return Named(code, name, _area(geometry, name or code))


def _word(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _area(geometry: Mapping[str, Any], label: str) -> BaseGeometry:
    if geometry.get("type") not in AREAS:
        raise Refused(f"{label}: batasnya harus Polygon atau MultiPolygon.")
    try:
        area = shapely.force_2d(shape(geometry))
    except (ShapelyError, ValueError, TypeError, LookupError, AttributeError) as fault:
        raise Refused(f"{label}: koordinat batasnya tidak dapat dibaca.") from fault
    if area.is_empty:
        raise Refused(f"{label}: batasnya kosong.")
    west, south, east, north = area.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Refused(f"{label}: koordinatnya bukan derajat (bujur, lintang). Simpan ulang dengan EPSG:4326.")
    if not area.is_valid:
        raise Refused(f"{label}: garis batasnya memotong dirinya sendiri atau tidak tertutup. Perbaiki lalu coba lagi.")
    return area


def _metres_to(area: BaseGeometry, lat: float, lng: float) -> float:
    """How far the area's nearest edge is from a place."""
    flat = shapely.transform(area, lambda corners: (corners - (lng, lat)) * metres_a_degree(lat))
    return float(flat.distance(shapely.Point(0, 0)))


def _drawn(outline: Outline) -> dict[str, Any]:
    area = outline.area.simplify(DRAWN_TO)
    rounded = shapely.transform(area, lambda corners: corners.round(DECIMALS))
    properties = {"code": outline.code, "name": outline.name}
    return {"type": "Feature", "properties": properties, "geometry": json.loads(as_text(rounded))}
