"""Survey arithmetic of Permenpan RB 14/2017: sums and counts in, exact figures out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.errors import Refused
from core.figures import half_up
from survey.elements import (
    HIGHEST_ANSWER,
    LOWEST_ANSWER,
    OFFICIAL_ORDER,
    ElementKey,
    Labelled,
)

INDEX_SCALE = 25  # turns the 1–4 of an answer into the 25–100 of the index
_WEIGHT_TEXT = re.compile(r"([0-9]{1,9})/([0-9]{1,9})|[0-9]{1,9}([.,][0-9]{1,9})?")


@dataclass(frozen=True)
class Tally:
    """Complete questionnaires, and per element (official order) the sum of answers.

    Where an edition asks several items for an element, a respondent's answer to the
    element is the mean of its items, so a sum may be a fraction.
    """

    respondents: int
    sums: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        """A sum no set of answers can have is a bug, not a figure to publish."""
        low = LOWEST_ANSWER * self.respondents
        high = HIGHEST_ANSWER * self.respondents
        if len(self.sums) != len(OFFICIAL_ORDER):
            raise ValueError("one sum for each element")
        if self.respondents < 0 or not all(low <= each <= high for each in self.sums):
            raise ValueError(f"impossible sums for {self.respondents} respondents")

    @classmethod
    def from_items(
        cls,
        respondents: int,
        item_sums: Mapping[ElementKey, int],
        items_per_element: Mapping[ElementKey, int],
    ) -> "Tally":
        """From the sums of all item answers of one edition, by element."""
        keys = OFFICIAL_ORDER
        sums = (Fraction(item_sums[key], items_per_element[key]) for key in keys)
        return cls(respondents, tuple(sums))

    def __add__(self, other: "Tally") -> "Tally":
        """Pool two groups of respondents: months, services or editions."""
        sums = zip(self.sums, other.sums, strict=True)
        pooled = tuple(mine + theirs for mine, theirs in sums)
        return Tally(self.respondents + other.respondents, pooled)


EMPTY = Tally(0, (Fraction(0),) * len(OFFICIAL_ORDER))


@dataclass(frozen=True)
class Weight:
    """What each of the nine elements weighs; `str()` is the form that settings and programs name."""

    value: Fraction

    @classmethod
    def parse(cls, text: str) -> "Weight":
        """Exact, from text such as "1/9", "0.111" or "0,111"; else Refused.

        Also refused: 0, and more than 1/9, which would carry the index past 100.
        """
        plain = text.strip()
        match = _WEIGHT_TEXT.fullmatch(plain)
        if not match or (match[2] and not int(match[2])):
            raise Refused("Bobot harus pecahan atau desimal, misalnya 1/9 atau 0.111.")
        value = Fraction(plain.replace(",", "."))
        if not 0 < value <= Fraction(1, len(OFFICIAL_ORDER)):
            raise Refused("Bobot harus lebih dari 0 dan paling besar 1/9.")
        return cls(value)

    def __str__(self) -> str:
        """As a decimal where nine places are exact ("0.111"), else as a fraction ("1/9")."""
        decimal = half_up(self.value, 9)
        if Fraction(decimal) != self.value:
            return str(self.value)
        return f"{decimal:f}".rstrip("0")

    @property
    def printed(self) -> str:
        """As people read it: "0,111", or "1/9"."""
        return str(self).replace(".", ",")


DEFAULT_WEIGHT = Weight(Fraction(1, len(OFFICIAL_ORDER)))


def nrr(tally: Tally) -> tuple[Fraction, ...] | None:
    """Mean score (nilai rata-rata) of each element, 1–4; None without respondents."""
    if not tally.respondents:
        return None
    return tuple(each / tally.respondents for each in tally.sums)


def ikm(tally: Tally, weight: Weight = DEFAULT_WEIGHT) -> Decimal | None:
    """Indeks Kepuasan Masyarakat, 25–100 with weight 1/9, 2 decimals, rounded once."""
    means = nrr(tally)
    if means is None:
        return None
    return half_up(sum(means, Fraction(0)) * weight.value * INDEX_SCALE, 2)


class Grade(Labelled):
    """Mutu pelayanan, with the performance word that goes with it."""

    A = "A", "Sangat baik"
    B = "B", "Baik"
    C = "C", "Kurang baik"
    D = "D", "Tidak baik"


@dataclass(frozen=True)
class GradeBand:
    """The printed interval of one grade, both ends included, in index points."""

    grade: Grade
    lowest: Decimal
    highest: Decimal


# The interval table of Permenpan RB 14/2017, annex; ÷ 25 it gives the NI intervals.
GRADE_BANDS = (
    GradeBand(Grade.A, Decimal("88.31"), Decimal("100.00")),
    GradeBand(Grade.B, Decimal("76.61"), Decimal("88.30")),
    GradeBand(Grade.C, Decimal("65.00"), Decimal("76.60")),
    GradeBand(Grade.D, Decimal("25.00"), Decimal("64.99")),
)


def grade(index: Decimal | Fraction) -> Grade:
    """Grade of an index, or of an element's NRR × 25, judged at 2 printed decimals."""
    shown = half_up(index, 2)
    return next((band.grade for band in GRADE_BANDS if shown >= band.lowest), Grade.D)


