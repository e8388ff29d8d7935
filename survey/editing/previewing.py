"""The rating form of an edition that may not have started, as residents will see it."""

from sqlalchemy.orm import Session

from offices import queries as offices
from survey.editing.draft import Draft
from survey.places import Place
from survey.questionnaire import Questionnaire


def place_of(session: Session, office_id: int, code: str, draft: Draft, language: str) -> Place:
    """Where the preview is filled in: nowhere, with the office's own services."""
    services = tuple((row.code, row.name) for row in offices.open_services(session, office_id))
    words = {each.key: (each.text, each.labels) for each in draft.translations if each.language == language}
    questionnaire = Questionnaire(code, draft.questions).worded(words, language)
    return Place(office_id, None, None, None, services, questionnaire)
