"""Ratings one by one, for files: what each column is called and what stands in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.figures import half_up
from core.periods import Period
from survey import queries
from survey.elements import ELEMENTS, AgeBand, Education, Element, ElementKey, Labelled, Occupation, Sex
from survey.figures import naming
from survey.models import Rating
from survey.questionnaire import Questionnaire
from survey.review.models import SuggestionMark
from survey.review.terms import State
from survey.service import SOURCES

AT_ONCE = 2000  # ratings read by one statement
ORDINAL, NOMINAL, SCALE, TEXT = "ordinal", "nominal", "scale", "text"
KEPT_AS_CODES = {"service", "point", "edition"}  # imports know them by these
Value = int | Decimal | date | str | None
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A column of the files: its name as imports know it, its label, its level of measurement (text has none), the
    words of its codes, and how a row's value is found; None where nothing is known.
    """

    name: str
    label: str
    measure: str
    value: Callable[[Row], Value]
    words: Mapping[str, str] = field(default_factory=dict)


def columns(session: Session, office_id: int, period: Period) -> list[Column]:
    """All columns but the running number, in order."""
    names = naming.names(session, office_id)
    asked = _asked(session, office_id, period)
    items = queries.items_per_element(session, office_id)
    return [
        Column("date", _("Tanggal"), SCALE, lambda row: row["day"]),
        Column("service", _("Layanan"), NOMINAL, lambda row: row["service_code"], names.services),
        Column("point", _("Titik QR"), NOMINAL, lambda row: row["point_code"], names.points),
        *(_element(each, asked, items) for each in ELEMENTS),
        _attribute("sex", _("Jenis kelamin"), NOMINAL, Sex),
        _attribute("age_band", _("Umur"), ORDINAL, AgeBand),
        _attribute("education", _("Pendidikan terakhir"), ORDINAL, Education),
        _attribute("occupation", _("Pekerjaan utama"), NOMINAL, Occupation),
        Column("suggestion", _("Saran; yang disembunyikan kosong"), TEXT, _suggestion),
        Column(
            "edition", _("Edisi kuesioner"), NOMINAL, lambda row: row["edition_code"],
            {code: name for code, (name, _day) in names.editions.items()},
        ),
        Column(
            "source", _("Cara masuk"), NOMINAL, lambda row: row["source"],
            {code.value: str(words) for code, words in SOURCES.items()},
        ),
        _flag("verified", _("Terbukti berkunjung"), lambda row: row["visit"] != ""),
        _flag("excluded", _("Dikeluarkan dari indeks oleh petugas"), lambda row: row["is_excluded"]),
    ]  # fmt: skip


def parts(session: Session, office_id: int, period: Period) -> Iterator[Sequence[Row]]:
    """The ratings of the period by day, those of undone imports left out, part by part."""
    after: tuple[date, Any] | None = None
    while True:
        asked = session.execute(_chosen(office_id, period, after).limit(AT_ONCE))
        names = list(asked.keys())
        found = [dict(zip(names, row, strict=True)) for row in asked]
        yield found
        if len(found) < AT_ONCE:
            return
        after = found[-1]["day"], found[-1]["id"]


def told(column: Column, row: Row) -> Value:
    """A row's value as people read it: attributes and the way it came in by their words."""
    value = column.value(row)
    if isinstance(value, str) and column.name not in KEPT_AS_CODES:
        return column.words.get(value, value)
    return value


def _chosen(office_id: int, period: Period, after: tuple[date, Any] | None) -> sa.Select[Any]:
    mark = sa.and_(SuggestionMark.office_id == Rating.office_id, SuggestionMark.id == Rating.id)
    wanted = (
        Rating.id, Rating.day, Rating.service_code, Rating.point_code, Rating.edition_code, Rating.source, Rating.visit,
        Rating.is_excluded, Rating.sex, Rating.age_band, Rating.education, Rating.occupation, Rating.suggestion,
        SuggestionMark.state, *(getattr(Rating, element.key.value) for element in ELEMENTS),
    )  # fmt: skip
    chosen = sa.select(*wanted).join(SuggestionMark, mark, isouter=True).where(
        Rating.office_id == office_id,
        Rating.day >= period.first.first_day,
        Rating.day < period.last.day_after,
        Rating.withdrawn_at.is_(None),
    )  # fmt: skip
    if after is not None:
        day, last_id = after
        chosen = chosen.where(
            sa.tuple_(Rating.day, Rating.id) > sa.tuple_(sa.literal(day), sa.literal(last_id, sa.Uuid()))
        )
    return chosen.order_by(Rating.day, Rating.id)


def _asked(session: Session, office_id: int, period: Period) -> Questionnaire | None:
    """The only edition that ratings of the period were given on; None where there are several."""
    used = sa.select(Rating.edition_code).where(
        Rating.office_id == office_id, Rating.day >= period.first.first_day, Rating.day < period.last.day_after
    )
    codes = session.scalars(used.distinct().limit(2)).all()
    return queries.questionnaire(session, office_id, codes[0]) if len(codes) == 1 else None


def _element(element: Element, asked: Questionnaire | None, items: Mapping[str, Mapping[ElementKey, int]]) -> Column:
    """The mean of the element's answers: a whole number where it has one question."""
    name = element.key.value
    counts = {edition: by_element[element.key] for edition, by_element in items.items()}

    def value(row: Row) -> Value:
        return _mean(row[name], counts[row["edition_code"]])

    questions = [each for each in asked.questions if each.element == element.key] if asked else []
    single = questions[0] if len(questions) == 1 else None
    label = f"U{element.number} {element.name}" + (f": {single.text}" if single else "")
    words = single.labels if single else ("1 (terendah)", "2", "3", "4 (tertinggi)")
    return Column(name, label, ORDINAL if single else SCALE, value, dict(zip("1234", words, strict=True)))


@cache
def _mean(total: int, items: int) -> Value:
    mean = Fraction(total, items)
    return int(mean) if mean.denominator == 1 else half_up(mean, 4)


def _attribute(name: str, label: str, measure: str, codes: type[Labelled]) -> Column:
    return Column(name, label, measure, lambda row: row[name], {code.value: code.label for code in codes})


def _flag(name: str, label: str, holds: Callable[[Row], bool]) -> Column:
    return Column(name, label, NOMINAL, lambda row: "1" if holds(row) else "0", {"1": _("ya"), "0": _("tidak")})


def _suggestion(row: Row) -> Value:
    return "" if row["state"] == State.HIDDEN.value else row["suggestion"]
