"""What the desk's pages show of piles of paper forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.calendar import long_date, long_moment
from core.errors import Missing
from offices import queries as offices
from offices import rights
from offices.access import account_may
from offices.models import Import, Staff
from offices.points import RATED
from offices.rights import Action
from offices.roles import LABELS, Role
from survey import queries
from survey.entry import paper_import, paper_queries
from survey.entry.models import PaperBatch
from survey.entry.paper_forms import BeginForm
from survey.entry.paper_terms import OPEN, PileState, Sheet, Turn, entered_only_once, still_open


@dataclass(frozen=True)
class Names:
    """What codes are called, of everything that a pile may name; closed services and points too."""

    editions: Mapping[str, tuple[str, date]]
    services: Mapping[str, str]
    points: Mapping[str, str]
    staff: Mapping[str, str]

    def service(self, code: str | None) -> str:
        """A pile's service, or that each form says it."""
        return _("tertulis di setiap formulir") if code is None else self.services.get(code, code)

    def person(self, email: str) -> str:
        """Who signed; what they signed with where the account is gone."""
        return self.staff.get(email, email)


@dataclass(frozen=True)
class Pile:
    """A pile in words. `first` and `second`: how many forms each entry has; `taken`: its import, None before it, and
    `taken_by` whose.
    """

    id: UUID
    state: PileState
    day: date
    edition: str
    edition_code: str
    service: str
    service_code: str | None
    point: str
    first: int
    second: int
    begun_at: datetime
    begun_by: str
    second_by: str
    taken: Import | None
    taken_by: str

    @property
    def is_open(self) -> bool:
        """Whether forms can still be entered or changed."""
        return self.state in OPEN

    @property
    def is_undone(self) -> bool:
        """Whether it was counted, and its import was undone since."""
        return self.taken is not None and self.taken.undone_at is not None

    @property
    def is_entered_twice(self) -> bool:
        """Whether the second entry has as many forms as the first."""
        return self.state is PileState.SECOND and self.second >= self.first

    @property
    def badge(self) -> tuple[str, str]:
        """Its state as a badge: the tone's name, and the words."""
        if self.is_undone:
            return "excluded", _("Impornya dibatalkan")
        if self.is_entered_twice:
            return "waiting", _("Siap dibandingkan")
        return {
            PileState.FIRST: ("verified", _("Masukan pertama")),
            PileState.SECOND: ("verified", _("Masukan kedua")),
            PileState.TAKEN: ("settled", _("Masuk hitungan")),
            PileState.DISCARDED: ("excluded", _("Dibuang")),
        }[self.state]

    def entered(self, turn: Turn) -> int:
        """How many forms an entry has."""
        return self.first if turn is Turn.FIRST else self.second


@dataclass(frozen=True)
class Piles:
    """A page of piles; `after`: the last one, where another page follows. `started`: pages stand before it."""

    rows: Sequence[Pile]
    after: UUID | None
    started: bool


@dataclass(frozen=True)
class Compared:
    """Both entries of a pile side by side. `open_ones` keep it from being counted."""

    sheets: Sequence[Sheet]
    open_ones: Sequence[Sheet]
    only_first: Sequence[int]
    only_second: Sequence[int]
    twice: bool

    @property
    def differing(self) -> Sequence[Sheet]:
        """Those in which something is still to be decided."""
        return [sheet for sheet in self.open_ones if sheet.differing]

    @property
    def decided(self) -> int:
        """How many were looked up on the paper."""
        return sum(sheet.decided is not None for sheet in self.sheets)

    @property
    def rejected(self) -> int:
        """How many will not count, because they are incomplete."""
        finals = (sheet.final(twice=self.twice) for sheet in self.sheets)
        return sum(final.is_incomplete for final in finals if final)

    @property
    def counting(self) -> int:
        """How many will count."""
        return len(self.sheets) - len(self.open_ones) - self.rejected


def names(session: Session, office_id: int) -> Names:
    """The names that piles use."""
    return Names(
        editions=queries.edition_names(session, office_id),
        services={row.code: row.name for row in offices.services(session, office_id)},
        points={row.code: row.name for row in offices.points(session, office_id)},
        staff=offices.people(session, office_id),
    )


