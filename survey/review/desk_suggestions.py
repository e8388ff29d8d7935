"""Suggestions: read, searched, and marked with what they speak of and what became of them."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import Month
from core.db import read_afresh, reader
from offices import queries as offices
from offices.access import signature, staff_blueprint
from offices.current import current_office
from offices.rights import Action
from survey.review import queries, reading, suggestion_queries, suggestions
from survey.review.asking import Filters
from survey.review.forms import MarkForm
from survey.review.shown import Page
from survey.review.terms import STATE_LABELS

desk = staff_blueprint("survey_suggestions", __name__, Action.HANDLE_SUGGESTIONS)


@desk.get("/petugas/survei/saran")
def listed() -> str:
    """A page of a period's suggestions."""
    return _page(_form(sent=False))


@desk.post("/petugas/survei/saran")
def mark() -> ResponseReturnValue:
    """Mark those that are ticked."""
    form = _form(sent=True)
    picked = Page.SUGGESTIONS.ticked(request.form.getlist("pilih"))
    if form.validate() and form.accepted(lambda: _marked(form, picked)):
        query: dict[str, Any] = {**_filters().query()}
        return redirect(url_for(".listed", sesudah=request.args.get("sesudah"), **query), HTTPStatus.SEE_OTHER)
    return _page(form), form.status


@desk.get("/petugas/survei/saran/<uuid:rating_id>")
def one(rating_id: UUID) -> str:
    """One suggestion by itself: the only page with the words of a hidden one."""
    return _one(rating_id, _form(sent=False))


@desk.post("/petugas/survei/saran/<uuid:rating_id>")
def mark_one(rating_id: UUID) -> ResponseReturnValue:
    """Mark it."""
    form = _form(sent=True)
    if form.validate() and form.accepted(lambda: _marked(form, [Page.SUGGESTIONS.meant(rating_id)])):
        return redirect(url_for(".one", rating_id=rating_id), HTTPStatus.SEE_OTHER)
    return _one(rating_id, form), form.status


def _marked(form: MarkForm, picked: list[UUID]) -> None:
    count = suggestions.mark(rating_ids=picked, marking=form.marking(), **signature())
    words = _("%(count)s saran ditandai.", count=count) if count else _("Saran itu tidak ada lagi.")
    flash(words, "success" if count else "warning")


def _page(form: MarkForm) -> str:
    session = read_afresh() if request.method == "POST" else reader()
    after = Page.SUGGESTIONS.cursor(request.args.get("sesudah", ""))
    found = reading.suggestion_list(session, current_office().id, _filters(), after, Month.of(clock.now()))
    picked = set(request.form.getlist("pilih"))
    return render_template(
        "survey/suggestions.html",
        page=found,
        filters=found.filters,
        form=form,
        picked=picked,
        states=STATE_LABELS,
        names=Page.SUGGESTIONS,
    )


def _one(rating_id: UUID, form: MarkForm) -> str:
    session, office_id = read_afresh() if request.method == "POST" else reader(), current_office().id
    found = suggestion_queries.suggestion(session, office_id, Page.SUGGESTIONS.meant(rating_id))
    line, people = reading.suggestion_line(session, office_id, found), offices.people(session, office_id)
    return render_template("survey/suggestions_one.html", line=line, people=people, form=form, states=STATE_LABELS)


def _form(*, sent: bool) -> MarkForm:
    plan = queries.open_lines(reader(), current_office().id)
    return MarkForm(plan) if sent else MarkForm(plan, formdata=None)


def _filters() -> Filters:
    return Filters.parse(request.args, Month.of(clock.now()))
