"""The office's outlines: put in by command, read once and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.db import reader, transaction
from core.errors import Refused
from core.upsert import insert_for
from offices import audit, outlines, queries
from offices.kept import kept
from offices.models import Office, Village
from offices.models import Outline as OutlineRow
from offices.outlines import Named, Outline


@dataclass(frozen=True)
class PutIn:
    """The desa whose outlines were put in, and those that have none."""

    names: Sequence[str]
    without: Sequence[str]


@transaction
def put(session: Session, *, office_id: int, found: Sequence[Named], by: str, now: datetime) -> PutIn:
    """Put outlines in, in the place of earlier ones of the same desa; raises Refused and changes nothing when one
    belongs to no desa, or two to the same.
    """
    villages = queries.villages(session, office_id)
    areas = _of_villages(villages, found)
    for code, one in areas.items():
        row = insert_for(session, OutlineRow).values(
            office_id=office_id, village_code=code, geometry=outlines.as_text(one.area)
        )
        new = {"geometry": row.excluded.geometry}
        session.execute(row.on_conflict_do_update(index_elements=["office_id", "village_code"], set_=new))
    names = [village.name for village in villages if village.code in areas]
    audit.record(session, office_id, by, "outline.put", ", ".join(names), {"outlines": len(names)}, now=now)
    known = set(session.scalars(sa.select(OutlineRow.village_code).filter_by(office_id=office_id)))
    return PutIn(names, [village.name for village in villages if village.code not in known])


def of_office(office: Office) -> Sequence[Outline]:
    """The outlines of the office's desa, by code."""
    return kept(office, "outlines", lambda: _read(office.id))


def village_at(office: Office, lat: Decimal | None, lng: Decimal | None) -> Outline | None:
    """The desa at a position; None outside of all, or where nobody put outlines in, or without a position."""
    if lat is None or lng is None:
        return None
    return outlines.village_at(of_office(office), float(lat), float(lng))


def _read(office_id: int) -> Sequence[Outline]:
    rows = queries.outlines(reader(), office_id)
    return tuple(Outline(code, name, outlines.from_text(geometry)) for code, name, geometry in rows)


def _of_villages(villages: Sequence[Village], found: Sequence[Named]) -> dict[str, Named]:
    areas: dict[str, Named] = {}
    for one in found:
        village = next((each for each in villages if _is_meant(one, each)), None)
        if village is None:
            raise Refused(f"{one.label}: tidak ada desa dengan kode atau nama ini.")
        if village.code in areas:
            raise Refused(f"{village.name}: ada dua batas untuk desa ini. Gabungkan menjadi satu MultiPolygon.")
        areas[village.code] = one
    return areas


def _is_meant(one: Named, village: Village) -> bool:
    """By its code, with or without dots; by its name where it has no code."""
    if one.code:
        return one.code.replace(".", "") == village.code.replace(".", "")
    return one.name.casefold() == village.name.casefold()
