"""The lists in which a month's ratings stand that somebody should look at, found in one reading."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from operator import add
from typing import Self
from uuid import UUID

from core.calendar import Month, has_any_zone
from core.errors import Refused, or_none
from core.ids import read_id
from survey.review.integrity import TELLING, Flag, Flagged, Given

MOST = 100  # ratings on one page
# A writer waits this long for its turn at most (core/sqlite.py): what came before is there for all to read.
IN_FLIGHT = timedelta(seconds=30)
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


class Verdict(StrEnum):
    """What may be decided about the ratings of a list; the value is what its button sends."""

    KEEP = "tetap"
    EXCLUDE = "keluar"
    RESTORE = "hitung"


# Nobody takes out whoever gave nine equal answers without looking at each: that is usual in honest ones.
AT_ONE_STROKE = frozenset(Look) - {Look.STRAIGHT}


@dataclass(frozen=True)
class Asked:
    """What an address asks for; `point` is a code, NO_POINT or EVERYWHERE; `stroke`: the moment at which somebody
    decided about several, None where the list is of all.
    """

    month: Month
    look: Look = Look.TELLING
    point: str = EVERYWHERE
    after: UUID | None = None
    stroke: datetime | None = None

    @classmethod
    def parse(cls, asked: Mapping[str, str], this_month: Month) -> Self:
        """Whatever stands in it; a month that has not begun is this one."""
        look = asked.get("tanda", "")
        return cls(
            month=min(or_none(Month.parse, asked.get("bulan", "")) or this_month, this_month),
            look=Look(look) if look in set(Look) else Look.TELLING,
            point=asked.get("titik", "")[:LONGEST_CODE] or EVERYWHERE,
            after=read_id(asked.get("sesudah", "")),
            stroke=moment(asked.get("saat", "")),
        )

    def query(self) -> dict[str, str]:
        """As in an address, without the place in the list, and without the stroke."""
        point = {} if self.point == EVERYWHERE else {"titik": self.point}
        return {"bulan": str(self.month), "tanda": self.look.value, **point}

    def here(self) -> dict[str, str]:
        """As in an address, with the stroke."""
        return self.query() | ({"saat": self.stroke.isoformat()} if self.stroke else {})

    def takes_point(self, given: Given) -> bool:
        """Whether the rating came in where the list looks."""
        return self.point in {EVERYWHERE, given.point or NO_POINT}


def verdict(look: Look, pressed: str) -> Verdict:
    """What the button says; raises Refused where the list has no such button."""
    offered = {Verdict.RESTORE} if look == Look.EXCLUDED else {Verdict.EXCLUDE, Verdict.KEEP}
    if pressed not in offered - ({Verdict.KEEP} if look == Look.KEPT else set()):
        raise Refused("Pilih dulu putusannya: tetap hitung, keluarkan, atau hitung lagi.")
    return Verdict(pressed)


def moment(text: str) -> datetime | None:
    """From an address or a field; None for what is no moment."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo and has_any_zone(found) else None


def mark(listed: Iterable[UUID]) -> str:
    """By which a list is known again, in hex; whatever its order. Says nothing of what is in it."""
    return hashlib.sha256(b"".join(sorted(each.bytes for each in listed))).hexdigest()


@dataclass
class Found:
    """What one reading through the month finds. `looks`: how many ratings each list has where the page looks; `points`:
    how many this page's list has at each point; `listed`: all of the list, of which `page` is a part;
    `undoubted`: of the month's ratings in the index but for those that still ask for a look, by edition how many and
    their sums; `is_more`: the page's last is not the list's.
    """

    looks: Counter[Look] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)
    page: list[Flagged] = field(default_factory=list)
    listed: list[UUID] = field(default_factory=list)
    undoubted: dict[str, list[int]] = field(default_factory=dict)
    is_more: bool = False

    @property
    def is_long(self) -> bool:
        """Whether the list is longer than a page."""
        return len(self.listed) > MOST


def read_through(
    ratings: Iterable[Flagged], asked: Asked, reviewed: Collection[UUID], of_stroke: Collection[UUID] = ()
) -> Found:
    """Count the whole month, and keep the page that begins after the rating asked for."""
    found, begun = Found(), asked.after is None
    for each in ratings:
        looks = looks_of(each, is_reviewed=each.given.id in reviewed)
        if not looks & {Look.TELLING, Look.EXCLUDED}:
            _add(found.undoubted, each.given)
        is_asked = asked.look in looks and (asked.stroke is None or each.given.id in of_stroke)
        if asked.takes_point(each.given):
            found.looks.update(looks)
            found.listed += [each.given.id] if is_asked else []
            if begun and is_asked:
                found.is_more = len(found.page) == MOST
                found.page += [] if found.is_more else [each]
        if is_asked:
            found.points[each.given.point or NO_POINT] += 1
        begun = begun or each.given.id == asked.after
    return found


def _add(sums: dict[str, list[int]], given: Given) -> None:
    one = (1, *given.sums)
    sums[given.edition] = [*map(add, sums.get(given.edition, [0] * len(one)), one)]


def looks_of(rating: Flagged, *, is_reviewed: bool) -> set[Look]:
    """The lists in which a rating stands."""
    if rating.given.is_excluded:
        return {Look.EXCLUDED}
    if is_reviewed:
        return {Look.KEPT}
    found = {Look(flag.value) for flag in rating.flags}
    return found | {Look.TELLING} if rating.flags & TELLING else found
