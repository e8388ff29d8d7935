"""What the pages and the programs' interface share: the form with its choices, taking in, finding by receipt."""

from typing import Any

from flask import current_app, request, url_for

from complaints import queries, receipts
from complaints.contacts import Who
from complaints.queries import Opened
from complaints.reporting import arrivals, intake, joining, nearby
from complaints.reporting.forms import Choices, ReportForm, choices
from complaints.reporting.intake import Handed, Keys, Report
from complaints.terms import Source
from core import clock
from core.calendar import wib_day
from core.db import reader
from core.errors import Missing
from core.guessing import guessing
from core.identity_key import identity_key
from offices import points, settings
from offices import queries as office_queries
from offices.current import current_office, office_of_code
from offices.kept import kept
from offices.models import Office, Point


def report_form(**options: Any) -> ReportForm:
    """The form with the office's categories and desa; `options` are those of the forms library."""
    form = ReportForm(**options)
    form.now = clock.now()
    form.offer(report_choices())
    return form


def report_choices() -> Choices:
    """What can be chosen in this request's office."""
    return kept(office := current_office(), "report choices", lambda: _choices(office.id))


def _choices(office_id: int) -> Choices:
    return choices(queries.open_categories(reader(), office_id), office_queries.villages(reader(), office_id))


def point_of(code: str) -> Point | None:
    """The open point with this code, whose office becomes the request's; None when there is none."""
    code = points.canonical(code)
    office = office_of_code(code)
    return office_queries.open_point(reader(), office.id, code) if office else None


def take(form: ReportForm, point: Point | None, source: Source) -> Handed:
    """Take the checked form in; raises Conflict when its submission came before with other content.

    What looks doubtful is never joined to somebody's report: a person sees it first, as a report of its own.
    """
    office, words = current_office(), form.description.data
    doubt = arrivals.doubt_about(trap=form.situs.data, stamped=form.made.data, words=words, now=form.now)
    handed = (None if doubt else _joined(form, point)) or intake.submit(
        office_id=office.id,
        prefix=office.prefix,
        **form.values(),
        point=point.code if point else None,
        source=source,
        keys=kept_keys(),
        held_because=doubt,
        found_village=nearby.found_village(form),
        now=form.now,
    )
    if handed.created:
        arrivals.arrivals().came(request.remote_addr or "", words)
    return handed


def _joined(form: ReportForm, point: Point | None) -> Handed | None:
    """On the report that the resident found to be the same; None when there is none, or it is open no longer."""
    case = nearby.chosen_case(form)
    if case is None:
        return None
    office = current_office()
    return joining.join(
        office_id=office.id,
        prefix=office.prefix,
        complaint_id=case,
        submission_id=form.submission_id.data,
        report=_content(form, point),
        keys=kept_keys(),
        now=form.now,
    )


def _content(form: ReportForm, point: Point | None) -> Report:
    """What makes two submissions the same, as `intake.submit` would have it."""
    values = form.values()
    return Report(
        category=values["category"],
        description=values["description"],
        village=values["village"],
        place=values["place"],
        lat=values["lat"],
        lng=values["lng"],
        happened_at=values["happened_at"],
        confidential=values["confidential"],
        point=point.code if point else None,
        who=Who(values["name"], values["phone"], values["email"]),
    )


def emergency_numbers() -> list[tuple[str, str]]:
    """(number, name) of those who come at once."""
    in_force = settings.in_force(reader(), current_office().id, wib_day(clock.now()))
    return settings.phone_numbers(in_force["emergency_numbers"])


def kept_keys() -> Keys:
    """The installation's keys."""
    return Keys(receipt=current_app.config["RECEIPT_KEY"], identity=identity_key())


def track_url(code: str) -> str:
    """The full address at which this receipt's report can be followed."""
    return f"{current_app.config['SETTINGS'].base_url}{url_for('complaints_public.track', code=code)}"


def opened(typed: str) -> Opened:
    """What the receipt that somebody typed opens; raises Missing, ever more slowly, when nobody has it."""
    guard, address = guessing(), request.remote_addr or ""
    found = _look_up(typed)
    if found is None:
        reader().close()  # a guess must not hold a connection while it waits
        guard.miss(address)
        raise Missing("Kode ini tidak kami temukan.")
    return found


def _look_up(typed: str) -> Opened | None:
    receipt = receipts.parse(typed, current_office().prefix)
    office = _office_of(receipt.prefix) if receipt else None
    if receipt is None or office is None:
        return None
    digest = receipts.digest(current_app.config["RECEIPT_KEY"].encode(), receipt)
    return queries.opened_by(reader(), office.id, digest)


def _office_of(prefix: str) -> Office | None:
    """The request's own office needs no asking."""
    return current_office() if current_office().prefix == prefix else office_of_code(prefix)
