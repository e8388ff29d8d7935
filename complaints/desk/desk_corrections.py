"""Wishes of residents to have the words of their report corrected: the list with its clocks, and the answers."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from complaints.following import corrections
from complaints.law_models import Outcome
from core import clock
from core.db import read_afresh, reader
from core.forms import HouseForm, Words, tidy
from offices.access import asks_for, may, signature, signed_in, staff_blueprint
from offices.rights import Action

desk = staff_blueprint("desk_corrections", __name__, Action.SEE_CORRECTIONS)
LONGEST_ANSWER = 2000


class CorrectionForm(HouseForm):
    """An officer's answer."""

    outcome = RadioField(
        _l("Jawaban"),
        choices=[
            SelectChoice(Outcome.DONE.value, _l("Betulkan seperti yang diminta")),  # type: ignore[arg-type]
            SelectChoice(Outcome.REFUSED.value, _l("Tolak")),  # type: ignore[arg-type]
        ],
        validators=[InputRequired(_l("belum dipilih."))],
    )
    answer = TextAreaField(_l("Kata untuk warga"), filters=[tidy], validators=[Words(LONGEST_ANSWER)])


@desk.get("/petugas/permintaan-data")
def listed() -> ResponseReturnValue:
    """What waits, and what was answered."""
    return _page(None, CorrectionForm(formdata=None))


@desk.post("/petugas/permintaan-data/<uuid:correction_id>")
@asks_for(Action.HANDLE_CASES)
def answer(correction_id: UUID) -> ResponseReturnValue:
    """Correct it, or say why not."""
    form, me = CorrectionForm(), signed_in().id
    corrections.asked(reader(), signed_in().office_id, correction_id)
    if form.validate() and form.accepted(
        lambda: corrections.answer(
            correction_id=correction_id,
            outcome=Outcome(form.outcome.data),
            answer=form.answer.data or "",
            staff_id=me,
            **signature(),
        )
    ):
        flash(_("Jawaban disimpan. Warga membacanya di “Data saya”."), "success")
        return redirect(url_for(".listed"))
    return _page(correction_id, form)


@desk.app_template_global()
def corrections_waiting() -> int:
    """How many wait; 0 for those who see none of them."""
    return corrections.waiting(reader(), signed_in().office_id) if may(Action.SEE_CORRECTIONS) else 0


def _page(tried: UUID | None, form: CorrectionForm) -> ResponseReturnValue:
    rows = corrections.wishes(read_afresh(), signed_in().office_id, clock.now())
    blank = CorrectionForm(formdata=None)
    page = render_template("complaints/desk/corrections.html", rows=rows, tried=tried, form=form, blank=blank)
    return page, form.status
