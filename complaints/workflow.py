"""The life of a report as one table of moves: guard, buttons, replay and diagram all read RULES."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from complaints.terms import NEED_WORDS, STATUS_LABELS, Exclusion, Move, Need, Status
from core.errors import Refused

HANDLERS = frozenset({"officer", "section_head"})  # secretary, head and operator look, they don't move
SYSTEM = frozenset({"system"})
OPEN = (Status.RECEIVED, Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS, Status.WAITING)
UNASSIGNED = (Status.RECEIVED, Status.VERIFIED)
CLOSED_BY_SETTLING = (Status.SETTLED, Status.FINAL)


@dataclass(frozen=True)
class Rule:
    """One row: who may make the move from `source` (None: not there yet) to `target`, and what it must bring."""

    move: Move
    source: Status | None
    target: Status
    roles: frozenset[str]
    needs: frozenset[Need] = frozenset()


def _rules(move: Move, sources: Iterable[Status], target: Status, *needs: Need) -> tuple[Rule, ...]:
    return tuple(Rule(move, source, target, HANDLERS, frozenset(needs)) for source in sources)


RULES: tuple[Rule, ...] = (
    Rule(Move.RECEIVE, None, Status.RECEIVED, SYSTEM),
    *_rules(Move.VERIFY, [Status.RECEIVED], Status.VERIFIED),
    *_rules(Move.START, [Status.VERIFIED, Status.ASSIGNED], Status.IN_PROGRESS),
    *_rules(Move.SETTLE, [Status.IN_PROGRESS], Status.SETTLED, Need.ACTION, Need.ANSWER),
    *_rules(Move.ASSIGN, [Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS], Status.ASSIGNED, Need.ASSIGNEE),
    *_rules(Move.REOPEN, [Status.SETTLED], Status.IN_PROGRESS, Need.REASON),
    *_rules(Move.EXCLUDE, OPEN, Status.EXCLUDED, Need.REASON, Need.EXCLUSION),
    *_rules(Move.RESTORE, [Status.EXCLUDED], Status.RECEIVED, Need.REASON),
    *_rules(Move.TAKE_BACK, [Status.VERIFIED], Status.RECEIVED, Need.REASON),
    *_rules(Move.TAKE_BACK, [Status.ASSIGNED], Status.VERIFIED, Need.REASON),
    *_rules(Move.TAKE_BACK, [Status.IN_PROGRESS], Status.ASSIGNED, Need.REASON),
    *(Rule(Move.WITHDRAW, s, Status.WITHDRAWN, SYSTEM) for s in Status if s is not Status.WITHDRAWN),
)
# Further conditions of Move.EXCLUDE, by the kind of exclusion chosen.
EXCLUSION_NEEDS: dict[Exclusion, frozenset[Need]] = {
    Exclusion.SPAM: frozenset(),
    Exclusion.DUPLICATE: frozenset({Need.FIRST_REPORT}),
    Exclusion.OUT_OF_AUTHORITY: frozenset({Need.HANDED_OVER_TO, Need.ANSWER}),
}
_BY_STEP = {(rule.source, rule.move): rule for rule in RULES}


@dataclass(frozen=True)
class Details:
    """What came with a move, one field per Need; blank text and None both mean "not given"."""

    reason: str = ""
    exclusion: Exclusion | None = None
    first_report: str = ""
    handed_over_to: str = ""
    assignee: UUID | None = None
    action: str = ""
    answer: str = ""


@dataclass(frozen=True)
class EventFact:
    """One recorded move, as far as the state depends on it."""

    move: Move
    at: datetime
    recorded_at: datetime
    actor: UUID | None = None
    assignee: UUID | None = None
    exclusion: Exclusion | None = None


@dataclass(frozen=True)
class ReportState:
    """What the events add up to; status None: nothing received yet. `settled_at`: the settling that still stands."""

    status: Status | None = None
    received_at: datetime | None = None
    settled_at: datetime | None = None
    exclusion: Exclusion | None = None
    assignee: UUID | None = None


def is_open(status: Status) -> bool:
    """Whether the report still waits for the office or the resident."""
    return status in OPEN


def moves_from(status: Status | None, role: str) -> tuple[Rule, ...]:
    """The moves this role may make now, in the order of the buttons."""
    return tuple(rule for rule in RULES if rule.source == status and role in rule.roles)


def needs(rule: Rule, exclusion: Exclusion | None) -> frozenset[Need]:
    """All conditions of a row, those of the chosen exclusion included."""
    if rule.move is not Move.EXCLUDE or exclusion is None:
        return rule.needs
    return rule.needs | EXCLUSION_NEEDS[exclusion]


def missing(rule: Rule, details: Details) -> tuple[Need, ...]:
    """What the move still lacks, in the order of the form."""
    needed = needs(rule, details.exclusion)
    return tuple(need for need in Need if need in needed and not _given(details, need))


def check(status: Status | None, move: Move, role: str, details: Details) -> Rule:
    """The row that allows the move; Refused when the status, the role or a missing detail (its field) forbids it."""
    rule = _BY_STEP.get((status, move))
    if rule is None:
        raise Refused(_out_of_turn(status))
    if role not in rule.roles:
        raise Refused("Langkah ini hanya untuk petugas dan kepala Seksi Trantib. Sampaikan kepada mereka.")
    for need in missing(rule, details):
        raise Refused(NEED_WORDS[need], need.value)
    return rule


def apply(state: ReportState, fact: EventFact) -> ReportState:
    """The state after one more move; ValueError when the table has no such row: the record is broken."""
    rule = _BY_STEP.get((state.status, fact.move))
    if rule is None:
        raise ValueError(f"no move {fact.move} from {state.status}")
    target = rule.target
    return replace(
        state,
        status=target,
        received_at=fact.at if fact.move is Move.RECEIVE else state.received_at,
        settled_at=_settled_at(state, target, fact),
        exclusion=fact.exclusion if target is Status.EXCLUDED else None,
        assignee=_assignee(state, target, fact),
    )


def replay(events: Iterable[EventFact]) -> ReportState:
    """The state that one report's moves, in the order recorded, add up to."""
    state = ReportState()
    for fact in events:
        state = apply(state, fact)
    return state


