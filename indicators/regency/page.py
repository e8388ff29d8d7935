"""Words and figures of the regency's page, ready to print."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.calendar import Month
from core.figures import printed
from core.periods import Period
from indicators.formulas import Predicate
from indicators.pages.page import LENGTHS, PREDICATE_STEPS
from indicators.regency.results import RANKED, OfficeLine, Table, highest_first, is_comparable
from indicators.sheet import Indicator
from survey.scores import GRADE_BANDS, Grade, grade

# What each indicator is called in an address, and at the head of its column.
KEYS: Mapping[str, Indicator] = {f"iku-{number}": key for number, key in enumerate(Indicator, 1)}
HEADS: Mapping[Indicator, object] = {
    Indicator.DOCUMENTS: _l("IKU 1 Dokumen"),
    Indicator.IKM: _l("IKU 2 IKM"),
    Indicator.WELFARE: _l("IKU 3 Sarana"),
    Indicator.SETTLEMENT: _l("IKU 4 Penyelesaian"),
    Indicator.SAKIP: _l("IKU 5 SAKIP"),
    Indicator.PROGRAMME: _l("IKU 6 Program"),
}
BY_CODE = "kode"
Order = Callable[[Sequence[OfficeLine]], Sequence[OfficeLine]]
ORDERS: Mapping[str, tuple[object, Order]] = {
    BY_CODE: (_l("Kode wilayah"), lambda lines: lines),
    "nama": (_l("Nama kecamatan"), lambda lines: sorted(lines, key=lambda line: line.office.name)),
    **{text: (HEADS[key], lambda lines, key=key: highest_first(lines, key)) for text, key in KEYS.items()},  # type: ignore[misc]  # a default that fixes `key`
    "responden": (_l("Responden"), lambda lines: sorted(lines, key=lambda line: -(line.respondents or 0))),
    "laporan": (_l("Laporan"), lambda lines: sorted(lines, key=lambda line: -line.received)),
}
# The fill of each class on the map, from the best; the lighter, the less.
GRADE_FILLS = {Grade.A: 5, Grade.B: 4, Grade.C: 2, Grade.D: 1}


@dataclass(frozen=True)
class CellText:
    """An indicator of an office; `beside`: how many are behind it, and its place."""

    head: str
    value: str
    achievement: str
    level: int | None
    predicate: str
    beside: str


@dataclass(frozen=True)
class RowText:
    """An office. `number` stands on the map; `fill` and `word` are its class there."""

    office_id: int
    number: int
    code: str
    name: str
    locked: str
    cells: Sequence[CellText]
    fill: int | None
    word: str


@dataclass(frozen=True)
class RegencyPage:
    """The page: its rows in the order asked for, and the same by office for the map; `newest`: its last month that has
    begun.
    """

    title: str
    rows: Sequence[RowText]
    by_office: Mapping[int, RowText]
    classes: Sequence[tuple[int | None, str]]
    mapped: str
    periods: Sequence[tuple[str, Period]]
    newest: Month
    previous: Period
    next: Period | None


def regency_page(table: Table, order: str, mapped: Indicator, now: datetime, *, to_date: bool) -> RegencyPage:
    """Everything the page prints. `to_date`: January to the end of a month, which is followed by the next month's."""
    step = Period.of(table.period.last) if to_date else table.period
    newest = min(table.period.last, Month.of(now))
    numbers = {line.office_id: number for number, line in enumerate(table.lines, 1)}
    places = {key: table.places(key) for key in RANKED}
    rows = [_row(line, numbers[line.office_id], places, mapped) for line in ORDERS[order][1](table.lines)]
    following = step.next()
    return RegencyPage(
        title=_("%(regency)s, %(period)s", regency=table.regency, period=table.period.long),
        rows=rows,
        by_office={row.office_id: row for row in rows},
        classes=_classes(mapped),
        mapped=str(HEADS[mapped]),
        periods=[(str(word), Period.around(newest, length)) for length, word in LENGTHS.items()],
        newest=newest,
        previous=step.previous(),
        next=following if following.first <= Month.of(now) else None,
    )


def _row(line: OfficeLine, number: int, places: Mapping[Indicator, Mapping[int, int]], mapped: Indicator) -> RowText:
    fill, word = _class(line, mapped)
    return RowText(
        office_id=line.office_id,
        number=number,
        code=line.office.code,
        name=line.office.name,
        locked=_("dikunci, versi %(number)s", number=line.version) if line.version else "",
        cells=[_cell(line, key, places.get(key)) for key in Indicator],
        fill=fill,
        word=word,
    )


def _cell(line: OfficeLine, key: Indicator, places: Mapping[int, int] | None) -> CellText:
    result = line.cells[key].result
    return CellText(
        head=str(HEADS[key]),
        value=printed(result.value),
        achievement=printed(result.achievement),
        level=PREDICATE_STEPS[result.predicate] if result.predicate else None,
        predicate=result.predicate_word,
        beside="" if places is None else f"{_behind(line, key)}, {_place(line, key, places)}",
    )


def _behind(line: OfficeLine, key: Indicator) -> str:
    if key == Indicator.SETTLEMENT:
        return _("%(count)s laporan", count=printed(line.received))
    if line.respondents is None:
        return _("responden tidak diketahui")
    return _("%(count)s responden", count=printed(line.respondents))


def _place(line: OfficeLine, key: Indicator, places: Mapping[int, int]) -> str:
    """The place, or why there is none."""
    if not is_comparable(line, key) or line.office_id not in places:
        return _("belum cukup data")
    if len(places) == 1:
        return _("belum ada pembandingnya")
    return _("peringkat %(place)s", place=places[line.office_id])


def _class(line: OfficeLine, mapped: Indicator) -> tuple[int | None, str]:
    """The fill and the word of an office on the map: the grade of an index, the predicate of anything else."""
    result = line.cells[mapped].result
    if mapped == Indicator.IKM:
        return (None, printed(None)) if result.value is None else _graded(grade(result.value))
    level = PREDICATE_STEPS[result.predicate] if result.predicate else None
    return level, result.predicate_word


def _graded(found: Grade) -> tuple[int, str]:
    return GRADE_FILLS[found], f"{found.value} {found.label}"


def _classes(mapped: Indicator) -> list[tuple[int | None, str]]:
    """The map's legend."""
    if mapped == Indicator.IKM:
        return [*(_graded(band.grade) for band in GRADE_BANDS), (None, _("Belum ada nilai"))]
    return [*((PREDICATE_STEPS[each], each.label) for each in Predicate), (None, _("Belum ada nilai atau target"))]
