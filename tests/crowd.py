"""Many offices beside the first, put in by a few statements, and a year of figures for each."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from string import ascii_uppercase
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from complaints.models import Category
from core.calendar import Month
from core.db import Base, transaction
from core.ids import uuid7
from indicators.models import ComplaintMonth, Target
from indicators.registers.models import (
    EmpowermentActivity,
    OrganisationDocument,
    OutsideIndex,
    ProgrammeIndicator,
    ProgrammeRealisation,
    SakipReview,
)
from indicators.registers.values import DocumentKind
from indicators.sheet import Indicator
from offices.models import Attachment, Office, Section, Service, Setting
from survey.elements import OFFICIAL_ORDER
from survey.figures.models import RatingMonth
from survey.models import Edition, EditionItem
from survey.questionnaire import POINTS
from tests import make

REGENCY = "Kabupaten Jember"
START = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
COPIED: tuple[type[Base], ...] = (Section, Service, Category, Edition, EditionItem)


def prefix(number: int) -> str:
    """Letters that no other number has."""
    return "".join(ascii_uppercase[number // 26**place % 26] for place in (2, 1, 0)) + "Q"


@transaction
def offices(session: Session, numbers: Sequence[int], regency: str = REGENCY) -> None:
    """Offices with these keys, with the first one's sections, services, categories and questionnaire."""
    same = {"regency": regency, "province": "Jawa Timur", "postcode": "68100"}
    rows = [
        {"id": n, "code": f"36.{n // 90 + 10:02}.{n % 90 + 10:02}", "prefix": prefix(n), "name": f"Kecamatan {n}"}
        | same
        for n in numbers
    ]
    session.connection().execute(sa.insert(Office), rows)
    for model in COPIED:
        _copy(session, model, numbers)


def _copy(session: Session, model: type[Base], numbers: Sequence[int]) -> None:
    columns = [column for column in model.__table__.columns if column.name != "office_id"]
    own = [row._asdict() for row in session.execute(sa.select(*columns).where(sa.column("office_id") == make.OFFICE))]
    session.connection().execute(sa.insert(model), [{"office_id": n, **row} for n in numbers for row in own])


@transaction
def year(session: Session, /, numbers: Sequence[int], year: int, *, rich: bool = False) -> None:
    """A year of counted months, registers, targets and settings for each; `rich`: as many rows as a busy office has."""
    for model, rows in _year(session, numbers, year, rich=rich):
        session.connection().execute(sa.insert(model), rows)


def _year(
    session: Session, numbers: Sequence[int], year: int, *, rich: bool
) -> Iterator[tuple[type[Base], list[dict[str, Any]]]]:
    chance, months = random.Random(year), [Month(year, n) for n in range(1, 13)]
    services = [row.code for row in session.execute(sa.select(Service.code).filter_by(office_id=make.OFFICE))]
    categories = [row.code for row in session.execute(sa.select(Category.code).filter_by(office_id=make.OFFICE))]
    share = (services, categories) if rich else (services[:2], ["kebisingan"])
    for part in (numbers[at : at + 50] for at in range(0, len(numbers), 50)):
        yield RatingMonth, [_rated(n, month, code, chance) for n in part for month in months for code in share[0]]
        moves = (_moves(n, month, code, chance) for n in part for month in months for code in share[1])
        yield ComplaintMonth, [row for rows in moves for row in rows]
    yield Target, [_target(n, year, key, chance) for n in numbers for key in Indicator if chance.random() < 0.8]
    yield Setting, [row for n in numbers if n % 3 for row in _settings(n, chance)]
    files = {n: uuid7(START) for n in numbers}
    yield Attachment, [_file(n, files[n]) for n in numbers]
    yield from _registers(numbers, year, files, chance)


def _rated(office: int, month: Month, service: str, chance: random.Random) -> dict[str, Any]:
    people = chance.choice((1, 3, 20, 60))
    answers = [[chance.choice((2, 3, 3, 4)) for _key in OFFICIAL_ORDER] for _person in range(people)]
    sums = {key.value: sum(given) for key, given in zip(OFFICIAL_ORDER, zip(*answers, strict=True), strict=True)}
    row = {"office_id": office, "month": str(month), "service_code": service, "edition_code": "skm-2017"}
    return row | sums | {"respondents": people, "squares": sum((POINTS * sum(given)) ** 2 for given in answers)}


