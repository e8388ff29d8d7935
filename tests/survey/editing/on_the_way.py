"""What an operator has begun and not finished: an edition that is coming, a sheet that is matched."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

from core.calendar import wib_day
from core.clock import now
from core.db import db
from offices.queries import imports
from survey import importing
from survey.editing import drafting, reading, uploads
from survey.editing.reading import Matching
from survey.elements import OFFICIAL_ORDER
from tests import make

ROWS = "u1,u2,u3,u4,u5,u6,u7,u8,u9\n3,3,3,3,3,3,3,3,3\n9,3,3,3,3,3,3,3,3\n"


def edition() -> dict[str, str]:
    """An edition that can still be changed; what stands in the addresses of its pages."""
    drafting.begin(
        office_id=make.OFFICE, code="skm-baru", name="SKM baru", starts_on=wib_day(now()) + timedelta(days=30),
        source="skm-2017", by="tests", now=now(),
    )  # fmt: skip
    return {"edition_code": "skm-baru", "question_key": "waktu"}


def sheet(data_dir: Path) -> dict[str, str]:
    """A sheet with a row that can't be taken in, matched and taken in; what stands in the addresses of its pages."""
    upload = uploads.keep(data_dir, make.OFFICE, BytesIO(ROWS.encode()), "rekap.csv")
    matching = Matching("", 1, {key.value: place for place, key in enumerate(OFFICIAL_ORDER)}, "ktp", wib_day(now()))
    uploads.note(upload, matching.kept())
    found = reading.read(db.session(), make.OFFICE, uploads.find(data_dir, make.OFFICE, upload.id), matching, now=now())
    importing.take_in(found, make.OFFICE, by="tests", tick=lambda _rows: None, now=now())
    db.session.rollback()
    return {"upload_id": str(upload.id), "import_id": str(imports(db.session(), make.OFFICE)[0].id)}
