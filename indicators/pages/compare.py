"""Two periods beside each other, ready to print."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from flask_babel import gettext as _

from core.calendar import Month
from core.figures import printed
from core.periods import Period
from indicators.months.breakdown_parts import Part
from indicators.months.comparing import Proof
from indicators.months.results import Index, Line, ServiceIndex
from indicators.months.whole import Whole
from indicators.pages.page import LENGTHS
from indicators.pages.words import signed
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
    """Everything the page prints of two periods."""

    before: Period
    after: Period
    rows: Sequence[Pair]
    services: Sequence[Pair]
    categories: Sequence[Pair]


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
    )


def choices(asked: Iterable[Period], this_month: Month) -> Sequence[Choice]:
    """The months, quarters, half-years and years up to now, the newest first; what is asked for is among them."""
    groups = []
    for length, heading in LENGTHS.items():
        found = [Period.around(this_month, length)]
        while len(found) < COUNTS[length]:
            found.append(found[-1].previous())
        known = [*found, *(each for each in asked if each.length == length and each not in found)]
        groups.append(Choice(str(heading), [(str(each), each.long) for each in known]))
    return groups


def _row(one: Line, other: Line, change: Change | None) -> Pair:
    values = [each.result.value for each in (one, other)]
    return Pair(
        name=f"{one.sheet.number}. {one.sheet.name}",
        before=_side(one),
        after=_side(other),
        difference=difference(values[0], values[1]) if change is None else signed(change),
        proof=proof_words(change),
    )


def _side(line: Line) -> Side:
    return Side(printed(line.result.value), _("target %(target)s", target=printed(line.target)))


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
