"""A questionnaire edition as its rules see it: questions, and the elements they measure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.errors import Refused
from survey.elements import HIGHEST_ANSWER, LOWEST_ANSWER, ElementKey

LONGEST_SUGGESTION = 2000  # letters
# Points that one answer's worth of an element's mean gives: divisible by 1 to 6, so that means are whole points.
POINTS = 60
MOST_ITEMS = 6  # of one element
ANSWERS = range(LOWEST_ANSWER, HIGHEST_ANSWER + 1)


@dataclass(frozen=True)
class Question:
    """One item: its key is a form field's name, `labels` are the words of the answers 1, 2, 3 and 4.

    `original` is the Indonesian question where these are its words in another `language`.
    """

    key: str
    element: ElementKey
    text: str
    labels: tuple[str, ...]
    language: str = "id"
    original: "Question | None" = None

    def worded(self, text: str, labels: tuple[str, ...], language: str) -> "Question":
        """The same question in another language."""
        return replace(self, text=text, labels=labels, language=language, original=self)

    @property
    def asks(self) -> "Question":
        """What decides whether two ask the same: the Indonesian question."""
        return self.original or self


@dataclass(frozen=True)
class Questionnaire:
    """An edition and its questions, in the order they are asked."""

    code: str
    questions: tuple[Question, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all questions."""
        return tuple(question.key for question in self.questions)

    @property
    def items_per_element(self) -> Mapping[ElementKey, int]:
        """How many questions each element has."""
        return Counter(question.element for question in self.questions)

    def worded(self, words: Mapping[str, tuple[str, tuple[str, ...]]], language: str) -> "Questionnaire":
        """The same with the questions that have words (key → question, labels) in the language put in them."""
        said = (each.worded(*words[each.key], language) if each.key in words else each for each in self.questions)
        return replace(self, questions=tuple(said))

    def element_sums(self, answers: Mapping[str, int]) -> dict[ElementKey, int]:
        """Sum of the answers (key → 1 to 4) of each element; raises Refused for a missing or impossible one."""
        sums: dict[ElementKey, int] = dict.fromkeys(ElementKey, 0)
        for question in self.questions:
            answer = answers.get(question.key)
            if type(answer) is not int or answer not in ANSWERS:
                raise Refused(f"Jawaban “{question.key}” harus 1, 2, 3, atau 4.", question.key)
            sums[question.element] += answer
        return sums

    def points(self, answers: Mapping[str, int]) -> int:
        """POINTS × the sum of the nine element means: 540 to 2160. Its squares tell how respondents differ."""
        items = self.items_per_element
        return sum(total * POINTS // items[key] for key, total in self.element_sums(answers).items())

    def reworded_since(self, earlier: "Questionnaire") -> frozenset[str]:
        """Keys that the earlier edition has too, of questions or answers that have other words by now."""
        known = {question.asks for question in earlier.questions}
        return frozenset(question.key for question in self.questions if question.asks not in known)
