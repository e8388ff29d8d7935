from dataclasses import replace
from typing import Any

import pytest

from core.errors import Refused
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.questionnaire import Questionnaire
from tests.survey import given

TWO_ON_TIME = Questionnaire("dua", (*given.OFFICIAL, given.WAITING))


def test_one_question_an_element_sums_to_its_answer() -> None:
    answers = dict(zip(given.official().keys, [1, 2, 3, 4, 1, 2, 3, 4, 1], strict=True))
    assert list(given.official().element_sums(answers).values()) == [1, 2, 3, 4, 1, 2, 3, 4, 1]


def test_two_questions_of_an_element_are_added() -> None:
    sums = TWO_ON_TIME.element_sums(given.all_answered(3, TWO_ON_TIME))
    assert sums == dict.fromkeys(OFFICIAL_ORDER, 3) | {ElementKey.WAKTU: 6}


@pytest.mark.parametrize("answer", [0, 5, -1, None, "3", 3.0, True])
def test_an_answer_is_a_whole_1_to_4(answer: Any) -> None:
    with pytest.raises(Refused) as refused:
        given.official().element_sums(given.all_answered(3) | {"biaya": answer})
    assert refused.value.field == "biaya"


def test_a_question_in_other_words_is_another_question() -> None:
    reworded = replace(given.OFFICIAL[3], labels=("Gratis", "Murah", "Cukup mahal", "Sangat mahal"))
    newer = Questionnaire("baru", (*given.OFFICIAL[:3], reworded, *given.OFFICIAL[4:], given.WAITING))
    assert newer.reworded_since(given.official()) == {"biaya", "waktu_antre"}
    assert not newer.reworded_since(newer)
