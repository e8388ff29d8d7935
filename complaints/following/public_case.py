"""Pages behind a receipt: the report's timeline, the officer's question, whether it is settled, what to add."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from complaints import receipts
from complaints.following import answers, rating_links
from complaints.following.answer_forms import AnswerForm
from complaints.following.case_view import CaseView, case_view
from complaints.following.tracking import Viewer
from complaints.pictures import photo_queries, photos
from complaints.queries import Opened
from complaints.reporting import entrance
from complaints.terms import Move
from core import clock
from core.calendar import wib_day
from core.db import read_afresh, reader
from offices.current import current_office

public = Blueprint("complaints_case", __name__)
# What stands in the address, for each move; a joiner's "belum" is another move than the first reporter's.
STEPS: dict[str, tuple[Move, ...]] = {
    "jawab": (Move.REPLY,),
    "tambah": (Move.ADD,),
    "beres": (Move.CONFIRM,),
    "sebagian": (Move.HALF_FIXED,),
    "belum": (Move.DENY, Move.DISPUTE),
}


@dataclass(frozen=True)
class Rating:
    """Where the handling can be rated, and until when."""

    url: str
    until: object


def track_page(opened: Opened, code: str) -> str:
    """How the report fares. It holds no form and sets no cookie; `tersimpan` names the answer that led here."""
    view = case_view(reader(), opened, now=clock.now())
    code = str(receipts.parse(code, current_office().prefix))
    done = request.args.get("tersimpan", "")
    return render_template(
        "complaints/track.html",
        view=view,
        report=view.report,
        code=code,
        photos=photo_queries.seen_by(reader(), opened),
        room=photos.room(reader(), opened, now=clock.now()),
        track_url=entrance.track_url(code),
        numbers=entrance.emergency_numbers() if view.report.is_urgent and view.deadline else (),
        done=done if done in STEPS else "",
        rating=_rating(opened, view),
    )


def _rating(opened: Opened, view: CaseView) -> Rating | None:
    """Once for each report, so it is the first reporter's."""
    if view.viewer is not Viewer.FIRST or view.follows or view.settled_at is None:
        return None
    until = rating_links.open_until(view.settled_at)
    if until < wib_day(clock.now()):
        return None
    token = rating_links.rating_link(
        signing_key=current_app.config["SECRET_KEY"],
        receipt_key=current_app.config["RECEIPT_KEY"],
        office_id=opened.office_id,
        complaint_id=opened.complaint_id,
        until=until,
    )
    return Rating(url_for("survey_linked.blank", token=token), until)


def ask(code: str, step: str) -> ResponseReturnValue:
    """What this answer means, and the button that gives it: opening the address changes nothing."""
    opened = entrance.opened(code)
    view = case_view(reader(), opened, now=clock.now())
    move = _move(view, step)
    if move not in view.can:
        return redirect(url_for("complaints_public.track", code=code))
    return _page(view, code, step, AnswerForm(move, formdata=None, data={"seen": view.seen}))


def give(code: str, step: str) -> ResponseReturnValue:
    """Take the answer in; whatever goes wrong, the page comes back as it was filled in."""
    opened = entrance.opened(code)
    form = AnswerForm(_move(case_view(reader(), opened, now=clock.now()), step))
    if form.validate() and form.accepted(lambda: _answer(opened, form)):
        return redirect(url_for("complaints_public.track", code=code, tersimpan=step), HTTPStatus.SEE_OTHER)
    view = case_view(read_afresh(), opened, now=clock.now())
    if form.form_errors:
        form.seen.data = view.seen
    return _page(view, code, step, form), form.status


def _answer(opened: Opened, form: AnswerForm) -> None:
    answers.answer(opened=opened, move=form.move, said=form.said.data, seen=form.seen.data, now=clock.now())


def _move(view: CaseView, step: str) -> Move:
    """The move that this step is for whoever looks."""
    moves = STEPS[step]
    return moves[-1] if view.viewer is Viewer.JOINER else moves[0]


def _page(view: CaseView, code: str, step: str, form: AnswerForm) -> str:
    return render_template("complaints/track_step.html", view=view, report=view.report, code=code, step=step, form=form)


for _step in STEPS:
    public.add_url_rule(f"/lacak/<code>/{_step}", "ask", ask, defaults={"step": _step}, methods=["GET"])
    public.add_url_rule(f"/lacak/<code>/{_step}", "give", give, defaults={"step": _step}, methods=["POST"])
