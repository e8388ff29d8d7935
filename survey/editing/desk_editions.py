"""Settings pages: the editions of the questionnaire, and how residents will see one."""

from datetime import date, timedelta
from http import HTTPStatus

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core import clock
from core.calendar import ONE_DAY, wib_day
from core.db import reader
from core.web import csp_nonce
from offices import settings
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action
from survey import languages
from survey.editing import drafting, previewing, queries
from survey.editing.draft import Draft
from survey.editing.edition_forms import EditionForm, NewEditionForm
from survey.editing.queries import State
from survey.elements import ELEMENTS
from survey.forms import NAMES, form_for
from survey.questionnaire import MOST_ITEMS

desk = staff_blueprint("survey_editions", __name__, Action.MANAGE_SURVEY)
NOTICE = timedelta(days=14)  # a first day to begin with: time enough to look at it together
# The page looks as it will look, and nothing can leave it: no form, no script, no connection.
SEALED = "default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; form-action 'none'; base-uri 'none'"


@desk.get("/pengaturan/kuesioner")
def editions() -> ResponseReturnValue:
    """All editions: coming, in force, past."""
    found = queries.editions(reader(), signed_in().office_id, _today())
    return render_template("survey/editions.html", editions=found, State=State)


@desk.route("/pengaturan/kuesioner/baru", methods=["GET", "POST"])
def new_edition() -> ResponseReturnValue:
    """A new edition, begun with the questions of another."""
    known = queries.editions(reader(), signed_in().office_id, _today())
    form = NewEditionForm(source=_asked_source(), starts_on=_today() + NOTICE)
    form.offer(known)
    if form.validate_on_submit() and form.accepted(
        lambda: drafting.begin(code=form.code.data or "", source=form.source.data, **form.values(), **signature())
    ):
        flash(_("Edisi baru dibuat. Ubah pertanyaannya, lalu lihat pratinjaunya."), "success")
        return redirect(url_for(".edition", edition_code=form.code.data))
    return render_template("survey/edition_new.html", form=form, tomorrow=_today() + ONE_DAY), form.status


@desk.route("/pengaturan/kuesioner/<edition_code>", methods=["GET", "POST"])
def edition(edition_code: str) -> ResponseReturnValue:
    """One edition: its name and first day, and its questions in order."""
    draft = queries.draft(reader(), signed_in().office_id, edition_code)
    form = EditionForm(name=draft.name, starts_on=draft.starts_on)
    if form.validate_on_submit() and form.accepted(
        lambda: drafting.describe(code=edition_code, **form.values(), **signature())
    ):
        flash(_("Edisi disimpan."), "success")
        return redirect(url_for(".edition", edition_code=edition_code))
    return _page(edition_code, draft, form), form.status


@desk.route("/pengaturan/kuesioner/<edition_code>/hapus", methods=["GET", "POST"])
def discard(edition_code: str) -> ResponseReturnValue:
    """Delete an edition that has not started, after asking once."""
    found = queries.edition(reader(), signed_in().office_id, edition_code, _today())
    button = ButtonForm()
    if button.validate_on_submit() and button.accepted(lambda: drafting.discard(code=edition_code, **signature())):
        flash(_("Edisi %(name)s dihapus.", name=found.name), "success")
        return redirect(url_for(".editions"))
    return render_template("survey/edition_discard.html", edition=found, button=button, State=State), button.status


@desk.get("/pengaturan/kuesioner/<edition_code>/pratinjau")
def preview(edition_code: str) -> Response:
    """The form as residents will see it; it can't send anything."""
    office_id = signed_in().office_id
    draft = queries.draft(reader(), office_id, edition_code)
    known = languages.known(settings.in_force(reader(), office_id, _today()))
    language = known.get(request.args.get(languages.ASKED, languages.INDONESIAN)) or abort(404)
    place = previewing.place_of(reader(), office_id, edition_code, draft, language.code)
    form = form_for(place.questionnaire)(None, edition=edition_code)
    form.offer(place.services)
    languages.speak(language)
    page = render_template(
        "survey/edition_preview.html",
        place=place,
        form=form,
        others=(),
        status=HTTPStatus.OK,
        draft=draft,
        language=language,
        languages=known.values(),
        code=edition_code,
    )
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = SEALED.format(nonce=csp_nonce())
    return answer


def _page(code: str, draft: Draft, form: EditionForm) -> str:
    listed = queries.edition(reader(), signed_in().office_id, code, _today())
    return render_template(
        "survey/edition.html",
        edition=listed,
        draft=draft,
        form=form,
        button=ButtonForm(),
        elements=ELEMENTS,
        names=NAMES,
        most=MOST_ITEMS,
        State=State,
        tomorrow=_today() + ONE_DAY,
    )


def _asked_source() -> str:
    return request.args.get("dari", "")


def _today() -> date:
    return wib_day(clock.now())
