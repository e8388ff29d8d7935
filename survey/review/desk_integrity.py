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
from core.errors import Refused
from offices.access import signature, staff_blueprint
from offices.current import current_office
from offices.rights import Action
from survey.review import excluding, integrity, looking
from survey.review.forms import ReasonForm
from survey.review.lists import IN_FLIGHT, Asked, Look, moment
from survey.review.shown import Page

KEEP, EXCLUDE, RESTORE = "tetap", "keluar", "hitung"  # what the buttons say
ALL = "-semua"  # how the buttons end that are for the whole list, not for what is ticked
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
    verdict = request.form.get("putusan", "")
    chosen = _drawn(asked) if verdict.endswith(ALL) else Page.INTEGRITY.ticked(request.form.getlist("pilih"))
    given: dict[str, Any] = {"rating_ids": chosen, "reason": form.reason.data or ""}
    word = verdict.removesuffix(ALL)
    if asked.look == Look.EXCLUDED and word == RESTORE:
        count = excluding.restore(**given, **signature())
        words = _("%(count)s penilaian dihitung lagi.", count=count)
    elif word == KEEP:
        count = excluding.keep(**given, **signature())
        words = _("%(count)s penilaian tetap dihitung.", count=count)
    elif word == EXCLUDE:
        count = excluding.exclude(**given, **signature())
        words = _("%(count)s penilaian dikeluarkan dari indeks.", count=count)
    else:
        raise Refused(_("Pilih dulu: tetap hitung, atau keluarkan dari indeks."))
    flash(
        words if count else _("Tidak ada yang berubah: orang lain sudah memutuskannya."), "success" if count else "info"
    )


def _drawn(asked: Asked) -> Sequence[UUID]:
    drawn = replace(asked, until=moment(request.form.get("sampai", "")))
    return looking.as_drawn(read_afresh(), current_office(), drawn, request.form.get("daftar", ""))


def _page(form: ReasonForm) -> str:
    session = read_afresh() if request.method == "POST" else reader()
    asked = replace(_asked(), until=clock.now() - IN_FLIGHT)
    found = looking.overview(session, current_office(), asked, _this_month())
    picked = set(request.form.getlist("pilih"))
    return render_template(
        "survey/review.html", page=found, form=form, picked=picked, rules=integrity, shown=Page.INTEGRITY.shown
    )


def _asked() -> Asked:
    asked = Asked.parse(request.args, _this_month())
    return replace(asked, after=Page.INTEGRITY.meant(asked.after)) if asked.after else asked


def _this_month() -> Month:
    return Month.of(clock.now())
