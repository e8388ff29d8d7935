"""How one figure of a period came about: which sums it is made of, and the numbers in its formula."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext as _

from core.figures import half_up
from survey.elements import ELEMENT_NAMES, ElementKey
from survey.figures.behind import Chosen
from survey.figures.groups import Dimension
from survey.figures.nesting import SMALLEST
from survey.figures.page import TITLES, answer_word
from survey.figures.results import Figures, Scored
from survey.intervals import correction, quantile, root, sample_of
from survey.scores import Weight

WHOLE, EVERYTHING, VERIFIED = "indeks", "semua", "terverifikasi"
DIMENSIONS = {word: dimension for dimension, (_title, word) in TITLES.items()}


@dataclass(frozen=True)
class Calculation:
    """A figure, `what` in its address. `chosen`: its ratings; None where their list would tell what respondents said of
    themselves, or whose visit a rating proves. `element`: the one that the figure is of. `users`: people served, as far
    as its interval counts them.
    """

    what: str
    title: str
    scored: Scored
    users: int | None
    chosen: Chosen | None
    weight: Weight
    element: ElementKey | None = None


@dataclass(frozen=True)
class Margin:
    """What the 95 % interval is made of, 4 decimals: the deviation of respondents' indexes, Student's quantile, the
    finite-population correction.
    """

    deviation: Decimal
    quantile: Decimal
    correction: Decimal


def find(figures: Figures, what: str) -> Calculation | None:
    """The calculation of this name; None where there is none, or where it is hidden."""
    kind, _dash, code = what.partition("-")
    if what in {WHOLE, EVERYTHING, VERIFIED}:
        return _office(figures, what)
    if kind == "unsur" and code in set(ElementKey):
        key = ElementKey(code)
        return Calculation(
            what, ELEMENT_NAMES[key], figures.whole, figures.population, Chosen(), figures.weight, element=key
        )
    if kind in {"layanan", "seksi"}:
        return _of_service(figures, what, kind, code)
    return _of_group(figures, what, DIMENSIONS[kind], code) if kind in DIMENSIONS else None


def _office(figures: Figures, what: str) -> Calculation:
    found: Mapping[str, tuple[str, Scored, int | None, Chosen | None]] = {
        WHOLE: (_("Indeks"), figures.whole, figures.population, Chosen()),
        EVERYTHING: (
            _("Indeks dengan semua penilaian"), figures.everything, figures.population, Chosen(with_excluded=True),
        ),
        VERIFIED: (_("Penilaian terverifikasi"), figures.verified, None, None),
    }  # fmt: skip
    title, scored, users, chosen = found[what]
    return Calculation(what, title, scored, users, chosen, figures.weight)


def _of_service(figures: Figures, what: str, kind: str, code: str) -> Calculation | None:
    table = figures.services if kind == "layanan" else figures.sections
    scored = next((row for row in table if row.code == code), None)
    if scored is None:
        return None
    if kind == "layanan":
        services, users = {code}, figures.visits.by_service.get(code)
    else:
        services, users = {each for each, section in figures.section_of.items() if section == code}, None
    return Calculation(what, scored.name, scored, users, Chosen(services=frozenset(services)), figures.weight)


def _of_group(figures: Figures, what: str, dimension: Dimension, code: str) -> Calculation | None:
    row = next((row for row in figures.groups.get(dimension, []) if row.code == code), None)
    if row is None or row.scored is None:
        return None
    title = _("%(what)s: %(group)s", what=TITLES[dimension][0], group=row.name)
    return Calculation(what, title, row.scored, None, _chosen(dimension, row.scored), figures.weight)


def _chosen(dimension: Dimension, group: Scored) -> Chosen | None:
    if dimension == Dimension.POINT:
        return Chosen(point=group.code)
    if dimension == Dimension.SOURCE and group.respondents >= SMALLEST:
        return Chosen(source=group.code)
    return None


def margin(calculation: Calculation) -> Margin | None:
    """None with fewer than two respondents."""
    sums = calculation.scored.sums
    sample = sample_of(sums.tally, sums.squares, calculation.weight)
    if sample.variance is None:
        return None
    return Margin(
        deviation=half_up(root(sample.variance), 4),
        quantile=half_up(quantile(Fraction(sample.size - 1)), 4),
        correction=half_up(root(correction(sample.size, calculation.users)), 4),
    )


def answers_of(figures: Figures, calculation: Calculation) -> Sequence[tuple[str, int, str]]:
    """Of the figure's element: each mean answer, how many gave it, and what these add up to; [] for other figures."""
    if calculation.element is None:
        return []
    counts = sorted(figures.answers[calculation.element].items())
    return [(answer_word(answer), count, answer_word(answer * count)) for answer, count in counts]