def _moves(office: int, month: Month, category: str, chance: random.Random) -> Iterator[dict[str, Any]]:
    received = chance.choice((0, 2, 6, 15))
    settled = chance.randint(0, received)
    later = chance.randint(0, received - settled)
    counts = [("receive", month, received, ""), ("settle", month, settled, ""), ("settle", month.next(), later, "")]
    counts += [("receive", month, 2, "spam"), ("exclude", month, 2, "spam")]
    for source in ("web", "patrol")[: 2 if category == "kebisingan" else 1]:
        for move, moved, moves, exclusion in counts:
            if moves:
                yield {
                    "office_id": office, "received_month": str(month), "move_month": str(moved), "move": move,
                    "category_code": category, "village_code": "", "source": source, "exclusion": exclusion,
                    "moves": moves, "first_closes": moves if move == "settle" else 0, "confirmed": 0, "disputed": 0,
                }  # fmt: skip


def _target(office: int, year: int, key: Indicator, chance: random.Random) -> dict[str, Any]:
    value = Decimal(4) if key is Indicator.DOCUMENTS else Decimal(chance.randint(70, 95))
    row = {"office_id": office, "id": uuid7(START), "year": year, "indicator": key.value, "value": value}
    return row | {"quarter": chance.choice((0, 0, 0, 4)), "set_at": START, "set_by": "tests"}


def _settings(office: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for key, values in {
        "count_patrol": ("ya", "tidak"), "weight": ("0.111", "1/9"), "ikm_source": ("kami", "kami", "sukma-e"),
        "predicate_thresholds": ("91,76,66,51", "95,85,75,65"),
    }.items():  # fmt: skip
        yield {
            "office_id": office, "id": uuid7(START), "key": key, "value": chance.choice(values),
            "valid_from": date(2026, chance.randint(1, 12), 1), "set_at": START, "set_by": "tests",
        }  # fmt: skip


def _file(office: int, file_id: object) -> dict[str, Any]:
    return {
        "office_id": office, "id": file_id, "about": "register:x", "file_name": "a.pdf", "kind": "pdf", "size": 1,
        "sha256": "", "added_at": START, "added_by": "tests",
    }  # fmt: skip


def _registers(
    numbers: Sequence[int], year: int, files: dict[int, Any], chance: random.Random
) -> Iterator[tuple[type[Base], list[dict[str, Any]]]]:
    def version(office: int, **values: Any) -> dict[str, Any]:
        about = {"office_id": office, "id": uuid7(START), "entry_id": uuid7(START), "file_id": files[office]}
        return about | {"is_removed": False, "recorded_at": START, "recorded_by": "tests"} | values

    def day() -> date:
        return date(year, 1, 1) + timedelta(days=chance.randrange(365))

    yield (
        OrganisationDocument,
        [
            version(n, year=year, kind=kind.value, title="x", dated=day(), approved_on=chance.choice((None, day())))
            for n in numbers
            for kind in DocumentKind
            if chance.random() < 0.8
        ],
    )
    yield EmpowermentActivity, [
        version(n, name="x", planned_on=day(), held_on=chance.choice((None, day())), village_code=None, place="",
                participants=None, result="") for n in numbers for _ in range(20)
    ]  # fmt: skip
    yield (
        SakipReview,
        [
            version(n, year=year, reviewed_on=day(), score=Decimal(chance.randint(4000, 9500)) / 100, reviewer="")
            for n in numbers
        ],
    )
    programme = [
        version(
            n,
            year=year,
            programme="",
            name="x",
            unit="%",
            target=Decimal(50),
            direction=chance.choice(("higher", "lower")),
        )
        for n in numbers
        for _ in range(10)
    ]
    yield ProgrammeIndicator, programme
    yield (
        ProgrammeRealisation,
        [
            version(
                row["office_id"],
                year=year,
                indicator_id=row["entry_id"],
                measured_on=day(),
                value=Decimal(chance.randint(1, 100)),
            )
            for row in programme
            for _ in range(4)
        ],
    )
    yield (
        OutsideIndex,
        [
            version(
                n,
                year=year,
                period=f"{year}-10",
                value=Decimal(80),
                respondents=chance.choice((None, 40)),
                seen_on=day(),
            )
            for n in numbers
        ],
    )
