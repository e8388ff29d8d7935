"""Two periods beside each other, ready to print."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from flask import url_for
from flask_babel import gettext as _

from core.calendar import Month
from core.errors import Refused
from core.figures import printed
from core.periods import Period
from indicators.months import comparing
from indicators.months.breakdown_parts import Part
from indicators.months.comparing import Proof
from indicators.months.results import Index, Line, ServiceIndex
from indicators.months.whole import Whole
from indicators.pages.page import LENGTHS
from indicators.sheet import Indicator
from survey.figures.changes import Change, Direction

Each = TypeVar("Each", Part, ServiceIndex)
# How many of each length may be chosen.
COUNTS = {1: 24, 3: 8, 6: 4, 12: 3}


@dataclass(frozen=True)
class Side:
    """A figure on one side, with what it is of."""

    value: str
    note: str


@dataclass(frozen=True)
class Pair:
    """A figure on both sides; `proof` in words, "" where nothing is tested."""

    name: str
    before: Side
    after: Side
    difference: str
    proof: str = ""


@dataclass(frozen=True)
class Compared:
    """Everything the page prints of two periods; `tested` says what was tested, and why not where nothing was."""

    before: Period
    after: Period
    rows: Sequence[Pair]
    services: Sequence[Pair]
    categories: Sequence[Pair]
    tested: str


@dataclass(frozen=True)
class Choice:
    """What may be chosen, in groups: (heading, (address, words) of each)."""

    heading: str
    periods: Sequence[tuple[str, str]]


def compared(before: Whole, after: Whole, proof: Proof) -> Compared:
    """The six indicators, then services and categories that either side has."""
    proofs = {Indicator.IKM: proof.ikm, Indicator.SETTLEMENT: proof.settlement}
    lines = zip(before.summary.lines, after.summary.lines, strict=True)
    services = [each.summary.survey.services for each in (before, after)]
    kinds = [each.breakdown.categories for each in (before, after)]
    return Compared(
        before=before.summary.period,
        after=after.summary.period,
        rows=[_row(one, other, proofs.get(one.sheet.key)) for one, other in lines],
        services=_pairs(services[0], services[1], lambda each: _index(each.index)),
        categories=_pairs(kinds[0], kinds[1], _share),
        tested=_tested(before, after),
    )


def _tested(before: Whole, after: Whole) -> str:
    if not comparing.is_apart(before.summary.period, after.summary.period):
        return _("Kedua masa ini bertumpang tindih, jadi selisihnya tidak diuji.")
    if not (comparing.is_counted_whole(before) and comparing.is_counted_whole(after)):
        return _("Selisihnya belum diuji: salah satu masa masih berjalan.")
    return _(
        "IKU 2 (Welch) dan IKU 4 (Newcombe, paling sedikit 10 laporan pada kedua masa) diuji masing-masing dengan "
        "keyakinan 95 %: hanya selisih yang terbukti boleh disebut naik atau turun."
    )


def choices(asked: Iterable[Period], this_month: Month) -> Sequence[Choice]:
    """The months, quarters, half-years and years up to now, the newest first; what is asked for is among them."""
    asked = list(asked)
    groups = []
    for length, heading in LENGTHS.items():
        found = [Period.around(this_month, length)]
        while len(found) < COUNTS[length]:
            found.append(found[-1].previous())
        known = [*found, *(each for each in asked if each.length == length and each not in found)]
        groups.append(_choice(str(heading), known))
    to_date = [Period.of(this_month.minus(back)).year_to_date() for back in range(COUNTS[1])]
    others = [each for each in (*asked, *to_date) if each.length not in LENGTHS]
    return [*groups, _choice(_("Sejak Januari"), sorted(set(others), reverse=True))]


def _choice(heading: str, periods: Iterable[Period]) -> Choice:
    return Choice(heading, [(str(each), each.long) for each in periods])


def parse(text: str) -> Period:
    """Any period of Period.parse, or the months since January as in "2026-01--2026-10"; Refused for anything else."""
    _first, dashes, last = text.partition("--")
    found = Period.of(Month.parse(last)).year_to_date() if dashes else Period.parse(text)
    if str(found) != text:
        raise Refused(_("Masa ini tidak dikenal."))
    return found


def address(period: Period) -> str:
    """The page of a period."""
    if period.length in LENGTHS:
        return url_for("summary.show", period=period)
    return url_for("summary.show", period=period.last, jangka="tahun")


def _row(one: Line, other: Line, change: Change | None) -> Pair:
    values = [each.result.value for each in (one, other)]
    return Pair(
        name=f"{one.sheet.number}. {one.sheet.name}",
        before=_side(one),
        after=_side(other),
        difference=difference(values[0], values[1]),
        proof=proof_words(change),
    )


def _side(line: Line) -> Side:
    return Side(printed(line.result.value), _("target %(target)s", target=printed(line.aim)))


def difference(before: Decimal | None, after: Decimal | None) -> str:
    """With its sign; "–" where one side has none."""
    if before is None or after is None:
        return printed(None)
    found = after - before
    return f"{'+' if found > 0 else ''}{printed(found)}".replace("-", "−")


def proof_words(change: Change | None) -> str:
    """As in "naik, terbukti"."""
    if change is None:
        return ""
    if change.direction is Direction.UNPROVEN:
        return _("belum terbukti berubah")
    return _("%(direction)s, terbukti", direction=change.direction.value)


def _index(index: Index) -> tuple[Decimal | None, str]:
    return index.value, _("%(count)s responden", count=printed(index.respondents))


def _share(part: Part) -> tuple[Decimal | None, str]:
    counts = part.settlement
    return counts.percent, _(
        "%(settled)s dari %(received)s", settled=printed(counts.settled), received=printed(counts.received)
    )


def _pairs(
    before: Sequence[Each], after: Sequence[Each], figure: Callable[[Each], tuple[Decimal | None, str]]
) -> list[Pair]:
    sides: list[Mapping[str, Each]] = [{each.code: each for each in side} for side in (before, after)]
    names = {each.code: each.name for each in (*after, *before)}
    nothing: tuple[Decimal | None, str] = (None, "")
    found = []
    for code, name in names.items():
        one, other = (figure(side[code]) if code in side else nothing for side in sides)
        pair = Pair(
            name, Side(printed(one[0]), one[1]), Side(printed(other[0]), other[1]), difference(one[0], other[0])
        )
        found.append(pair)
    return found
