"""Gathers what a reviewer of a month's ratings sees: one reading through the month, and a few beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.calendar import WIB, Month
from core.errors import Refused
from core.figures import half_up, printed
from offices import queries as offices
from offices import settings
from offices.models import Office
from survey import queries as survey
from survey.elements import OFFICIAL_ORDER
from survey.figures import naming
from survey.figures.building import Counting, ItemCounts
from survey.figures.naming import Names
from survey.figures.results import Scored
from survey.review import lists, rating_queries
from survey.review.integrity import Flag, Flagged, Given, Rules
from survey.review.lists import AT_ONE_STROKE, NO_POINT, Asked, Found, Look, read_through
from survey.review.rating_queries import Said
from survey.scores import EMPTY, Tally, Weight, ikm

MOST_SAID = 50  # strokes of the history that the page shows


@dataclass(frozen=True)
class Undoubted:
    """The index without the ratings that still ask for a look; None where nobody is left."""

    respondents: int
    index: Decimal | None


@dataclass(frozen=True)
class Doubts:
    """How many ratings of a month's index still ask for a look; the index with them, and without."""

    ratings: int
    index: Decimal | None
    without: Decimal | None


@dataclass(frozen=True)
class Line:
    """A rating in words: no attribute, and no time but the hour."""

    id: UUID
    service: str
    point: str
    given: Given
    hour: str
    answers: Sequence[str]
    flags: Sequence[Flag]
    said: Said | None


@dataclass(frozen=True)
class Drawn:
    """What the buttons for the whole list take: what had come in by `until`; the list is known again by its mark."""

    until: datetime
    ratings: int
    mark: str


@dataclass(frozen=True)
class Overview:
    """The page. `kept` is the index as it counts, `everything` with those taken out, `undoubted` without those that
    still ask for a look.
    """

    asked: Asked
    next_month: Month | None
    kept: Scored
    everything: Scored
    undoubted: Undoubted
    looks: Mapping[Look, int]
    points: Sequence[tuple[str, str, int]]
    lines: Sequence[Line]
    all: int
    drawn: Drawn
    after: UUID | None
    history: Sequence[Said]
    people: Mapping[str, str]

    @property
    def is_whole(self) -> bool:
        """Whether there is more in the list than on the page, and all of it can be decided about at one stroke."""
        return self.all > len(self.lines) and self.drawn.ratings > 0 and self.asked.look in AT_ONE_STROKE

    @property
    def too_new(self) -> int:
        """How many of the list its buttons do not take yet."""
        return self.all - self.drawn.ratings

    @property
    def excluded(self) -> int:
        """How many named persons took out."""
        return self.everything.respondents - self.kept.respondents

    @property
    def doubtful(self) -> int:
        """How many ratings of the index still ask for a look."""
        return self.kept.respondents - self.undoubted.respondents


def overview(session: Session, office: Office, asked: Asked, *, now: datetime) -> Overview:
    """The page that is asked for. Its buttons for the whole list take what had come when nothing of it was on its way
    any more.
    """
    items, until = survey.items_per_element(session, office.id), now - lists.IN_FLIGHT
    found = _found(session, office, asked, items)
    drawn = _found(session, office, asked, items, until) if found.is_long else found
    names = naming.names(session, office.id)
    said = rating_queries.last_said(session, office.id, [each.given.id for each in found.page])
    counting = _counting(session, office, asked.month, items)
    kept, everything = _indexes(session, office, asked.month, counting)
    return Overview(
        asked=asked,
        next_month=asked.month.next() if asked.month < Month.of(now) else None,
        kept=kept,
        everything=everything,
        undoubted=_undoubted(counting, found),
        looks=found.looks,
        points=[(code, _point(names, code), count) for code, count in sorted(found.points.items())],
        lines=[_line(each, names, items, said.get(each.given.id)) for each in found.page],
        all=len(found.listed),
        drawn=Drawn(until, len(drawn.listed), lists.mark(drawn.listed)),
        after=found.page[-1].given.id if found.is_more else None,
        history=rating_queries.history(session, office.id, asked.month, MOST_SAID),
        people=offices.people(session, office.id),
    )


def as_drawn(session: Session, office: Office, asked: Asked, *, until: datetime | None, mark: str) -> Sequence[UUID]:
    """All ratings of the list that is asked for, on whatever page, as it was drawn: what came since is not in it, or
    nobody could press while a flood goes on. Raises Refused when it is another one meanwhile, by its mark.
    """
    found = _found(session, office, asked, survey.items_per_element(session, office.id), until).listed
    if until is None or asked.look not in AT_ONE_STROKE or mark != lists.mark(found):
        words = "Daftar ini berubah sejak Anda membukanya: sekarang %(count)s penilaian. Lihat, lalu tekan sekali lagi."
        raise Refused(_(words, count=len(found)))
    return found


def doubts(session: Session, office: Office, month: Month) -> Doubts:
    """What the month's index is with and without the ratings that nobody has decided about."""
    items = survey.items_per_element(session, office.id)
    found = _found(session, office, Asked(month), items)
    counting = _counting(session, office, month, items)
    kept, _everything = _indexes(session, office, month, counting)
    return Doubts(found.looks[Look.TELLING], kept.index, _undoubted(counting, found).index)


def _found(session: Session, office: Office, asked: Asked, items: ItemCounts, until: datetime | None = None) -> Found:
    reviewed = rating_queries.reviewed(session, office.id, asked.month)
    stroke = rating_queries.of_stroke(session, office.id, asked.month, asked.stroke) if asked.stroke else ()
    flagged = Rules(items).flagged(rating_queries.of_month(session, office.id, asked.month, until))
    return read_through(flagged, asked, reviewed, stroke)


def _counting(session: Session, office: Office, month: Month, items: ItemCounts) -> Counting:
    rows = offices.setting_rows(session, office.id)
    return Counting(items, Weight.parse(settings.on(rows, month.last_day)["weight"]))


def _indexes(session: Session, office: Office, month: Month, counting: Counting) -> tuple[Scored, Scored]:
    """From the ratings as they are now: what was just excluded shows at once."""
    kept, out = (
        counting.pooled(rating_queries.sums_now(session, office.id, month, excluded=excluded))
        for excluded in (False, True)
    )
    return counting.scored("", "", kept), counting.scored("", "", kept + out)


def _undoubted(counting: Counting, found: Found) -> Undoubted:
    tallies = (
        Tally.from_items(ratings, dict(zip(OFFICIAL_ORDER, sums, strict=True)), counting.items[edition])
        for edition, (ratings, *sums) in found.undoubted.items()
    )
    whole = sum(tallies, EMPTY)
    return Undoubted(whole.respondents, ikm(whole, counting.weight))


def _line(rating: Flagged, names: Names, items: ItemCounts, said: Said | None) -> Line:
    given = rating.given
    hour = given.at.astimezone(WIB)
    means = zip(given.sums, OFFICIAL_ORDER, strict=True)
    return Line(
        id=given.id,
        service=names.services.get(given.service, given.service),
        point=_point(names, given.point),
        given=given,
        hour=f"{hour:%H}.00–{hour + timedelta(hours=1):%H}.00",
        answers=[_mean(total, items[given.edition][key]) for total, key in means],
        flags=[flag for flag in Flag if flag in rating.flags],
        said=said,
    )


def _mean(total: int, items: int) -> str:
    return printed(half_up(Fraction(total, items), 0 if total % items == 0 else 2))


def _point(names: Names, code: str) -> str:
    return _("tanpa titik QR") if code in {"", NO_POINT} else names.points.get(code, code)
