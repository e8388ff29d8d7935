"""What an entry is called, and how its values are written."""

from decimal import Decimal

from core.calendar import long_date
from core.errors import or_none
from core.figures import printed
from core.periods import Period
from indicators.registers.models import (
    EmpowermentActivity,
    OrganisationDocument,
    OutsideIndex,
    ProgrammeIndicator,
    ProgrammeRealisation,
    SakipReview,
    Version,
)
from indicators.registers.terms import BETTER_LABELS, KIND_LABELS, KIND_NAMES
from indicators.registers.values import DocumentKind


def title_of(row: Version) -> str:
    """What an entry is called."""
    match row:
        case OrganisationDocument():
            return f"{kind_name(row.kind)} {row.year}"
        case EmpowermentActivity() | ProgrammeIndicator():
            return row.name
        case SakipReview():
            return f"SAKIP {row.year}, {long_date(row.reviewed_on)}"
        case ProgrammeRealisation():
            return long_date(row.measured_on)
        case OutsideIndex():
            return period_name(row.period)
    raise TypeError(type(row).__name__)


def kind_name(kind: str) -> str:
    """The short name of a kind of document."""
    return KIND_NAMES[DocumentKind(kind)]


def period_name(period: str) -> str:
    """A period as read aloud, or as it was written where it is none."""
    found = or_none(Period.parse, period)
    return found.long if found else period


def coded(code: str) -> str:
    """The words of a kind of document or of a direction."""
    words: dict[str, object] = {each.value: label for each, label in KIND_LABELS.items()}
    return str((words | {each.value: label for each, label in BETTER_LABELS.items()}).get(code, code))


def trimmed(value: Decimal) -> str:
    """For people, without noughts at the end: 12,5."""
    return printed(_without_noughts(value))


def typed(value: Decimal) -> str:
    """As somebody would type it: 1250,5."""
    return f"{_without_noughts(value):f}".replace(".", ",")


def _without_noughts(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
