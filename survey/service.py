"""Takes one rating in, exactly once."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from core.calendar import wib_day
from core.db import transaction
from core.errors import Conflict
from core.ids import uuid7
from core.upsert import insert_of
from offices import dirty
from survey import queries
from survey.elements import AgeBand, Education, Occupation, Sex
from survey.models import Rating
from survey.questionnaire import Questionnaire


class Source(StrEnum):
    """How a rating came in; stored by value."""

    WEB = "web"
    API = "api"
    KIOSK = "kiosk"
    ASSISTED = "assisted"
    PAPER = "paper"
    IMPORT = "import"


class Visit(StrEnum):
    """What proved that there was a visit; stored by value. A settled report is one, too."""

    OPEN = ""
    CODE = "code"
    REPORT = "report"


SOURCES: Mapping[Source, object] = {
    Source.WEB: _l("di HP sendiri"),
    Source.API: _l("lewat program"),
    Source.KIOSK: _l("di layar kantor"),
    Source.ASSISTED: _l("dibantu petugas"),
    Source.PAPER: _l("di kertas"),
    Source.IMPORT: _l("dari berkas lama"),
}
VISITS: Mapping[Visit, object] = {
    Visit.CODE: _l("dengan kode kunjungan"),
    Visit.REPORT: _l("dari laporan yang selesai"),
    Visit.OPEN: _l("tanpa kode"),
}
LONGEST_FILL_S = 32767  # what the column holds: nine hours


def _nothing(session: Session) -> None:
    """There is nothing to do."""


@dataclass(frozen=True)
class Once:
    """What may be rated once only: the digest that tells it, what it is, the account that gave it out (or None), and
    what is to be done in the transaction that keeps its rating.
    """

    digest: str
    visit: Visit
    served_by: UUID | None = None
    use: Callable[[Session], None] = _nothing


class AlreadyRated(Conflict):
    """What may be rated once was rated before."""


@dataclass(frozen=True)
class RateResult:
    """`created` is False when the same submission had come before."""

    created: bool


@transaction
def rate(
    session: Session,
    *,
    office_id: int,
    submission_id: UUID,
    point_code: str | None,
    service_code: str,
    questionnaire: Questionnaire,
    answers: Mapping[str, int],
    sex: Sex | None,
    age_band: AgeBand | None,
    education: Education | None,
    occupation: Occupation | None,
    suggestion: str,
    source: Source,
    once: Once | None = None,
    fill_s: int | None = None,
    now: datetime,
) -> RateResult:
    """Keep one respondent's answers (question key → 1 to 4); all are needed, else Refused. `fill_s`: seconds it took.

    The same submission again changes nothing; raises Conflict when its id came with other content, AlreadyRated when
    another one has rated what may be rated once.
    """
    content: dict[str, Any] = {
        "service_code": service_code,
        "point_code": point_code,
        "sex": sex,
        "age_band": age_band,
        "education": education,
        "occupation": occupation,
        "suggestion": suggestion,
    }
    digest = content_digest({**content, "answers": dict(answers)})
    row = content | _points(questionnaire, answers) | {"submission_id": submission_id, "digest": digest}
    kept = _keep(session, office_id, row | _how(source, once, fill_s), once, now)
    if not kept:
        _check_same(queries.digest_of(session, office_id, submission_id), digest, once)
    return RateResult(created=kept)


def _points(questionnaire: Questionnaire, answers: Mapping[str, int]) -> dict[str, Any]:
    """The columns that follow from the answers."""
    points = {"points": questionnaire.points(answers), "edition_code": questionnaire.code}
    return dict(questionnaire.element_sums(answers)) | points


def _how(source: Source, once: Once | None, fill_s: int | None) -> dict[str, Any]:
    """The columns that say how the rating came about."""
    return {
        "source": source,
        "once": once and once.digest,
        "visit": once.visit if once else Visit.OPEN,
        "served_by": once and once.served_by,
        "fill_s": None if fill_s is None else max(0, min(fill_s, LONGEST_FILL_S)),
        "is_excluded": False,
    }


def _check_same(known: str | None, digest: str, once: Once | None) -> None:
    """No digest under this id: something else was in the way, and only `once` can be."""
    if known is None:
        is_code = once is not None and once.visit == Visit.CODE
        raise AlreadyRated(_("Kode kunjungan ini sudah dipakai.") if is_code else _("Penanganan ini sudah dinilai."))
    if known != digest:
        raise Conflict("Penilaian dengan nomor ini sudah kami terima dengan isi yang lain.")


def content_digest(content: Mapping[str, object]) -> str:
    """SHA-256 of the content as canonical JSON: equal exactly when the content is."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _keep(session: Session, office_id: int, row: dict[str, Any], once: Once | None, now: datetime) -> bool:
    """Insert the row, mark its day, and use up what may be rated once. False when the submission is there already, or
    another rating of what may be rated once.

    The database decides, so that of two that come at once one is kept.
    """
    day = wib_day(now)
    row |= {"office_id": office_id, "id": uuid7(now), "rated_at": now, "day": day, "recorded_at": now}
    if session.connection().execute(_insert_of(session.get_bind().dialect.name), row).first() is None:
        return False
    dirty.mark(session, office_id, dirty.Figures.RATINGS, {day}, now=now)
    if once:
        once.use(session)
    return True


@cache
def _insert_of(dialect: str) -> ReturningInsert[tuple[UUID]]:
    """Built once: building a statement takes longer than running it."""
    insert = insert_of(dialect, Rating).on_conflict_do_nothing()
    return insert.returning(Rating.id)
