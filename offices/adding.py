"""Adds an office beside those that are there, furnished like the first; what is its own is said by whoever adds it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.codes import PREFIX
from core.db import transaction
from core.errors import Missing, Refused
from core.forms import one_line
from core.tabular import read_rows
from offices import audit, master, queries
from offices.master import VillageRow
from offices.models import Office

CODE = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")
POSTCODE = re.compile(r"[0-9]{5}")
BPS_CODE = re.compile(r"[0-9]{10}")
COLUMNS = ("code", "bps_code", "name")
LONGEST_NAME = 120


@dataclass(frozen=True)
class NewOffice:
    """What is an office's own: `code` is Kemendagri's, `prefix` begins its receipts and the codes of its points."""

    code: str
    prefix: str
    name: str
    regency: str
    province: str
    postcode: str
    villages: Sequence[VillageRow] = ()

    def seed(self, session: Session, now: datetime) -> None:
        """Add it in the caller's transaction; the other rooms' master data comes from their own seeders. Raises
        Refused.
        """
        _check(session, self)
        office_id = 1 + (session.scalar(sa.select(sa.func.max(Office.id))) or 0)
        session.add(
            Office(
                id=office_id,
                code=self.code,
                prefix=self.prefix,
                name=one_line(self.name),
                regency=one_line(self.regency),
                province=one_line(self.province),
                postcode=self.postcode,
            )
        )
        session.flush()
        master.furnish(session, office_id, self.prefix, self.villages, now=now)
        detail = {"name": self.name, "villages": len(self.villages)}
        audit.record(session, office_id, "perintah office add", "office.add", self.code, detail, now=now)


@transaction
def put_villages(session: Session, *, office_id: int, villages: Sequence[VillageRow], by: str, now: datetime) -> int:
    """Add the desa that the office does not have yet; how many. Raises Refused."""
    _check_villages(queries.office(session, office_id).code, villages)
    added = master.add_villages(session, office_id, villages)
    audit.record(session, office_id, by, "office.villages", "", {"villages": added}, now=now)
    return added


def read_villages(path: Path) -> list[VillageRow]:
    """From a sheet with the columns code, bps_code and name; raises Refused."""
    rows = [row for _number, row in read_rows(path)]
    missing = [name for name in COLUMNS if rows and name not in rows[0]]
    if missing or not rows:
        raise Refused(f"{path.name}: perlu kolom {', '.join(COLUMNS)} dan sedikitnya satu desa.")
    return [(row["code"], row["bps_code"], row["name"]) for row in rows]


def _check(session: Session, new: NewOffice) -> None:
    known = queries.offices(session)
    if not known:
        raise Missing("Kantor pertama belum disiapkan. Jalankan perintah init.")
    fault = _fault(new) or next(filter(None, (_clash(new, each) for each in known)), None)
    if fault:
        raise Refused(fault)
    _check_villages(new.code, new.villages)


def _fault(new: NewOffice) -> str | None:
    """What can't be an office's, in words, or None."""
    names = [one_line(name) for name in (new.name, new.regency, new.province)]
    checks = (
        (CODE.fullmatch(new.code), f"Kode {new.code} harus kode Kemendagri, misalnya 35.09.24."),
        (PREFIX.fullmatch(new.prefix), f"Awalan {new.prefix} harus dua sampai enam huruf besar, misalnya JGW."),
        (POSTCODE.fullmatch(new.postcode), f"Kode pos {new.postcode} harus lima angka."),
        (all(0 < len(name) <= LONGEST_NAME for name in names), "Nama kantor, kabupaten, dan provinsi perlu diisi."),
    )
    return next((words for is_right, words in checks if not is_right), None)


def _clash(new: NewOffice, other: Office) -> str | None:
    """What another office has already, or writes in another way, in words, or None."""
    if other.code == new.code:
        return f"Kantor dengan kode {new.code} sudah ada: {other.name}."
    if other.prefix == new.prefix:
        return f"Awalan {new.prefix} sudah dipakai {other.name}. Pilih awalan lain."
    ours = one_line(new.regency)
    if other.regency != ours and other.regency.casefold() == ours.casefold():
        return f"Tulis nama kabupaten seperti pada {other.name}: {other.regency}."
    return None


def _check_villages(code: str, villages: Sequence[VillageRow]) -> None:
    for village, bps_code, name in villages:
        if not re.fullmatch(rf"{re.escape(code)}\.[0-9]{{4}}", village):
            raise Refused(f"Kode desa {village} harus berawalan {code}, misalnya {code}.2001.")
        if not BPS_CODE.fullmatch(bps_code) or not 0 < len(name) <= LONGEST_NAME:
            raise Refused(f"Desa {village}: perlu nama, dan kode BPS dari sepuluh angka.")
    if len({village for village, _bps, _name in villages}) < len(villages):
        raise Refused("Ada kode desa yang tertulis dua kali.")
