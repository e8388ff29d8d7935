"""Named reads of all offices of a regency: each table once, whatever the number of offices."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.periods import Period
from indicators.ledger import MoveRow
from indicators.locks.models import MonthLock
from indicators.models import ComplaintMonth, Target
from indicators.queries import PATROL
from indicators.recount import MOVE_SUMS
from indicators.registers.models import (
    EmpowermentActivity,
    OrganisationDocument,
    OutsideIndex,
    ProgrammeIndicator,
    ProgrammeRealisation,
    SakipReview,
    Version,
)
from indicators.registers.queries import replaced
from indicators.registers.values import Entries
from offices.models import Office, Outline, Setting
from survey.elements import ElementKey
from survey.figures.models import RatingMonth
from survey.figures.queries import COUNTS
from survey.models import EditionItem

FILED = "file_id"
# The settings that the six indicators hang on.
SETTINGS = ("weight", "predicate_thresholds", "ikm_source", "count_patrol")
Row = Any  # of the database: its columns by name
Rated = tuple[str, tuple[int, ...]]  # edition, counts


@dataclass(frozen=True)
class Lock:
    """A locked version of a month: its row for everybody (OpenRow, by storing.text_of)."""

    version: int
    published: str


def offices(session: Session, regency: str) -> Sequence[Office]:
    """Those of the regency, by code."""
    return session.scalars(sa.select(Office).filter_by(regency=regency).order_by(Office.code)).all()


def settings(session: Session, regency: str) -> Mapping[int, Sequence[Setting]]:
    """Office → the rows of these settings, in the order in which they override one another."""
    chosen = sa.select(Setting.office_id, Setting.key, Setting.value, Setting.valid_from)
    chosen = chosen.where(Setting.office_id.in_(_of(regency)), Setting.key.in_(SETTINGS))
    rows = session.execute(chosen.order_by(Setting.valid_from, Setting.set_at)).all()
    return cast("Mapping[int, Sequence[Setting]]", _by_office(rows))


def rated(session: Session, regency: str, period: Period) -> Mapping[int, Sequence[Rated]]:
    """Office → the sums of its ratings, by edition."""
    keys = (RatingMonth.office_id, RatingMonth.edition_code)
    sums = (sa.func.sum(getattr(RatingMonth, name)) for name in COUNTS)
    within = RatingMonth.month.between(*period.texts)
    chosen = sa.select(*keys, *sums).where(RatingMonth.office_id.in_(_of(regency)), within).group_by(*keys)
    found: defaultdict[int, list[Rated]] = defaultdict(list)
    for office, edition, *counts in session.execute(chosen):
        found[office].append((edition, tuple(map(int, counts))))
    return found


def long_elements(session: Session, regency: str) -> Mapping[tuple[int, str], Mapping[ElementKey, int]]:
    """(office, edition) → the elements that it asks for by more than one item, and by how many."""
    keys = (EditionItem.office_id, EditionItem.edition_code, EditionItem.element)
    chosen = sa.select(*keys, sa.func.count()).where(EditionItem.office_id.in_(_of(regency))).group_by(*keys)
    found: defaultdict[tuple[int, str], dict[ElementKey, int]] = defaultdict(dict)
    for office, edition, element, items in session.execute(chosen.having(sa.func.count() > 1)):
        found[office, edition][ElementKey(element)] = items
    return found


def moves(session: Session, regency: str, period: Period) -> Mapping[tuple[int, bool], Sequence[MoveRow]]:
    """(office, whether found on patrol) → moves, up to the period's end, of valid reports received in it."""
    table = ComplaintMonth
    keys = (table.office_id, (table.source == PATROL).label("patrol"), table.move)
    received = table.received_month.between(*period.texts)
    valid = (table.office_id.in_(_of(regency)), received, table.move_month <= period.texts[1], table.exclusion == "")
    chosen = sa.select(*keys, *(sa.func.sum(getattr(table, name)) for name in MOVE_SUMS)).where(*valid).group_by(*keys)
    found: defaultdict[tuple[int, bool], list[MoveRow]] = defaultdict(list)
    for office, patrol, move, *sums in session.execute(chosen):
        found[office, bool(patrol)].append(MoveRow(*period.texts[1:] * 2, move, "", *map(int, sums)))
    return found


def targets(session: Session, regency: str, year: int) -> Mapping[int, Mapping[tuple[str, int], Decimal]]:
    """Office → (indicator, quarter) → the target that was set last."""
    chosen = sa.select(Target.office_id, Target.indicator, Target.quarter, Target.value)
    chosen = chosen.where(Target.office_id.in_(_of(regency)), Target.year == year)
    rows = session.execute(chosen.order_by(Target.set_at, Target.id))
    last = {(office, (indicator, quarter)): value for office, indicator, quarter, value in rows}
    found: defaultdict[int, dict[tuple[str, int], Decimal]] = defaultdict(dict)
    for (office, key), value in last.items():
        if value is not None:
            found[office][key] = value
    return found