def element_index(mean: Fraction) -> Decimal:
    """An element on the scale of the index: its NRR × 25, 2 decimals."""
    return half_up(mean * INDEX_SCALE, 2)


def ranks(means: Sequence[Fraction]) -> tuple[int, ...]:
    """1 = highest mean; equal elements share the better rank (1, 2, 2, 4)."""
    return tuple(1 + sum(other > mean for other in means) for mean in means)


@dataclass(frozen=True)
class ElementScore:
    """One line of the element table; all but `sum` are None without respondents.

    `sum` is whole while each element has one item, else 2 decimals; `nrr` and
    `weighted` have 4; `index` (NRR × 25) has 2. They are for print: never compute
    the office's index from them.
    """

    key: ElementKey
    sum: int | Decimal
    nrr: Decimal | None
    weighted: Decimal | None
    index: Decimal | None
    grade: Grade | None
    rank: int | None


def element_scores(tally: Tally, weight: Weight = DEFAULT_WEIGHT) -> tuple[ElementScore, ...]:
    """The nine lines in official order."""
    means = nrr(tally)
    if means is None:
        return tuple(ElementScore(key, 0, None, None, None, None, None) for key in OFFICIAL_ORDER)
    lines = zip(OFFICIAL_ORDER, tally.sums, means, ranks(means), strict=True)
    return tuple(
        ElementScore(
            key,
            int(total) if total.denominator == 1 else half_up(total, 2),
            half_up(mean, 4),
            half_up(mean * weight.value, 4),
            element_index(mean),
            grade(mean * INDEX_SCALE),
            rank,
        )
        for key, total, mean, rank in lines
    )


def weakest(scores: Iterable[ElementScore], count: int = 3) -> tuple[ElementScore, ...]:
    """The `count` lowest, lowest first; of equals the earlier element comes first."""
    ranked = [(-score.rank, score) for score in scores if score.rank is not None]
    ranked.sort(key=lambda pair: pair[0])
    return tuple(score for _, score in ranked[:count])


_CHI_SQUARE = Fraction(3841, 1000)  # 1 degree of freedom, 95 % confidence
_SPREAD = Fraction(1, 4)  # P(1 − P) with P = 0.5
_PRECISION = Fraction(5, 100)


def sample_needed(service_users: int) -> int:
    """Respondents needed for N service users, the method of Permenpan RB 14/2017.

    Krejcie & Morgan (1970): χ²·N·P(1−P) ÷ (d²(N−1) + χ²·P(1−P)), nearest whole.
    """
    if service_users < 0:
        raise ValueError("service users cannot be fewer than none")
    spread = _CHI_SQUARE * _SPREAD
    size = spread * service_users / (_PRECISION**2 * (service_users - 1) + spread)
    return int(half_up(size, 0))


def is_sample_enough(respondents: int, needed: int | None) -> bool | None:
    """None where nobody has said how many people use the service."""
    return None if needed is None else respondents >= needed
