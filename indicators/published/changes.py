"""What changed: locked versions, the ways of counting, the questionnaire. Nobody is named, only roles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain, groupby, pairwise

from sqlalchemy.orm import Session

from core.calendar import day_range
from core.figures import decimal_string
from indicators.published import locked
from indicators.published.locked import Locked
from indicators.sheet import SHEET
from offices import queries as offices
from offices import settings
from offices.models import Office, Setting
from survey import queries as survey

# Settings that say how figures are counted.
COUNTING = ("weight", "predicate_thresholds", "count_patrol", "ikm_source")


class Kind(StrEnum):
    """What changed; the value stands in rows."""

    LOCK = "lock"
    SETTING = "setting"
    EDITION = "edition"


@dataclass(frozen=True)
class Change:
    """A value before and after, as programs read it (None: none). `field`: an indicator's key, or a setting."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Entry:
    """Something changed at a moment. `subject`: a month, a setting's key, an edition's code; `name`: an edition's."""

    at: datetime
    kind: Kind
    subject: str
    changes: Sequence[Change]
    version: int | None = None
    reason: str = ""
    approved_at: datetime | None = None
    valid_from: str | None = None
    name: str = ""


def changes(session: Session, office: Office, today: date) -> list[Entry]:
    """Everything that changed so far, the newest first."""
    found = chain(
        _versions(locked.versions(session, office.id)),
        _settings(offices.setting_rows(session, office.id)),
        _editions(survey.edition_names(session, office.id), today),
    )
    return sorted(found, key=lambda entry: (entry.at, entry.kind, entry.subject), reverse=True)


def _versions(found: Sequence[Locked]) -> Iterator[Entry]:
    for month, of_month in groupby(found, key=lambda each: each.month):
        for before, after in pairwise([None, *of_month]):
            if after is not None:
                yield Entry(
                    at=after.locked_at,
                    kind=Kind.LOCK,
                    subject=month,
                    changes=_values(before, after),
                    version=after.number,
                    reason=after.reason,
                    approved_at=after.approved_at,
                )


def _values(before: Locked | None, after: Locked) -> list[Change]:
    """The values of a first version, and of a later one those that changed."""
    now, then = after.row.values, before.row.values if before else {}
    keys = (row.key for row in SHEET)
    pairs = [(key, decimal_string(then.get(key)), decimal_string(now[key])) for key in keys]
    return [Change(key.value, old, new) for key, old, new in pairs if before is None or old != new]


def _settings(rows: Sequence[Setting]) -> Iterator[Entry]:
    in_order = sorted((row for row in rows if row.key in COUNTING), key=lambda row: row.set_at)
    for place, row in enumerate(in_order):
        earlier = sorted(in_order[:place], key=lambda each: (each.valid_from, each.set_at))
        before = settings.on(earlier, row.valid_from)[row.key]
        yield Entry(
            at=row.set_at,
            kind=Kind.SETTING,
            subject=row.key,
            changes=[Change(row.key, before, row.value)],
            valid_from=f"{row.valid_from:%Y-%m}",
        )


def _editions(names: Mapping[str, tuple[str, date]], today: date) -> Iterator[Entry]:
    """Those that have begun: one that is still being written may never come."""
    begun = [(code, name, starts_on) for code, (name, starts_on) in names.items() if starts_on <= today]
    for before, after in pairwise([None, *begun]):
        if after is not None:
            code, name, starts_on = after
            yield Entry(
                at=day_range(starts_on)[0],
                kind=Kind.EDITION,
                subject=code,
                changes=[Change("edition", before[0] if before else None, code)],
                valid_from=f"{starts_on:%Y-%m}",
                name=name,
            )
