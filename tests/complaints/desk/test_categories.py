"""Operators keep the list of categories; every change is in the audit trail."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from complaints import queries
from complaints.desk import categories, desk_queries
from core.db import read_afresh
from core.errors import Missing, Refused
from offices.audit_models import AuditEntry
from tests import make

PATH = "/pengaturan/kategori"


def values(**changed: Any) -> dict[str, Any]:
    row = {
        "office_id": make.OFFICE, "code": "petasan", "name": "Petasan", "settle_days": 14, "is_urgent": False,
        "is_public": True, "position": 12, "questions": "", "by": "operator@example", "now": make.START,
    }  # fmt: skip
    return row | changed


def last_entry() -> AuditEntry:
    return read_afresh().scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first() or AuditEntry()


def test_a_new_category_is_open_and_on_record(any_app: Flask) -> None:
    categories.add(**values())
    assert "petasan" in [row.code for row in queries.open_categories(read_afresh(), make.OFFICE)]
    assert (last_entry().action, last_entry().subject) == ("category.add", "petasan")


@pytest.mark.parametrize("code", ["jalan", "Huruf Besar", "", "baru", "x" * 41])
def test_a_code_is_new_and_fit_for_an_address(any_app: Flask, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        categories.add(**values(code=code))
    assert refusal.value.field == "code"


def test_a_change_is_on_record_with_old_and_new(any_app: Flask) -> None:
    found = desk_queries.category(read_afresh(), make.OFFICE, "jalan")
    kept = {"name": found.name, "is_public": True, "position": 1}
    categories.edit(**values(code="jalan", settle_days=60, is_open=True, **kept))
    assert last_entry().detail == {"settle_days": [14, 60]}


def test_only_two_limits_are_known(any_app: Flask) -> None:
    with pytest.raises(Refused, match="14 atau 60"):
        categories.add(**values(settle_days=1))


def test_one_category_stays_open(any_app: Flask) -> None:
    *others, last = [row.code for row in queries.open_categories(read_afresh(), make.OFFICE)]
    for code in others:
        categories.edit(**values(code=code, is_open=False))
    with pytest.raises(Refused, match="satu-satunya"):
        categories.edit(**values(code=last, is_open=False))


def test_another_offices_category_is_not_there(any_app: Flask) -> None:
    with pytest.raises(Missing):
        categories.edit(**values(office_id=2, code="jalan", is_open=True))


@pytest.fixture
def operator(sign_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return sign_in("operator")


def test_an_operator_adds_and_closes_a_category(operator: FlaskClient) -> None:
    fields = {"code": "petasan", "name": "Petasan", "settle_days": "14", "position": "12"}
    fields["csrf_token"] = make.token(operator, f"{PATH}/baru")
    assert operator.post(f"{PATH}/baru", data=fields).status_code == 302
    assert "Petasan" in operator.get(PATH).text
    assert operator.post(f"{PATH}/petasan", data=fields).status_code == 302  # the box "open" is not ticked
    assert not desk_queries.category(read_afresh(), make.OFFICE, "petasan").is_open


def test_a_mistake_is_told_and_the_rest_kept(operator: FlaskClient) -> None:
    fields = {"code": "jalan", "name": "Petasan", "settle_days": "14", "position": "12"}
    fields["csrf_token"] = make.token(operator, f"{PATH}/baru")
    answer = operator.post(f"{PATH}/baru", data=fields)
    assert answer.status_code == 422
    assert "sudah dipakai" in answer.text
    assert 'value="Petasan"' in answer.text


@pytest.mark.parametrize("wrong", [{"settle_days": "99"}, {"settle_days": "x"}, {"position": "0"}, {"name": "\x00"}])
def test_bad_fields_are_no_bug(operator: FlaskClient, wrong: dict[str, str]) -> None:
    token = make.token(operator, f"{PATH}/jalan")
    fields = {"name": "Jalan", "settle_days": "14", "position": "1", "csrf_token": token} | wrong
    assert operator.post(f"{PATH}/jalan", data=fields).status_code == 422


def test_only_operators_edit_categories(sign_in: Callable[[str], FlaskClient]) -> None:
    assert sign_in("officer").get(PATH).status_code == 403
    assert sign_in("operator").get(f"{PATH}/tidak-ada").status_code == 404


def test_questions_that_cannot_be_asked_are_refused(any_app: Flask) -> None:
    with pytest.raises(Refused) as refusal:
        categories.add(**values(questions="Apa? | ya"))
    assert refusal.value.field == "questions"
