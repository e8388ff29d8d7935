"""Takes whole sheets of ratings in, once each, and takes an import back whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.calendar import WIB, wib_day
from core.db import reader, transaction
from core.errors import Refused
from core.ids import uuid7
from core.tabular import read_rows
from offices import dirty, imports
from offices import queries as offices
from offices.imports import Rejected, Sheet
from survey import queries, sheets
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.models import Rating
from survey.service import Source, content_digest
from survey.sheets import Cells, SheetRating, Terms

KIND = "ratings"
NOON = time(12, tzinfo=WIB)  # a sheet knows the day only, and noon lies well within it
BATCH = 1000
Numbered = tuple[int, Cells]
# Wraps the rows while they are read, to show how far it is.
Watch = Callable[[Iterable[Numbered]], Iterable[Numbered]]


@dataclass(frozen=True)
class Reading:
    """What a file holds. `is_numbered`: its columns are u1…u9, so their order matters."""

    ratings: tuple[SheetRating, ...]
    rejected: tuple[Rejected, ...]
    ignored: tuple[str, ...]
    is_numbered: bool


@dataclass(frozen=True)
class Outcome:
    """What an import did. `imported` is None when the same sheet counts already, so that nothing was added."""

    imported: int | None
    reading: Reading


def take_in(
    path: Path,
    *,
    office_id: int,
    service_code: str,
    day: date,
    order: Sequence[ElementKey] = OFFICIAL_ORDER,
    watch: Watch = iter,
    by: str,
    now: datetime,
) -> Outcome:
    """Import a file; raises Refused when it can't be read, or the service or the day can't be."""
    terms = _terms(reader(), office_id, service_code, day, order, wib_day(now))
    sheets.check(terms)
    options = {"service": service_code, "date": day.isoformat(), "order": ",".join(order)}
    sheet = Sheet.of(KIND, path, options)
    reading = _read(watch(read_rows(path)), terms)
    try:
        imported = _keep(office_id=office_id, sheet=sheet, reading=reading, by=by, now=now)
    except IntegrityError as clash:  # the rows' numbers come from the sheet: someone else was taking it in
        raise Refused(f"{path.name} sedang diimpor oleh perintah lain.") from clash
    return Outcome(imported, reading)


@transaction
def undo(session: Session, *, office_id: int, import_id: UUID, by: str, now: datetime) -> int:
    """Take an import back whole; how many ratings count no more. Raises Missing, or Refused when it was before."""
    imports.take_back(session, office_id, KIND, import_id, by=by, now=now)
    own = (Rating.office_id == office_id, Rating.import_id == import_id)
    days = session.scalars(sa.select(Rating.day).where(*own).distinct()).all()
    taken = sa.update(Rating).where(*own).values(withdrawn_at=now)
    count = session.connection().execute(taken).rowcount
    dirty.mark(session, office_id, dirty.Figures.RATINGS, days, now=now)
    return count


def _terms(
    session: Session, office_id: int, service_code: str, day: date, order: Sequence[ElementKey], today: date
) -> Terms:
    editions = queries.questionnaires(session, office_id)
    return Terms(
        day=day,
        service_code=service_code,
        services=frozenset(row.code for row in offices.services(session, office_id)),
        editions=[sheets.edition(starts_on, questionnaire, order) for starts_on, questionnaire in editions],
        today=today,
    )


def _read(rows: Iterable[Numbered], terms: Terms) -> Reading:
    ratings: list[SheetRating] = []
    rejected: list[Rejected] = []
    columns: dict[str, str] = {}
    for number, cells in rows:
        columns |= cells
        try:
            ratings.append(sheets.read_rating(number, cells, terms))
        except Refused as refusal:
            rejected.append(Rejected(number, refusal.message, cells))
    ignored = sheets.ignored_columns(columns, terms)
    return Reading(tuple(ratings), tuple(rejected), tuple(ignored), sheets.is_numbered(columns))


@transaction
def _keep(session: Session, *, office_id: int, sheet: Sheet, reading: Reading, by: str, now: datetime) -> int | None:
    """Insert all ratings and mark their days; None when the sheet counts already."""
    generation = imports.generation_of(offices.imports_like(session, office_id, sheet.digest))
    if generation is None:
        return None
    if not reading.ratings:
        return 0
    counts = {"imported": len(reading.ratings), "rejected": len(reading.rejected)}
    import_id = imports.record(session, office_id, sheet, **counts, by=by, now=now)
    for batch in _batches(reading.ratings):
        rows = [
            _row(rating, now)
            | {"office_id": office_id, "import_id": import_id}
            | {"submission_id": sheet.submission_id(generation, rating.row)}
            for rating in batch
        ]
        session.connection().execute(sa.insert(Rating), rows)
    dirty.mark(session, office_id, dirty.Figures.RATINGS, {rating.day for rating in reading.ratings}, now=now)
    return len(reading.ratings)


def _batches(ratings: Sequence[SheetRating]) -> Iterator[Sequence[SheetRating]]:
    return (ratings[start : start + BATCH] for start in range(0, len(ratings), BATCH))


def _row(rating: SheetRating, now: datetime) -> dict[str, Any]:
    content = {
        "day": rating.day,
        "service_code": rating.service_code,
        "sex": rating.sex,
        "age_band": rating.age_band,
        "education": rating.education,
        "occupation": rating.occupation,
        "suggestion": rating.suggestion,
    }
    digest = content_digest({**content, "day": rating.day.isoformat(), "answers": rating.answers})
    sums = {key.value: total for key, total in rating.questionnaire.element_sums(rating.answers).items()}
    sums["points"] = rating.questionnaire.points(rating.answers)
    rated_at = min(datetime.combine(rating.day, NOON).astimezone(UTC), now)
    return (
        content
        | sums
        | {"id": uuid7(now), "digest": digest, "edition_code": rating.questionnaire.code, "source": Source.IMPORT}
        | {"rated_at": rated_at, "recorded_at": now}
    )
