"""Whom residents ask about their data."""

from collections.abc import Mapping

from offices.models import Office
from offices.settings import NOBODY


def contacts(values: Mapping[str, str], office: Office) -> list[str]:
    """The person or place that the office names, else the office; and how to reach it, as far as settings say."""
    named = values["privacy_contact"]
    ways = [values[key] for key in ("office_phone", "office_email", "office_address")]
    return [office.name if named == NOBODY else named, *(way for way in ways if way != NOBODY)]
