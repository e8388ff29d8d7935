"""What the office would like to know of a kind of disorder, as an operator writes it: one question a line."""

from collections.abc import Mapping
from dataclasses import dataclass

MOST_QUESTIONS = 10
LONGEST_QUESTION = 200
CHOICES, CHOICE = "|", ";"


@dataclass(frozen=True)
class Question:
    """One question. `code` names it to programs; without `choices` it is answered in words. Never required."""

    code: str
    text: str
    choices: tuple[str, ...]


def questions(text: str) -> tuple[Question, ...]:
    """From lines as in "Masih berlangsung? | ya; tidak"; ValueError with what to do."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_QUESTIONS:
        raise ValueError(f"Paling banyak {MOST_QUESTIONS} pertanyaan, satu pada setiap baris.")
    if any(len(line) > LONGEST_QUESTION for line in lines):
        raise ValueError(f"Setiap pertanyaan paling panjang {LONGEST_QUESTION} huruf.")
    return tuple(_question(f"q{number}", line) for number, line in enumerate(lines, 1))


def _question(code: str, line: str) -> Question:
    text, _, choices = line.partition(CHOICES)
    found = tuple(choice.strip() for choice in choices.split(CHOICE) if choice.strip())
    if not text.strip():
        raise ValueError("Tulis pertanyaannya di depan tanda |.")
    if len(found) == 1 or len(set(found)) < len(found):
        raise ValueError("Tulis sedikitnya dua pilihan yang berbeda sesudah tanda |, dipisah titik koma.")
    return Question(code, text.strip(), found)


def answered(asked: tuple[Question, ...], answers: Mapping[str, str]) -> str:
    """The answers in words, one a line, to stand after what was told; "" where none was given."""
    given = [(question.text, answers.get(question.code, "").strip()) for question in asked]
    return "\n".join(f"{text} {answer}" for text, answer in given if answer)
