"""What a cell of an imported sheet means: an answer, a day, something about the respondent."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

from core.calendar import long_date
from survey.elements import AgeBand, Education, Labelled, Occupation, Sex
from survey.questionnaire import ANSWERS

SHOWN = 40  # letters of a faulty cell that a message repeats
ANSWER_OF = {str(answer): answer for answer in ANSWERS}
BOTH = re.compile(r"\(?([1-4])\)?\s*+[-–.):=]\s*+(.+)")  # "4 - Sangat sesuai"
DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?:[ ,]+[0-9]{1,2}[.:][0-9]{2}.*)?")
YES = frozenset({"ya", "y", "1", "true", "yes"})
ATTRIBUTES: tuple[type[Labelled], ...] = (Sex, AgeBand, Education, Occupation)
# A cell may hold the code or its words; L and P are how paper forms have laki-laki and perempuan.
CODE_OF: dict[type[Labelled], dict[str, Labelled]] = {
    kind: {name.lower(): code for code in kind for name in (code.value, code.label)} for kind in ATTRIBUTES
}
CODE_OF[Sex] |= {"l": Sex.MALE, "lk": Sex.MALE, "pria": Sex.MALE, "laki laki": Sex.MALE}
CODE_OF[Sex] |= {"p": Sex.FEMALE, "pr": Sex.FEMALE, "wanita": Sex.FEMALE}
CODE_OF[Education] |= {
    "smp": Education.SLTP, "sma": Education.SLTA, "smk": Education.SLTA, "sma/smk": Education.SLTA,
    "d1": Education.DIPLOMA, "d2": Education.DIPLOMA, "d3": Education.DIPLOMA, "d4": Education.DIPLOMA,
    "s3": Education.S2,
}  # fmt: skip
CODE_OF[Occupation] |= {
    "pns": Occupation.CIVIL_SERVICE, "asn": Occupation.CIVIL_SERVICE, "tni": Occupation.CIVIL_SERVICE,
    "polri": Occupation.CIVIL_SERVICE, "mahasiswa": Occupation.STUDENT,
}  # fmt: skip
# A whole age; younger and older ones are more likely codes of another system.
AGE = re.compile(r"(1[0-9]|[2-9][0-9])")
BANDS = {1: AgeBand.UNDER_20, 2: AgeBand.TWENTIES, 3: AgeBand.THIRTIES, 4: AgeBand.FORTIES, 5: AgeBand.FIFTIES}
# The scale that most office forms have for every element; U9's own "Baik" and "Sangat baik" are the same answers.
COMMON = {"tidak baik": 1, "kurang baik": 2, "baik": 3, "sangat baik": 4}
ALIASES = {
    "ektp": "ktpelektronik",
    "ktpel": "ktpelektronik",
    "legalisir": "legalisasi",
}  # services, as `joined` has them
MEAN = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,20})?")  # no exponent, which could be reckoned with for hours
CLOSE = Fraction(1, 100)  # a mean with two decimals or more tells its sum


def words_of(labels: Sequence[str]) -> Mapping[str, int]:
    """The answers by their words; words that two answers share say nothing. The common scale is understood too, but
    not where one of its words is a label of another answer.
    """
    words = [_plain(label) for label in labels]
    own = {word: answer for answer, word in enumerate(words, 1) if words.count(word) == 1}
    is_clear = all(own.get(word) == answer for word, answer in COMMON.items() if word in words)
    return own | COMMON if is_clear else own


def answer(text: str, words: Mapping[str, int]) -> int | None:
    """1 to 4 from the number, the answer's words, or both where they agree; None for anything else."""
    if text in ANSWER_OF:
        return ANSWER_OF[text]
    if found := BOTH.fullmatch(text):
        number = ANSWER_OF[found[1]]
        return number if words.get(_plain(found[2])) == number else None
    return words.get(_plain(text))


def sum_of(text: str, items: int) -> int | None:
    """The sum of an element's answers from their mean, as in "3.5"; None where no answers have it."""
    if not MEAN.fullmatch(text):
        return None
    total = Fraction(text.replace(",", ".")) * items
    nearest = round(total)
    return nearest if abs(total - nearest) < CLOSE and items <= nearest <= items * max(ANSWERS) else None


def day(text: str) -> date:
    """From "2026-03-31" or "31/03/2026", a time after it is passed over; raises ValueError."""
    if found := DAY_FIRST.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return datetime.fromisoformat(text).date()


def code(kind: type[Labelled], text: str) -> Labelled | None:
    """The respondent's code, from itself or its words, an age band from an age too; None when unknown."""
    if kind is AgeBand and AGE.fullmatch(text):
        return BANDS.get(int(text) // 10, AgeBand.FROM_60)
    return CODE_OF[kind].get(_plain(text))


def joined(text: str) -> str:
    """A name without case, spaces and signs: "E-KTP" is "ektp"."""
    return "".join(filter(str.isalnum, text.lower()))


def service_names(services: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Codes by `joined` names and codes, from (code, name); a name that two services share tells none."""
    pairs = [(joined(name), code) for code, name in services]
    names = [name for name, _code in pairs]
    found = {name: code for name, code in pairs if names.count(name) == 1} | {
        joined(code): code for _name, code in pairs
    }
    return {alias: found[name] for alias, name in ALIASES.items() if name in found} | found


def too_early(found: date) -> str:
    """What to say of a day before the first edition."""
    return f"tanggal {long_date(found)} terlalu lama: waktu itu belum ada survei"


def seen(text: str) -> str:
    """A cell as a message repeats it."""
    return f"“{text[:SHOWN]}”" if text else "kosong"


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
