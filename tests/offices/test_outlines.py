import json
import re

import pytest
import shapely

from core.errors import Refused
from offices import outlines
from offices.outlines import Outline
from tests.offices.grounds import MIDDLE, NOWHERE, collection, feature, square, two_desa

SHAPES = [Outline(each.code, each.name, each.area) for each in outlines.read(two_desa())]


@pytest.mark.parametrize(
    ("lat", "lng", "name"),
    [
        (*MIDDLE, "Lengkong"),
        (-8.25, 113.7099, "Lengkong"),
        (-8.25, 113.7101, "tamansari"),
        (-8.25, 113.71, "Lengkong"),  # on the border of both: the first
        (-8.25, 113.69911, "Lengkong"),  # 98 m outside: a phone is wrong by as much
        (-8.25, 113.69907, None),  # 102 m
        (-8.25588, 113.712, "tamansari"),  # 98 m south of it
        (-8.25592, 113.712, None),
        (*NOWHERE, None),
        (0, 0, None),
    ],
)
def test_village_at(lat: float, lng: float, name: str | None) -> None:
    found = outlines.village_at(SHAPES, lat, lng)
    assert (found.name if found else None) == name


def test_nowhere_without_outlines() -> None:
    assert outlines.village_at([], *MIDDLE) is None


BOW = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
HALF = {"type": "Polygon", "coordinates": [[[1, None], [1, 2], [3, 4], [1, 2]]]}
UTM = square(796_000, 9_080_000, 1000)
SWAPPED = {"type": "Polygon", "coordinates": [[[-8.2, 113.7], [-8.1, 113.7], [-8.1, 113.8], [-8.2, 113.7]]]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "bukan GeoJSON"),
        (b"\xff\xfe", "bukan GeoJSON"),
        (b"[" * 100_000, "bukan GeoJSON"),
        (b'{"type": "Feature"}', "FeatureCollection"),
        (b"[]", "FeatureCollection"),
        (collection(), "tidak berisi"),
        (b'{"type": "FeatureCollection", "features": {}}', "tidak berisi"),
        (collection(1), "ke-1"),
        (collection(feature(None, code="x")), "geometry"),
        (collection(feature(square(113, -8))), "code atau name"),
        (collection(feature(square(113, -8), code=35)), "code atau name"),
        (collection(feature({"type": "Point", "coordinates": [113, -8]}, name="Suco")), "Suco.*Polygon"),
        (collection(feature({"type": "Polygon"}, name="Suco")), "Suco.*tidak dapat dibaca"),
        (collection(feature({"type": "Polygon", "coordinates": "x"}, name="Suco")), "Suco"),
        (collection(feature({"type": "Polygon", "coordinates": [[[1, 2]]]}, name="Suco")), "Suco"),
        (collection(feature(HALF, name="Suco")), "Suco"),
        (collection(feature({"type": "Polygon", "coordinates": []}, name="Suco")), "kosong"),
        (collection(feature(BOW, name="Suco")), "memotong"),
        (collection(feature(UTM, name="Suco")), "derajat"),
        (collection(feature(SWAPPED, name="Suco")), "derajat"),
        (collection(feature(square(113, -8), name="Suco"), crs={"properties": {"name": "EPSG:32749"}}), "WGS 84"),
        (two_desa().replace(b"113.7", b"NaN", 1), "bukan GeoJSON"),
        (b" " * (outlines.LARGEST_FILE + 1), "10 MB"),
    ],
)  # fmt: skip
def test_what_is_no_outline_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(Refused) as refused:
        outlines.read(content)
    assert re.search(words, refused.value.message), refused.value.message


def test_too_many_corners_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "MOST_CORNERS", 9)
    with pytest.raises(Refused, match="titik sudut"):
        outlines.read(two_desa())


def test_heights_a_byte_order_mark_and_several_grounds_are_taken() -> None:
    grounds = {"type": "MultiPolygon", "coordinates": [square(113, -8)["coordinates"], square(114, -8)["coordinates"]]}
    high = {"type": "Polygon", "coordinates": [[[*corner, 12.5] for corner in square(1, 1)["coordinates"][0]]]}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    read = outlines.read(b"\xef\xbb\xbf" + collection(feature(grounds, name="A"), feature(high, name="B"), crs=crs))
    assert [each.area.geom_type for each in read] == ["MultiPolygon", "Polygon"]
    assert not any(shapely.has_z(each.area) for each in read)


def test_what_is_drawn_has_few_corners_and_lies_where_it_lay() -> None:
    ground = square(113.70, -8.255)
    ground["coordinates"][0].insert(1, [113.705123456, -8.255003])  # 0.3 m off the line
    [named] = outlines.read(collection(feature(ground, code="1", name="Satu")))
    [drawn] = outlines.drawn([Outline(named.code, named.name, named.area)])["features"]
    assert drawn["properties"] == {"code": "1", "name": "Satu"}
    area = shapely.from_geojson(json.dumps(drawn["geometry"]))
    assert len(shapely.get_coordinates(area)) == 5
    assert area.symmetric_difference(named.area).area < named.area.area / 100
