"""What the office would like to know: questions as an operator writes them."""

import pytest

from complaints.questions import Question, answered, questions

asked = questions("Sejak kapan?\n\n Masih berlangsung? | ya ; tidak \n")


def test_one_line_is_one_question() -> None:
    assert asked == (Question("q1", "Sejak kapan?", ()), Question("q2", "Masih berlangsung?", ("ya", "tidak")))
    assert questions(" \n") == ()


@pytest.mark.parametrize("text", ["| ya; tidak", "Apa? | ya", "Apa? | ya; ya", "x" * 201, "Apa?\n" * 11])
def test_what_cannot_be_asked_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[Tt]ulis|[Pp]aling"):
        questions(text)


def test_answers_follow_what_was_told() -> None:
    assert answered(asked, {"q2": "ya", "q9": "x"}) == "Masih berlangsung? ya"
    assert answered(asked, {}) == ""
