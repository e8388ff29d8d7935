"""Words and tables of the figures' page, ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.calendar import Month
from core.figures import half_up, printed
from core.periods import Period
from survey import scores
from survey.elements import ELEMENT_NAMES, ElementKey
from survey.figures.changes import Change, Direction, compare
from survey.figures.families import compare_elements
from survey.figures.groups import Dimension
from survey.figures.priorities import Priority, priorities
from survey.figures.results import Figures, Group, Scored
from survey.intervals import Interval
from survey.scores import ElementScore, Grade

LENGTHS = {1: _l("Bulan"), 3: _l("Triwulan"), 6: _l("Semester"), 12: _l("Tahun")}
# The step that a badge draws: 4 of 4 for grade A.
GRADE_STEPS = {each: 4 - n for n, each in enumerate(Grade)}
# What a breakdown is called, and the word for it in the address of a calculation.
TITLES = {
    Dimension.SEX: (_l("Jenis kelamin"), "kelamin"),
    Dimension.AGE_BAND: (_l("Umur"), "umur"),
    Dimension.EDUCATION: (_l("Pendidikan"), "pendidikan"),
    Dimension.OCCUPATION: (_l("Pekerjaan"), "pekerjaan"),
    Dimension.POINT: (_l("Titik QR"), "titik"),
    Dimension.SOURCE: (_l("Cara mengisi"), "asal"),
    Dimension.VISIT: (_l("Bukti kunjungan"), "kunjungan"),
    Dimension.OFFICER: (_l("Petugas pemberi kode"), "petugas"),
}
ABOUT_RESPONDENTS = (Dimension.SEX, Dimension.AGE_BAND, Dimension.EDUCATION, Dimension.OCCUPATION)
ABOUT_FILLING = (Dimension.POINT, Dimension.SOURCE, Dimension.VISIT, Dimension.OFFICER)


@dataclass(frozen=True)
class Tab:
    """A way to another period; `is_here` is this one."""

    word: str
    period: Period
    is_here: bool


@dataclass(frozen=True)
class ElementRow:
    """An element of the nine; `index` is its NRR × 25, `change` what became of it since the period before."""

    key: ElementKey
    name: str
    nrr: Decimal | None
    index: Decimal | None
    grade: Grade | None
    rank: int | None
    change: str


@dataclass(frozen=True)
class Breakdown:
    """A table of groups; `what` begins the address of each group's calculation."""

    title: str
    what: str
    rows: Sequence[Group]

    @property
    def hidden(self) -> int:
        """How many groups are hidden."""
        return sum(row.scored is None for row in self.rows)


@dataclass(frozen=True)
class Answers:
    """How often each answer was given: `heads` are the mean answers there are, `rows` (element, count for each)."""

    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]


@dataclass(frozen=True)
class FiguresPage:
    """The page of a period; `next` is None while the next period has not begun. `is_across_editions`: it or the period
    before it was asked with other questions.
    """

    title: str
    tabs: Sequence[Tab]
    previous: Period
    next: Period | None
    is_running: bool
    is_across_editions: bool
    compared: str
    elements: Sequence[ElementRow]
    priorities: Sequence[Priority]
    services: Sequence[Breakdown]
    respondents: Sequence[Breakdown]
    filling: Sequence[Breakdown]
    months: Breakdown | None
    answers: Answers


def figures_page(figures: Figures, earlier: Figures, now: datetime) -> FiguresPage:
    """The page of a period beside the one before, looked at now."""
    period, running = figures.period, Month.of(now)
    return FiguresPage(
        title=_("Survei kepuasan, %(period)s", period=period.long),
        tabs=tabs(period, running),
        previous=period.previous(),
        next=next_begun(period, running),
        is_running=period.last >= running,
        is_across_editions=len({each.code for each in (*figures.editions, *earlier.editions)}) > 1,
        compared=compared(figures, earlier),
        elements=_elements(figures, earlier),
        priorities=priorities(figures, earlier),
        services=[
            Breakdown(_("Layanan"), "layanan", _open(figures.services)),
            Breakdown(_("Seksi"), "seksi", _open(figures.sections)),
        ],
        respondents=_breakdowns(figures, ABOUT_RESPONDENTS),
        filling=_breakdowns(figures, ABOUT_FILLING),
        months=Breakdown(_("Bulan"), "bulan", _open(figures.months)) if period.length > 1 else None,
        answers=_answers(figures),
    )


def next_begun(period: Period, running: Month) -> Period | None:
    """The next period; None while it has not begun."""
    following = period.next()
    return following if following.first <= running else None


