"""Named reads of suggestions. With none of them goes what its writer said of themselves, or an hour."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.errors import Missing
from core.periods import Period
from survey.models import ERASED, Rating
from survey.review.asking import Cursor, Filters
from survey.review.models import SuggestionMark
from survey.review.terms import THEMES, UNSORTED, State

PAGE = 50
LEAST_TOLD = 8  # letters of a suggestion that a report may tell: "-" and "baik" tell nothing
SPARE = 5  # read so many times what is asked for, as many write the same words
# Written out, so that the index of suggestions can be used.
SOMETHING = Rating.suggestion != sa.literal_column("''")
MARK = sa.and_(SuggestionMark.office_id == Rating.office_id, SuggestionMark.id == Rating.id)
state_now = sa.func.coalesce(SuggestionMark.state, State.OPEN.value)
theme_now = sa.func.coalesce(SuggestionMark.theme, UNSORTED)
TOLD = (
    Rating.is_excluded.is_(False),
    state_now != State.HIDDEN.value,
    sa.func.length(Rating.suggestion) >= LEAST_TOLD,
    Rating.suggestion != ERASED,
)
COLUMNS = (
    Rating.id, Rating.day, Rating.service_code, Rating.suggestion, Rating.is_excluded, theme_now, state_now,
    sa.func.coalesce(SuggestionMark.reason, ""), SuggestionMark.follow_up_id, SuggestionMark.changed_at,
    SuggestionMark.changed_by,
)  # fmt: skip


@dataclass(frozen=True)
class Suggestion:
    """A suggestion and what became of it. `is_excluded`: its rating was taken out of the index."""

    id: UUID
    day: date
    service_code: str
    words: str
    is_excluded: bool
    theme: str
    state: State
    reason: str
    follow_up_id: UUID | None
    changed_at: datetime | None
    changed_by: str | None


@dataclass(frozen=True)
class SuggestionPage:
    """Up to fifty suggestions, and where the next page begins; None: this is the last."""

    rows: Sequence[Suggestion]
    after: Cursor | None


class ThemeCount(NamedTuple):
    """How many suggestions speak of a theme (its name), and how many of them were handled."""

    theme: str
    suggestions: int
    handled: int


class Marked(NamedTuple):
    """How many suggestions are marked alike; `is_excluded`: those of ratings that were taken out of the index."""

    theme: str
    state: State
    is_excluded: bool
    suggestions: int


class SuggestionTally(NamedTuple):
    """How many are in each state, and the themes of those that may be told."""

    states: Mapping[State, int]
    themes: Sequence[ThemeCount]


def page(session: Session, office_id: int, filters: Filters, after: Cursor | None = None) -> SuggestionPage:
    """A page of what the filters choose, the newest day first."""
    chosen = sa.select(*COLUMNS).outerjoin(SuggestionMark, MARK).where(*_within(office_id, filters.period))
    chosen = chosen.where(*_like(filters)).order_by(Rating.day.desc(), Rating.id.desc()).limit(PAGE + 1)
    if after is not None:
        place = sa.tuple_(sa.literal(after.day), sa.literal(after.id, sa.Uuid()))
        chosen = chosen.where(sa.tuple_(Rating.day, Rating.id) < place)
    found = [_suggestion(*row) for row in session.execute(chosen)]
    more = len(found) > PAGE
    return SuggestionPage(found[:PAGE], Cursor(found[PAGE - 1].day, found[PAGE - 1].id) if more else None)


def suggestion(session: Session, office_id: int, rating_id: UUID) -> Suggestion:
    """One suggestion, a hidden one too; raises Missing."""
    chosen = sa.select(*COLUMNS).outerjoin(SuggestionMark, MARK).where(*_given(office_id), Rating.id == rating_id)
    row = session.execute(chosen).first()
    if row is None:
        raise Missing("Saran ini tidak ada.")
    return _suggestion(*row)


def days_of(session: Session, office_id: int, rating_ids: Collection[UUID]) -> Mapping[UUID, date]:
    """Those of these ratings that hold a suggestion, with their days."""
    chosen = sa.select(Rating.id, Rating.day).where(*_given(office_id), Rating.id.in_(rating_ids))
    return dict(session.execute(chosen).all())


def tally(session: Session, office_id: int, period: Period) -> SuggestionTally:
    """How many suggestions of the period are in each state, and what they speak of.

    All are counted by their index, and only those that somebody has marked are looked at one by one.
    """
    out = Rating.is_excluded
    everything = sa.select(out, sa.func.count().label("suggestions")).where(*_within(office_id, period)).group_by(out)
    left = {row.is_excluded: row.suggestions for row in session.execute(everything)}
    keys = (SuggestionMark.theme, SuggestionMark.state, out)
    chosen = sa.select(*keys, sa.func.count()).join(Rating, MARK).where(*_marked(office_id, period)).group_by(*keys)
    rows = session.execute(chosen)
    marked = [Marked(theme, State(state), is_excluded, count) for theme, state, is_excluded, count in rows]
    for each in marked:
        left[each.is_excluded] -= each.suggestions
    return _tallied([*marked, *(Marked(UNSORTED, State.OPEN, *pair) for pair in left.items())])


def _tallied(rows: Sequence[Marked]) -> SuggestionTally:
    states, told, handled = Counter[State](), Counter[str](), Counter[str]()
    for row in rows:
        states[row.state] += row.suggestions
        if not row.is_excluded and row.state != State.HIDDEN and row.suggestions:
            told[row.theme] += row.suggestions
            handled[row.theme] += row.suggestions if row.state == State.HANDLED else 0
    ordered = sorted(told, key=lambda theme: (theme == UNSORTED, -told[theme], theme))
    themes = [ThemeCount(theme_name(each), told[each], handled[each]) for each in ordered]
    return SuggestionTally({state: states[state] for state in State}, themes)


def of_follow_ups(session: Session, office_id: int, follow_up_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many suggestions each of these lines of the plan answers; those with none are not in it."""
    mark = SuggestionMark
    chosen = sa.select(mark.follow_up_id, sa.func.count()).where(
        mark.office_id == office_id, mark.follow_up_id.in_(follow_up_ids or [UUID(int=0)])
    )
    rows = session.execute(chosen.group_by(mark.follow_up_id))
    return {follow_up_id: count for follow_up_id, count in rows if follow_up_id}


