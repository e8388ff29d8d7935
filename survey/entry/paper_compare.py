"""The page on which it is decided what stands on a paper form that two entries read differently."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.errors import Missing
from offices.access import Signature
from offices.models import Staff
from survey import queries
from survey.entry import paper_entry_page, paper_page, paper_queries
from survey.entry.paper_forms import SheetForm
from survey.entry.paper_page import Pile
from survey.entry.paper_terms import INCOMPLETE, SERVICE_KEYS, SUGGESTION, Given, Sheet
from survey.forms import NAMES, RESPONDENT


@dataclass(frozen=True)
class Deciding:
    """A form on which two readings differ, and a form of ours with those fields only."""

    office_id: int
    pile: Pile
    sheet: Sheet
    form: SheetForm

    def read(self, given: Given, name: str) -> str:
        """What a reading has in a field, in words."""
        if name == INCOMPLETE:
            return _("tidak lengkap") if given.is_incomplete else _("lengkap")
        text = given.texts[name]
        if name == SUGGESTION or not text:
            return text or _("kosong")
        labels = {choice.value: str(choice.label) for choice in self.form[name].iter_choices()}
        return labels.get(text, text)


def place(session: Session, reader: Staff, batch_id: UUID, number: int) -> Deciding:
    """The form of this number; raises Missing where nothing is to be decided, or it is not for this reader."""
    office_id = reader.office_id
    pile = paper_page.readable(session, office_id, batch_id, reader)
    sheet = _sheet(session, office_id, pile, number)
    if sheet is None or not sheet.differing:
        raise Missing(_("Pada nomor ini kedua masukan sama."))
    form = paper_entry_page.blank(session, office_id, pile, sheet.decided)
    form.ask_only(sheet.differing)
    return Deciding(office_id, pile, sheet, form)


def shown(session: Session, at: Deciding) -> str:
    """The page."""
    names = field_names(session, at.office_id, at.pile)
    told = paper_page.told(at.pile)
    return render_template("survey/paper_decide.html", at=at, told=told, names=names, service_keys=SERVICE_KEYS)


def next_open(session: Session, pile: Pile, signature: Signature) -> str:
    """The address of the next form to decide on, or of the overview where none is left."""
    compared = paper_page.compared(session, signature["office_id"], pile.id, signature["now"])
    if not compared.differing:
        return url_for("survey_paper_compare.overview", batch_id=pile.id)
    return url_for("survey_paper_compare.decide", batch_id=pile.id, sheet=compared.differing[0].number)


def field_names(session: Session, office_id: int, pile: Pile) -> Mapping[str, str]:
    """What the fields of a pile's forms are called."""
    asked = queries.questionnaire(session, office_id, pile.edition_code)
    questions = {each.key: str(NAMES[each.element]) for each in asked.questions} if asked else {}
    about = {name: str(label) for name, (label, _codes) in RESPONDENT.items()}
    rest = {"service": _("Layanan"), SUGGESTION: _("Saran"), INCOMPLETE: _("Lengkap atau tidak")}
    return questions | about | rest


def _sheet(session: Session, office_id: int, pile: Pile, number: int) -> Sheet | None:
    found = paper_queries.sheets(session, office_id, pile.id)
    return next((sheet for sheet in found if sheet.number == number), None)
