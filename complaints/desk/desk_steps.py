"""The forms of one report's moves, as the case's page lays them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from complaints import queries, workflow
from complaints.carrying import was_reported
from complaints.desk import case_queries
from complaints.desk.desk_case_forms import LookForm, TaskForm
from complaints.desk.desk_forms import MoveForm
from complaints.desk.desk_proofs import attached_to
from complaints.desk_models import ReadyAnswer
from complaints.models import Category, Complaint
from complaints.terms import Move, Status
from offices.models import Staff

# What brings a report on its way stands first; what corrects it is folded away.
ONWARD = (Move.RELEASE, Move.VERIFY, Move.START, Move.SETTLE, Move.RESUME, Move.ASSIGN)
CORRECTING = frozenset({Move.TAKE_BACK, Move.RECATEGORISE, Move.REOPEN, Move.RESTORE})
# Made on a page of its own, because the new code is shown there.
ELSEWHERE = frozenset({Move.REISSUE})
MADE_HERE = frozenset(rule.move for rule in workflow.RULES if rule.roles & workflow.HANDLERS) - ELSEWHERE


@dataclass(frozen=True)
class Tried:
    """What was sent and could not be carried out, as it was filled in; None where something else was sent."""

    move: MoveForm | None = None
    task: TaskForm | None = None
    look: LookForm | None = None

    @property
    def form(self) -> MoveForm | TaskForm | LookForm | None:
        """The one that was sent."""
        return self.move or self.task or self.look


NOTHING_TRIED = Tried()


@dataclass(frozen=True)
class Steps:
    """The forms of the moves that can be made now: those that bring the report on, the usual ones, the rare ones.

    `tried` is the one that was sent, `stranded` the same where its move is no longer possible, `begun` the one that a
    ready answer was put into. `ready`: the ready answers for a move.
    """

    onward: Sequence[MoveForm]
    usual: Sequence[MoveForm]
    rare: Sequence[MoveForm]
    tried: MoveForm | None
    stranded: MoveForm | None
    begun: MoveForm | None
    answers: Sequence[ReadyAnswer]

    def ready(self, form: MoveForm) -> list[ReadyAnswer]:
        """The ready answers for this form's move."""
        return [answer for answer in self.answers if answer.move == form.move.value]

    @property
    def rare_open(self) -> bool:
        """Whether one of the rare forms has something typed in it."""
        return any(self.is_open(form) for form in self.rare)

    def is_open(self, form: MoveForm) -> bool:
        """Whether the form is shown unfolded: something is typed in it."""
        return form is self.tried or form is self.begun


def steps_of(
    session: Session,
    report: Complaint,
    role: str,
    officers: Sequence[Staff],
    *,
    tried: MoveForm | None,
    ready: UUID | None,
) -> Steps:
    """What can be done with the report now; `ready` is the ready answer to begin with."""
    answers = case_queries.ready_answers(session, report.office_id, report.category_code)
    categories = [row for row in queries.open_categories(session, report.office_id) if row.code != report.category_code]
    forms = _forms(report, role, officers, categories, tried=tried)
    if tried and tried.came_late:
        tried.look_again(report.version)
    shown = {form.move for form in forms}
    for form in forms:
        if form.move is Move.SETTLE:
            form.proofs = attached_to(session, report)
    return Steps(
        onward=[form for move in ONWARD for form in forms if form.move is move],
        usual=[form for form in forms if form.move not in {*ONWARD, *CORRECTING}],
        rare=[form for form in forms if form.move in CORRECTING],
        tried=tried,
        stranded=tried if tried and tried.move not in shown else None,
        begun=_begun(forms, answers, ready),
        answers=answers,
    )


def _begun(forms: Sequence[MoveForm], answers: Sequence[ReadyAnswer], ready: UUID | None) -> MoveForm | None:
    """The form that begins with the chosen ready answer; None when none was chosen, or its move can't be made now."""
    answer = next((answer for answer in answers if answer.id == ready), None)
    form = next((form for form in forms if answer and form.move.value == answer.move), None)
    if answer and form:
        form.begin(answer.text)
    return form


def _forms(
    report: Complaint, role: str, officers: Sequence[Staff], categories: Sequence[Category], *, tried: MoveForm | None
) -> list[MoveForm]:
    """A form for each move this role may make now; the tried one as it was filled in."""
    rules = [
        rule
        for rule in workflow.moves_from(Status(report.status), role, held=report.is_held, reported=was_reported(report))
        if rule.move not in ELSEWHERE
    ]
    return [
        tried
        if tried and tried.move is rule.move
        else MoveForm(rule.move, officers, categories, formdata=None, version=report.version)
        for rule in rules
    ]
