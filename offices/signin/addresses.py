"""One spelling of each e-mail address: that by which the sign-in library looks accounts up."""

import unicodedata

from email_validator import EmailNotValidError, validate_email


def normal(email: str) -> str:
    """Full-width letters, other full stops and capitals folded; raises EmailNotValidError for what is no address."""
    return validate_email(email.strip(), check_deliverability=False).normalized.lower()


def spelled(email: str) -> str:
    """The same; what is no address is folded as text."""
    try:
        return normal(email)
    except EmailNotValidError:
        return unicodedata.normalize("NFKC", email).strip().lower()
