from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from core.db import db, reader
from core.errors import Refused
from survey import queries
from survey.elements import ElementKey
from survey.questionnaire import Question
from tests import make
from tests.survey import given

FIVE_LABELS = ("1", "2", "3", "4", "5")


def test_an_office_begins_with_the_official_questions(any_app: Flask) -> None:
    assert queries.questionnaire_on(reader(), make.OFFICE, given.TODAY) == given.official()


def test_no_edition_was_in_force_before_the_first(any_app: Flask) -> None:
    assert given.stored_edition(date(2016, 12, 31)) is None


def test_the_edition_that_started_last_is_in_force(any_app: Flask) -> None:
    given.edition("skm-baru", date(2026, 11, 1))
    assert given.stored_edition(date(2026, 10, 31)) == "skm-2017"
    assert given.stored_edition(date(2026, 11, 1)) == "skm-baru"


def test_an_edition_may_ask_several_questions_about_an_element(any_app: Flask) -> None:
    given.edition("skm-baru", questions=[*given.OFFICIAL, given.WAITING])
    found = queries.questionnaire(reader(), make.OFFICE, "skm-baru")
    assert found is not None
    assert found.questions[-1] == given.WAITING
    assert found.items_per_element[ElementKey.WAKTU] == 2


def test_an_edition_that_has_not_started_can_be_replaced(any_app: Flask) -> None:
    given.edition("skm-baru")
    reworded = replace(given.OFFICIAL[0], text="Apakah syaratnya masuk akal?")
    given.edition("skm-baru", questions=[reworded, *given.OFFICIAL[1:]])
    found = queries.questionnaire(reader(), make.OFFICE, "skm-baru")
    assert found is not None
    assert found.questions[0] == reworded


def test_an_edition_that_a_rating_names_never_changes(any_app: Flask) -> None:
    given.rated()
    with pytest.raises(Refused, match="sudah dipakai menilai"):
        given.edition("skm-2017")
    db.session.rollback()
    assert queries.questionnaire(reader(), make.OFFICE, "skm-2017") == given.official()


def test_an_edition_in_force_never_changes_for_it_may_lie_open_on_a_phone(any_app: Flask) -> None:
    first_minute = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)
    given.edition("skm-baru", date(2026, 11, 1))
    with pytest.raises(Refused, match="sudah berlaku sejak 1 November 2026"):
        given.edition("skm-baru", now=first_minute)


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        (given.OFFICIAL[:8], "Sarana dan Prasarana"),
        ((*given.OFFICIAL, given.OFFICIAL[0]), "lebih dari sekali"),
        ((replace(given.OFFICIAL[0], key="service"), *given.OFFICIAL[1:]), "service"),
        ((replace(given.OFFICIAL[0], key="persyaratan-2"), *given.OFFICIAL[1:]), "akhiran"),
        ((replace(given.OFFICIAL[0], text=" "), *given.OFFICIAL[1:]), "kalimat tanya"),
        ((replace(given.OFFICIAL[0], labels=FIVE_LABELS), *given.OFFICIAL[1:]), "empat jawaban"),
        ((replace(given.OFFICIAL[0], labels=("a", "b", "c", " ")), *given.OFFICIAL[1:]), "empat jawaban"),
        ((), "belum punya pertanyaan"),
    ],
)
def test_a_faulty_edition_is_refused_in_plain_words(app: Flask, questions: Sequence[Question], words: str) -> None:
    with pytest.raises(Refused, match=words):
        given.edition(questions=questions)


@pytest.mark.parametrize("code", ["", "SKM", "skm 1", "a" * 41])
def test_a_code_is_short_and_plain(app: Flask, code: str) -> None:
    with pytest.raises(Refused, match="kode"):
        given.edition(code)
