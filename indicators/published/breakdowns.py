"""Which breakdown of a period everybody may see, so that versions tell no small group (docs/adr/0033)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from core.periods import Period
from indicators.published.apart import Breakdowns, may_stand_beside
from indicators.published.locked import Locked, newest
from offices.kept import kept
from offices.models import Office
from survey.figures import queries
from survey.figures.groups import ATTRIBUTES, Dimension

SERVICE = "service"
PUBLIC = (*ATTRIBUTES, Dimension.VISIT)  # what the public is told, beside services


def told_version(session: Session, office: Office, versions: Sequence[Locked]) -> Locked:
    """The newest version of a month whose breakdown may be told beside all that were told before it; the first is."""
    told = [versions[0]]
    for version in versions[1:]:
        new = _locked(session, office, version)
        if all(may_stand_beside(_locked(session, office, each), new) for each in told):
            told.append(version)
    return told[-1]


def may_tell_longer(session: Session, office: Office, period: Period, versions: Sequence[Locked]) -> bool:
    """Whether a longer period, counted now, may be told beside the breakdowns of its locked months."""
    by_month = {month: [each for each in versions if each.month == month] for month in newest(versions)}
    told = [(month, told_version(session, office, found)) for month, found in by_month.items()]
    return all(
        may_stand_beside(_locked(session, office, version), _counted(session, office.id, month, None))
        for month, version in told
    )


def _locked(session: Session, office: Office, version: Locked) -> Breakdowns:
    """Counted once: what was recorded by a moment never changes."""
    key = ("breakdowns", version.month, version.as_of)
    return kept(office, key, lambda: _counted(session, office.id, version.month, version.as_of))


def _counted(session: Session, office_id: int, month: str, as_of: datetime | None) -> Breakdowns:
    period = Period.parse(month)
    services = queries.service_rows(session, office_id, period, as_of)
    groups = queries.group_month_rows(session, office_id, period, PUBLIC, as_of)
    return _gathered(
        [(SERVICE, row.service_code, row.edition_code, row.counts) for row in services]
        + [(row.dimension, row.value, row.edition_code, row.counts) for row in groups]
    )


def _gathered(rows: Iterable[tuple[str, str, str, tuple[int, ...]]]) -> Breakdowns:
    found: dict[str, dict[str, dict[str, tuple[int, ...]]]] = {}
    for kind, group, edition, counts in rows:
        found.setdefault(kind, {}).setdefault(group, {})[edition] = counts
    return found