def locks(session: Session, regency: str, period: Period) -> Mapping[int, Lock]:
    """Office → its newest locked version of the month; none for a longer period."""
    chosen = sa.select(MonthLock.office_id, MonthLock.version, MonthLock.published)
    chosen = chosen.where(MonthLock.office_id.in_(_of(regency)), MonthLock.month == str(period))
    rows = session.execute(chosen.order_by(MonthLock.version))
    return {office: Lock(version, published) for office, version, published in rows}


def entries(session: Session, regency: str, period: Period) -> Mapping[int, Entries]:
    """Office → what its registers hold for the period."""
    year, first, last = period.last.year, period.first.first_day, period.last.last_day

    def of_year(model: type[Version]) -> sa.ColumnElement[bool]:
        column: sa.Column[int] = sa.inspect(model).columns["year"]
        return column == year

    documents = _entries(
        session, regency, OrganisationDocument, ("year", "kind", FILED, "approved_on"), of_year(OrganisationDocument)
    )
    planned = EmpowermentActivity.planned_on.between(first, last)
    activities = _entries(session, regency, EmpowermentActivity, ("planned_on", "held_on", FILED), planned)
    reviews = _entries(
        session, regency, SakipReview, ("year", "reviewed_on", "score", FILED, "recorded_at"), of_year(SakipReview)
    )
    programme = _entries(
        session, regency, ProgrammeIndicator, ("year", "entry_id", "target", "direction"), of_year(ProgrammeIndicator)
    )
    realisations = _measured(session, regency, year, last)
    outside = _entries(
        session,
        regency,
        OutsideIndex,
        ("period", "value", "respondents", "seen_on", "recorded_at"),
        OutsideIndex.period == str(period),
    )
    parts = (documents, activities, reviews, programme, realisations, outside)
    return {office: Entries(*(part.get(office, ()) for part in parts)) for office in set().union(*parts)}


def outlines(session: Session, regency: str) -> Sequence[tuple[int, str]]:
    """(office, geometry) of each desa whose outline is known."""
    chosen = sa.select(Outline.office_id, Outline.geometry).where(Outline.office_id.in_(_of(regency)))
    return [
        (office, geometry) for office, geometry in session.execute(chosen.order_by(*sa.inspect(Outline).primary_key))
    ]


def _of(regency: str) -> sa.Select[int]:
    return sa.select(Office.id).where(Office.regency == regency)


def _entries(
    session: Session, regency: str, model: type[Version], names: Sequence[str], within: sa.ColumnElement[bool]
) -> Mapping[int, Any]:
    """Office → its entries that count, with these columns and no more: there are very many of them."""
    columns = [_plain(sa.inspect(model).columns[name]) for name in ("office_id", *names)]
    chosen = sa.select(*columns).where(model.office_id.in_(_of(regency)), ~model.is_removed, ~replaced(model), within)
    return _by_office(session.execute(chosen).all())


def _plain(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """Keys as the database has them, and of a file only whether it is there (None: not): making so many keys takes
    longer than everything else.
    """
    if column.name == FILED:
        return sa.case((column.is_not(None), 1)).label(FILED)
    return sa.type_coerce(column, sa.String).label(column.name) if isinstance(column.type, sa.Uuid) else column


def _measured(session: Session, regency: str, year: int, cut_off: date) -> Mapping[int, Any]:
    """Office → the newest realisation of each of its programme indicators."""
    model = ProgrammeRealisation
    newest = sa.func.row_number().over(
        partition_by=(model.office_id, model.indicator_id),
        order_by=(model.measured_on.desc(), model.recorded_at.desc()),
    )
    columns = (
        *(model.office_id, sa.type_coerce(model.indicator_id, sa.String).label("indicator_id")),
        *(model.measured_on, model.recorded_at, model.value, _plain(sa.inspect(model).columns[FILED])),
    )
    counting = (model.year == year, model.measured_on <= cut_off, ~model.is_removed, ~replaced(model))
    rows = sa.select(*columns, newest.label("place")).where(model.office_id.in_(_of(regency)), *counting).subquery()
    names = ("office_id", "indicator_id", "measured_on", "recorded_at", "value", FILED)
    chosen = sa.select(*(rows.c[name] for name in names)).where(rows.c.place == 1)
    return _by_office(session.execute(chosen).all())


def _by_office(rows: Sequence[Row]) -> Mapping[int, Sequence[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.office_id].append(row)
    return found
