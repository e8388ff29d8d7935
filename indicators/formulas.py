"""The formulas of the office's IKU sheet: counts in, exact printed figures out."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from core.errors import Refused
from core.figures import half_up


def percent(part: int, whole: int) -> Decimal | None:
    """Part ÷ whole × 100, 2 decimals; None (not 0) when there is no whole."""
    return half_up(Fraction(100 * part, whole), 2) if whole else None


def achievement(realisation: Decimal | int | None, target: Decimal | int | None) -> Decimal | None:
    """Capaian of the IKU sheet: printed realisation ÷ target × 100, 2 decimals.

    Above 100 stays as it is. None without a value or without a target above 0.
    """
    if realisation is None or target is None or target <= 0:
        return None
    return half_up(Fraction(realisation) / Fraction(target) * 100, 2)


class Predicate(StrEnum):
    """How well a target was met; `label` is the sheet's word."""

    VERY_HIGH = "very_high"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    VERY_LOW = "very_low"

    @property
    def label(self) -> str:
        """Indonesian, as printed."""
        return _PREDICATE_LABELS[self]


_PREDICATE_LABELS = {
    Predicate.VERY_HIGH: "Sangat tinggi",
    Predicate.HIGH: "Tinggi",
    Predicate.MEDIUM: "Sedang",
    Predicate.LOW: "Rendah",
    Predicate.VERY_LOW: "Sangat rendah",
}


@dataclass(frozen=True)
class Thresholds:
    """The least achievement for each predicate; under `low` it is very low.

    The defaults are the scale seen in performance reports; an office may set its own,
    Refused unless it falls from step to step.
    """

    very_high: Decimal = Decimal(91)
    high: Decimal = Decimal(76)
    medium: Decimal = Decimal(66)
    low: Decimal = Decimal(51)

    def __post_init__(self) -> None:
        if not self.very_high > self.high > self.medium > self.low > 0:
            raise Refused("Ambang predikat harus menurun dan lebih dari 0.")

    @property
    def steps(self) -> tuple[tuple[Predicate, Decimal], ...]:
        """Each predicate but the last, which has none, with its least achievement; the best first."""
        return (
            (Predicate.VERY_HIGH, self.very_high),
            (Predicate.HIGH, self.high),
            (Predicate.MEDIUM, self.medium),
            (Predicate.LOW, self.low),
        )


DEFAULT_THRESHOLDS = Thresholds()


def predicate(achieved: Decimal | None, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Predicate | None:
    """The predicate of a printed achievement; None where there is none."""
    if achieved is None:
        return None
    reached = (found for found, least in thresholds.steps if achieved >= least)
    return next(reached, Predicate.VERY_LOW)


@dataclass(frozen=True)
class Settlement:
    """IKU 4 for the valid reports received in one period, at one cut-off.

    `settled` are those of exactly these reports whose last settle-or-reopen move is a
    settle. There is no adding of months: a longer period has a later cut-off for all
    its reports and must be counted anew.
    """

    received: int
    settled: int
    confirmed: int
    disputed: int

    def __post_init__(self) -> None:
        """Counts that break their own definition are a bug, not a figure to publish."""
        if min(self.confirmed, self.disputed) < 0:
            raise ValueError("counts start at 0")
        if self.silent < 0:
            raise ValueError("only a settled report is confirmed or disputed")
        if self.settled > self.received:
            raise ValueError("settled reports are some of those received")

    @property
    def silent(self) -> int:
        """Settled reports that nobody confirmed or disputed."""
        return self.settled - self.confirmed - self.disputed

    @property
    def unsettled(self) -> int:
        """Valid reports of the period that were not settled at its cut-off."""
        return self.received - self.settled

    @property
    def percent(self) -> Decimal | None:
        """0–100 always; None when nothing was received."""
        return percent(self.settled, self.received)


@dataclass(frozen=True)
class Throughput:
    """Work done in a period: distinct reports closed in it, whenever received."""

    closed: int
    received: int

    def __post_init__(self) -> None:
        if min(self.closed, self.received) < 0:
            raise ValueError("counts start at 0")

    @property
    def percent(self) -> Decimal | None:
        """May pass 100 when older reports were closed; None when none came in."""
        return percent(self.closed, self.received)


@dataclass(frozen=True)
class Flow:
    """Moves in a period by the move's own time; `reopened` has undone exclusions too.

    The identity opening + received + reopened = settled + excluded + closing gives
    `closing`; `balances` holds it against the open reports really counted.
    """

    opening: int
    received: int
    reopened: int
    settled: int
    excluded: int

    @property
    def closing(self) -> int:
        """Reports left open at the end of the period."""
        entered = self.opening + self.received + self.reopened
        return entered - self.settled - self.excluded

    def balances(self, open_at_end: int) -> bool:
        """Whether the reports counted open at the cut-off agree with the moves."""
        return self.closing == open_at_end
