import pytest

from offices.points import Purpose, canonical, landing_path, service_ways


@pytest.mark.parametrize("typed", ["MBS-10K2Q9", "mbs-10k2q9", " Mbs-1ok2q9 ", "MBS-LOK2Q9", "mbs-iok2q9"])
def test_a_code_typed_off_a_poster_is_forgiven(typed: str) -> None:
    assert canonical(typed) == "MBS-10K2Q9"


def test_the_letters_of_the_office_stay_letters() -> None:
    assert canonical("lio-1ok2q9") == "LIO-10K2Q9"


@pytest.mark.parametrize(("purpose", "path"), [("rate", "/survei/MBS-1"), ("report", "/lapor/MBS-1"), ("both", None)])
def test_a_scan_leads_to_what_the_point_is_for(purpose: str, path: str | None) -> None:
    assert landing_path(Purpose(purpose), "MBS-1") == path


@pytest.mark.parametrize("code", ["MBS-\x00", "\ud800-123456", "MBS-12\n3456"])
def test_what_nobody_can_type_is_no_code(code: str) -> None:
    assert canonical(code) == ""


def test_a_service_is_rated_at_its_own_point_else_where_people_choose() -> None:
    points = [("MBS-ANY001", None), ("MBS-KTP001", "ktp")]
    assert service_ways(points, ["ktp", "kk"]) == {
        "ktp": "/survei/MBS-KTP001",
        "kk": "/survei/MBS-ANY001?service=kk",
    }


def test_a_service_that_no_point_takes_is_left_out() -> None:
    assert service_ways([("MBS-KTP001", "ktp")], ["ktp", "kk"]) == {"ktp": "/survei/MBS-KTP001"}
    assert service_ways([], ["ktp"]) == {}
