"""The page on which one paper form is entered, and what is answered when it was sent."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from core.db import read_afresh
from core.errors import Conflict, Missing, Refused
from offices import queries as offices
from offices.access import Signature
from offices.forms import ButtonForm
from offices.models import Staff
from survey import queries
from survey.entry import paper, paper_page, paper_queries
from survey.entry.paper_forms import SheetForm, sheet_form_for
from survey.entry.paper_page import Pile
from survey.entry.paper_terms import INCOMPLETE, MOST_FORMS, SERVICE_KEYS, Given, Turn

JUST_ENTERED = 12  # numbers to go back to


@dataclass(frozen=True)
class Place:
    """Which form of which pile is entered, and the reading of it that is there already (None: a new one)."""

    pile: Pile
    turn: Turn
    number: int
    known: Given | None


def turn_of(number: int) -> Turn:
    """From an address; raises Missing."""
    if number not in {Turn.FIRST, Turn.SECOND}:
        raise Missing(_("Masukan ini tidak ada."))
    return Turn(number)


def place(session: Session, reader: Staff, batch_id: UUID, turn: int, number: int) -> Place:
    """The place of one form; raises Missing, also where it is not for this reader."""
    office_id = reader.office_id
    found = paper_page.readable(session, office_id, batch_id, reader)
    if not 1 <= number <= MOST_FORMS:
        raise Missing(_("Nomor ini tidak ada."))
    row = paper_queries.form(session, office_id, batch_id, turn_of(turn), number)
    return Place(found, turn_of(turn), number, Given.of(row.given) if row else None)


def blank(session: Session, office_id: int, pile: Pile, known: Given | None) -> SheetForm:
    """The form for a pile's edition, with what was read before."""
    asked = queries.questionnaire(session, office_id, pile.edition_code)
    if asked is None:
        raise Missing(_("Edisi kuesioner ini tidak ada."))
    before: dict[str, Any] = {**known.texts, INCOMPLETE: known.is_incomplete} if known else {}
    form = sheet_form_for(asked)(was=paper.digest_of(known), **before)
    services = [(row.code, row.name) for row in offices.services(session, office_id)]
    form.offer(services if pile.service_code is None else None)
    return form


def shown(session: Session, office_id: int, at: Place, form: SheetForm) -> ResponseReturnValue:
    """The page; what is wrong with the form on it as JSON where a script asks."""
    if request.method == "POST" and wants_json():
        told = {"errors": form.field_errors, "said": [str(words) for words in form.form_errors]}
        return jsonify(told | {"token": generate_csrf()}), form.status
    return _page(session, office_id, at, form), form.status


def keep(at: Place, form: SheetForm, signature: Signature) -> ResponseReturnValue:
    """Keep what the form says, and answer."""
    office_id = signature["office_id"]
    try:
        paper.save(
            batch_id=at.pile.id,
            turn=at.turn,
            number=at.number,
            given=form.given(),
            was=form.was.data or "",
            **signature,
        )
    except Missing:
        raise
    except Refused as refusal:
        form.refuse(refusal)
        answer = taken_already if isinstance(refusal, Conflict) else shown
        return answer(read_afresh(), office_id, at, form)
    return saved(read_afresh(), office_id, at)


def saved(session: Session, office_id: int, at: Place) -> ResponseReturnValue:
    """On to the next form; when there is none, to the comparison."""
    following = paper_queries.next_number(session, office_id, at.pile.id, at.turn)
    words = _("No. %(number)s tersimpan.", number=at.number)
    address = _address(at, following)
    if wants_json():
        return jsonify({"said": [words], "number": at.number, "next": following, "url": address})
    flash(words, "success")
    return redirect(address, HTTPStatus.SEE_OTHER)


def taken_already(session: Session, office_id: int, at: Place, form: SheetForm) -> ResponseReturnValue:
    """Somebody else has entered this number meanwhile: in the first entry what is filled in gets the next one."""
    if at.turn is Turn.FIRST:
        number = paper_queries.next_number(session, office_id, at.pile.id, at.turn) or at.number
        at = Place(at.pile, at.turn, number, None)
        form.was.data = ""
        form.form_errors.append(_("Isian ini belum tersimpan. Tekan Simpan: ia menjadi No. %(number)s.", number=number))
    else:
        form.form_errors.append(_("Isian ini belum tersimpan. Buka nomor itu, dan bandingkan dengan kertasnya."))
    if wants_json():
        told = {"said": [str(words) for words in form.form_errors], "next": at.number, "url": _address(at, at.number)}
        return jsonify(told), HTTPStatus.CONFLICT
    return _page(session, office_id, at, form), HTTPStatus.CONFLICT


def wants_json() -> bool:
    """Whether a script asks."""
    return request.accept_mimetypes.best == "application/json"


def _page(session: Session, office_id: int, at: Place, form: SheetForm) -> str:
    numbers = paper_queries.numbers(session, office_id, at.pile.id, at.turn)
    return render_template(
        "survey/paper_sheet.html",
        at=at,
        form=form,
        told=paper_page.told(at.pile),
        recent=numbers[-JUST_ENTERED:],
        action=_address(at, at.number),
        service_keys=SERVICE_KEYS,
        button=ButtonForm(formdata=None),
    )


def _address(at: Place, number: int | None) -> str:
    if number is None:
        return url_for("survey_paper_compare.overview", batch_id=at.pile.id)
    return url_for("survey_paper_entry.sheet", batch_id=at.pile.id, turn=at.turn.value, sheet=number)
