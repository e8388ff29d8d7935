"""Service points: what a QR code is for, and where its scan leads."""

import secrets
from collections.abc import Sequence
from enum import StrEnum

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 6
_LOOKALIKES = str.maketrans("OIL", "011")


class Purpose(StrEnum):
    """What people do at a point: rate the service, report disorder, or either."""

    RATE = "rate"
    REPORT = "report"
    BOTH = "both"


RATED = frozenset({Purpose.RATE, Purpose.BOTH})


def new_code(prefix: str) -> str:
    """A fresh code as it stands in the QR address: 30 random bits, no letters that look alike."""
    return f"{prefix}-{''.join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))}"


def canonical(code: str) -> str:
    """A code as it is kept, from what somebody typed off a poster: small letters, O for 0, I or L for 1.

    Empty, which no point is called, for what nobody can type and no database need be asked about.
    """
    if not code.isprintable():
        return ""
    prefix, dash, rest = code.strip().upper().partition("-")
    return prefix + dash + rest.translate(_LOOKALIKES)


def rating_path(code: str) -> str:
    """Where this point's service is rated."""
    return f"/survei/{code}"


def report_path(code: str) -> str:
    """Where disorder at this point is reported."""
    return f"/lapor/{code}"


def service_ways(points: Sequence[tuple[str, str | None]], services: Sequence[str]) -> dict[str, str]:
    """Where each service is rated: at a point of its own, else at one where people choose. `points` are pairs of
    code and service code (None: people choose); a service that no point takes is left out.
    """
    own = {service: rating_path(code) for code, service in points if service is not None}
    anywhere = next((rating_path(code) for code, service in points if service is None), None)
    chosen = {service: f"{anywhere}?service={service}" for service in services} if anywhere else {}
    return {service: path for service in services if (path := own.get(service) or chosen.get(service))}


def landing_path(purpose: Purpose, code: str) -> str | None:
    """Where a scan leads; None where people choose."""
    match purpose:
        case Purpose.RATE:
            return rating_path(code)
        case Purpose.REPORT:
            return report_path(code)
        case Purpose.BOTH:
            return None
