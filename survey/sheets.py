"""Rows of an imported sheet made into ratings: each whole, or refused with every reason."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from core.calendar import long_date
from core.errors import Refused
from core.forms import tidy, untypable
from offices.readings import Cells
from survey.elements import OFFICIAL_ORDER, AgeBand, Education, ElementKey, Labelled, Occupation, Sex
from survey.questionnaire import ANSWERS, LONGEST_SUGGESTION, Question, Questionnaire

Code = TypeVar("Code", bound=Labelled)
ANSWER_OF = {str(answer): answer for answer in ANSWERS}
ATTRIBUTES: tuple[type[Labelled], ...] = (Sex, AgeBand, Education, Occupation)
# A cell may hold the code or its words; L and P are how paper forms have laki-laki and perempuan.
CODE_OF = {kind: {name.lower(): code for code in kind for name in (code.value, code.label)} for kind in ATTRIBUTES}
CODE_OF[Sex] |= {"l": Sex.MALE, "p": Sex.FEMALE}
ABOUT = frozenset({"sex", "age_band", "education", "occupation", "date", "service", "suggestion"})
NUMBERED = tuple(f"u{number}" for number in range(1, len(OFFICIAL_ORDER) + 1))
DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
SHOWN = 40  # letters of a faulty cell that a message repeats


@dataclass(frozen=True)
class Edition:
    """A questionnaire from its first WIB day on, and what a column with a question's answers may be called."""

    starts_on: date
    questionnaire: Questionnaire
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Terms:
    """What a sheet is read with. `day` and `service_code` hold where a row says nothing; `today` is the last day
    allowed; `editions` are all of the office's, the newest first.
    """

    day: date
    service_code: str
    services: Collection[str]
    editions: Sequence[Edition]
    today: date


@dataclass(frozen=True)
class Entry:
    """One respondent of a sheet."""

    day: date
    service_code: str
    questionnaire: Questionnaire
    answers: dict[str, int]
    sex: Sex | None
    age_band: AgeBand | None
    education: Education | None
    occupation: Occupation | None
    suggestion: str


def edition(starts_on: date, questionnaire: Questionnaire, order: Sequence[ElementKey]) -> Edition:
    """An edition as sheets see it; `order` says which elements stand behind u1…u9."""
    columns = {each.key: _names(each, questionnaire, order) for each in questionnaire.questions}
    return Edition(starts_on, questionnaire, columns)


def _names(question: Question, questionnaire: Questionnaire, order: Sequence[ElementKey]) -> tuple[str, ...]:
    """The question's key; also the element's and its number, where the element has no other question."""
    if questionnaire.items_per_element[question.element] > 1:
        return (question.key,)
    number = order.index(question.element)
    return tuple(dict.fromkeys((question.key, question.element.value, NUMBERED[number])))


def check(terms: Terms) -> None:
    """Raise Refused when what holds for the whole sheet can't be."""
    faults: list[str] = []
    _service("", terms, faults)
    _day("", terms, faults)
    if faults:
        words = "; ".join(faults)
        raise Refused(f"{words[0].upper()}{words[1:]}.")


def read_rating(terms: Terms, cells: Cells) -> Entry:
    """One row; raises Refused with every reason why it can't count."""
    faults: list[str] = []
    day = _day(cells.get("date", ""), terms, faults)
    asked = _edition_on(day, terms) or terms.editions[0]
    entry = Entry(
        day=day,
        service_code=_service(cells.get("service", ""), terms, faults),
        questionnaire=asked.questionnaire,
        answers=_answers(cells, asked, faults),
        sex=_code(Sex, "sex", cells, faults),
        age_band=_code(AgeBand, "age_band", cells, faults),
        education=_code(Education, "education", cells, faults),
        occupation=_code(Occupation, "occupation", cells, faults),
        suggestion=_suggestion(cells.get("suggestion", ""), faults),
    )
    if faults:
        raise Refused("; ".join(faults))
    return entry


def known_columns(terms: Terms) -> frozenset[str]:
    """Columns that stand for something in one of the editions."""
    return ABOUT.union(*(names for each in terms.editions for names in each.columns.values()))


def is_numbered(columns: Collection[str]) -> bool:
    """Whether the sheet names elements by number, so that their order matters."""
    return any(name in columns for name in NUMBERED)


def _edition_on(day: date, terms: Terms) -> Edition | None:
    return next((each for each in terms.editions if each.starts_on <= day), None)


def _answers(cells: Cells, asked: Edition, faults: list[str]) -> dict[str, int]:
    answers = {}
    for key, names in asked.columns.items():
        present = [name for name in names if name in cells]
        if len(present) != 1:
            faults.append(f"kolom {' dan '.join(present)} sama artinya" if present else f"tidak ada kolom {names[-1]}")
        elif cells[present[0]] in ANSWER_OF:
            answers[key] = ANSWER_OF[cells[present[0]]]
        else:
            faults.append(f"{present[0]} {_seen(cells[present[0]])}, seharusnya 1 sampai 4")
    return answers


def _day(text: str, terms: Terms, faults: list[str]) -> date:
    """The row's own day, or that of the whole sheet."""
    try:
        day = _read_day(text) if text else terms.day
    except ValueError:
        faults.append(f"date {_seen(text)}, seharusnya seperti 2026-03-31")
        return terms.day
    if day > terms.today:
        faults.append(f"tanggal {long_date(day)} belum tiba")
    elif _edition_on(day, terms) is None:
        faults.append(f"tanggal {long_date(day)} terlalu lama: waktu itu belum ada survei")
    return day


def _read_day(text: str) -> date:
    """From "2026-03-31" (a time after it is passed over) or "31/03/2026"; raises ValueError."""
    if found := DAY_FIRST.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return datetime.fromisoformat(text).date()


def _service(text: str, terms: Terms, faults: list[str]) -> str:
    code = text.lower() or terms.service_code
    if code not in terms.services:
        faults.append(f"layanan {_seen(code)} tidak dikenal")
    return code


def _code(kind: type[Code], column: str, cells: Cells, faults: list[str]) -> Code | None:
    """None when the cell is empty."""
    text = cells.get(column, "").lower()
    found = CODE_OF[kind].get(text)
    if text and found is None:
        faults.append(f"{column} {_seen(text)} tidak dikenal, pakai {', '.join(code.value for code in kind)}")
    return kind(found) if found else None


def _suggestion(text: str, faults: list[str]) -> str:
    if len(text) > LONGEST_SUGGESTION:
        faults.append(f"saran {len(text)} huruf, paling banyak {LONGEST_SUGGESTION}")
    if untypable(text):
        faults.append("saran berisi tanda yang tidak dapat disimpan")
    return tidy(text)


def _seen(text: str) -> str:
    return f"“{text[:SHOWN]}”" if text else "kosong"
