"""An edition that has not started, as it is being written: every change gives a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.errors import Missing, Refused
from survey.editions import Translation
from survey.elements import ElementKey
from survey.questionnaire import MOST_ITEMS, Question


@dataclass(frozen=True)
class Draft:
    """An edition's name, its first WIB day, its questions in order, and their translations."""

    name: str
    starts_on: date
    questions: tuple[Question, ...]
    translations: tuple[Translation, ...]

    def question(self, key: str) -> Question:
        """One question; raises Missing."""
        found = next((each for each in self.questions if each.key == key), None)
        if found is None:
            raise Missing("Pertanyaan ini tidak ada.")
        return found

    def translated(self, key: str) -> dict[str, Translation]:
        """A question's translations by language."""
        return {each.language: each for each in self.translations if each.key == key}

    def items_of(self, element: ElementKey) -> list[Question]:
        """The questions about an element, in order."""
        return [each for each in self.questions if each.element == element]

    def reworded(self, question: Question, translations: Sequence[Translation]) -> "Draft":
        """With other words for the question of the same key."""
        self.question(question.key)
        questions = tuple(question if each.key == question.key else each for each in self.questions)
        return self._with(questions, question.key, translations)

    def longer(self, question: Question, translations: Sequence[Translation]) -> "Draft":
        """With one question more, behind the others about its element."""
        last = max((place for place, each in enumerate(self.questions) if each.element == question.element), default=-1)
        questions = (*self.questions[: last + 1], question, *self.questions[last + 1 :])
        return self._with(questions, question.key, translations)

    def shorter(self, key: str) -> "Draft":
        """Without a question; raises Refused for the only one about its element."""
        gone = self.question(key)
        if len(self.items_of(gone.element)) == 1:
            raise Refused("Setiap unsur perlu sedikitnya satu pertanyaan. Ubah saja kata-katanya.")
        return self._with(tuple(each for each in self.questions if each.key != key), key, ())

    def moved(self, key: str, *, by: int) -> "Draft":
        """With a question so many places further on (negative: earlier); at the end nothing moves."""
        questions = list(self.questions)
        place = questions.index(self.question(key))
        questions.insert(max(0, place + by), questions.pop(place))
        return replace(self, questions=tuple(questions))

    def free_key(self, element: ElementKey) -> str:
        """A key for one question more about the element; raises Refused when there are enough."""
        if len(self.items_of(element)) >= MOST_ITEMS:
            raise Refused(f"Satu unsur paling banyak {MOST_ITEMS} pertanyaan.")
        taken = {each.key for each in self.questions}
        return next(key for number in range(2, MOST_ITEMS + 2) if (key := f"{element}_{number}") not in taken)

    def _with(self, questions: tuple[Question, ...], key: str, translations: Sequence[Translation]) -> "Draft":
        others = (each for each in self.translations if each.key != key)
        return replace(self, questions=questions, translations=(*others, *translations))
