"""The categories and ready answers an office starts with; rows that an operator edits."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.desk import first_answers
from complaints.models import Category
from offices.models import Office

# (code, name, working days to settle, urgent, may be listed to others)
CATEGORIES = (
    ("jalan", "PKL, parkir, dan pemakaian jalan", 14, False, True),
    ("kebisingan", "Kebisingan dan hiburan tanpa izin (sound horeg)", 14, False, False),
    ("asusila-miras-judi", "Miras, judi, prostitusi, narkoba", 60, False, False),
    ("tawuran", "Tawuran dan konflik warga", 14, True, False),
    ("odgj-anjal", "ODGJ, gelandangan, anak jalanan", 14, False, False),
    ("bangunan-reklame", "Bangunan dan reklame liar", 60, False, True),
    ("sampah-ternak", "Sampah, pencemaran, ternak lepas", 14, False, True),
    ("sungai", "Sungai dan saluran", 60, False, True),
    ("keamanan", "Keamanan lingkungan", 14, False, False),
    ("bencana", "Bencana (banjir, pohon tumbang, kebakaran)", 14, True, True),
    ("lainnya", "Lainnya", 14, False, False),
)


def seed(session: Session, now: datetime) -> None:
    """Add categories and ready answers to every office that has none. Safe to repeat."""
    for office_id in session.scalars(sa.select(Office.id)).all():
        if session.scalar(sa.select(Category.code).filter_by(office_id=office_id).limit(1)) is None:
            session.add_all(_categories(office_id))
            session.flush()
        first_answers.seed(session, office_id, now)
    session.flush()


def _categories(office_id: int) -> list[Category]:
    return [
        Category(
            office_id=office_id,
            code=code,
            name=name,
            settle_days=days,
            is_urgent=urgent,
            is_public=public,
            position=position,
        )
        for position, (code, name, days, urgent, public) in enumerate(CATEGORIES, 1)
    ]
