"""The link by which a resident rates how a report was handled: once for each report, for some time after it."""

import hashlib
import hmac
from datetime import date, datetime, timedelta
from uuid import UUID

from core import links
from core.calendar import wib_day

SERVICE = "trantib"  # what is rated: the handling of reports
OPEN_DAYS = timedelta(days=60)
PURPOSE = b"rated-once"


def open_until(settled_at: datetime) -> date:
    """The last WIB day on which the handling can be rated."""
    return wib_day(settled_at) + OPEN_DAYS


def rating_link(*, signing_key: str, receipt_key: str, office_id: int, complaint_id: UUID, until: date) -> str:
    """What stands in the address. `once` is the same for each link of this report, and tells nothing about it; it is
    made with the key that never changes, so that a new signing key allows no second rating.
    """
    once = hmac.new(receipt_key.encode(), PURPOSE + b"\0" + complaint_id.bytes, hashlib.sha256).hexdigest()
    data = {"office": office_id, "service": SERVICE, "once": once, "until": until.isoformat()}
    return links.sign(signing_key, links.Purpose.RATING, data)
