import pytest

from core.distance import MILLIONTHS, box_around, metres_between

HERE = (-8.25, 113.75)


@pytest.mark.parametrize(
    ("lat", "lng", "metres"),
    [
        (-8.25, 113.75, 0),
        (-8.252246, 113.75, 249.7),  # due south
        (-8.252250, 113.75, 250.2),
        (-8.25, 113.752270, 249.8),  # due east: a degree is shorter there
        (-8.25, 113.752275, 250.4),
        (-8.35, 113.75, 11_119.5),
        (8.25, -66.25, 20_015_114.4),  # the other side of the earth
    ],
)
def test_metres_between(lat: float, lng: float, metres: float) -> None:
    assert metres_between(*HERE, lat, lng) == pytest.approx(metres, abs=0.3)
    assert metres_between(lat, lng, *HERE) == metres_between(*HERE, lat, lng)


@pytest.mark.parametrize(("lat", "lng"), [HERE, (0.0, 0.0), (60.0, 10.0), (-89.9, 1.0)])
def test_a_box_holds_everything_near(lat: float, lng: float) -> None:
    box = box_around(lat, lng, 250)
    for corner_lat, corner_lng in ((box.north, lng * MILLIONTHS), (lat * MILLIONTHS, box.east)):
        assert metres_between(lat, lng, corner_lat / MILLIONTHS, corner_lng / MILLIONTHS) >= 249.9 or abs(lat) > 80
    assert (box.south + box.north) / 2 == pytest.approx(lat * MILLIONTHS, abs=1)