def themes(session: Session, office_id: int, period: Period) -> Sequence[ThemeCount]:
    """What the period's suggestions speak of, the most frequent first and what nobody has sorted last; neither hidden
    ones nor those of ratings that were taken out of the index.
    """
    return tally(session, office_id, period).themes


def for_report(session: Session, office_id: int, period: Period, most: int) -> Sequence[str]:
    """Suggestions that a report may tell as they were written: those that somebody has sorted come first, of every
    theme in turn, and the newest of each. None twice, none hidden, none of a rating taken out of the index.
    """
    newest = (Rating.day.desc(), Rating.id.desc())
    theme = SuggestionMark.theme
    turn = sa.func.row_number().over(partition_by=theme, order_by=newest)
    some = sa.select(Rating.suggestion).where(*TOLD).limit(most * SPARE)
    marked = some.join(SuggestionMark, MARK).where(*_marked(office_id, period), theme != UNSORTED)
    others = some.outerjoin(SuggestionMark, MARK).where(*_within(office_id, period), theme_now == UNSORTED)
    first: dict[str, str] = {}
    for words in map(
        str.strip, (*session.scalars(marked.order_by(turn, theme)), *session.scalars(others.order_by(*newest)))
    ):
        first.setdefault(words.casefold(), words)
    return list(first.values())[:most]


def theme_name(theme: str) -> str:
    """What a theme is called."""
    return str(THEMES[theme]) if theme in THEMES else _("Belum dikelompokkan")


def _given(office_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return Rating.office_id == office_id, SOMETHING, Rating.withdrawn_at.is_(None)


def _within(office_id: int, period: Period) -> tuple[sa.ColumnElement[bool], ...]:
    days = (Rating.day >= period.first.first_day, Rating.day < period.last.day_after)
    return *_given(office_id), *days


def _marked(office_id: int, period: Period) -> tuple[sa.ColumnElement[bool], ...]:
    """Of those that somebody has marked. Written so that a database begins with the marks, which are few, and not
    with the period's ratings.
    """
    ids = sa.select(SuggestionMark.id).where(SuggestionMark.office_id == office_id)
    day = sa.func.coalesce(Rating.day, Rating.day)
    days = (day >= period.first.first_day, day < period.last.day_after)
    return Rating.office_id == office_id, Rating.id.in_(ids), Rating.withdrawn_at.is_(None), *days


def _like(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """All that a suggestion must be. Hidden words are found among hidden ones only."""
    chosen: list[sa.ColumnElement[bool]] = []
    if filters.service:
        chosen.append(Rating.service_code == filters.service)
    if filters.theme is not None:
        chosen.append(theme_now == filters.theme)
    chosen.append(state_now == filters.state.value if filters.state else state_now != State.HIDDEN.value)
    return chosen + [_holds(word) for word in filters.words]


def _holds(word: str) -> sa.ColumnElement[bool]:
    """In small or large letters. SQLite knows those of English alone, so others are looked for as typed, too."""
    small = sa.func.lower(Rating.suggestion).contains(word.lower(), autoescape=True)
    return sa.or_(small, Rating.suggestion.contains(word, autoescape=True))


def _suggestion(*row: Any) -> Suggestion:
    rating_id, day, service, words, is_excluded, theme, state, *rest = row
    return Suggestion(rating_id, day, service, words, is_excluded, theme, State(state), *rest)
