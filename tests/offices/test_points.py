import pytest

from offices.points import Purpose, canonical, landing_path


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
