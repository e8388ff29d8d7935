"""What Open311 clients are told, as trees."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time

from complaints.deadlines import settled_by
from complaints.models import Category
from complaints.open311.queries import Listed
from complaints.open311.trees import Tree, moment
from complaints.questions import Question
from complaints.reporting.intake import Handed
from complaints.terms import PUBLIC_STATUS_LABELS, Status
from complaints.workflow import is_open
from core.calendar import WIB
from offices.models import Office

# When these answers last took another shape.
CHANGESET = "2026-11-22T00:00:00Z"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
FORMATS = ("text/xml", "application/json")
# For everybody: it is not they who are asked.
NOTES = PUBLIC_STATUS_LABELS | {Status.WAITING: "Menunggu keterangan pelapor"}


def discovery(base_url: str, office: Office) -> Tree:
    """Where the service is."""
    endpoint = {
        "specification": SPECIFICATION,
        "url": f"{base_url}/open311/v2",
        "changeset": CHANGESET,
        "type": "test" if office.invented else "production",
        "formats": list(FORMATS),
    }
    return {
        "changeset": CHANGESET,
        "contact": f"{office.name}, {office.regency}, {office.province} {office.postcode}",
        "key_service": "Tanpa kunci.",
        "endpoints": [endpoint],
    }


def service(category: Category) -> Tree:
    """A kind of disorder."""
    return {
        "service_code": category.code,
        "service_name": category.name,
        "description": category.name,
        "metadata": bool(category.questions.strip()),
        "type": "realtime",
        "keywords": "",
        "group": "Ketenteraman dan ketertiban",
    }


def definition(code: str, questions: Sequence[Question]) -> Tree:
    """The questions of a kind of disorder."""
    return {
        "service_code": code,
        "attributes": [_attribute(number, question) for number, question in enumerate(questions, 1)],
    }


def request(found: Listed, office: Office, days_off: Collection[date], *, now: datetime) -> Tree:
    """A report as everybody may see it. `expected_datetime`: the end of the day on which it is to be settled."""
    day = settled_by(found.settle_due, found.waiting_since, found.waited_days, days_off, now=now)
    due = datetime.combine(day, time(23, 59, 59), WIB) if is_open(found.status) else None
    return {
        "service_request_id": found.number,
        "status": "open" if is_open(found.status) else "closed",
        "status_notes": NOTES[found.status],
        "service_name": found.category,
        "service_code": found.category_code,
        "description": None,
        "agency_responsible": office.name,
        "service_notice": None,
        "requested_datetime": moment(found.received_at),
        "updated_datetime": moment(found.updated_at),
        "expected_datetime": moment(due),
        "address": found.village,
        "address_id": found.village_code,
        "zipcode": office.postcode,
        "lat": found.lat,
        "long": found.lng,
        "media_url": None,
    }


def created(handed: Handed, notices: Sequence[str]) -> Tree:
    """What the sender gets; the token is left out once the office has issued another."""
    return {
        "service_request_id": handed.number,
        "token": handed.code,
        "service_notice": " ".join(notices) or None,
        "account_id": None,
    }


def fault(status: int, field: str, words: str) -> Tree:
    """What is wrong."""
    return {"code": int(status), "description": f"{field}: {words}" if field else words}


def _attribute(order: int, question: Question) -> Tree:
    return {
        "variable": True,
        "code": question.code,
        "datatype": "singlevaluelist" if question.choices else "text",
        "required": False,
        "datatype_description": None,
        "order": order,
        "description": question.text,
        "values": [{"key": choice, "name": choice} for choice in question.choices],
    }
