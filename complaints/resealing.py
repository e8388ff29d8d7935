"""Seals anew, with the newest key, what older ones sealed."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy.orm import Session

from complaints.case_models import Joiner
from complaints.desk_models import PushSubscription
from complaints.models import Contact
from core.batches import batches
from core.db import Base, read_afresh, transaction
from core.push import endpoint_digests
from core.sealing import opens, resealed, unseal
from offices.models import Webhook

AT_ONCE = 200
Sealed = tuple[tuple[object, ...], bytes, bytes]  # the row's key, what is sealed there, the same under the newest key


def _nothing(_key: str, _sealed: bytes) -> Mapping[str, object]:
    return {}


def _digest(key: str, sealed: bytes) -> Mapping[str, object]:
    """By which a browser's subscription is found: once the old key is gone, nobody could end it."""
    endpoint = json.loads(unseal(key, sealed))["subscription"]["endpoint"]
    return {"endpoint_digest": endpoint_digests(key, endpoint)[0]}


@dataclass(frozen=True)
class Place:
    """A column that the identity key seals; `beside` gives the columns made with the same key, from it and the seal."""

    model: type[Base]
    column: str
    beside: Callable[[str, bytes], Mapping[str, object]] = _nothing


PLACES = (
    Place(Contact, "sealed"),
    Place(Joiner, "sealed"),
    Place(PushSubscription, "sealed", _digest),
    Place(Webhook, "sealed_secret"),
)


def reseal(key: str) -> int:
    """All of it, a few hundred rows a transaction, so that nobody waits: how many were sealed anew."""
    return sum(_seal(place, key, part) for place in PLACES for part in batches(list(_older(place, key)), AT_ONCE))


def left(key: str) -> int:
    """How many are still sealed with an older key."""
    return sum(1 for place in PLACES for _row in _older(place, key))


def unreadable(key: str) -> int:
    """How many none of the keys opens: theirs is lost."""
    return sum(not opens(key, sealed) for place in PLACES for *_key, sealed in _sealed(place))


def _older(place: Place, key: str) -> Iterator[Sealed]:
    for *row_key, old in _sealed(place):
        with suppress(InvalidToken):
            if anew := resealed(key, old):
                yield tuple(row_key), old, anew


def _sealed(place: Place) -> Iterable[Sequence[Any]]:
    """Rows: the parts of their key, then what is sealed."""
    table = place.model.__table__
    column = table.c[place.column]
    return read_afresh().execute(sa.select(*table.primary_key, column).where(column.is_not(None)))


@transaction
def _seal(session: Session, place: Place, key: str, rows: Sequence[Sealed]) -> int:
    """What somebody changed or erased meanwhile stays as they left it."""
    table = place.model.__table__
    column = table.c[place.column]
    done = 0
    for row_key, old, anew in rows:
        same = [part == value for part, value in zip(table.primary_key, row_key, strict=True)]
        values = {place.column: anew, **place.beside(key, anew)}
        change = sa.update(place.model).where(*same, column == old).values(values)
        done += len(session.execute(change.returning(column).execution_options(synchronize_session=False)).all())
    return done
