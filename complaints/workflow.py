"""The life of a report as one table of moves: guard, buttons, replay and diagram all read RULES."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from complaints.terms import NEED_WORDS, STATUS_LABELS, Exclusion, Move, Need, Status
from core.errors import Refused
from offices import rights
from offices.rights import Action

HANDLERS = frozenset(role.value for role in rights.holders(Action.HANDLE_CASES))  # the others look, they don't move
SYSTEM = frozenset({"system"})
RESIDENT, JOINER = "resident", "joiner"  # who reported first, and who joined: known by their receipts
FIRST = frozenset({RESIDENT})
RESIDENTS = frozenset({RESIDENT, JOINER})
OPEN = (Status.RECEIVED, Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS, Status.WAITING)
UNASSIGNED = (Status.RECEIVED, Status.VERIFIED)
CLOSED_BY_SETTLING = (Status.SETTLED, Status.FINAL)
NOT_WITHDRAWN = tuple(status for status in Status if status is not Status.WITHDRAWN)
BEING_HANDLED = (Status.RECEIVED, Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS)


SETTLING = (Need.ACTION, Need.ANSWER, Need.PROOF, Need.EXPLANATION)


@dataclass(frozen=True)
class Rule:
    """One row: who may make the move from `source` (None: not there yet) to `target`, and what it must bring.

    `only_held`: only while the report is held for review. `only_reported`: only where a resident reported it; a patrol
    has nobody to ask.
    """

    move: Move
    source: Status | None
    target: Status
    roles: frozenset[str]
    needs: frozenset[Need] = frozenset()
    only_held: bool = False
    only_reported: bool = False


def _rules(move: Move, sources: Iterable[Status], target: Status, *needs: Need) -> tuple[Rule, ...]:
    return tuple(Rule(move, source, target, HANDLERS, frozenset(needs)) for source in sources)


def _staying(move: Move, sources: Iterable[Status], roles: frozenset[str], *needs: Need) -> tuple[Rule, ...]:
    """Rows of a move that leaves the report where it stands."""
    return tuple(Rule(move, source, source, roles, frozenset(needs)) for source in sources)


RULES: tuple[Rule, ...] = (
    Rule(Move.RECEIVE, None, Status.RECEIVED, SYSTEM),
    *_rules(Move.VERIFY, [Status.RECEIVED], Status.VERIFIED),
    *_rules(Move.START, [Status.VERIFIED, Status.ASSIGNED], Status.IN_PROGRESS),
    *_rules(Move.SETTLE, [Status.IN_PROGRESS], Status.SETTLED, *SETTLING),
    *_rules(Move.ASSIGN, [Status.VERIFIED, Status.ASSIGNED, Status.IN_PROGRESS], Status.ASSIGNED, Need.ASSIGNEE),
    *(
        Rule(Move.ASK, source, Status.WAITING, HANDLERS, frozenset({Need.QUESTION}), only_reported=True)
        for source in BEING_HANDLED
    ),
    Rule(Move.REPLY, Status.WAITING, Status.IN_PROGRESS, FIRST, frozenset({Need.SAID})),
    *_rules(Move.RESUME, [Status.WAITING], Status.IN_PROGRESS, Need.REASON),
    Rule(Move.CONFIRM, Status.SETTLED, Status.FINAL, FIRST),
    Rule(Move.HALF_FIXED, Status.SETTLED, Status.SETTLED, RESIDENTS, frozenset({Need.SAID})),
    Rule(Move.DENY, Status.SETTLED, Status.IN_PROGRESS, FIRST, frozenset({Need.SAID})),
    Rule(Move.DISPUTE, Status.SETTLED, Status.SETTLED, frozenset({JOINER}), frozenset({Need.SAID})),
    Rule(Move.FINALISE, Status.SETTLED, Status.FINAL, SYSTEM),
    *_rules(Move.REOPEN, CLOSED_BY_SETTLING, Status.IN_PROGRESS, Need.REASON),
    *_rules(Move.EXCLUDE, OPEN, Status.EXCLUDED, Need.REASON, Need.EXCLUSION),
    *_rules(Move.RESTORE, [Status.EXCLUDED], Status.RECEIVED, Need.REASON),
    *_rules(Move.TAKE_BACK, [Status.VERIFIED], Status.RECEIVED, Need.REASON),
    *_rules(Move.TAKE_BACK, [Status.ASSIGNED], Status.VERIFIED, Need.REASON),
    *_rules(Move.TAKE_BACK, [Status.IN_PROGRESS], Status.ASSIGNED, Need.REASON),
    *(Rule(Move.RELEASE, s, s, HANDLERS, frozenset({Need.REASON}), only_held=True) for s in OPEN),
    *_staying(Move.RECATEGORISE, OPEN, HANDLERS, Need.CATEGORY, Need.REASON),
    *_staying(Move.NOTE, NOT_WITHDRAWN, HANDLERS, Need.NOTE),
    *_staying(Move.REISSUE, NOT_WITHDRAWN, HANDLERS, Need.REASON),
    *_staying(Move.ADD, (*OPEN, Status.SETTLED), RESIDENTS),
    *_staying(Move.JOIN, OPEN, SYSTEM),
    *_staying(Move.ERASE, NOT_WITHDRAWN, RESIDENTS),
    *(Rule(Move.WITHDRAW, s, Status.WITHDRAWN, SYSTEM) for s in Status if s is not Status.WITHDRAWN),
)
# Further conditions of Move.EXCLUDE, by the kind of exclusion chosen.
EXCLUSION_NEEDS: dict[Exclusion, frozenset[Need]] = {
    Exclusion.SPAM: frozenset(),
    Exclusion.DUPLICATE: frozenset({Need.FIRST_REPORT}),
    Exclusion.OUT_OF_AUTHORITY: frozenset({Need.HANDED_OVER_TO, Need.ANSWER}),
}
# What a move may bring, but need not.
MAY_BRING: dict[Move, frozenset[Need]] = {Move.VERIFY: frozenset({Need.ANSWER})}
BY_STEP = {(rule.source, rule.move): rule for rule in RULES}


@dataclass(frozen=True)
class Evidence:
    """The proof photos attached since a report was last settled, and the findings in them that nobody explained."""

    photos: int = 0
    findings: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Details:
    """What came with a move, one field per Need; blank text and None both mean "not given".

    `explanations` are by finding. `evidence` is counted, never typed; `is_shown`: the resident may see the proof.
    """

    reason: str = ""
    exclusion: Exclusion | None = None
    first_report: str = ""
    handed_over_to: str = ""
    assignee: UUID | None = None
    action: str = ""
    answer: str = ""
    question: str = ""
    said: str = ""
    note: str = ""
    category: str = ""
    record_number: str = ""
    explanations: Mapping[UUID, str] = field(default_factory=dict)
    evidence: Evidence = Evidence()
    is_shown: bool = False


def is_open(status: Status) -> bool:
    """Whether the report still waits for the office or the resident."""
    return status in OPEN


def moves_from(status: Status | None, role: str, *, held: bool = False, reported: bool = True) -> tuple[Rule, ...]:
    """The moves this role may make now, in the order of the buttons."""
    rules = (rule for rule in RULES if rule.source == status and role in rule.roles)
    return tuple(rule for rule in rules if _holds(rule, held=held, reported=reported))


def needs(rule: Rule, exclusion: Exclusion | None) -> frozenset[Need]:
    """All conditions of a row, those of the chosen exclusion included."""
    if rule.move is not Move.EXCLUDE or exclusion is None:
        return rule.needs
    return rule.needs | EXCLUSION_NEEDS[exclusion]


def missing(rule: Rule, details: Details) -> tuple[Need, ...]:
    """What the move still lacks, in the order of the form."""
    needed = needs(rule, details.exclusion)
    return tuple(need for need in Need if need in needed and not _given(details, need))


def check(
    status: Status | None, move: Move, role: str, details: Details, *, held: bool = False, reported: bool = True
) -> Rule:
    """The row that allows the move; Refused when the status, the role or a missing detail (its field) forbids it."""
    rule = BY_STEP.get((status, move))
    if rule is None or not _holds(rule, held=held, reported=reported):
        raise Refused(_out_of_turn(status))
    if role not in rule.roles:
        raise Refused("Langkah ini hanya untuk petugas dan kepala Seksi Trantib. Sampaikan kepada mereka.")
    for need in missing(rule, details):
        raise Refused(NEED_WORDS[need], need.value)
    return rule


def unexplained(found: Iterable[UUID], explanations: Mapping[UUID, str]) -> list[UUID]:
    """The findings that have no reason in words yet."""
    return [finding for finding in found if not explanations.get(finding, "").strip()]


def diagram() -> str:
    """RULES as a Mermaid state diagram, without moves that stay; withdrawing, possible from everywhere, is a note."""
    lines = [
        f"    {rule.source or '[*]'} --> {rule.target}: {rule.move}"
        for rule in RULES
        if rule.move is not Move.WITHDRAW and rule.source is not rule.target
    ]
    note = f"    note right of {Status.WITHDRAWN}: {Move.WITHDRAW}, from any state, when its import is undone"
    return "\n".join(["stateDiagram-v2", *lines, f"    {Status.WITHDRAWN}", note, ""])


def _holds(rule: Rule, *, held: bool, reported: bool) -> bool:
    return held >= rule.only_held and reported >= rule.only_reported


def _given(details: Details, need: Need) -> bool:
    if need is Need.EXPLANATION:
        return not unexplained(details.evidence.findings, details.explanations)
    if need is Need.PROOF and details.evidence.photos:
        return True
    value = getattr(details, need.value)
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _out_of_turn(status: Status | None) -> str:
    if status is None:
        return "Laporan ini belum diterima. Terima dulu laporannya."
    label = STATUS_LABELS[status].lower()
    return f"Keadaan laporan ini sekarang: {label}. Muat ulang halaman, lalu pilih langkah yang tersedia."
