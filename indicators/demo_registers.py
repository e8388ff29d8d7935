"""The invented year's registers: documents, activities, reviews, programme indicators, and what SUKMA-E shows."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from core.calendar import Month, wib_day
from core.db import reader
from core.figures import half_up
from core.ids import uuid7
from core.periods import Period
from indicators import invented_registers as invented
from indicators.registers import activities, documents, outside, programme, reviews
from offices import attachments, queries
from offices.attachments import Kept

ACTIVITIES_A_MONTH = 2
NOON = time(5, tzinfo=UTC)
PAPER = (420, 594)


@dataclass(frozen=True)
class Invention:
    """Writes entries the day after what they tell of, none after `now`."""

    data_dir: Path
    office_id: int
    by: str
    now: datetime
    chance: random.Random

    def add(self, service: Callable[..., Any], day: date, paper: str, **values: Any) -> Any:
        """One entry, with a picture of the paper that proves it, or without one; its id."""
        moment = min(self.now, datetime.combine(day + timedelta(days=1), NOON))
        filed = self._paper(paper, moment) if paper else None
        return service(office_id=self.office_id, entry_id=uuid7(moment), filed=filed, by=self.by, now=moment, **values)

    def has_come(self, day: date) -> bool:
        """Whether the day is over."""
        return day < wib_day(self.now)

    def _paper(self, words: str, moment: datetime) -> Kept:
        sheet = Image.new("RGB", PAPER, "white")
        draw = ImageDraw.Draw(sheet)
        draw.rectangle((16, 16, PAPER[0] - 16, PAPER[1] - 16), outline="gray")
        draw.multiline_text((40, 60), f"{words}\n\n(karangan)", fill="black", font=ImageFont.load_default(22))
        content = BytesIO()
        sheet.save(content, "PNG")
        return attachments.kept(self.data_dir, self.office_id, content.getvalue(), f"{words}.png", now=moment)


def add_registers(
    data_dir: Path, office_id: int, months: Sequence[Month], seed: str, by: str, *, now: datetime
) -> None:
    """Everything of the years in which these months lie."""
    chance = random.Random(f"registers{seed}")  # noqa: S311 (invented data, the same for the same seed)
    invention = Invention(data_dir, office_id, by, now, chance)
    for year in sorted({month.year for month in months}):
        _documents(invention, year)
        _review(invention, year)
        _programme(invention, year)
    villages = [row.code for row in queries.villages(reader(), office_id)]
    reader().rollback()
    for month in months:
        _activities(invention, month, villages)
        _outside(invention, month)


def _documents(invention: Invention, year: int) -> None:
    for kind, title, month, day, is_approved in invented.DOCUMENTS:
        dated = date(year, month, day)
        if invention.has_come(dated):
            approved = dated + timedelta(days=9)
            known = is_approved and invention.has_come(approved)
            invention.add(
                documents.add,
                approved if known else dated,
                f"{title} {year}" if known else "",
                year=year,
                kind=kind,
                title=f"{title} {year}",
                dated=dated,
                approved_on=approved if known else None,
            )


def _review(invention: Invention, year: int) -> None:
    day = date(year, 4, 14)
    if invention.has_come(day):
        score = half_up(Decimal(70) + Decimal(invention.chance.randint(0, 999)) / 100, 2)
        words = {"year": year, "reviewed_on": day, "score": score, "reviewer": "Inspektorat Kabupaten"}
        invention.add(reviews.add, day, f"LHE SAKIP {year}", **words)


def _programme(invention: Invention, year: int) -> None:
    begun = date(year, 1, 9)
    for number, (words, name, unit, target, direction) in enumerate(invented.PROGRAMME):
        if not invention.has_come(begun):
            return
        values = {"programme": words, "name": name, "unit": unit, "target": Decimal(target), "direction": direction}
        entry_id = invention.add(programme.add, begun, "", year=year, **values)
        for quarter in Period.parse(str(year)).months[2::3]:
            day = quarter.last_day
            if invention.has_come(day) and number != invented.NOT_MEASURED:
                value = _reached(invention, Decimal(target), unit, direction, quarter.month)
                paper = f"Laporan {name[:40]} {quarter}" if number != invented.NOT_PROVED else ""
                invention.add(programme.measure, day, paper, indicator_id=entry_id, measured_on=day, value=value)


def _reached(invention: Invention, target: Decimal, unit: str, direction: str, month: int) -> Decimal:
    """About the target all year long where it is a rate, else towards it; most reach it in December."""
    luck = Decimal(invention.chance.randint(94, 112)) / 100
    part = Decimal(1) if unit in invented.RATES else Decimal(month) / 12
    reached = half_up(
        target * (Decimal(2) - luck if direction == "lower" else luck) * part, int(unit in invented.RATES)
    )
    return min(reached, Decimal(100)) if unit == "persen" else reached


def _activities(invention: Invention, month: Month, villages: Sequence[str]) -> None:
    for turn in range(ACTIVITIES_A_MONTH):
        name, place, result = invented.ACTIVITIES[(month.month * ACTIVITIES_A_MONTH + turn) % len(invented.ACTIVITIES)]
        planned = date(month.year, month.month, 6 + 12 * turn)
        held = planned + timedelta(days=invention.chance.choice(invented.DELAYS))
        is_held = invention.chance.random() < invented.HELD and invention.has_come(held)
        is_proved = is_held and invention.chance.random() < invented.PROVED
        invention.add(
            activities.add,
            held if is_held else min(planned, wib_day(invention.now)),
            f"Daftar hadir {name[:40]}" if is_proved else "",
            name=name,
            planned_on=planned,
            held_on=held if is_held else None,
            village_code=invention.chance.choice(villages),
            place=place,
            participants=invention.chance.randint(18, 60) if is_held else None,
            result=result if is_held else "",
        )


def _outside(invention: Invention, month: Month) -> None:
    seen = month.day_after + timedelta(days=2)
    if invention.has_come(seen):
        value = half_up(Decimal(invention.chance.randint(7900, 8600)) / 100, 2)
        values = {"value": value, "respondents": invention.chance.randint(90, 240), "seen_on": seen}
        invention.add(outside.add, seen, f"SUKMA-E {month}", period=str(month), **values)
