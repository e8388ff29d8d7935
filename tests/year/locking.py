"""The months of the invented year are locked, and the files of that moment taken along."""

from fractions import Fraction
from functools import partial
from typing import Any

from tests.year.lives import BOOKS, QUARTER_TARGETS, RELOCKED, TARGETS, YEAR, Taken, Year, day, wib
from tests.year.people import Case, Desk
from tests.year.recount import Files, Rules, Span, rows


def locks(year: Year) -> None:
    """Every month is locked on the third of the next; one is locked again in the month after."""
    for month in range(1, 13):
        year.agenda.at(wib(day(month + 1, 3), 7), partial(lock, year, month, 1))
    late = wib(day(RELOCKED + 1, 20), 9)
    year.agenda.at(late, partial(_late_spam, year))
    year.agenda.at(wib(day(RELOCKED + 2, 5), 7), partial(lock, year, RELOCKED, 2, reason="Satu laporan uji coba"))


def _late_spam(year: Year) -> None:
    """A report of a locked month turns out to be none."""
    first, last = day(RELOCKED, 1), day(RELOCKED, 28)
    found = rows(year.secretary.get(f"/petugas/unduh.csv?kelompok=terbuka&dari={first}&sampai={last}").text)
    number = next(row["Nomor"] for row in found if row["Keadaan"] == "Sudah diperiksa")
    year.officer().move(Case(number), "exclude", exclusion="spam", reason="Ternyata uji coba")


def lock(year: Year, month: int, version: int, reason: str = "") -> None:
    name = f"{YEAR}-{month:02}"
    year.taken[month, version] = Taken(exported(year.secretary), year.secretary.json(f"/ringkasan/{name}.json"))
    asked = {"letter_number": f"005/{month}/{YEAR}", "despite_open": "y", "reason": reason}
    year.secretary.submit(f"/ringkasan/{name}/kunci", **asked)


def exported(desk: Desk) -> Files:
    """Everything that an auditor can take along."""

    def of(path: str) -> list[Any]:
        return list(rows(desk.get(path).text))

    moves = [row for name in (YEAR - 1, YEAR) for row in of(f"/petugas/langkah/{name}.csv")]
    books = [of(f"/register/{book}.csv?tahun={YEAR}") for book in BOOKS]
    return Files(of(f"/survei-skm/{YEAR}/responden.csv"), moves, *books)


def rules(span: Span, *, month: int | None = None) -> Rules:
    """What the office had set for the span's last month, as known in `month` (None: at the end of the year)."""
    last, known = span.last, month or 13
    found = {(key, 0): _exactly(value) for key, value in TARGETS.items()}
    if known >= 7:
        for name, value in QUARTER_TARGETS.items():
            key, quarter = name.rsplit("_", 1)
            found[key, int(quarter)] = _exactly(value)
    return Rules(
        weight="0.111" if last >= 11 else "1/9",
        thresholds=(95, 85, 70, 60) if last >= 10 else (91, 76, 66, 51),
        counts_patrol=last >= 9,
        is_outside=last == 5,
        users=[150] * 12,
        targets=found,
    )


def _exactly(value: str) -> Fraction:
    return Fraction(value.replace(",", "."))


def plain_rules() -> Rules:
    """Of an office that has set nothing."""
    return Rules("1/9", (91, 76, 66, 51), counts_patrol=False, is_outside=False, users=[0] * 12, targets={})
