"""When a form was made: a moment in a hidden field, signed, so that what comes back can be believed."""

from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, Signer


def stamp(key: str, salt: str, now: datetime) -> str:
    """The moment, signed for one kind of form."""
    return Signer(key, salt=salt).sign(str(int(now.timestamp()))).decode()


def age(key: str, salt: str, stamped: str | None, now: datetime) -> timedelta | None:
    """How long ago the form was made; None where it doesn't say, and where others said it."""
    try:
        made = Signer(key, salt=salt).unsign(stamped or "").decode()
        return now - datetime.fromtimestamp(int(made), UTC)
    except (BadSignature, ValueError, OverflowError):
        return None
