"""Where a rating is given: the point, the services to choose from, and the questions in force."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from offices import queries as offices
from offices.kept import kept
from offices.models import Office, Point
from offices.points import RATED, canonical
from survey import queries
from survey.languages import INDONESIAN, spoken
from survey.questionnaire import Questionnaire


@dataclass(frozen=True)
class Place:
    """`fixed_service` is the point's own service, None where the respondent chooses; no point: no codes of one.

    The questions are in the respondent's language, as far as there are words in it.
    """

    office_id: int
    point_code: str | None
    point_name: str | None
    fixed_service: str | None
    services: tuple[tuple[str, str], ...]
    questionnaire: Questionnaire

    @property
    def service_name(self) -> str | None:
        """The name of the point's own service."""
        return dict(self.services).get(self.fixed_service or "")


def place_of(session: Session, office: Office, point_code: str | None, day: date) -> Place | None:
    """The place of an open point (None: no point) on a WIB day; None when the point can't be rated at."""
    code = None if point_code is None else canonical(point_code)
    language = spoken()
    return kept(office, ("place", code, day, language), lambda: _read(session, office.id, code, day, language))


def _read(session: Session, office_id: int, point_code: str | None, day: date, language: str) -> Place | None:
    point = rated_point(session, office_id, point_code) if point_code is not None else None
    questionnaire = queries.questionnaire_on(session, office_id, day)
    if questionnaire is None or (point is None and point_code is not None):
        return None
    services = tuple((row.code, row.name) for row in offices.open_services(session, office_id))
    fixed = point.service_code if point and point.service_code in dict(services) else None
    code, name = (point.code, point.name) if point else (None, None)
    return Place(office_id, code, name, fixed, services, _worded(session, office_id, questionnaire, language))


def _worded(session: Session, office_id: int, questionnaire: Questionnaire, language: str) -> Questionnaire:
    if language == INDONESIAN:
        return questionnaire
    return questionnaire.worded(queries.words(session, office_id, questionnaire.code, language), language)


def rated_point(session: Session, office_id: int, code: str) -> Point | None:
    """The open point with this code, in any writing, if services are rated there."""
    point = offices.open_point(session, office_id, code)
    return point if point is not None and point.purpose in RATED else None
