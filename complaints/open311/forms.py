"""What Open311 clients send, read into typed values; every fault is named."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from complaints.open311.queries import Asked
from complaints.questions import Question, answered
from complaints.reporting.forms import UNKNOWN_VILLAGE
from core.errors import Refused

WIDEST = timedelta(days=90)  # GeoReport v2: the default and the widest range
PAGE_SIZE, LARGEST_PAGE, LAST_PAGE = 50, 200, 10_000
MOST_NUMBERS = 200
STATUSES = {"open": True, "closed": False}
# Our field for each of theirs, to name faults as their programs know them.
THEIRS = {"category": "service_code", "lng": "long", "place": "address_string", "village": "address_string"}


def asked(args: Mapping[str, str], *, now: datetime) -> Asked:
    """The filters of GET requests; raises Refused naming the first that can't be read."""
    until = _moment(args, "end_date") or now + timedelta(seconds=1)
    since = _moment(args, "start_date") or until - WIDEST
    if args.get("start_date") and not args.get("end_date"):
        until = min(until, since + WIDEST)
    if not since <= until or until - since > WIDEST:
        raise Refused(_("start_date sampai end_date paling lama 90 hari."), "start_date")
    return Asked(
        since=since,
        until=until,
        services=_list(args, "service_code"),
        is_open=_status(args),
        updated_after=_moment(args, "updated_after"),
        updated_before=_moment(args, "updated_before"),
        page=_number(args, "page", 1, LAST_PAGE),
        page_size=_number(args, "page_size", PAGE_SIZE, LARGEST_PAGE),
    )


def numbers(args: Mapping[str, str]) -> tuple[str, ...]:
    """The public numbers asked for; () when the requests are asked for by filters."""
    found = tuple(number.upper() for number in _list(args, "service_request_id"))
    if len(found) > MOST_NUMBERS:
        raise Refused(_("Paling banyak %(most)s nomor sekaligus.", most=MOST_NUMBERS), "service_request_id")
    return found


def as_report(data: Mapping[str, str], questions: tuple[Question, ...]) -> MultiDict[str, str]:
    """A POSTed request as the fields of our own form; answers to the category's questions follow what was told."""
    answers = {question.code: data.get(f"attribute[{question.code}]", "") for question in questions}
    told = "\n\n".join(part for part in (data.get("description", "").strip(), answered(questions, answers)) if part)
    place = data.get("address_string", "")
    name = " ".join(part for part in (data.get("first_name", ""), data.get("last_name", "")) if part)
    fields = {
        "submission_id": data.get("submission_id") or str(uuid4()),
        "category": data.get("service_code", ""),
        "description": told,
        "village": data.get("address_id") or (UNKNOWN_VILLAGE if place else ""),
        "place": place,
        "lat": data.get("lat", ""),
        "lng": data.get("long", ""),
        "name": name,
        "phone": data.get("phone", ""),
        "email": data.get("email", ""),
    }
    return MultiDict({name: text for name, text in fields.items() if text})


def theirs(field: str) -> str:
    """A field of our form by the name that Open311 gives it."""
    return THEIRS.get(field, field)


def _list(args: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in args.get(name, "").split(",") if part.strip())


def _status(args: Mapping[str, str]) -> bool | None:
    wanted = {word.lower() for word in _list(args, "status")}
    if wanted - STATUSES.keys():
        raise Refused(_("status: open, closed, atau keduanya."), "status")
    return STATUSES[wanted.pop()] if len(wanted) == 1 else None


def _number(args: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = args.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and 1 <= int(text) <= most):
        raise Refused(_("%(name)s: bilangan 1 sampai %(most)s.", name=name, most=most), name)
    return int(text)


def _moment(args: Mapping[str, str], name: str) -> datetime | None:
    """An ISO 8601 time; without zone it is UTC."""
    text = args.get(name, "").replace(" ", "+")  # a plus sign that was not escaped
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        if found.year < 2000 or found.year > 9000:
            raise ValueError(text)
    except (ValueError, OverflowError):
        raise Refused(_("%(name)s: waktu W3C, misalnya 2026-10-01T00:00:00Z.", name=name), name) from None
    return found
