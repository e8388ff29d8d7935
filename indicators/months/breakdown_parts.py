"""What stands behind the six figures of a period, as plain values that can be stored and read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from indicators.formulas import Settlement
from indicators.months.results import Index
from survey.figures.changes import Change
from survey.scores import ElementScore

NOBODY = ""


class Group(StrEnum):
    """What was compared with the period before; stored by value."""

    ELEMENT = "element"
    SERVICE = "service"
    SECTION = "section"
    CATEGORY = "category"
    VILLAGE = "village"


@dataclass(frozen=True)
class Part:
    """Indicator 4 of one category or desa; `code` is "" where the desa is unknown. `excluded`: received in the period
    and left out of its count.
    """

    code: str
    name: str
    settlement: Settlement
    excluded: int


@dataclass(frozen=True)
class OfficerPart:
    """One account's share: reports received in the period whose settling it made and which stand settled at the
    cut-off; reports open at the cut-off that are its own, and how many of those are late. `staff_id` NOBODY: settled by
    an import, or given to nobody.
    """

    staff_id: str
    settled: int
    open: int
    late: int


@dataclass(frozen=True)
class OpenCases:
    """Reports open at the cut-off, whenever received; it is the end of the period, or the day of the count if that is
    earlier. `late`: the day to settle it is over. `unanswered`: nobody has taken the first step, and its day is over.
    `waiting`: the resident was asked and has not answered. The ages are whole working days since the day of receipt,
    nearest rank; None without any.
    """

    count: int = 0
    late: int = 0
    unanswered: int = 0
    waiting: int = 0
    p50: int | None = None
    p90: int | None = None


@dataclass(frozen=True)
class SectionIndex:
    """IKM of the services of a section."""

    key: str
    name: str
    index: Index


@dataclass(frozen=True)
class Moved:
    """What has changed for certain against the period's `earlier`."""

    group: Group
    code: str
    name: str
    change: Change


@dataclass(frozen=True)
class Changes:
    """Those that are proven of all that were `compared` together; none while the period runs."""

    compared: int = 0
    proven: Sequence[Moved] = ()


@dataclass(frozen=True)
class Oversight:
    """What the heads should ask about, counted in the period: reports settled within minutes; officers who settle most
    of a month in its last days, or exclude much; denials by residents; replaced receipts; doubts about proofs, and how
    many of these nobody has explained.
    """

    hasty: int = 0
    crowded: int = 0
    excluding: int = 0
    denials: int = 0
    replaced: int = 0
    findings: int = 0
    unexplained: int = 0

    @property
    def total(self) -> int:
        """All of them; an unexplained finding counts once."""
        return self.hasty + self.crowded + self.excluding + self.denials + self.replaced + self.findings


@dataclass(frozen=True)
class Breakdown:
    """Everything below the six rows. `weakest`: the three lowest elements; `suggestions`: not handled yet."""

    categories: Sequence[Part] = ()
    villages: Sequence[Part] = ()
    officers: Sequence[OfficerPart] = ()
    open: OpenCases = OpenCases()
    sections: Sequence[SectionIndex] = ()
    weakest: Sequence[ElementScore] = ()
    changes: Changes = Changes()
    oversight: Oversight = Oversight()
    suggestions: int = 0
