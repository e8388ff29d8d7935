from datetime import date
from typing import Any

import pytest
from flask import Flask

from core.db import db, read_afresh, reader
from core.errors import Missing, Refused
from offices import audit_words, queries, service
from offices.points import Purpose
from tests import make
from tests.offices import houses

BY: dict[str, Any] = {"office_id": 1, "by": "operator@kantor.example", "now": make.START}
SURAT: dict[str, Any] = {"code": "surat-baru", "name": "Surat baru", "section_key": "pmks", "position": 13}
KTP: dict[str, Any] = {"code": "ktp", "name": "KTP elektronik", "section_key": "pelayanan-umum", "position": 1}
POINT: dict[str, Any] = {
    "name": "Loket 3", "purpose": Purpose.RATE, "service_code": "ktp", "village_code": None, "place": "Lantai 2",
}  # fmt: skip


def fresh() -> Any:
    db.session.rollback()
    return reader()


def actions() -> list[str]:
    return [entry.action for entry in queries.audit_trail(fresh(), 1)]


def refusal(work: Any, **values: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        work(**values, **BY)
    assert actions() == []
    return caught.value


def test_a_service_is_added_open(any_app: Flask) -> None:
    service.add_service(**SURAT, **BY)
    assert queries.service(fresh(), 1, "surat-baru").is_open
    assert actions() == ["service.add"]


@pytest.mark.parametrize(
    "code", ["Surat", "surat baru", "surat_baru", "-surat", "surat-", "", "a" * 41, "surat\n", "é"]
)
def test_a_service_code_can_stand_in_an_address(app: Flask, code: str) -> None:
    assert refusal(service.add_service, **(SURAT | {"code": code})).field == "code"


def test_a_service_code_is_given_once(any_app: Flask) -> None:
    assert refusal(service.add_service, **(SURAT | {"code": "ktp"})).field == "code"


def test_a_service_belongs_to_a_section_of_the_office(any_app: Flask) -> None:
    assert refusal(service.add_service, **(SURAT | {"section_key": "lain"})).field == "section_key"


def test_the_trail_shows_old_and_new(any_app: Flask) -> None:
    service.edit_service(**(KTP | {"name": "KTP"}), is_open=True, **BY)
    [entry] = queries.audit_trail(fresh(), 1)
    assert (entry.subject, entry.detail) == ("ktp", {"name": ["KTP elektronik", "KTP"]})


def test_saving_what_is_there_leaves_no_trail(app: Flask) -> None:
    service.edit_service(**KTP, is_open=True, **BY)
    assert actions() == []


def test_a_service_in_use_at_a_point_stays_open(any_app: Flask) -> None:
    houses.point(service_code="ktp", name="Loket 9")
    found = refusal(service.edit_service, **KTP, is_open=False)
    assert found.field == "is_open"
    assert "Loket 9" in found.message


def test_the_last_open_service_stays_open(app: Flask) -> None:
    houses.close_services(but="ktp")
    assert refusal(service.edit_service, **KTP, is_open=False).field == "is_open"


def test_a_service_is_closed(any_app: Flask) -> None:
    service.edit_service(**KTP, is_open=False, **BY)
    assert "ktp" not in [found.code for found in queries.open_services(fresh(), 1)]


def test_a_point_gets_a_code_of_the_office(any_app: Flask) -> None:
    code = service.add_point(**POINT, **BY)
    assert code.startswith("MBS-")
    assert queries.point(fresh(), 1, code).name == "Loket 3"


@pytest.mark.parametrize("field", ["service_code", "village_code"])
def test_a_point_names_what_the_office_has(any_app: Flask, field: str) -> None:
    assert refusal(service.add_point, **(POINT | {field: "tidak-ada"})).field == field


def test_an_open_point_names_an_open_service(app: Flask) -> None:
    houses.close_services(but="kk")
    assert refusal(service.add_point, **POINT).field == "service_code"


def test_a_point_keeps_its_code_when_it_changes(any_app: Flask) -> None:
    code = service.add_point(**POINT, **BY)
    service.edit_point(code=code, **(POINT | {"purpose": Purpose.BOTH}), is_open=False, **BY)
    point = queries.point(fresh(), 1, code)
    assert (point.purpose, point.is_open) == ("both", False)


def test_another_offices_point_is_missing(any_app: Flask) -> None:
    houses.other_office()
    with pytest.raises(Missing):
        service.edit_point(code="JBR-TEST02", **POINT, is_open=True, **BY)


def test_collective_leave_closes_the_office(any_app: Flask) -> None:
    service.add_leave(day=date(2026, 12, 28), name="Cuti bersama", **BY)
    assert date(2026, 12, 28) in queries.days_off(fresh(), 1)


@pytest.mark.parametrize("day", [date(2026, 8, 17), date(2026, 12, 26), date(2026, 12, 27)])
def test_a_known_holiday_or_a_weekend_is_no_leave(app: Flask, day: date) -> None:
    assert refusal(service.add_leave, day=day, name="Cuti").field == "day"


def test_a_holiday_is_taken_back_and_restored(any_app: Flask) -> None:
    day = date(2026, 8, 17)
    service.set_off(day=day, is_off=False, **BY)
    assert day not in queries.days_off(fresh(), 1)
    service.set_off(day=day, is_off=True, **BY)
    assert day in queries.days_off(fresh(), 1)


def test_an_ordinary_day_cannot_be_taken_back(app: Flask) -> None:
    with pytest.raises(Missing):
        service.set_off(day=date(2026, 8, 18), is_off=False, **BY)


def test_a_year_is_filled_once(any_app: Flask) -> None:
    service.fill_year(year=2028, **BY)
    assert date(2028, 8, 17) in queries.days_off(fresh(), 1)
    with pytest.raises(Refused):
        service.fill_year(year=2028, **BY)


def test_the_first_printed_address_is_kept_until_replaced(any_app: Flask) -> None:
    service.keep_printed_address(base_url="https://lama.example", **BY)
    service.keep_printed_address(base_url="https://baru.example", **BY)
    assert queries.office(fresh(), 1).printed_base_url == "https://lama.example"
    service.replace_printed_address(base_url="https://baru.example", **BY)
    assert queries.office(fresh(), 1).printed_base_url == "https://baru.example"
    assert sorted(actions()) == ["address.print", "address.replace"]


def test_every_action_of_the_trail_has_words(app: Flask) -> None:
    service.add_point(**POINT, **BY)
    service.add_leave(day=date(2026, 12, 28), name="Cuti bersama", **BY)
    assert set(actions()) <= audit_words.ACTIONS.keys()


def test_an_address_no_phone_reaches_is_never_kept(app: Flask) -> None:
    refusal(service.keep_printed_address, base_url="http://127.0.0.1:8000")
    refusal(service.replace_printed_address, base_url="http://localhost")
    assert queries.office(read_afresh(), make.OFFICE).printed_base_url is None
