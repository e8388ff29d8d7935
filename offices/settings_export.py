"""The office's settings as CSV, from which it can be told what was in force when, and who set it."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from offices import queries, settings

COLUMNS = ("key", "meaning", "value", "valid_from", "set_at", "set_by")


def rows(session: Session, office_id: int) -> Iterator[tuple[object, ...]]:
    """What holds until somebody sets it, with nobody's name; then all that was set, a later row overriding an earlier
    one from its month on.
    """
    for key, known in settings.KNOWN.items():
        yield key, known.meaning, known.default, None, None, None
    for row in queries.setting_rows(session, office_id):
        meaning = settings.KNOWN[row.key].meaning if row.key in settings.KNOWN else ""
        yield row.key, meaning, row.value, f"{row.valid_from:%Y-%m}", row.set_at, row.set_by
