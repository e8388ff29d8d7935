"""What the page of thanks knows of the rating that was just sent: only by a signed mark, and only for an hour."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from core import links
from core.links import Purpose
from survey import queries
from survey.elements import ElementKey
from survey.models import Rating
from survey.questionnaire import POINTS, Questionnaire

VALID = timedelta(hours=1)  # the phone may be another's soon
LOW = 2  # "kurang": an element's mean below it, or a mean of all that does not pass it, is a disappointment


def mark(office_id: int, submission_id: UUID, *, now: datetime) -> str:
    """What stands in the address of the page of thanks; it names the rating and holds none of its words."""
    data = {"office": office_id, "submission": str(submission_id), "until": int((now + VALID).timestamp())}
    return links.sign(current_app.config["SECRET_KEY"], Purpose.THANKS, data)


def low_words(session: Session, office_id: int, marked: str, *, now: datetime) -> str | None:
    """What was written with a rating that shows a disappointment, "" for nothing.

    None where the rating was a good one, or the mark is old, another office's, or not ours.
    """
    data = links.read(current_app.config["SECRET_KEY"], Purpose.THANKS, marked)
    if data is None or data["office"] != office_id or data["until"] < now.timestamp():
        return None
    rating = queries.rating_of(session, office_id, UUID(data["submission"]))
    asked = queries.questionnaire(session, office_id, rating.edition_code) if rating else None
    return rating.suggestion if rating and asked and is_low(rating, asked) else None


def is_low(rating: Rating, asked: Questionnaire) -> bool:
    """Whether an element, or all of them together, disappointed; with one question an element, any answer 1 does."""
    items = asked.items_per_element
    worst = min(getattr(rating, key) - LOW * items[key] for key in ElementKey)
    return worst < 0 or rating.points <= LOW * len(ElementKey) * POINTS