def piles(session: Session, office_id: int, after: UUID | None) -> Piles:
    """The page of piles that begins after this one, or the first."""
    rows, is_more = paper_queries.piles(session, office_id, after)
    return Piles(_in_words(session, office_id, rows), rows[-1].id if is_more else None, after is not None)


def pile(session: Session, office_id: int, batch_id: UUID) -> Pile:
    """One pile; raises Missing."""
    (found,) = _in_words(session, office_id, [paper_queries.pile(session, office_id, batch_id)])
    return found


def readable(session: Session, office_id: int, batch_id: UUID, person: Staff) -> Pile:
    """A pile whose forms this person may read: once it is closed, what single respondents wrote is for reviewers alone,
    as it is on every other page. Raises Missing.
    """
    found = pile(session, office_id, batch_id)
    if not found.is_open and not account_may(person, Action.REVIEW_RATINGS):
        who = ", ".join(LABELS[each] for each in Role if rights.allowed(each, Action.REVIEW_RATINGS))
        raise Missing(_("Tumpukan ini sudah ditutup. Formulirnya hanya dapat dibuka oleh %(who)s.", who=who))
    return found


def why_discarded(session: Session, office_id: int, found: Pile) -> str:
    """Why, by whom and when a pile was thrown away; "" where it was not."""
    entry = paper_queries.why_discarded(session, office_id, found.id) if found.state is PileState.DISCARDED else None
    if entry is None:
        return ""
    by = offices.people(session, office_id).get(entry.actor, entry.actor)
    return _("%(reason)s (%(by)s, %(at)s)", reason=entry.detail["reason"], by=by, at=long_moment(entry.at))


def compared(session: Session, office_id: int, batch_id: UUID, now: datetime) -> Compared:
    """Both entries of a pile that is there."""
    twice = paper_import.needs_two(session, office_id, now)
    sheets = paper_queries.sheets(session, office_id, batch_id)
    first, second = (entered_only_once(sheets, turn) for turn in (Turn.FIRST, Turn.SECOND))
    return Compared(sheets, still_open(sheets, twice=twice), first, second, twice)


def offer(session: Session, office_id: int, form: BeginForm, today: date) -> None:
    """Give the form of a pile what there is to choose from: the newest edition in force first."""
    known = queries.edition_names(session, office_id).items()
    editions = [(code, name) for code, (name, starts_on) in reversed(list(known)) if starts_on <= today]
    services = [(row.code, row.name) for row in offices.services(session, office_id) if row.is_open]
    points = [
        (row.code, row.name) for row in offices.points(session, office_id) if row.is_open and row.purpose in RATED
    ]
    form.offer(editions, services, points)


def told(found: Pile) -> str:
    """A pile in one line."""
    parts = (long_date(found.day), found.service, found.point, found.edition)
    return " · ".join(part for part in parts if part)


def _in_words(session: Session, office_id: int, rows: Sequence[PaperBatch]) -> list[Pile]:
    called = names(session, office_id)
    counts = paper_queries.entered(session, office_id, [row.id for row in rows])
    taken = paper_queries.imports(session, office_id, [row.import_id for row in rows if row.import_id])
    return [_pile(row, called, counts, taken.get(row.import_id) if row.import_id else None) for row in rows]


def _pile(row: PaperBatch, called: Names, counts: Mapping[tuple[UUID, Turn], int], taken: Import | None) -> Pile:
    return Pile(
        id=row.id,
        state=PileState(row.status),
        day=row.day,
        edition=called.editions[row.edition_code][0],
        edition_code=row.edition_code,
        service=called.service(row.service_code),
        service_code=row.service_code,
        point=called.points.get(row.point_code or "", ""),
        first=counts.get((row.id, Turn.FIRST), 0),
        second=counts.get((row.id, Turn.SECOND), 0),
        begun_at=row.begun_at,
        begun_by=called.person(row.begun_by),
        second_by=called.person(row.second_by or ""),
        taken=taken,
        taken_by=called.person(taken.by) if taken else "",
    )
