"""Settings pages: the questions of an edition that has not started, and the translations of any."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.db import reader
from core.errors import Missing
from offices.access import signature, signed_in, staff_blueprint
from offices.forms import ButtonForm
from offices.rights import Action
from survey.editing import drafting, queries, translating
from survey.editing.draft import Draft
from survey.editing.edition_forms import WordsForm, groups, question_form, shown, translations_form
from survey.elements import ELEMENTS, Element
from survey.questionnaire import Question

desk = staff_blueprint("survey_questions", __name__, Action.MANAGE_SURVEY)
PLACES = {"naik": -1, "turun": 1}
ACTS = {*PLACES, "hapus"}


@desk.route("/pengaturan/kuesioner/<edition_code>/pertanyaan/baru", methods=["GET", "POST"])
def new_question(edition_code: str) -> ResponseReturnValue:
    """One question more about an element (`unsur`); its answers begin with those of the element's first."""
    draft = queries.draft(reader(), signed_in().office_id, edition_code)
    element = _element(request.values.get("unsur", ELEMENTS[0].key.value))
    first = draft.items_of(element.key)[0]
    begun = shown(Question("", element.key, "", first.labels), {})
    form = question_form()(data=begun)
    if form.validate_on_submit() and form.accepted(
        lambda: drafting.add_question(code=edition_code, element=element.key, **form.values(), **signature())
    ):
        flash(_("Pertanyaan ditambahkan."), "success")
        return redirect(url_for("survey_editions.edition", edition_code=edition_code, _anchor=element.key))
    return _page(edition_code, draft, form, element), form.status


@desk.route("/pengaturan/kuesioner/<edition_code>/pertanyaan/<question_key>", methods=["GET", "POST"])
def question(edition_code: str, question_key: str) -> ResponseReturnValue:
    """The words of one question, and its translations."""
    draft = queries.draft(reader(), signed_in().office_id, edition_code)
    found = draft.question(question_key)
    earlier = shown(found, draft.translated(question_key))
    form = question_form()(data=earlier)
    if (
        form.validate_on_submit()
        and form.follows(earlier)
        and form.accepted(lambda: drafting.reword(code=edition_code, key=question_key, **form.values(), **signature()))
    ):
        flash(_("Pertanyaan disimpan."), "success")
        return redirect(url_for("survey_editions.edition", edition_code=edition_code, _anchor=found.element))
    return _page(edition_code, draft, form, _element(found.element), found), form.status


@desk.post("/pengaturan/kuesioner/<edition_code>/pertanyaan/<question_key>/<act>")
def change(edition_code: str, question_key: str, act: str) -> ResponseReturnValue:
    """Move a question by one place, or remove it."""
    if act not in ACTS:
        abort(404)
    button, places = ButtonForm(), PLACES.get(act)
    which = {"code": edition_code, "key": question_key}
    done = button.validate() and button.accepted(
        lambda: (
            drafting.move_question(places=places, **which, **signature())
            if places
            else drafting.remove_question(**which, **signature())
        )
    )
    for messages in () if done else button.errors.values():
        flash(str(messages[0]), "error")
    return redirect(url_for("survey_editions.edition", edition_code=edition_code, _anchor="pertanyaan"))


@desk.route("/pengaturan/kuesioner/<edition_code>/terjemahan/<question_key>", methods=["GET", "POST"])
def translations(edition_code: str, question_key: str) -> ResponseReturnValue:
    """A question in other languages, beside the Indonesian words, which stay."""
    draft = queries.draft(reader(), signed_in().office_id, edition_code)
    found = draft.question(question_key)
    form = translations_form()(data=shown(None, draft.translated(question_key)))
    if form.validate_on_submit() and form.accepted(
        lambda: translating.correct(code=edition_code, key=question_key, **form.translations(), **signature())
    ):
        flash(_("Terjemahan disimpan."), "success")
        return redirect(url_for("survey_editions.edition", edition_code=edition_code, _anchor=question_key))
    words = {"code": edition_code, "draft": draft, "form": form, "question": found, "groups": groups(form)}
    return render_template("survey/edition_translations.html", **words), form.status


def _element(key: str) -> Element:
    found = next((each for each in ELEMENTS if each.key == key), None)
    if found is None:
        raise Missing("Unsur ini tidak ada.")
    return found


def _page(code: str, draft: Draft, form: WordsForm, element: Element, found: Question | None = None) -> str:
    words = {"code": code, "draft": draft, "form": form, "element": element, "question": found}
    return render_template("survey/edition_question.html", **words, groups=groups(form))
