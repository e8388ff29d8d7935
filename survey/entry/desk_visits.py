"""The desk of visits: codes to hand out, on the screen and on paper."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core import clock
from core.db import reader
from offices import qr, queries
from offices.access import signed_in, staff_blueprint
from offices.addresses import reachable_by_phones
from offices.current import current_office
from offices.rights import Action
from survey.entry import slips
from survey.entry.desk_counts import page
from survey.entry.visit_forms import CodeForm
from survey.visits import codes, service, using
from survey.visits import queries as visits
from survey.visits.models import VisitCode

desk = staff_blueprint("survey_visit_codes", __name__, Action.ENTER_RATINGS)


@desk.post("/petugas/survei/kunjungan/kode")
def give() -> ResponseReturnValue:
    """Give out codes; the next page shows them."""
    form, account = CodeForm(), signed_in()
    made: list[UUID] = []
    if form.validate() and form.accepted(
        lambda: made.append(
            service.issue(
                office_id=account.office_id,
                prefix=current_office().prefix,
                service_code=form.service.data or "",
                count=form.count.data or 0,
                key=using.key(),
                by=account.id,
                now=clock.now(),
            )
        )
    ):
        return redirect(url_for(".show", visit_id=made[0]))
    return page(giving=form), form.status


@desk.get("/petugas/survei/kunjungan/kode/<uuid:visit_id>")
def show(visit_id: UUID) -> ResponseReturnValue:
    """What was given out, to be scanned from the screen or read aloud; and ways to print it."""
    batch = _batch(visit_id)
    address = _address(batch[0])
    return render_template(
        "survey/visits_code.html",
        batch=batch,
        codes=[_code(visit) for visit in batch],
        service=queries.service(reader(), batch[0].office_id, batch[0].service_code),
        drawing=qr.svg_inline(address),
        address=address.partition("://")[2],
        papers=slips.PAPERS,
        is_reachable=reachable_by_phones(_base_url()),
        form=CodeForm(formdata=None, service=batch[0].service_code),
    )


@desk.get("/petugas/survei/kunjungan/kode/<uuid:visit_id>.pdf")
def printed(visit_id: UUID) -> ResponseReturnValue:
    """The slips: one below the other for a receipt printer, or many on a sheet."""
    batch = _batch(visit_id)
    asked = request.args.get("kertas", "")
    paper = asked if asked in slips.PAPERS else next(iter(slips.PAPERS))
    name = queries.service(reader(), batch[0].office_id, batch[0].service_code).name
    made = slips.pdf_of(
        current_office(), name, batch[0].valid_until, [(_code(visit), _address(visit)) for visit in batch], paper
    )
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=karcis.pdf"})


def _batch(visit_id: UUID) -> Sequence[VisitCode]:
    return visits.batch(reader(), signed_in().office_id, visit_id)


def _code(visit: VisitCode) -> str:
    return str(codes.make(using.key(), current_office().prefix, visit.id))


def _address(visit: VisitCode) -> str:
    return _base_url() + url_for("survey_visits.blank", code=_code(visit))


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)
