"""Rows of an imported sheet made into ratings: each whole, or refused with every reason."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from core.calendar import long_date
from core.errors import Refused
from core.forms import tidy, untypable
from offices.readings import Cells
from survey import cells as meaning
from survey.cells import seen
from survey.elements import OFFICIAL_ORDER, AgeBand, Education, ElementKey, Labelled, Occupation, Sex
from survey.questionnaire import LONGEST_SUGGESTION, Question, Questionnaire

Code = TypeVar("Code", bound=Labelled)
ABOUT = frozenset(
    {"sex", "age_band", "education", "occupation", "date", "service", "suggestion", "edition", "excluded"}
)
NUMBERED = tuple(f"u{number}" for number in range(1, len(OFFICIAL_ORDER) + 1))


@dataclass(frozen=True)
class Edition:
    """A questionnaire from its first WIB day on, what a column with a question's answers may be called, and the
    answers by their words.
    """

    starts_on: date
    questionnaire: Questionnaire
    columns: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Terms:
    """What a sheet is read with. `day` and `service_code` hold where a row says nothing (None and "": the row is
    refused); `today` is the last day allowed; `editions` are all of the office's, the newest first; `service_names`
    are codes by `joined` names; `called`: what faults call a column, where that is not its name.
    """

    day: date | None
    service_code: str
    services: Collection[str]
    editions: Sequence[Edition]
    today: date
    service_names: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)


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
    words = {each.key: meaning.words_of(each.labels) for each in questionnaire.questions}
    return Edition(starts_on, questionnaire, columns, words)


def _names(question: Question, questionnaire: Questionnaire, order: Sequence[ElementKey]) -> tuple[str, ...]:
    """The question's key; also the element's and its number, where the element has no other question."""
    if questionnaire.items_per_element[question.element] > 1:
        return (question.key,)
    number = order.index(question.element)
    return tuple(dict.fromkeys((question.key, question.element.value, NUMBERED[number])))


def check(terms: Terms) -> None:
    """Raise Refused when what holds for the whole sheet can't be."""
    faults: list[str] = []
    if terms.service_code:
        _service("", terms, faults)
    if terms.day:
        _day("", terms, faults)
    if faults:
        words = "; ".join(faults)
        raise Refused(f"{words[0].upper()}{words[1:]}.")


def read_rating(terms: Terms, cells: Cells) -> Entry:
    """One row; raises Refused with every reason why it can't count."""
    faults: list[str] = []
    day = _day(cells.get("date", ""), terms, faults)
    asked = _asked(cells.get("edition", "").lower(), day, terms, faults)
    entry = Entry(
        day=day,
        service_code=_service(cells.get("service", ""), terms, faults),
        questionnaire=asked.questionnaire,
        answers=_answers(cells, asked, terms, faults),
        sex=_code(Sex, "sex", cells, terms, faults),
        age_band=_code(AgeBand, "age_band", cells, terms, faults),
        education=_code(Education, "education", cells, terms, faults),
        occupation=_code(Occupation, "occupation", cells, terms, faults),
        suggestion=_suggestion(cells.get("suggestion", ""), faults),
    )
    if cells.get("excluded", "").lower() in meaning.YES:
        faults.append("sudah dikeluarkan dari indeks (kolom excluded)")
    if faults:
        raise Refused("; ".join(faults))
    return entry


def known_columns(terms: Terms) -> frozenset[str]:
    """Columns that stand for something in one of the editions."""
    return ABOUT.union(OFFICIAL_ORDER, *(names for each in terms.editions for names in each.columns.values()))


def is_numbered(columns: Collection[str]) -> bool:
    """Whether the sheet names elements by number, so that their order matters."""
    return any(name in columns for name in NUMBERED)


def _edition_on(day: date, terms: Terms) -> Edition | None:
    return next((each for each in terms.editions if each.starts_on <= day), None)


