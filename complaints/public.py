"""Pages for residents: report disorder, keep the receipt, see what became of it."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import uuid4

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from complaints import receipts
from complaints.following import public_case
from complaints.pictures import photo_intake
from complaints.reporting import entrance, nearby
from complaints.reporting.arrivals import stamp
from complaints.reporting.forms import LONGEST_DESCRIPTION, ReceiptForm, ReportForm
from complaints.reporting.intake import Handed
from complaints.reporting.nearby import Offer
from complaints.terms import Source
from core import clock
from core.errors import Conflict, Missing
from core.forms import tidy
from offices import maps, points
from offices.current import current_office
from offices.models import Point
from offices.public import unknown_point

public = Blueprint("complaints_public", __name__)


@public.get("/lapor")
@public.get("/lapor/<code>")
def report(code: str = "") -> ResponseReturnValue:
    """The report form; scanned from a poster, its desa and place are filled in."""
    point = entrance.point_of(code) if code else None
    if code and point is None:
        return unknown_point(points.canonical(code))
    return _blank_page(point)


@public.post("/lapor")
@public.post("/lapor/<code>")
def send(code: str = "") -> ResponseReturnValue:
    """Take the report in. A point closed meanwhile must not cost anybody what they typed."""
    point = entrance.point_of(code) if code else None
    form = entrance.report_form()
    if page := _not_sent_yet(form, point):
        return page
    if not form.validate():
        return _form_page(form), form.status
    if not form.urgent_seen.data and form.category.data in form.urgent:
        return _phone_first_page(form)
    if _asks_for_similar(form) and (offers := nearby.offers_for(form)):
        return _similar_page(form, offers)
    try:
        handed = entrance.take(form, point, Source.WEB)
    except Conflict as refusal:
        form.refuse(refusal)
        form.submission_id.data, form.similar_seen.data = uuid4(), "1"  # what is like it is their own
        return _form_page(form, as_new=True), HTTPStatus.CONFLICT
    return _receipt_page(handed, form)


def _not_sent_yet(form: ReportForm, point: Point | None) -> ResponseReturnValue | None:
    """The form for words brought along from elsewhere, or to be mended; None when the report is to be taken in."""
    if "brought" in request.form:
        return _blank_page(point, request.form.get("description", ""))
    return _form_page(form) if "edit" in request.form else None


@public.get("/lacak")
def ask() -> ResponseReturnValue:
    """Where the receipt is typed."""
    return render_template("complaints/ask.html", form=ReceiptForm(formdata=None), missing=False, is_number=False)


@public.post("/lacak")
def search() -> ResponseReturnValue:
    """From what was typed to the report's own address. Posted, so that no address list holds a receipt typed wrong."""
    form = ReceiptForm()
    typed = form.receipt.data or ""
    receipt = receipts.parse(typed, current_office().prefix)
    if receipt is not None:
        return redirect(url_for(".track", code=str(receipt)), HTTPStatus.SEE_OTHER)
    return track(typed) if typed else ask()


@public.get("/lacak/<code>")
def track(code: str) -> ResponseReturnValue:
    """How the report fares, and what can be said to it."""
    try:
        opened = entrance.opened(code)
    except Missing:
        return _missing_page(code)
    return public_case.track_page(opened, code)


def _blank_page(point: Point | None, words: str = "") -> str:
    """The form to be filled in; `words` come from another page of ours, and are sent by nobody but the resident."""
    form = entrance.report_form(formdata=None, description=tidy(words)[:LONGEST_DESCRIPTION])
    form.made.data = stamp(form.now)
    if point:
        form.village.data, form.place.data = point.village_code or "", point.place
    return _form_page(form)


def _form_page(form: ReportForm, *, as_new: bool = False) -> str:
    return render_template(
        "complaints/report.html",
        form=form,
        numbers=entrance.emergency_numbers(),
        urgent=" ".join(form.urgent),
        as_new=as_new,
        has_map=maps.show_map(),
        photos_lost=bool(photo_intake.chosen()),
    )


def _phone_first_page(form: ReportForm) -> str:
    """The numbers before the report is sent, with everything kept."""
    kept = _kept(form, {form.urgent_seen.name})
    lost = bool(photo_intake.chosen())
    numbers = entrance.emergency_numbers()
    return render_template("complaints/phone_first.html", form=form, numbers=numbers, kept=kept, photos_lost=lost)


def _asks_for_similar(form: ReportForm) -> bool:
    """Whether similar reports are to be shown first. Never when photos came along: a page can't keep them, and a
    second report of the same costs less than a lost photo.
    """
    return not (form.similar_seen.data or photo_intake.chosen() or nearby.chosen_case(form))


def _similar_page(form: ReportForm, offers: Sequence[Offer]) -> str:
    """What was reported before, with everything kept."""
    kept = _kept(form, {form.similar_seen.name, form.join.name})
    category = next(str(kind.label) for kind in form.category.choices if kind.value == form.category.data)
    return render_template("complaints/similar.html", form=form, offers=offers, category=category, kept=kept)


def _kept(form: ReportForm, dropped: set[str]) -> list[tuple[str, str]]:
    """What was typed, to be sent once more."""
    names = [name for name in form._fields if name in request.form and name not in {"csrf_token", *dropped}]
    return [(name, request.form[name]) for name in names]


def _receipt_page(handed: Handed, form: ReportForm) -> ResponseReturnValue:
    """With what became of the photos. `as_new`: it was to join a report that was closed meanwhile."""
    page = render_template(
        "complaints/receipt.html",
        handed=handed,
        numbers=entrance.emergency_numbers() if form.category.data in form.urgent else (),
        track_url=entrance.track_url(handed.code) if handed.code else "",
        as_new=bool(form.join.data) and not handed.joined,
        by_mail=bool(form.email.data and current_app.config["SETTINGS"].smtp_url and not current_office().invented),
        brought=photo_intake.take_with(handed, form.submission_id.data, now=clock.now()),
    )
    return page, HTTPStatus.CREATED if handed.created else HTTPStatus.OK


def _missing_page(typed: str) -> ResponseReturnValue:
    """No such receipt: the code as typed, ready to be mended."""
    form = ReceiptForm(formdata=None, receipt=typed[:100])
    number = receipts.parse_public_number(typed) is not None
    return render_template("complaints/ask.html", form=form, missing=True, is_number=number), HTTPStatus.NOT_FOUND
