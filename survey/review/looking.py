"""Gathers what a reviewer of a month's ratings sees: one reading through the month, and a few beside it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Self
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.calendar import WIB, Month
from core.errors import or_none
from core.figures import half_up, printed
from core.ids import read_id
from offices import queries as offices
from offices import settings
from offices.models import Office
from survey import queries as survey
from survey.elements import OFFICIAL_ORDER
from survey.figures import naming
from survey.figures.building import Counting, ItemCounts
from survey.figures.naming import Names
from survey.figures.results import Scored
from survey.review import rating_queries
from survey.review.excluding import MOST
from survey.review.integrity import TELLING, Flag, Flagged, Given, Rules
from survey.review.rating_queries import Said
from survey.scores import Weight

MOST_SAID = 50  # strokes of the history that the page shows
LONGEST_CODE = 40
EVERYWHERE = "*"
NO_POINT = "tanpa"  # in an address: ratings that came without a point


class Look(StrEnum):
    """What is listed; the value stands in addresses. All but the last two list only what nobody has decided about."""

    TELLING = "perlu-dilihat"
    BURST = Flag.BURST.value
    SAME = Flag.SAME.value
    FAST = Flag.FAST.value
    STRAIGHT = Flag.STRAIGHT.value
    KEPT = "ditinjau"
    EXCLUDED = "dikeluarkan"


@dataclass(frozen=True)
class Asked:
    """What an address asks for; `point` is a code, NO_POINT or EVERYWHERE."""

    month: Month
    look: Look = Look.TELLING
    point: str = EVERYWHERE
    after: UUID | None = None

    @classmethod
    def parse(cls, asked: Mapping[str, str], this_month: Month) -> Self:
        """Whatever stands in it; a month that has not begun is this one."""
        look = asked.get("tanda", "")
        return cls(
            month=min(or_none(Month.parse, asked.get("bulan", "")) or this_month, this_month),
            look=Look(look) if look in set(Look) else Look.TELLING,
            point=asked.get("titik", "")[:LONGEST_CODE] or EVERYWHERE,
            after=read_id(asked.get("sesudah", "")),
        )

    def query(self) -> dict[str, str]:
        """As in an address, without the place in the list."""
        point = {} if self.point == EVERYWHERE else {"titik": self.point}
        return {"bulan": str(self.month), "tanda": self.look.value, **point}

    def takes_point(self, given: Given) -> bool:
        """Whether the rating came in where the list looks."""
        return self.point in {EVERYWHERE, given.point or NO_POINT}


@dataclass
class Found:
    """What one reading through the month finds. `looks`: how many ratings each list has where the page looks; `points`:
    how many this page's list has at each point; `is_more`: the page's last rating is not the list's.
    """

    looks: Counter[Look] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)
    page: list[Flagged] = field(default_factory=list)
    is_more: bool = False


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
class Overview:
    """The page. `kept` is the index as it counts, `everything` with those taken out."""

    asked: Asked
    next_month: Month | None
    kept: Scored
    everything: Scored
    looks: Mapping[Look, int]
    points: Sequence[tuple[str, str, int]]
    lines: Sequence[Line]
    after: UUID | None
    history: Sequence[Said]
    people: Mapping[str, str]

    @property
    def excluded(self) -> int:
        """How many named persons took out."""
        return self.everything.respondents - self.kept.respondents


def overview(session: Session, office: Office, asked: Asked, this_month: Month) -> Overview:
    """The page that is asked for."""
    items = survey.items_per_element(session, office.id)
    reviewed = rating_queries.reviewed(session, office.id, asked.month)
    flagged = Rules(items).flagged(rating_queries.of_month(session, office.id, asked.month))
    found = read_through(flagged, asked, reviewed)
    names = naming.names(session, office.id)
    said = rating_queries.last_said(session, office.id, [each.given.id for each in found.page])
    kept, everything = _indexes(session, office, asked.month, items)
    return Overview(
        asked=asked,
        next_month=asked.month.next() if asked.month < this_month else None,
        kept=kept,
        everything=everything,
        looks=found.looks,
        points=[(code, _point(names, code), count) for code, count in sorted(found.points.items())],
        lines=[_line(each, names, items, said.get(each.given.id)) for each in found.page],
        after=found.page[-1].given.id if found.is_more else None,
        history=rating_queries.history(session, office.id, asked.month, MOST_SAID),
        people=offices.people(session, office.id),
    )


def read_through(ratings: Iterable[Flagged], asked: Asked, reviewed: Collection[UUID]) -> Found:
    """Count the whole month, and keep the page that begins after the rating asked for."""
    found, begun = Found(), asked.after is None
    for each in ratings:
        looks = looks_of(each, is_reviewed=each.given.id in reviewed)
        if asked.takes_point(each.given):
            found.looks.update(looks)
            if begun and asked.look in looks:
                found.is_more = len(found.page) == MOST
                found.page += [] if found.is_more else [each]
        if asked.look in looks:
            found.points[each.given.point or NO_POINT] += 1
        begun = begun or each.given.id == asked.after
    return found


def looks_of(rating: Flagged, *, is_reviewed: bool) -> set[Look]:
    """The lists in which a rating stands."""
    if rating.given.is_excluded:
        return {Look.EXCLUDED}
    if is_reviewed:
        return {Look.KEPT}
    found = {Look(flag.value) for flag in rating.flags}
    return found | {Look.TELLING} if rating.flags & TELLING else found


def _indexes(session: Session, office: Office, month: Month, items: ItemCounts) -> tuple[Scored, Scored]:
    """From the ratings as they are now: what was just excluded shows at once."""
    rows = offices.setting_rows(session, office.id)
    counting = Counting(items, Weight.parse(settings.on(rows, month.last_day)["weight"]))
    kept, out = (
        counting.pooled(rating_queries.sums_now(session, office.id, month, excluded=excluded))
        for excluded in (False, True)
    )
    return counting.scored("", "", kept), counting.scored("", "", kept + out)


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
