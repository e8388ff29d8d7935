"""When a form was made: a moment in a hidden field, signed, so that what comes back can be believed."""

from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, Signer


def stamp(key: str, salt: str, now: datetime, about: str = "") -> str:
    """The moment, signed for one kind of form; `about`: the one thing whose form it was."""
    return Signer(key, salt=salt).sign(f"{int(now.timestamp())} {about}".strip()).decode()


def age(key: str, salt: str, stamped: str | None, now: datetime, about: str | None = None) -> timedelta | None:
    """How long ago the form was made; None where it doesn't say, and where others said it, or of another thing."""
    try:
        made, _space, thing = Signer(key, salt=salt).unsign(stamped or "").decode().partition(" ")
        return now - datetime.fromtimestamp(int(made), UTC) if about in {None, thing} else None
    except (BadSignature, ValueError, OverflowError):
        return None