def tabs(period: Period, running: Month) -> list[Tab]:
    """The month, quarter, half-year and year in which this period ends."""
    last = min(period.last, running)
    around = ((word, Period.around(last, length)) for length, word in LENGTHS.items())
    return [Tab(str(word), each, each == period) for word, each in around]


def _open(rows: Sequence[Scored]) -> list[Group]:
    return [Group(row.code, row.name, row) for row in rows]


def _breakdowns(figures: Figures, dimensions: Sequence[Dimension]) -> list[Breakdown]:
    found = (Breakdown(str(TITLES[each][0]), TITLES[each][1], figures.groups.get(each, [])) for each in dimensions)
    return [each for each in found if each.rows]


def _elements(figures: Figures, earlier: Figures) -> list[ElementRow]:
    changes = compare_elements(earlier.answers, figures.answers)
    return [_element(score, change_word(changes[score.key])) for score in figures.whole.elements]


def _element(score: ElementScore, change: str) -> ElementRow:
    name = ELEMENT_NAMES[score.key]
    return ElementRow(score.key, name, score.nrr, score.index, score.grade, score.rank, change)


def _answers(figures: Figures) -> Answers:
    whole = [Fraction(answer) for answer in range(1, 5)]
    heads = sorted({*whole, *(answer for counts in figures.answers.values() for answer in counts)})
    return Answers(
        [answer_word(answer) for answer in heads],
        [(ELEMENT_NAMES[key], [counts.get(answer, 0) for answer in heads]) for key, counts in figures.answers.items()],
    )


def compared(figures: Figures, earlier: Figures) -> str:
    """What became of the index since the period before, in words; both with the weight of this period."""
    if figures.whole.index is None:
        return ""
    index = scores.ikm(earlier.whole.sums.tally, figures.weight)
    before = {"before": earlier.period.long, "value": printed(index)}
    if index is None:
        return _("Tidak ada penilaian pada %(before)s untuk dibandingkan.", **before)
    change = compare(earlier.whole.sums, figures.whole.sums, figures.weight)
    if change is None:
        return _("%(before)s: %(value)s. Terlalu sedikit responden untuk membandingkan.", **before)
    return _("Dibanding %(before)s (%(value)s): %(change)s.", **before, change=change_words(change))


def difference_words(first: Scored, second: Scored, figures: Figures) -> str:
    """How the second service's index lies beside the first's."""
    change = compare(first.sums, second.sums, figures.weight)
    names = {"first": first.name, "second": second.name}
    if change is None:
        return _("%(first)s dan %(second)s: terlalu sedikit responden untuk membandingkan.", **names)
    values = {"one": printed(first.index), "two": printed(second.index), "change": _margin(change)}
    match change.direction:
        case Direction.UP:
            return _("%(second)s (%(two)s) lebih tinggi daripada %(first)s (%(one)s): %(change)s.", **names, **values)
        case Direction.DOWN:
            return _("%(second)s (%(two)s) lebih rendah daripada %(first)s (%(one)s): %(change)s.", **names, **values)
        case _:
            return _(
                "%(first)s (%(one)s) dan %(second)s (%(two)s) belum terbukti berbeda: %(change)s.", **names, **values
            )


def change_words(change: Change) -> str:
    """As in "naik, selisih +3,21, rentang 95 % +1,02 sampai +5,40"."""
    return f"{change.direction}, {_margin(change)}"


def change_word(change: Change | None) -> str:
    """As in "naik (+3,21)"; "–" where there is nothing to compare."""
    return printed(None) if change is None else f"{change.direction} ({signed(change.difference)})"


def _margin(change: Change) -> str:
    if change.low is None or change.high is None:
        return _("selisih %(value)s, semua responden menjawab sama", value=signed(change.difference))
    return _(
        "selisih %(value)s, rentang 95 %% %(low)s sampai %(high)s",
        value=signed(change.difference),
        low=signed(change.low),
        high=signed(change.high),
    )


def signed(value: Decimal) -> str:
    """With + or −; 0,00 without."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{printed(abs(value))}"


def interval_words(interval: Interval | None) -> str:
    """As in "76,26–81,23", or "–"."""
    return printed(None) if interval is None else f"{printed(interval[0])}–{printed(interval[1])}"


def percent(share: Fraction | None) -> str:
    """A share as a percentage with 2 decimals; "–" for none."""
    return printed(None) if share is None else f"{printed(half_up(share * 100, 2))} %"


def answer_word(answer: Fraction) -> str:
    """A mean answer: "3", or "2,5" where an element has several questions."""
    return printed(int(answer)) if answer.denominator == 1 else printed(half_up(answer, 2))
