"""One spelling of each e-mail address: that by which the sign-in library looks accounts up."""

import unicodedata

from email_validator import EmailNotValidError, validate_email


def spelled(email: str) -> str:
    """Full-width letters, other full stops and capitals folded; what is no address, folded as text."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return unicodedata.normalize("NFKC", email).strip().lower()
