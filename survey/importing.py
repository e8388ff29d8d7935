"""Takes whole sheets of ratings in, once each, and takes an import back whole."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.batches import batches
from core.calendar import WIB, wib_day
from core.db import read_afresh, reader, transaction
from core.errors import Refused
from core.ids import uuid7
from core.tabular import read_rows
from offices import dirty, imports
from offices import queries as offices
from offices.imports import Sheet
from offices.readings import BATCH, Reading, Tick, reading
from survey import cells as meaning
from survey import queries, sheets
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.models import Rating
from survey.service import Source, content_digest
from survey.sheets import Entry, Terms

KIND, PAPER = "ratings", "paper"
KINDS = frozenset({KIND, PAPER})
NOON = time(12, tzinfo=WIB)  # a sheet knows the day only, and noon lies well within it
INSERT_RATING = sa.insert(Rating)
Row = dict[str, Any]


def read(
    path: Path,
    office_id: int,
    *,
    service_code: str,
    day: date,
    order: Sequence[ElementKey] = OFFICIAL_ORDER,
    now: datetime,
) -> Reading[Entry]:
    """Read the file; raises Refused when that can't be done, or the service or the day can't be."""
    terms = terms_of(reader(), office_id, service_code, day, order, wib_day(now))
    options = {"service": service_code, "date": day.isoformat(), "order": ",".join(order)}
    sheet = Sheet.of(KIND, path, options)
    return reading(sheet, read_rows(path), partial(sheets.read_rating, terms), sheets.known_columns(terms))


def take_in(found: Reading[Entry], office_id: int, *, by: str, tick: Tick, now: datetime) -> int | None:
    """Take the rows in, all or none: how many, or None when the same sheet already counts.

    The rows are made before the transaction begins: while it lasts nobody else can write.
    """
    generation = imports.generation_of(offices.imports_like(read_afresh(), office_id, found.sheet.digest))
    if generation is None or not found.entries:
        return None if generation is None else 0
    rows = [
        row_of(entry, Source.IMPORT, now=now)
        | {"office_id": office_id, "submission_id": found.sheet.submission_id(generation, number)}
        for number, entry in found.entries
    ]
    try:
        _write(found, rows, generation, by, tick, office_id=office_id, now=now)
    except IntegrityError as clash:  # the rows' numbers come from the sheet
        raise Refused(_in_progress(found)) from clash
    return len(rows)


@transaction
def undo(session: Session, *, office_id: int, import_id: UUID, by: str, now: datetime) -> int:
    """Take an import back whole; how many ratings count no more. Raises Missing, or Refused when it was before."""
    imports.take_back(session, office_id, KINDS, import_id, by=by, now=now)
    own = (Rating.office_id == office_id, Rating.import_id == import_id)
    days = session.scalars(sa.select(Rating.day).where(*own).distinct()).all()
    taken = sa.update(Rating).where(*own).values(withdrawn_at=now)
    count = session.connection().execute(taken).rowcount
    dirty.mark(session, office_id, dirty.Figures.RATINGS, days, now=now)
    return count


def terms_of(
    session: Session, office_id: int, service_code: str, day: date | None, order: Sequence[ElementKey], today: date
) -> Terms:
    """What a sheet is read with; raises Refused when the service or the day can't be."""
    editions = queries.questionnaires(session, office_id)
    services = offices.services(session, office_id)
    terms = Terms(
        day=day,
        service_code=service_code,
        services=frozenset(row.code for row in services),
        editions=[sheets.edition(starts_on, questionnaire, order) for starts_on, questionnaire in editions],
        today=today,
        service_names=meaning.service_names((row.code, row.name) for row in services),
    )
    sheets.check(terms)
    return terms


@transaction
def _write(
    session: Session,
    found: Reading[Entry],
    rows: Sequence[Row],
    generation: int,
    by: str,
    tick: Tick,
    *,
    office_id: int,
    now: datetime,
) -> None:
    if imports.generation_of(offices.imports_like(session, office_id, found.sheet.digest)) != generation:
        raise Refused(_in_progress(found))
    put_in(session, office_id, found.sheet, rows, rejected=len(found.rejected), by=by, tick=tick, now=now)


def put_in(
    session: Session,
    office_id: int,
    sheet: Sheet,
    rows: Sequence[Row],
    *,
    rejected: int,
    by: str,
    tick: Tick,
    now: datetime,
) -> UUID:
    """Record the import, insert its ratings and mark their days, in the caller's transaction; returns its id."""
    import_id = imports.record(session, office_id, sheet, imported=len(rows), rejected=rejected, by=by, now=now)
    for batch in batches(rows, BATCH):
        session.connection().execute(INSERT_RATING, [row | {"import_id": import_id} for row in batch])
        tick(len(batch))
    dirty.mark(session, office_id, dirty.Figures.RATINGS, {row["day"] for row in rows}, now=now)
    return import_id


def _in_progress(found: Reading[Entry]) -> str:
    return f"{found.sheet.file_name} sedang dimasukkan dari tempat lain. Tunggu sebentar, lalu lihat daftar impor."


def row_of(entry: Entry, source: Source, *, now: datetime) -> Row:
    """A rating's columns, but for its office, its submission and its import."""
    content = {
        "day": entry.day,
        "service_code": entry.service_code,
        "sex": entry.sex,
        "age_band": entry.age_band,
        "education": entry.education,
        "occupation": entry.occupation,
        "suggestion": entry.suggestion,
    }
    digest = content_digest({**content, "day": entry.day.isoformat(), "answers": entry.answers})
    sums = {key.value: total for key, total in entry.questionnaire.element_sums(entry.answers).items()}
    sums["points"] = entry.questionnaire.points(entry.answers)
    rated_at = min(datetime.combine(entry.day, NOON).astimezone(UTC), now)
    return (
        content
        | sums
        | {"id": uuid7(now), "digest": digest, "edition_code": entry.questionnaire.code, "source": source}
        | {"rated_at": rated_at, "recorded_at": now}
    )