def _asked(code: str, day: date, terms: Terms, faults: list[str]) -> Edition:
    """The edition the row names, or that of its day."""
    if not code:
        return _edition_on(day, terms) or terms.editions[0]
    found = next((each for each in terms.editions if each.questionnaire.code == code), None)
    if found is None:
        faults.append(f"edisi {seen(code)} tidak dikenal")
    elif day < found.starts_on:
        faults.append(f"edisi {seen(code)} baru berlaku sejak {long_date(found.starts_on)}")
    return found or terms.editions[0]


def _answers(cells: Cells, asked: Edition, terms: Terms, faults: list[str]) -> dict[str, int]:
    answers = _from_means(cells, asked, terms, faults)
    for key, names in asked.columns.items():
        present = [name for name in names if name in cells]
        if key in answers:
            continue
        if len(present) != 1:
            missing = f"tidak ada kolom {terms.called.get(key, names[-1])}"
            faults.append(f"kolom {' dan '.join(present)} sama artinya" if present else missing)
            continue
        answer = meaning.answer(cells[present[0]], asked.words[key])
        if answer is None:
            name = terms.called.get(present[0], present[0])
            faults.append(f"{name} {seen(cells[present[0]])}, seharusnya 1 sampai 4")
        else:
            answers[key] = answer
    return answers


def _from_means(cells: Cells, asked: Edition, terms: Terms, faults: list[str]) -> dict[str, int]:
    """Answers that add up to an element's mean, where a row names its edition and has no column for each question.

    Our own export is such a sheet: of an element only the sum is kept.
    """
    answers: dict[str, int] = {}
    for element, items in asked.questionnaire.items_per_element.items():
        keys = [each.key for each in asked.questionnaire.questions if each.element == element]
        if items == 1 or not cells.get("edition") or [key for key in {*keys, element} if key in cells] != [element]:
            continue
        total = meaning.sum_of(cells[element], items)
        if total is None:
            name = terms.called.get(element, element)
            faults.append(f"{name} {seen(cells[element])}, seharusnya rata-rata {items} jawaban")
        base, rest = divmod(total or items, items)
        answers |= {key: base + (place < rest) for place, key in enumerate(keys)}
    return answers


def _day(text: str, terms: Terms, faults: list[str]) -> date:
    """The row's own day, or that of the whole sheet."""
    try:
        day = meaning.day(text) if text else terms.day
    except ValueError:
        faults.append(f"{terms.called.get('date', 'date')} {seen(text)}, seharusnya seperti 2026-03-31")
        return terms.day or terms.today
    if day is None:
        faults.append("tanggal kosong: isi tanggalnya, atau tanggal untuk baris yang tidak menyebutnya")
        return terms.today
    if day > terms.today:
        faults.append(f"tanggal {long_date(day)} belum tiba")
    elif _edition_on(day, terms) is None:
        faults.append(meaning.too_early(day))
    return day


def _service(text: str, terms: Terms, faults: list[str]) -> str:
    code = terms.service_names.get(meaning.joined(text), text.lower()) or terms.service_code
    if not code:
        faults.append("layanan kosong: isi layanannya, atau pilih layanan untuk baris yang tidak menyebutnya")
    elif code not in terms.services:
        faults.append(f"layanan {seen(text or code)} tidak dikenal")
    return code


def _code(kind: type[Code], column: str, cells: Cells, terms: Terms, faults: list[str]) -> Code | None:
    """None when the cell is empty."""
    text = cells.get(column, "").lower()
    found = meaning.code(kind, text)
    if text and found is None:
        known = ", ".join(code.label if terms.called else code.value for code in kind)
        faults.append(f"{terms.called.get(column, column)} {seen(text)} tidak dikenal, pakai {known}")
    return kind(found) if found else None


def _suggestion(text: str, faults: list[str]) -> str:
    if len(text) > LONGEST_SUGGESTION:
        faults.append(f"saran {len(text)} huruf, paling banyak {LONGEST_SUGGESTION}")
    if untypable(text):
        faults.append("saran berisi tanda yang tidak dapat disimpan")
    return tidy(text)
