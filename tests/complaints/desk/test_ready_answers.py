"""Ready answers: an operator writes them, officers begin with them."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from complaints.desk import case_queries, first_answers, ready_answers
from complaints.terms import Move
from core import clock
from core.db import db, transaction
from core.errors import Refused
from tests import make
from tests.complaints import cases

SignIn = Callable[[str], FlaskClient]


def add(**values: object) -> None:
    defaults: dict[str, object] = {
        "move": Move.SETTLE, "category": None, "title": "Sudah bersih", "text": "Sudah kami bersihkan.", "position": 1,
    }  # fmt: skip
    ready_answers.add(office_id=make.OFFICE, by="tests", now=cases.LATER, **(defaults | values))  # type: ignore[arg-type]


def titles(category: str = "jalan") -> list[str]:
    db.session.rollback()
    return [row.title for row in case_queries.ready_answers(db.session(), make.OFFICE, category)]


def test_an_office_starts_with_some_for_every_move_that_answers(any_app: Flask) -> None:
    found = case_queries.ready_answers(db.session(), make.OFFICE, "jalan")
    assert {row.move for row in found} == {move.value for move in ready_answers.FILLS}


def test_one_for_a_category_suits_that_category_alone(any_app: Flask) -> None:
    add(category="sungai")
    assert "Sudah bersih" in titles("sungai")
    assert "Sudah bersih" not in titles("jalan")


@pytest.mark.parametrize("wrong", [{"move": Move.START}, {"category": "tidak-ada"}])
def test_a_wrong_one_is_refused(any_app: Flask, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        add(**wrong)


def test_those_that_an_operator_took_away_do_not_come_back(any_app: Flask) -> None:
    for row, _category in case_queries.all_ready_answers(db.session(), make.OFFICE):
        ready_answers.remove(office_id=make.OFFICE, answer_id=row.id, by="tests", now=cases.LATER)
    transaction(first_answers.seed)(make.OFFICE, cases.LATER)
    assert titles() == []


def test_an_operator_adds_changes_and_removes(app: Flask, sign_in: SignIn) -> None:
    operator, path = sign_in("operator"), "/pengaturan/jawaban/baru"
    fields = {"csrf_token": make.token(operator, path), "move": "ask", "category": "", "position": "3"}
    lacking = operator.post(path, data=fields | {"title": "Di mana?", "text": ""})
    assert lacking.status_code == 422
    assert "Di mana?" in lacking.text
    assert operator.post(path, data=fields | {"title": "Di mana?", "text": "Di mana?"}).status_code == 302
    assert "Di mana?" in operator.get("/pengaturan/jawaban").text
    rows = case_queries.all_ready_answers(db.session(), make.OFFICE)
    path = f"/pengaturan/jawaban/{next(row.id for row, _name in rows if row.title == 'Di mana?')}"
    assert operator.post(path, data=fields | {"title": "Sebelah mana?", "text": "Di mana?"}).status_code == 302
    assert operator.post(f"{path}/hapus", data=fields).status_code == 302
    assert "Sebelah mana?" not in titles()


def test_without_a_script_the_chosen_answer_stands_in_its_form(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: cases.LATER)
    number = cases.case()
    answers = case_queries.ready_answers(db.session(), make.OFFICE, "kebisingan")
    chosen = next(row for row in answers if row.move == "ask")
    page = sign_in("officer").get(f"/petugas/laporan/{number}?siap={chosen.id}").text
    assert f">\r\n{chosen.text}</textarea>" in page
