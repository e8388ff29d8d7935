"""IKU 4 from counted moves: settlement, exclusions, throughput and flow of a period (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from complaints.terms import Exclusion, Move
from core.periods import Period
from indicators.formulas import Flow, Settlement, Throughput

# How each move changes the number of open reports.
OPENS = {
    Move.RECEIVE: 1,
    Move.REOPEN: 1,
    Move.DENY: 1,
    Move.RESTORE: 1,
    Move.SETTLE: -1,
    Move.EXCLUDE: -1,
}


@dataclass(frozen=True)
class MoveRow:
    """Moves of one kind in one month, of reports received in one month; `exclusion` is what these reports are
    now ("": valid). Months as text ("2026-10"), so that their order is that of time.
    """

    received_month: str
    move_month: str
    move: str
    exclusion: str
    moves: int
    first_closes: int
    confirmed: int = 0
    disputed: int = 0


def settlement(rows: Iterable[MoveRow], period: Period) -> Settlement:
    """Valid reports received in the period, and how many of them stood settled at its cut-off.

    A settled report is reopened before it is settled again, so settles less reopenings up to the cut-off is the
    number whose last such move is a settle. A resident's denial reopens too. Each move carries by how much it changes
    the numbers of confirmed and of disputed ones.
    """
    valid = [row for row in rows if period.holds(row.received_month) and not row.exclusion]
    until_cut_off = [row for row in valid if row.move_month <= str(period.last)]
    settled = _sum(until_cut_off, Move.SETTLE) - _reopened(until_cut_off)
    return Settlement(
        received=_sum(valid, Move.RECEIVE),
        settled=settled,
        confirmed=sum(row.confirmed for row in until_cut_off),
        disputed=sum(row.disputed for row in until_cut_off),
    )


def excluded(rows: Iterable[MoveRow], period: Period) -> dict[Exclusion, int]:
    """Reports received in the period that are left out of its count, whenever that was decided."""
    cohort = [row for row in rows if period.holds(row.received_month)]
    return {kind: _sum((row for row in cohort if row.exclusion == kind), Move.RECEIVE) for kind in Exclusion}


def throughput(rows: Sequence[MoveRow], period: Period) -> Throughput:
    """Valid reports closed in the period, whenever received, each once a month."""
    closed = sum(row.first_closes for row in rows if period.holds(row.move_month) and not row.exclusion)
    return Throughput(closed=closed, received=settlement(rows, period).received)


def flow(rows: Iterable[MoveRow], period: Period, opening: int) -> Flow:
    """All moves of the period, by their own time, whatever became of the reports since."""
    moved = [row for row in rows if period.holds(row.move_month)]
    return Flow(
        opening=opening,
        received=_sum(moved, Move.RECEIVE),
        reopened=_reopened(moved) + _sum(moved, Move.RESTORE),
        settled=_sum(moved, Move.SETTLE),
        excluded=_sum(moved, Move.EXCLUDE),
    )


def open_after(moves: Iterable[tuple[str, int]]) -> int:
    """Open reports after all these (move, how many)."""
    return sum(OPENS.get(Move(move), 0) * count for move, count in moves)


def _reopened(rows: Sequence[MoveRow]) -> int:
    """By the office, or by the resident who reported first."""
    return _sum(rows, Move.REOPEN) + _sum(rows, Move.DENY)


def _sum(rows: Iterable[MoveRow], move: Move) -> int:
    return sum(row.moves for row in rows if row.move == move)
