"""Reads everything that a report of a period is made of."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.calendar import wib_day
from core.periods import Period
from offices import queries as offices
from offices import settings
from offices.models import Office
from survey.elements import ElementKey
from survey.figures import building
from survey.figures.changes import Change, compare, compare_element
from survey.figures.priorities import priorities
from survey.figures.results import Figures
from survey.reports import words
from survey.reports.closing import MOST_PRINTED_ROWS
from survey.reports.document import Letters
from survey.reports.history import history
from survey.reports.material import Head, Material, PlanLine, Respondent, Said
from survey.reports.rows import respondents
from survey.review import queries as review
from survey.review.models import FollowUp
from survey.review.terms import STATUS_LABELS, Status


def gather(session: Session, office: Office, period: Period, now: datetime) -> Material:
    """The material, by a number of readings that does not grow with the ratings."""
    figures = building.build(session, office, period)
    earlier = building.build(session, office, period.previous())
    services = {each.code: each.name for each in offices.services(session, office.id)}
    changes = {key: compare_element(earlier.answers[key], figures.answers[key]) for key in ElementKey}
    return Material(
        letters=letters(office),
        head=_head(session, office, wib_day(now)),
        figures=figures,
        earlier=earlier,
        change=compare(earlier.whole.sums, figures.whole.sums, figures.weight),
        element_changes=changes,
        priorities=priorities(figures, earlier),
        history=history(session, office, [earlier, figures]),
        plan=_plan(review.of_period(session, office.id, str(period)), services, {}),
        earlier_plan=_plan(review.of_period(session, office.id, str(earlier.period)), services, changes),
        said=_said(session, office, figures),
        rows=_rows(session, office, figures),
        made_at=now,
    )


def letters(office: Office) -> Letters:
    """The office as it heads its letters."""
    address = _("Provinsi %(province)s · Kode Pos %(postcode)s", province=office.province, postcode=office.postcode)
    demo = _("Data contoh: semua isi laporan ini karangan.") if office.invented else ""
    return Letters(_("Pemerintah %(regency)s", regency=office.regency), office.name, address, demo)


def _head(session: Session, office: Office, day: date) -> Head:
    """Who signs on that day."""
    name, number = settings.signer(settings.in_force(session, office.id, day))
    seat = office.name.removeprefix("Kecamatan ")
    return Head(f"Camat {seat}", name, number, seat)


def _plan(
    rows: Sequence[FollowUp], services: Mapping[str, str], changes: Mapping[ElementKey, Change | None]
) -> list[PlanLine]:
    return [
        PlanLine(
            element=words.element(ElementKey(row.element)),
            service=services.get(row.service_code, row.service_code) if row.service_code else "",
            action=row.action,
            due=Period.parse(row.due).long,
            owner=row.owner,
            status=str(STATUS_LABELS[Status(row.status)]),
            result=row.result,
            change=None if row.service_code else changes.get(ElementKey(row.element)),
        )
        for row in rows
    ]


def _said(session: Session, office: Office, figures: Figures) -> Said:
    return Said(0, [], [])


def _rows(session: Session, office: Office, figures: Figures) -> list[Respondent] | None:
    if figures.whole.respondents > MOST_PRINTED_ROWS:
        return None
    return list(respondents(session, office.id, figures))
