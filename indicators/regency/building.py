"""Makes the table of a regency: every table read once, then each office counted as its own month is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from core.periods import Period
from indicators import ledger
from indicators.ledger import MoveRow
from indicators.months import storing
from indicators.months.open_row import OpenRow
from indicators.months.results import OfficeHead
from indicators.months.summary import counted_at, result_of, thresholds_of, values_of
from indicators.regency import queries
from indicators.regency.queries import Lock
from indicators.regency.results import Cell, OfficeLine, Table
from indicators.registers.values import Entries, registered
from indicators.sheet import Indicator
from indicators.targets import target_of
from offices import settings
from offices.models import Office, Setting
from survey import scores
from survey.elements import OFFICIAL_ORDER, ElementKey
from survey.figures.building import Counting
from survey.scores import Weight

NOTHING = Entries((), (), (), (), (), ())


@dataclass(frozen=True)
class _Read:
    """What was read of all offices."""

    period: Period
    settings: Mapping[int, Sequence[Setting]]
    rated: Mapping[int, Sequence[queries.Rated]]
    long_elements: Mapping[tuple[int, str], Mapping[ElementKey, int]]
    moves: Mapping[tuple[int, bool], Sequence[MoveRow]]
    entries: Mapping[int, Entries]
    targets: Mapping[int, Mapping[tuple[str, int], Decimal]]
    locks: Mapping[int, Lock]


def build(session: Session, regency: str, period: Period) -> Table:
    """From the nightly figures; a month that an office has locked keeps the figures it was locked with."""
    read = _read(session, regency, period)
    moment = counted_at(session)
    lines = [_line(office, read) for office in queries.offices(session, regency)]
    return Table(regency, period, moment, lines)


def _read(session: Session, regency: str, period: Period) -> _Read:
    return _Read(
        period=period,
        settings=queries.settings(session, regency),
        rated=queries.rated(session, regency, period),
        long_elements=queries.long_elements(session, regency),
        moves=queries.moves(session, regency, period),
        entries=queries.entries(session, regency, period),
        targets=queries.targets(session, regency, period.last.year),
        locks=queries.locks(session, regency, period),
    )


def _line(office: Office, read: _Read) -> OfficeLine:
    lock = read.locks.get(office.id)
    return _locked(office, lock) if lock is not None else _counted(office, read)


def _counted(office: Office, read: _Read) -> OfficeLine:
    period, in_force = read.period, settings.on(read.settings.get(office.id, ()), read.period.last.last_day)
    is_outside, limits = settings.is_ikm_outside(in_force), thresholds_of(in_force)
    rated = read.rated.get(office.id, ())
    counting = Counting(_items(office.id, rated, read), Weight.parse(in_force["weight"]))
    tally = counting.pooled(rated).tally
    settlement = ledger.settlement(_moves(office.id, read, patrol=settings.counts_patrol(in_force)), period)
    registers = registered(read.entries.get(office.id, NOTHING), period)
    values = values_of(scores.ikm(tally, counting.weight), settlement, registers, is_outside=is_outside)
    outside, targets = registers.outside, read.targets.get(office.id, {})
    wanted = {key: target_of(targets, key, period) for key in Indicator}
    return OfficeLine(
        office_id=office.id,
        office=OfficeHead(office.code, office.name),
        cells={key: Cell(wanted[key], result_of(values[key], wanted[key], limits)) for key in Indicator},
        respondents=(outside.respondents if outside else None) if is_outside else tally.respondents,
        received=settlement.received,
    )


def _items(office_id: int, rated: Sequence[queries.Rated], read: _Read) -> dict[str, dict[ElementKey, int]]:
    """Of each edition: how many items ask for each element."""
    long = {edition: read.long_elements.get((office_id, edition), {}) for edition, _counts in rated}
    return {edition: {key: more.get(key, 1) for key in OFFICIAL_ORDER} for edition, more in long.items()}


def _moves(office_id: int, read: _Read, *, patrol: bool) -> list[MoveRow]:
    kinds = (False, True) if patrol else (False,)
    return [row for kind in kinds for row in read.moves.get((office_id, kind), ())]


def _locked(office: Office, lock: Lock) -> OfficeLine:
    """As everybody may see the locked version."""
    row = storing.value_of(lock.published, OpenRow)
    return OfficeLine(
        office_id=office.id,
        office=OfficeHead(office.code, office.name),
        cells={line.indicator: Cell(line.target, line.result) for line in row.lines},
        respondents=row.outside_respondents if row.is_outside else row.index.respondents,
        received=row.settlement.received,
        version=lock.version,
    )
