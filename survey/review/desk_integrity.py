"""The integrity review: flagged ratings, and what a named person decides about them."""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import Month
from core.db import read_afresh, reader
from offices.access import signature, staff_blueprint
from offices.current import current_office
from offices.rights import Action
from survey.review import excluding, integrity, looking
from survey.review.forms import ReasonForm
from survey.review.lists import IN_FLIGHT, Asked, Verdict, moment, verdict
from survey.review.shown import Page

ALL = "-semua"  # how the buttons end that are for the whole list, not for what is ticked
DONE = {
    Verdict.RESTORE: (excluding.restore, "%(count)s penilaian dihitung lagi."),
    Verdict.KEEP: (excluding.keep, "%(count)s penilaian tetap dihitung."),
    Verdict.EXCLUDE: (excluding.exclude, "%(count)s penilaian dikeluarkan dari indeks."),
}
desk = staff_blueprint("survey_integrity", __name__, Action.REVIEW_RATINGS)


@desk.get("/petugas/survei/tinjauan")
def listed() -> str:
    """A month's ratings that somebody should look at, and both indexes."""
    return _page(ReasonForm(formdata=None))


@desk.post("/petugas/survei/tinjauan")
def decide() -> ResponseReturnValue:
    """Take the ticked ones out of the index, or put them back."""
    form, asked = ReasonForm(), _asked()
    if form.validate() and form.accepted(lambda: _decided(form, asked)):
        query: dict[str, Any] = {**asked.query()}
        return redirect(url_for(".listed", **query), HTTPStatus.SEE_OTHER)
    return _page(form), form.status


def _decided(form: ReasonForm, asked: Asked) -> None:
    pressed = request.form.get("putusan", "")
    carry_out, words = DONE[verdict(asked.look, pressed.removesuffix(ALL))]
    chosen = _drawn(asked) if pressed.endswith(ALL) else Page.INTEGRITY.ticked(request.form.getlist("pilih"))
    count = carry_out(rating_ids=chosen, reason=form.reason.data or "", **signature())
    if count:
        flash(_(words, count=count), "success")
    else:
        flash(_("Tidak ada yang berubah: orang lain sudah memutuskannya."), "info")


def _drawn(asked: Asked) -> Sequence[UUID]:
    until, mark = moment(request.form.get("sampai", "")), request.form.get("daftar", "")
    return looking.as_drawn(read_afresh(), current_office(), asked, until=until, mark=mark)


def _page(form: ReasonForm) -> str:
    session = read_afresh() if request.method == "POST" else reader()
    found = looking.overview(session, current_office(), _asked(), now=clock.now())
    picked = set(request.form.getlist("pilih"))
    return render_template(
        "survey/review.html",
        page=found,
        form=form,
        picked=picked,
        rules=integrity,
        in_flight=IN_FLIGHT,
        shown=Page.INTEGRITY.shown,
    )


def _asked() -> Asked:
    asked = Asked.parse(request.args, _this_month())
    return replace(asked, after=Page.INTEGRITY.meant(asked.after)) if asked.after else asked


def _this_month() -> Month:
    return Month.of(clock.now())