def diagram() -> str:
    """RULES as a Mermaid state diagram; withdrawing, possible from everywhere, is a note."""
    lines = [
        f"    {rule.source or '[*]'} --> {rule.target}: {rule.move}" for rule in RULES if rule.move is not Move.WITHDRAW
    ]
    note = f"    note right of {Status.WITHDRAWN}: {Move.WITHDRAW}, from any state, when its import is undone"
    return "\n".join(["stateDiagram-v2", *lines, f"    {Status.WITHDRAWN}", note, ""])


def _given(details: Details, need: Need) -> bool:
    value = getattr(details, need.value)
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _out_of_turn(status: Status | None) -> str:
    if status is None:
        return "Laporan ini belum diterima. Terima dulu laporannya."
    label = STATUS_LABELS[status].lower()
    return f"Keadaan laporan ini sekarang: {label}. Muat ulang halaman, lalu pilih langkah yang tersedia."


def _settled_at(state: ReportState, target: Status, fact: EventFact) -> datetime | None:
    if fact.move is Move.SETTLE:
        return fact.at
    return state.settled_at if target in CLOSED_BY_SETTLING else None


def _assignee(state: ReportState, target: Status, fact: EventFact) -> UUID | None:
    """Whoever was chosen; who starts an unassigned report takes it on; a report back at the desk is nobody's."""
    if target in UNASSIGNED:
        return None
    if fact.move is Move.START and state.assignee is None:
        return fact.actor
    return fact.assignee if fact.assignee is not None else state.assignee
