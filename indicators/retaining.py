"""What goes by itself: every room's erasing of what is no longer needed, by the offices' settings, written down."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from complaints import erasure
from core import outbox
from core.retention import Ends
from offices import trail_erasing
from offices.law import keeping
from offices.law.keeping import Kind
from survey.review import forgetting

Eraser = Callable[[Session, Ends, datetime], Counter[int]]
ERASERS: Mapping[Kind, Eraser] = {
    Kind.IDENTITY: lambda session, ends, now: erasure.erase_identities(session, ends, now=now),
    Kind.PHOTOS: lambda session, ends, now: erasure.erase_photos(session, ends, now=now),
    Kind.PHONES: lambda session, ends, now: erasure.erase_phones(session, ends, now=now),
    Kind.SPAM: lambda session, ends, now: erasure.erase_spam(session, ends, now=now),
    Kind.SUGGESTIONS: lambda session, ends, _now: forgetting.erase_suggestions(session, ends),
    Kind.MESSAGES: lambda session, ends, _now: outbox.erase_old(session, ends),
    Kind.TRAIL: lambda session, ends, _now: trail_erasing.erase_words(session, ends),
}


def erase_due(session: Session, night: date, *, now: datetime) -> None:
    """Everything that is no longer needed on this day; no figure changes by it."""
    for kind, erase in ERASERS.items():
        ends = keeping.ends(session, kind, night)
        keeping.write_down(session, kind, erase(session, ends, now), ends, now=now)
