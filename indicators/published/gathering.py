"""What the office publishes of an ended period, with small groups hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from core.calendar import Month
from core.periods import Period
from indicators import queries
from indicators.months import summary
from indicators.months.open_row import OpenRow, open_row
from indicators.published import breakdowns, locked
from indicators.published.locked import Locked
from offices.kept import kept
from offices.models import Office
from survey.figures import building, disclosure
from survey.figures.groups import ATTRIBUTES
from survey.figures.results import Figures, Group, Scored
from survey.review.models import FollowUp
from survey.review.queries import told_in

SERVICE, SECTION = "service", "section"
LENGTHS = (1, 3, 6, 12)  # months of the periods that are published
MOST_FOLLOW_UPS = 6


@dataclass(frozen=True)
class Published:
    """`groups` are by what they are grouped by: service, section and what respondents said of themselves; {} where they
    are not told. `verified`: ratings that prove a visit, None where they, or the others, are too few to be told.

    `lock`: the version of a locked month, None: counted live. `told_version`: the one whose breakdown is told, an
    earlier one where the newest differs by few people only. `locked_months` of a longer period, with their versions.
    """

    office: Office
    row: OpenRow
    figures: Figures
    groups: Mapping[str, Sequence[Group]]
    verified: Scored | None
    follow_ups: Sequence[FollowUp]
    lock: Locked | None = None
    told_version: int | None = None
    locked_months: Mapping[str, int] | None = None


@dataclass(frozen=True)
class _Told:
    """The figures of a period, and of which its breakdown is told (None: of none)."""

    figures: Figures
    breakdown: Figures | None
    version: int | None = None


def build(session: Session, office: Office, period: Period) -> Published:
    """The period as it was locked, else as the last night counted it."""
    versions = locked.versions(session, office.id, period)
    is_month = period.length == 1
    lock = versions[-1] if versions and is_month else None
    told = _told_locked(session, office, versions) if lock else _told_live(session, office, period, versions)
    seen = disclosure.public(told.breakdown) if told.breakdown else None
    return Published(
        office=office,
        row=lock.row if lock else open_row(summary.build(session, office, period)),
        figures=_with_breakdown(told.figures, told.breakdown),
        groups=_groups(seen) if seen else {},
        verified=seen.verified if seen else None,
        follow_ups=told_in(session, office.id, period, MOST_FOLLOW_UPS),
        lock=lock,
        told_version=told.version,
        locked_months=None if is_month else {month: each.number for month, each in locked.newest(versions).items()},
    )


def ended(session: Session, office_id: int) -> list[Period]:
    """The periods with figures that are over and counted to their end, the newest first, longer ones before shorter.

    One whose last day the night has not counted yet is none: whoever kept tonight's copy could tell that day's
    respondents from tomorrow's.
    """
    moment = summary.counted_at(session)
    if moment is None:
        return []
    months = map(Month.parse, queries.months_with_figures(session, office_id))
    around = {Period.around(month, length) for month in months for length in LENGTHS}
    over = (period for period in around if period.last < Month.of(moment))
    return sorted(over, key=lambda period: (period.last, period.length), reverse=True)


def _told_live(session: Session, office: Office, period: Period, versions: Sequence[Locked]) -> _Told:
    figures = building.build(session, office, period)
    is_told = breakdowns.may_tell_longer(session, office, period, versions)
    return _Told(figures, figures if is_told else None)


def _told_locked(session: Session, office: Office, versions: Sequence[Locked]) -> _Told:
    told = breakdowns.told_version(session, office, versions)
    return _Told(_as_locked(session, office, versions[-1]), _as_locked(session, office, told), told.number)


def _as_locked(session: Session, office: Office, version: Locked) -> Figures:
    """What was recorded by a moment never changes, so it is counted once. Services are called as they were then."""

    def counted() -> Figures:
        found = building.build(session, office, Period.parse(version.month), version.as_of)
        names = locked.service_names(session, office.id, version)
        return replace(found, services=[replace(each, name=names.get(each.code, each.name)) for each in found.services])

    return kept(office, ("locked", version.month, version.number, version.as_of), counted)


def _with_breakdown(figures: Figures, told: Figures | None) -> Figures:
    """For poster and picture, which take what they show from the figures alone."""
    if told is None:
        return replace(figures, groups=dict.fromkeys(figures.groups, ()))
    return replace(figures, groups=told.groups)


def _groups(seen: disclosure.Published) -> Mapping[str, Sequence[Group]]:
    """Tables whose small groups are hidden, also those that staff see whole. Points are not among them: one at which
    a single service is rated is a part of that service, and the one less the other would tell the rest.
    """
    asked: dict[str, Sequence[Group]] = {each: seen.groups[each] for each in ATTRIBUTES}
    return {SERVICE: seen.services, SECTION: seen.sections, **asked}
